"""How a new version of an agreement differs from the one before: what becomes narrower, what wider.

Both are asked the same questions: every function with every recipient, level, kind of media and
country that either of them names for it, and one of each that neither names. What only the old one
allows is narrower, what only the new one allows is wider. Periods, validity, countries and conditions
are compared besides. `compare(a, b).narrower` is what `compare(b, a).wider` is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

from cport_desktop.domain.agreement import Agreement, Function, Grant, Limit
from cport_desktop.domain.agreement_reading import (
    Particulars,
    conditions_of,
    fields_withheld,
    is_granted,
    named_fields,
)
from cport_desktop.domain.retention import RetentionPeriod

MOST_QUESTIONS: Final = 20_000
"""Combinations that are asked of one function; beyond it, each particular is asked by itself."""

LATER_FIELDS: Final = "*"
"""Fields that this version does not know."""

_SOMETHING_ELSE: Final = "another"
"""A recipient, level, kind or country that neither version names."""


class Aspect(StrEnum):
    """What may differ."""

    FUNCTION = "function"
    RECIPIENT = "recipient"
    LEVEL = "level"
    KIND = "kind"
    ORIGINATOR = "originator"
    FIELD = "field"
    COMBINATION = "combination"
    CONDITION = "condition"
    JURISDICTION = "jurisdiction"
    RETENTION = "retention"
    VALIDITY = "validity"


_CONCERNED: Final[Mapping[Aspect, frozenset[str]]] = {
    Aspect.RECIPIENT: frozenset(
        {
            Function.PACKAGE_COMPOSE.value,
            Function.TABLE_EXPORT.value,
            Function.HASHLIST_EXPORT.value,
            Function.CASE_HAND_OVER.value,
            Function.PROVIDER_NOTIFY.value,
        }
    ),
    Aspect.LEVEL: frozenset(
        {
            Function.MEDIA_REVEAL.value,
            Function.PACKAGE_COMPOSE.value,
            Function.WORK_SHARE.value,
        }
    ),
    Aspect.KIND: frozenset(
        {
            Function.MEDIA_RECEIVE.value,
            Function.MEDIA_REVEAL.value,
            Function.PACKAGE_COMPOSE.value,
        }
    ),
    Aspect.ORIGINATOR: frozenset(
        function.value
        for function in Function
        if function
        not in (Function.HASHLIST_EXPORT, Function.HASHLIST_CONTRIBUTE, Function.WORK_SHARE)
    ),
    Aspect.FIELD: frozenset(
        {
            Function.REPORTS_READ.value,
            Function.PACKAGE_COMPOSE.value,
            Function.TABLE_EXPORT.value,
            Function.PROVIDER_NOTIFY.value,
        }
    ),
}
"""Of which functions a particular is ever asked: of the others it would only be noise."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`value` of `aspect` is allowed by one version only; `function` None: it is of none."""

    aspect: Aspect
    function: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Comparison:
    narrower: tuple[Difference, ...]
    wider: tuple[Difference, ...]

    @property
    def is_narrower(self) -> bool:
        """Whether anything is lost."""
        return bool(self.narrower)


def compare(old: Agreement, new: Agreement) -> Comparison:
    """What `new` takes away from `old`, and what it adds."""
    return Comparison(tuple(_lost(old, new)), tuple(_lost(new, old)))


def _lost(had: Agreement, has: Agreement) -> Iterator[Difference]:
    """What `had` allows and `has` does not."""
    for country in had.jurisdictions:
        if country not in has.jurisdictions:
            yield Difference(Aspect.JURISDICTION, None, country)
    if has.valid_until < had.valid_until:
        yield Difference(Aspect.VALIDITY, None, "valid_until")
    if has.valid_from > had.valid_from:
        yield Difference(Aspect.VALIDITY, None, "valid_from")
    for period in has.retention:
        if _longest(had.retention, period.scope) > period.days:
            yield Difference(Aspect.RETENTION, None, period.scope)
    for function in _functions(had):
        yield from _lost_of(function, had, has)


def _longest(periods: tuple[RetentionPeriod, ...], scope: str) -> float:
    """Days that a report may be kept by `scope`; without a period, for ever."""
    return min((period.days for period in periods if period.scope == scope), default=float("inf"))


def _functions(agreement: Agreement) -> tuple[str, ...]:
    """Those that this version of the program can do: others are lost to nobody here."""
    known = {function.value for function in Function}
    granted = (word for clause in agreement.clauses for word in clause.functions)
    return tuple(dict.fromkeys(word for word in granted if word in known))


