"""Where the rows of a table that leaves come from, piece by piece.

What a piece holds is read in the transaction in which it is entered as leaving: the register says of each
report the revision that stands in the file, and what was erased meanwhile does not leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from cport_desktop.domain.about import AboutKind
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.case import CaseRow
from cport_desktop.domain.chosen import AllFound, Chosen
from cport_desktop.domain.disclosure import (
    DisclosedItem,
    media_item,
    operation_item,
    report_item,
)
from cport_desktop.domain.hosts import defanged, visible
from cport_desktop.domain.ids import (
    HotlineId,
    MediaId,
    ReportId,
    media_reference,
    report_reference,
)
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import OperationRow
from cport_desktop.domain.query import Query
from cport_desktop.domain.row_language import Test
from cport_desktop.domain.rows import HotlineRow, Order, ReportRow
from cport_desktop.domain.table import Cell, TableColumn
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import ItemErased, UnknownReference
from cport_desktop.exports.list_tables import (
    CASE_COLUMNS,
    HOTLINE_COLUMNS,
    MEDIA_COLUMNS,
    OPERATION_COLUMNS,
)
from cport_desktop.exports.report_table import report_columns
from cport_desktop.vault import (
    cases,
    disclosures,
    hotlines,
    list_extents,
    media_items,
    outbox,
    report_stream,
    reports,
)
from cport_desktop.vault.transaction import Reader, Transaction

Row = TypeVar("Row")

AT_A_TIME: Final = 2_000
"""Rows of a piece: read and entered in about a tenth of a second, in which nothing else is written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows, each the cells of the wanted columns, and what leaves with them."""

    rows: tuple[tuple[Cell, ...], ...]
    items: tuple[DisclosedItem, ...]


Items = tuple[DisclosedItem, ...]
Reading = Callable[[Transaction], tuple[Sequence[Row], Items]]
Take = Callable[[Transaction, Sequence[str]], Piece]
"""Reads a piece as it stands now, of it the columns of these names."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table to be made. `members`: its columns in order, each with the member of a report by which
    the agreement withholds it.
    """

    members: tuple[tuple[str, str | None], ...]
    count: Callable[[Reader], int]
    countries: Callable[[Reader], tuple[str, ...]]
    pieces: Callable[[Reader], Iterator[Take]]


class Sources:
    """What can be listed. `is_exact`: addresses as they are, and not defanged. `at_a_time`: rows of a
    piece.
    """

    def __init__(self, taxonomy: Taxonomy, *, is_exact: bool, at_a_time: int) -> None:
        self._taxonomy = taxonomy
        self._most = at_a_time
        self._address = _as_it_is if is_exact else defanged
        self._host = _as_it_is if is_exact else _dotless

    def reports(
        self, names: Mapping[HotlineId, str], chosen: Chosen, query: Query, order: Order
    ) -> TableSource:
        """`chosen` reports, in `order`; those of a query as `query` says it. `names`: of hotlines."""
        columns = report_columns(self._taxonomy, names, address=self._address, host=self._host)
        if isinstance(chosen, AllFound):
            return _source(
                columns,
                count=lambda reader: _count_found(reader, query, chosen),
                countries=lambda reader: report_stream.countries(reader, query),
                pieces=lambda reader: (
                    partial(_read_reports, piece)
                    for piece in _found(reader, query, chosen, order, self._most)
                ),
            )
        return _source(
            columns,
            count=lambda reader: _count_named(reader, chosen),
            countries=lambda reader: hotlines.countries_of(reader, chosen),
            pieces=lambda _reader: (
                partial(_read_reports, piece) for piece in _split(chosen, self._most)
            ),
        )

    def media(self, query: Query) -> TableSource:
        """Media of the reports that `query` finds, those of newer ones first."""
        return _source(
            MEDIA_COLUMNS,
            count=lambda reader: list_extents.media_count(reader, query),
            countries=lambda reader: list_extents.media_countries(reader, query),
            pieces=lambda reader: _media_pieces(reader, query, self._most),
        )

    def hotlines(self, is_asked_for: Test[HotlineRow]) -> TableSource:
        """Hotlines that the portal named."""

        def listed(reader: Reader) -> list[HotlineRow]:
            return list(filter(is_asked_for, hotlines.listing(reader)))

        return _source(
            HOTLINE_COLUMNS,
            count=lambda reader: len(listed(reader)),
            countries=lambda reader: tuple(sorted({row.hotline.country for row in listed(reader)})),
            pieces=lambda reader: iter([partial(_told, listed(reader), _hotline_items)]),
        )

    def operations(self) -> TableSource:
        """What was done towards the portal, the newest first."""
        return _source(
            OPERATION_COLUMNS,
            count=list_extents.operation_count,
            countries=list_extents.operation_countries,
            pieces=lambda reader: _operation_pieces(reader, self._most),
        )

    def cases(self, is_asked_for: Test[CaseRow], now: datetime) -> TableSource:
        """Cases, as counted at `now`: numbers and titles, not what is in them."""

        def listed(reader: Reader) -> Iterator[Sequence[CaseRow]]:
            return _case_pages(reader, is_asked_for, self._most, now)

        return _source(
            CASE_COLUMNS,
            count=lambda reader: sum(map(len, listed(reader))),
            countries=lambda _reader: (),
            pieces=lambda reader: (partial(_told, rows, _case_items) for rows in listed(reader)),
        )


def _source(
    columns: Sequence[TableColumn[Row]],
    *,
    count: Callable[[Reader], int],
    countries: Callable[[Reader], tuple[str, ...]],
    pieces: Callable[[Reader], Iterator[Reading[Row]]],
) -> TableSource:
    by_name = {column.name: column for column in columns}

    def taken(read: Reading[Row], tx: Transaction, names: Sequence[str]) -> Piece:
        rows, items = read(tx)
        values = [by_name[name].value for name in names]
        return Piece(tuple(tuple([value(row) for value in values]) for row in rows), items)

    return TableSource(
        tuple((column.name, column.member) for column in columns),
        count,
        countries,
        lambda reader: (partial(taken, read) for read in pieces(reader)),
    )


def _read_reports(
    numbers: tuple[ReportId, ...], tx: Transaction
) -> tuple[Sequence[ReportRow], Items]:
    revisions = disclosures.revisions_here(tx, numbers)
    for number in numbers:
        if number not in revisions:
            raise ItemErased(reference=report_reference(number))
    rows = reports.named(tx, numbers)
    return rows, tuple(report_item(number, revisions[number]) for number in numbers)


def _found(
    reader: Reader, query: Query, chosen: AllFound, order: Order, most: int
) -> Iterator[tuple[ReportId, ...]]:
    for piece in report_stream.numbers(reader, query, order, at_a_time=most):
        yield tuple(number for number in piece if number not in chosen.without)


def _count_found(reader: Reader, query: Query, chosen: AllFound) -> int:
    left_out = report_stream.count_among(reader, query, chosen.without)
    return reports.count(reader, query) - left_out


def _count_named(reader: Reader, numbers: tuple[ReportId, ...]) -> int:
    here = disclosures.revisions_here(reader, numbers)
    for number in numbers:
        if number not in here:
            raise UnknownReference(kind="report", reference=report_reference(number))
    return len(numbers)


def _media_pieces(reader: Reader, query: Query, most: int) -> Iterator[Reading[MediaItem]]:
    after: str | None = None
    while True:
        page = media_items.page(reader, query, limit=most, after=after)
        yield partial(_read_media, [item.media_id for item in page.rows])
        after = page.next_cursor
        if after is None:
            return


def _read_media(numbers: list[MediaId], tx: Transaction) -> tuple[Sequence[MediaItem], Items]:
    rows = media_items.named(tx, numbers)
    here = {item.media_id for item in rows}
    for number in numbers:
        if number not in here:
            raise ItemErased(reference=media_reference(number))
    items = tuple(
        media_item(item.media_id, item.announced_sha256, within=report)
        for item in rows
        for report in item.reports
    )
    return rows, items


def _operation_pieces(reader: Reader, most: int) -> Iterator[Reading[OperationRow]]:
    after: str | None = None
    while True:
        page = outbox.page(reader, limit=most, after=after)
        yield partial(_told, page.rows, _operation_items)
        after = page.next_cursor
        if after is None:
            return


def _case_pages(
    reader: Reader, is_asked_for: Test[CaseRow], most: int, now: datetime
) -> Iterator[Sequence[CaseRow]]:
    after: str | None = None
    while True:
        page = cases.page(reader, now=now, limit=most, after=after, is_asked_for=is_asked_for)
        yield page.rows
        after = page.next_cursor
        if after is None:
            return


def _told(
    rows: Sequence[Row], items: Callable[[Sequence[Row]], Items], _tx: Transaction
) -> tuple[Sequence[Row], Items]:
    """What was read already: no word of the portal can take it back."""
    return rows, items(rows)


def _hotline_items(rows: Sequence[HotlineRow]) -> Items:
    return tuple(DisclosedItem(Subject.HOTLINE.value, str(row.hotline.hotline_id)) for row in rows)


def _case_items(rows: Sequence[CaseRow]) -> Items:
    return tuple(DisclosedItem(AboutKind.CASE.value, row.case.reference) for row in rows)


def _operation_items(rows: Sequence[OperationRow]) -> Items:
    return tuple(
        operation_item(row.operation.operation_id, about=report)
        for row in rows
        for report in (row.operation.reports or (None,))
    )


def _split(numbers: tuple[ReportId, ...], most: int) -> Iterator[tuple[ReportId, ...]]:
    return (numbers[at : at + most] for at in range(0, len(numbers), most))


def _as_it_is(text: str) -> str:
    return text


def _dotless(host: str) -> str:
    return visible(host).replace(".", "[.]")
