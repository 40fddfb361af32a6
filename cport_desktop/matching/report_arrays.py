"""The columns of all reports as arrays, so that what is frequent is counted and sorted in memory.

A place is a report's position in the order of receipt (its `row`, ascending). A set of reports is a
mask: one truth value for each place. Nothing here changes: what comes later makes new arrays, and
whoever holds the old ones goes on with them.

Numbers arrive as JSON arrays, which SQLite writes faster than rows could be fetched (0.1 µs a
number against 0.4); texts as groups in their order, `(text, rows that have it)`, so that a text's
number is also its rank. What is unknown is `UNKNOWN`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Column = npt.NDArray[np.signedinteger]
Group = tuple[str, str]
"""A text, and the rows that have it as a JSON array."""

UNKNOWN: Final = -1
_SCANNED: Final = 1 << 16
"""Places looked at together while a page is being filled."""
_MONTHS_BEFORE_1970: Final = 1970 * 12
_NARROW: Final[tuple[type[np.signedinteger], ...]] = (np.int8, np.int16, np.int32, np.int64)


@dataclass(frozen=True, slots=True)
class Texts:
    """One column of texts. `codes`: for each place the number of its text in `names`, which are in
    order.
    """

    codes: Column
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportArrays:
    """`rows` in ascending order; all columns in the same places."""

    rows: Numbers
    numbers: Mapping[str, Column]
    texts: Mapping[str, Texts]

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def memory(self) -> int:
        """Bytes that the arrays take."""
        columns = [*self.numbers.values(), *(text.codes for text in self.texts.values())]
        return self.rows.nbytes + sum(column.nbytes for column in columns)

    def place_of(self, row: int) -> int | None:
        """Where the report in `row` is; None if it is not here."""
        place = int(np.searchsorted(self.rows, row))
        return place if place < self.size and self.rows[place] == row else None

    def value(self, column: str, place: int) -> int | str:
        """What the report in `place` has in `column`."""
        if column in self.texts:
            texts = self.texts[column]
            return texts.names[int(texts.codes[place])]
        return int(self.numbers[column][place])

    # -- sets

    def everything(self) -> Mask:
        return np.ones(self.size, np.bool_)

    def of_rows(self, rows: str) -> Mask:
        """Those whose `row` is in a JSON array, repetitions allowed."""
        found = np.zeros(self.size, np.bool_)
        wanted = parsed(rows)
        places = np.searchsorted(self.rows, wanted)
        places[places == self.size] = 0
        if self.size:
            found[places[self.rows[places] == wanted]] = True
        return found

    def among(self, mask: Mask, rows: str) -> list[int]:
        """The places of those rows of a JSON array that are in `mask`, in their order."""
        wanted = parsed(rows)
        places = np.searchsorted(self.rows, wanted)
        places[places == self.size] = 0
        here = places[self.rows[places] == wanted]
        found: list[int] = here[mask[here]].tolist()
        return found

    def equal(self, column: str, values: Sequence[int]) -> Mask:
        """Those that have one of these numbers."""
        return _any_equal(self.numbers[column], values)

    def any_bit(self, column: str, bits: int) -> Mask:
        """Those whose number has one of `bits`."""
        found: Mask = (self.numbers[column] & bits) != 0
        return found

    def text_is(self, column: str, is_it: Callable[[str], bool]) -> Mask:
        """Those whose text is one that `is_it` holds for."""
        texts = self.texts[column]
        return _any_equal(texts.codes, [n for n, name in enumerate(texts.names) if is_it(name)])

    def between(self, column: str, start: int | None, end: int | None) -> Mask:
        """Those that are known and lie in [`start`, `end`)."""
        values = self.numbers[column]
        found: Mask = values != UNKNOWN
        if start is not None:
            found &= values >= start
        if end is not None:
            found &= values < end
        return found

    # -- answers

    def order(self, column: str) -> Numbers:
        """All places by `column`, ascending, those with the same value in the order of receipt."""
        if not column:
            return np.arange(self.size)
        values = self.texts[column].codes if column in self.texts else self.numbers[column]
        return np.argsort(values, kind="stable").astype(np.int32)

    def counts(self, places: Numbers, column: str) -> dict[int | str, int]:
        """How often each known value of `column` is at `places`."""
        if column in self.texts:
            texts = self.texts[column]
            found = np.bincount(texts.codes.take(places), minlength=len(texts.names))
            return {texts.names[n]: int(found[n]) for n in np.flatnonzero(found)}
        values = self.numbers[column].take(places)
        least, many = (int(values.min()), int(values.max())) if len(values) else (0, 0)
        if many - least < _SCANNED:
            found = np.bincount(values - least)
            pairs = [(int(n) + least, int(found[n])) for n in np.flatnonzero(found)]
        else:
            distinct, often = np.unique(values, return_counts=True)
            pairs = list(zip(distinct.tolist(), often.tolist(), strict=True))
        return {value: count for value, count in pairs if value != UNKNOWN}

    def spread(self, mask: Mask, column: str, unit: int) -> dict[int, int]:
        """How many of `mask` lie in each `unit` of a column of numbers, by the unit's number."""
        values = self.numbers[column][mask]
        distinct, often = np.unique(values[values != UNKNOWN] // unit, return_counts=True)
        return dict(zip(distinct.tolist(), often.tolist(), strict=True))

    # -- what is laid over, and what comes later

    def with_months(self, of: str, name: str) -> ReportArrays:
        """With a column `name`: the month of the microseconds in `of`, counted from January of the
        year 0.
        """
        days = np.datetime64(0, "us") + self.numbers[of].astype("timedelta64[us]")
        months = days.astype("datetime64[M]").astype(np.int64) + _MONTHS_BEFORE_1970
        return replace(self, numbers={**self.numbers, name: _narrowed(months)})

    def overlaid(self, rows: str, columns: Mapping[str, str]) -> ReportArrays:
        """With the numbers of `columns` instead, for the reports in `rows`; JSON arrays of one length."""
        wanted = parsed(rows)
        if not len(wanted) or not self.size:
            return self
        places = np.searchsorted(self.rows, wanted)
        places[places == self.size] = 0
        here = self.rows[places] == wanted
        numbers = dict(self.numbers)
        for name, text in columns.items():
            values = parsed(text)
            laid = _wide_enough(numbers[name], values).copy()
            laid[places[here]] = values[here]
            numbers[name] = laid
        return replace(self, numbers=numbers)

    def without(self, column: str, values: str) -> ReportArrays:
        """Without the reports whose number in `column` is in a JSON array."""
        return self._taken(np.flatnonzero(~np.isin(self.numbers[column], parsed(values))))

    def only(self, column: str, values: str) -> ReportArrays:
        """Only the reports whose number in `column` is in a JSON array."""
        return self._taken(np.flatnonzero(np.isin(self.numbers[column], parsed(values))))

    def joined(self, more: ReportArrays) -> ReportArrays:
        """These and `more`, of which none is here."""
        rows = np.concatenate([self.rows, more.rows])
        order = np.argsort(rows, kind="stable")
        numbers = {
            name: _joined(column, more.numbers[name])[order]
            for name, column in self.numbers.items()
        }
        texts = {
            name: _joined_texts(column, more.texts[name], order)
            for name, column in self.texts.items()
        }
        return ReportArrays(rows[order], numbers, texts)

    def _taken(self, places: Numbers) -> ReportArrays:
        return ReportArrays(
            self.rows[places],
            {name: column[places] for name, column in self.numbers.items()},
            {name: Texts(text.codes[places], text.names) for name, text in self.texts.items()},
        )


def made(pieces: Iterable[Mapping[str, str]], texts: Mapping[str, Iterable[Group]]) -> ReportArrays:
    """Arrays of reports that come in pieces, each a JSON array a column, `row` among them and in
    ascending order all through; and the groups of their columns of texts.
    """
    gathered: dict[str, list[Numbers]] = {"row": []}
    for piece in pieces:
        for name, text in piece.items():
            gathered.setdefault(name, []).append(parsed(text))
    whole = {name: _concatenated(parts) for name, parts in gathered.items()}
    rows = whole.pop("row")
    return ReportArrays(
        rows,
        {name: _narrowed(column) for name, column in whole.items()},
        {name: _texts(groups, rows) for name, groups in texts.items()},
    )


def places_of(mask: Mask) -> Numbers:
    """The places of `mask`, in their order."""
    return np.flatnonzero(mask)


def first(
    mask: Mask, order: Numbers, *, is_descending: bool, behind: int | None, limit: int
) -> list[int]:
    """The first `limit` places of `mask` in `order`, or in its opposite, behind the place `behind`."""
    walked = order[::-1] if is_descending else order
    start = 0 if behind is None else int(np.flatnonzero(walked == behind)[0]) + 1
    found: list[int] = []
    for at in range(start, len(walked), _SCANNED):
        part = walked[at : at + _SCANNED]
        found += part[mask[part]][: limit - len(found)].tolist()
        if len(found) >= limit:
            break
    return found


def parsed(text: str) -> Numbers:
    """The numbers of a JSON array."""
    inner = text[1:-1]
    return np.fromstring(inner, np.int64, sep=",") if inner else np.empty(0, np.int64)


def _texts(groups: Iterable[Group], rows: Numbers) -> Texts:
    codes = np.full(len(rows), UNKNOWN, np.int32)
    names: list[str] = []
    for name, having in groups:
        wanted = parsed(having)
        places = np.searchsorted(rows, wanted)
        places[places == len(rows)] = 0
        codes[places[rows[places] == wanted]] = len(names)
        names.append(name)
    return Texts(_narrowed(codes), tuple(names))


def _joined_texts(first: Texts, second: Texts, order: Numbers) -> Texts:
    names = sorted({*first.names, *second.names}, key=_as_sqlite_sorts)
    numbered = {name: number for number, name in enumerate(names)}
    codes = [
        np.array([*(numbered[name] for name in texts.names), UNKNOWN], np.int32)[texts.codes]
        for texts in (first, second)
    ]
    return Texts(_narrowed(np.concatenate(codes)[order]), tuple(names))


def _any_equal(column: Column, values: Sequence[int]) -> Mask:
    found: Mask = (
        column == values[0] if len(values) == 1 else np.isin(column, np.array(values, np.int64))
    )
    return found


def _concatenated(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _narrowed(column: Column) -> Column:
    """The same numbers in as few bytes as they need."""
    if not len(column):
        return column.astype(np.int8)
    least, most = int(column.min()), int(column.max())
    for kind in _NARROW:
        if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max:
            return column.astype(kind)
    return column


def _wide_enough(column: Column, values: Numbers) -> Column:
    narrow = _narrowed(values)
    return column if narrow.itemsize <= column.itemsize else column.astype(narrow.dtype)


def _joined(first: Column, second: Column) -> Column:
    return np.concatenate([_wide_enough(first, second.astype(np.int64)), second])


def _as_sqlite_sorts(text: str) -> bytes:
    return text.encode()
