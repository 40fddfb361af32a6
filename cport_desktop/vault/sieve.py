"""A condition on a report `r` as SQL, in the forms that a search can choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its parameters, in the order in which they stand in it."""

    text: str
    parameters: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sieve:
    """One condition, ready to be asked.

    `test`: a boolean expression on `r`, cheap where many reports are looked at. `probe`: the
    same, cheap for few. `source`: SELECT of rows, repetitions allowed, with every report that
    passes, or None where no index helps; `is_exact` if it gives no others.
    """

    test: Sql
    probe: Sql
    source: Sql | None = None
    is_exact: bool = True


def only_test(test: Sql, source: Sql | None = None) -> Sieve:
    """A condition whose test is cheap for any number of reports."""
    return Sieve(test, test, source)


def from_source(source: Sql) -> Sieve:
    """A condition that only `source` can answer."""
    return Sieve(within(source), within(source), source)


def negated(sieve: Sieve) -> Sieve:
    """The opposite. NULL is «unknown», which is not the value asked for: it passes."""
    test = Sql(f"NOT ifnull(({sieve.test.text}), 0)", sieve.test.parameters)
    probe = Sql(f"NOT ifnull(({sieve.probe.text}), 0)", sieve.probe.parameters)
    return Sieve(test, probe)


def everyone(sieves: Sequence[Sieve]) -> Sieve:
    """All of `sieves` hold."""
    source = next((sieve.source for sieve in sieves if sieve.source is not None), None)
    return Sieve(
        joined(" AND ", [sieve.test for sieve in sieves]),
        joined(" AND ", [sieve.probe for sieve in sieves]),
        source,
        is_exact=False,
    )


def anyone(sieves: Sequence[Sieve]) -> Sieve:
    """Any of `sieves` holds; an index can say where one can for each of them."""
    sources = [sieve.source for sieve in sieves if sieve.source is not None]
    return Sieve(
        joined(" OR ", [sieve.test for sieve in sieves]),
        joined(" OR ", [sieve.probe for sieve in sieves]),
        _union(sources) if len(sources) == len(sieves) else None,
        is_exact=all(sieve.is_exact for sieve in sieves),
    )


def joined(sign: str, tests: Sequence[Sql]) -> Sql:
    """One expression of several. NULL is «unknown»: of a choice it is no more than false."""
    text = sign.join(f"ifnull(({test.text}), 0)" for test in tests)
    return Sql(f"({text})", tuple(value for test in tests for value in test.parameters))


def _union(sources: Sequence[Sql]) -> Sql:
    text = " UNION ALL ".join(f"SELECT row FROM ({source.text})" for source in sources)  # noqa: S608 - made of sources
    return Sql(text, tuple(value for source in sources for value in source.parameters))


def both(first: Sql, second: Sql) -> Sql:
    """Both hold."""
    return Sql(f"{first.text} AND {second.text}", first.parameters + second.parameters)


def within(source: Sql) -> Sql:
    """The report is among the rows of `source`."""
    return Sql(f"r.row IN ({source.text})", source.parameters)


def numbers(values: tuple[str, ...]) -> tuple[int, ...]:
    """Values of a column of numbers."""
    return tuple(int(value) for value in values)


def marks(values: tuple[str | int, ...]) -> str:
    """As many placeholders as there are values, in brackets."""
    return "(" + ", ".join("?" * len(values)) + ")"
