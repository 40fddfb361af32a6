"""The custody of a report and its media, for reading: a table in the report of a package.

It says what `custody.csv` says; the proofs stand in `custody.json`. Looks, changes and combinations
are counted, and not told by person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from cport_desktop.domain.custody import Custody, CustodyEntry, ItemCustody, Tally
from cport_desktop.exports.pages import Block, Paragraph, Row, Table
from cport_desktop.words import documents as words
from cport_desktop.words import tongue

MOST_LINES = 300
"""Of one report: what is more stands in `custody.csv`."""
_WIDTHS = (13, 9, 28, 20, 30)

Plain = Callable[[str | None], str]
Moment = Callable[[datetime], str]


class CustodyPages:
    """Tells of any items of `custody`; `plain` and `at` set foreign text and moments."""

    def __init__(self, custody: Custody, *, plain: Plain, at: Moment) -> None:
        self._custody = custody
        self._of = {item.item: item for item in custody.items}
        self._plain = plain
        self._at = at

    def blocks(self, items: Sequence[str]) -> Iterator[Block]:
        """The table for `items` (`HL-1`, `M-7` …), in this order."""
        found = [self._of[item] for item in items if item in self._of]
        numbers = sorted({number for item in found for number in item.entries})
        # More entries than lines are never shown; what is not shown is not read.
        shown = numbers[:MOST_LINES]
        told = {entry.sequence: entry for entry in (self._custody.told(shown) if shown else ())}
        rows = [row for item in found for row in self._rows(item, told)]
        yield Table(
            title=words.CUSTODY,
            header=words.CUSTODY_HEADER,
            widths=_WIDTHS,
            rows=tuple(rows[:MOST_LINES]),
            nothing=words.NO_CUSTODY,
        )
        count = sum(len(item.entries) + len(item.tallies) for item in found)
        if count > len(rows[:MOST_LINES]):
            yield Paragraph(text=words.only_rows(len(rows[:MOST_LINES]), count))

    def _rows(self, item: ItemCustody, told: dict[int, CustodyEntry]) -> Iterator[Row]:
        for number in item.entries:
            if number in told:
                yield self._told(item.item, told[number])
        for tally in item.tallies:
            yield self._counted(item.item, tally)

    def _told(self, item: str, entry: CustodyEntry) -> Row:
        who = words.by_whom(self._plain(entry.actor))
        to = words.to_whom(self._plain(entry.recipient)) if entry.recipient else ""
        why = self._plain(entry.reason) if entry.reason else ""
        return (
            item,
            tongue.amount(entry.sequence),
            self._at(entry.at),
            words.act(entry.action.value),
            " · ".join(part for part in (who, to, why) if part),
        )

    def _counted(self, item: str, tally: Tally) -> Row:
        first, last = self._at(tally.first), self._at(tally.last)
        times = words.times(tally.count)
        span = first if tally.first == tally.last else f"{first} – {last}"
        return item, "", span, words.act(tally.action.value), times
