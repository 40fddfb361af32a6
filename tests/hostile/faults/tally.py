"""What the fault tests of one run did, for the table that is printed at its end."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Count:
    """How many of one kind, and in how many seconds. `worst` is the longest recovery."""

    number: int = 0
    seconds: float = 0.0
    worst: float = 0.0


@dataclass(slots=True)
class Tally:
    counts: dict[tuple[str, str], Count] = field(default_factory=dict)

    @contextmanager
    def timing(self, kind: str, what: str) -> Iterator[Count]:
        """A count that the block fills in."""
        count = self.counts.setdefault((kind, what), Count())
        started = time.monotonic()
        yield count
        count.seconds += time.monotonic() - started

    def told(self) -> list[tuple[str, str, int, float, float]]:
        """All counts in plain values, for a run that several processes share."""
        return [
            (kind, what, count.number, count.seconds, count.worst)
            for (kind, what), count in self.counts.items()
        ]

    def add(self, told: Iterable[tuple[str, str, int, float, float]]) -> None:
        """What another process counted is counted here too."""
        for kind, what, number, seconds, worst in told:
            count = self.counts.setdefault((kind, what), Count())
            count.number += number
            count.seconds += seconds
            count.worst = max(count.worst, worst)

    def lines(self) -> list[str]:
        """One line for each kind and workflow, and one for each kind in all."""
        said = [_line(f"{kind}: {what}", count) for (kind, what), count in self.counts.items()]
        for kind in dict.fromkeys(kind for kind, _ in self.counts):
            of_kind = [count for (each, _), count in self.counts.items() if each == kind]
            whole = Count(
                sum(count.number for count in of_kind),
                sum(count.seconds for count in of_kind),
                max(count.worst for count in of_kind),
            )
            said.append(_line(f"{kind}: in all", whole))
        return said


def _line(what: str, count: Count) -> str:
    worst = f", longest recovery {count.worst * 1000:.0f} ms" if count.worst else ""
    return f"{what:<44} {count.number:>7,} in {count.seconds:>6.1f} s{worst}"