def _lost_of(function: str, had: Agreement, has: Agreement) -> Iterator[Difference]:
    parts = _questions(function, had, has)
    before = {part for part in parts if is_granted(had, part)}
    after = {part for part in parts if is_granted(has, part)}
    if not before:
        return
    if not after:
        yield Difference(Aspect.FUNCTION, function, function)
        return
    lost = before - after
    for aspect, value_of in _ASPECTS:
        gone = {value_of(p) for p in before} - {value_of(p) for p in after} - {None}
        for value in sorted(str(each) for each in gone):
            yield Difference(aspect, function, value)
        lost = {part for part in lost if value_of(part) not in gone}
    for part in sorted(lost, key=_described):
        yield Difference(Aspect.COMBINATION, function, _described(part))
    yield from _lost_in_both(function, before & after, had, has)


def _lost_in_both(
    function: str, parts: set[Particulars], had: Agreement, has: Agreement
) -> Iterator[Difference]:
    """What parts that both allow lose: fields, and freedom from conditions."""
    fields = set[str]()
    conditions = set[str]()
    carries_fields = function in _CONCERNED[Aspect.FIELD]
    names = named_fields(had) | named_fields(has)
    for part in parts:
        conditions |= conditions_of(has, part) - conditions_of(had, part)
        if not carries_fields:
            continue
        before = fields_withheld(had, part, names)
        after = fields_withheld(has, part, names)
        fields |= after.fields.keys() - before.fields.keys()
        if after.is_unknown_withheld and not before.is_unknown_withheld:
            fields.add(LATER_FIELDS)
    for name in sorted(fields):
        yield Difference(Aspect.FIELD, function, name)
    for word in sorted(conditions):
        yield Difference(Aspect.CONDITION, function, word)


def _questions(function: str, one: Agreement, other: Agreement) -> list[Particulars]:
    recipients = _recipients(function, one, other)
    levels = _named(Aspect.LEVEL, function, one, other)
    kinds = _named(Aspect.KIND, function, one, other)
    countries = _named(Aspect.ORIGINATOR, function, one, other)
    if len(recipients) * len(levels) * len(kinds) * len(countries) > MOST_QUESTIONS:
        return [
            *(Particulars(function, recipient=each) for each in recipients),
            *(Particulars(function, level=each) for each in levels),
            *(Particulars(function, kind=each) for each in kinds),
            *(Particulars(function, originator=each) for each in countries),
        ]
    return [
        Particulars(function, recipient, None, level, kind, country)
        for recipient, level, kind, country in product(recipients, levels, kinds, countries)
    ]


def _recipients(function: str, one: Agreement, other: Agreement) -> tuple[str | None, ...]:
    """Every party of either version, if either says anything of recipients for this function."""
    named = _named(Aspect.RECIPIENT, function, one, other)
    if named == (None,):
        return named
    parties = [party.name for version in (one, other) for party in version.recipients]
    return tuple(dict.fromkeys([*named, *parties]))


def _named(
    aspect: Aspect, function: str, one: Agreement, other: Agreement
) -> tuple[str | None, ...]:
    """Values of one particular that clauses name for `function`, and one that none names."""
    if function not in _CONCERNED[aspect]:
        return (None,)
    found = [
        value
        for version in (one, other)
        for terms in _terms(version, function)
        for value in _stated(aspect, terms) or ()
    ]
    return (*dict.fromkeys(found), _SOMETHING_ELSE) if found else (None,)


def _stated(aspect: Aspect, terms: Grant | Limit) -> tuple[str, ...] | None:
    match aspect:
        case Aspect.RECIPIENT:
            return terms.recipients
        case Aspect.LEVEL:
            return terms.levels
        case Aspect.KIND:
            return terms.kinds
        case _:
            return terms.originators


def _terms(agreement: Agreement, function: str) -> Iterable[Grant | Limit]:
    for clause in agreement.clauses:
        yield from (grant for grant in clause.grants if function in grant.functions)
        yield from (
            limit
            for limit in clause.limits
            if limit.functions is None or function in limit.functions
        )


_ASPECTS: Final[tuple[tuple[Aspect, Callable[[Particulars], str | None]], ...]] = (
    (Aspect.RECIPIENT, lambda part: part.recipient),
    (Aspect.LEVEL, lambda part: part.level),
    (Aspect.KIND, lambda part: part.kind),
    (Aspect.ORIGINATOR, lambda part: part.originator),
)


def _described(part: Particulars) -> str:
    said = (part.recipient, part.level, part.kind, part.originator)
    return " + ".join(each for each in said if each is not None)
