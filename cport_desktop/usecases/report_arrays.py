"""Columns of all reports in memory: what is frequent is counted, sorted and filtered there.

They are read once, in the background, and follow what comes by the numbers of arrivals; until they
are there, and where they see more than a reader does, the tables are asked (`vault.reports`), whose
answer is the same. A condition that the columns know is an operation on arrays; any other is asked of
its index, which gives the rows that meet it. The audit log's length says when something changed: the
page, the count and the facets of one search use the same mask.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.domain.query import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Field,
    FieldContains,
    FieldIs,
    Has,
    HasThing,
    Is,
    IsState,
    Leaf,
    Not,
    Query,
    Words,
    provider_key,
)
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Facet, FacetCount, Order, Page, ReportRow, ReportSort
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.errors import Cancelled
from cport_desktop.vault import arrivals, facet_counts, figure_counts, report_columns, reports
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.facet_counts import KIND_BITS, KINDS
from cport_desktop.vault.report_plan import Many, Plan, compiled, few
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

if TYPE_CHECKING:
    from cport_desktop.matching.report_arrays import Mask, Numbers, ReportArrays

Part = TypeVar("Part")

_KEPT_MASKS: Final = 8
"""Answers that are kept: a megabyte each among a million reports."""
_PIECE_OF_HITS: Final = 8
"""Hits of words, for each report that is wanted, that are read first."""
_MOST_HITS: Final = 200_000
_MOST_DIGITS: Final = 18
"""Of a number of a hotline, as in `vault.field_sieves`."""
_MANY_CHANGED: Final = 100_000
"""Reports that changed from which on the columns are read anew."""


@dataclass(slots=True)
class _View:
    """All reports as they are seen at one state of the vault, with what was found out of it."""

    arrays: ReportArrays
    overlaid: tuple[str, dict[str, str]]
    log_size: int
    orders: dict[str, Numbers]
    masks: OrderedDict[Query, Mask]


class ReportColumns:
    """Of one open vault. From any thread."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._door = threading.Lock()
        self._arrays: ReportArrays | None = None
        self._reach = 0
        self._log_reach = 0
        self._turned = 0
        self._view: _View | None = None

    @property
    def memory(self) -> int:
        """Bytes that the columns take; 0 before they are there."""
        arrays = self._arrays
        return 0 if arrays is None else arrays.memory

    def load(self, *, is_cancelled: IsCancelled = never) -> None:
        """The columns are there, unless they were before, or reading them was cancelled, or the analyst
        may read no reports.
        """
        if Role.ANALYST not in self._vault.roles or self._arrays is not None:
            return
        with suppress(Cancelled):
            with self._vault.reader() as reader:
                arrays, reach = _read(reader, is_cancelled), arrivals.latest(reader)
                log_size = report_columns.log_size(reader)
            with self._door:
                self._arrays, self._reach = arrays, reach
                self._log_reach = self._turned = log_size

    def page(
        self, reader: Reader, query: Query, order: Order, *, limit: int, after: str | None
    ) -> Page[ReportRow] | None:
        """As `reports.page`; None where the tables have to be asked."""
        started = reports.now()
        view = self._seen_by(reader)
        if view is None:
            return None
        behind = None
        if after is not None:
            key, row = reports.key_behind(order, after)
            behind = view.arrays.place_of(row)
            if behind is None or not _stands_at(view.arrays, order.sort, behind, key):
                return None
        if order.sort is ReportSort.RECEIVED and _words_of(query.conditions):
            found = _streamed(view, reader, query, order, behind=behind, limit=limit + 1)
        else:
            mask = self._mask(view, reader, query)
            found = _first(view, mask, order, behind=behind, limit=limit + 1)
        keys = [_key(view.arrays, order.sort, place) for place in found]
        return reports.page_of(reader, order, keys, limit=limit, started=started)

    def count(self, reader: Reader, query: Query) -> int | None:
        """As `reports.count`; None where the tables have to be asked."""
        view = self._seen_by(reader)
        return None if view is None else int(self._mask(view, reader, query).sum())

    def facets(
        self, reader: Reader, query: Query, wanted: Sequence[Facet]
    ) -> dict[Facet, tuple[FacetCount, ...]] | None:
        """As `reports.facets`; None where the tables have to be asked."""
        view = self._seen_by(reader)
        if view is None:
            return None
        places = _places(self._mask(view, reader, query))
        return {
            facet: facet_counts.told(reader, facet, _counts(view.arrays, places, facet))
            for facet in wanted
        }

    def days(self, reader: Reader, query: Query, column: str) -> dict[int, int] | None:
        """As `figure_counts.days`; None where the tables have to be asked."""
        view = self._seen_by(reader)
        if view is None:
            return None
        mask = self._mask(view, reader, query)
        return view.arrays.spread(mask, column, figure_counts.UNITS[column])

    # -- what the columns see

    def _seen_by(self, reader: Reader) -> _View | None:
        with self._door:
            if self._arrays is None:
                return None
            latest, log_size = arrivals.latest(reader), report_columns.log_size(reader)
            if latest < self._reach or log_size < self._turned:
                return None
            if self._view is not None and self._view.log_size == log_size:
                return self._view
            size = report_columns.size(reader)
            if latest > self._reach or size != self._arrays.size:
                self._arrays = _caught_up(self._arrays, reader, since=self._reach, size=size)
                self._reach, self._view = latest, None
            self._follow_kinds(reader, log_size)
            return self._laid_over(reader, log_size)

    def _follow_kinds(self, reader: Reader, log_size: int) -> None:
        """Files that came since then are among the kinds of media of their reports."""
        assert self._arrays is not None
        rows, kinds = report_columns.kinds_since(reader, self._log_reach)
        self._log_reach = max(self._log_reach, log_size)
        if rows == "[]":
            return
        self._arrays, self._turned = self._arrays.overlaid(rows, kinds), log_size
        if self._view is not None:
            self._view = replace(self._view, arrays=self._view.arrays.overlaid(rows, kinds))

    def _laid_over(self, reader: Reader, log_size: int) -> _View:
        assert self._arrays is not None
        overlaid, view = report_columns.overlay(reader), self._view
        if view is None or view.overlaid != overlaid:
            arrays = self._arrays.overlaid(*overlaid)
            orders = {} if view is None else _without_classes(view.orders)
            view = _View(arrays, overlaid, log_size, orders, OrderedDict())
        else:
            view = _View(view.arrays, overlaid, log_size, view.orders, OrderedDict())
        self._view = view
        return view

    # -- which reports

    def _mask(self, view: _View, reader: Reader, query: Query) -> Mask:
        known = view.masks.get(query)
        if known is not None:
            return known
        mask = _all(view, reader, query.conditions, query)
        if query.since:
            mask = mask & view.arrays.of_rows(report_columns.rows_since(reader, query.since))
        view.masks[query] = mask
        while len(view.masks) > _KEPT_MASKS:
            view.masks.popitem(last=False)
        return mask


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks the columns where they answer sooner, and the tables otherwise."""

    reader: Reader
    columns: ReportColumns | None

    def page(
        self, query: Query, order: Order, *, limit: int, after: str | None = None
    ) -> Page[ReportRow]:
        """As `reports.page`."""
        way = self._way(query, order)
        if isinstance(way, ReportColumns):
            found = way.page(self.reader, query, order, limit=limit, after=after)
            if found is not None:
                return found
            way = None
        return reports.page(self.reader, query, order, limit=limit, after=after, plan=way)

    def count(self, query: Query) -> int:
        """As `reports.count`."""
        way = self._way(query)
        if isinstance(way, ReportColumns):
            found = way.count(self.reader, query)
            if found is not None:
                return found
            way = None
        return reports.count(self.reader, query, way)

    def facets(self, query: Query, wanted: Sequence[Facet]) -> dict[Facet, tuple[FacetCount, ...]]:
        """As `reports.facets`."""
        way = self._way(query)
        if isinstance(way, ReportColumns):
            found = way.facets(self.reader, query, wanted)
            if found is not None:
                return found
            way = None
        return reports.facets(self.reader, query, wanted, way)

    def days(self, query: Query, column: str) -> dict[int, int]:
        """As `figure_counts.days`. Here the columns answer for the whole vault, too: of it no days are
        counted beforehand.
        """
        way = self._way(query) or self.columns
        if isinstance(way, ReportColumns):
            found = way.days(self.reader, query, column)
            if found is not None:
                return found
            way = None
        return figure_counts.days(self.reader, query, column, way)

    def _way(self, query: Query, order: Order | None = None) -> ReportColumns | Plan | None:
        """The columns, unless an index says that few can pass, or the hits of words lie in the order that
        is asked for, so that the first ones are the page. None: the tables see to it.
        """
        if self.columns is None or not (query.conditions or query.since):
            return None
        wanted, _ = compiled(self.reader, query)
        found = few(self.reader, wanted)
        is_by_receipt = order is not None and order.sort is ReportSort.RECEIVED
        if found is None and is_by_receipt and not wanted.others:
            return Many(wanted.words, ())
        return found or self.columns


def _all(view: _View, reader: Reader, conditions: Sequence[Condition], query: Query) -> Mask:
    """Words that stand together are asked together: of one index, in one go."""
    words = _words_of(conditions)
    mask = view.arrays.everything() if not words else _asked(view, reader, words, query)
    for each in conditions:
        if not isinstance(each, Words):
            mask = mask & _one(view, reader, each, query)
    return mask


def _words_of(conditions: Sequence[Condition]) -> tuple[Words, ...]:
    return tuple(each for each in conditions if isinstance(each, Words))


def _streamed(
    view: _View, reader: Reader, query: Query, order: Order, *, behind: int | None, limit: int
) -> list[int]:
    """The first places in the order of receipt, which is that of the hits of words: these are read
    piece by piece until there are enough that meet the rest too.
    """
    rest = [each for each in query.conditions if not isinstance(each, Words)]
    mask = _all(view, reader, rest, query)
    if query.since:
        mask = mask & view.arrays.of_rows(report_columns.rows_since(reader, query.since))
    found: list[int] = []
    last = None if behind is None else int(view.arrays.rows[behind])
    piece = _PIECE_OF_HITS * limit
    while len(found) < limit:
        rows, last = report_columns.hits(
            reader,
            _words_of(query.conditions),
            is_descending=order.is_descending,
            behind=last,
            limit=piece,
        )
        if last is None:
            break
        found += view.arrays.among(mask, rows)[: limit - len(found)]
        piece = min(piece * 4, _MOST_HITS)
    return found


def _one(view: _View, reader: Reader, condition: Condition, query: Query) -> Mask:
    match condition:
        case Not(inner):
            return ~_one(view, reader, inner, query)
        case AllOf(inner):
            return _all(view, reader, inner, query)
        case AnyOf(inner):
            found = _one(view, reader, inner[0], query)
            for each in inner[1:]:
                found = found | _one(view, reader, each, query)
            return found
        case leaf:
            known = _by_columns(view.arrays, leaf)
            return _asked(view, reader, (leaf,), query) if known is None else known


def _asked(view: _View, reader: Reader, leaves: tuple[Leaf, ...], query: Query) -> Mask:
    asked = replace(query, conditions=leaves, since=0)
    return view.arrays.of_rows(report_columns.rows_that(reader, asked))


def _by_columns(  # noqa: PLR0911 - one arm for each kind that the columns know
    arrays: ReportArrays, leaf: Leaf
) -> Mask | None:
    match leaf:
        case FieldIs(field, values):
            return _field(arrays, field, values)
        case FieldContains(Field.PROVIDER, text):
            part = text.casefold()
            return arrays.text_is("provider", lambda name: part in name.casefold())
        case Between(field, start, end) if field in _MOMENTS:
            bounds = [None if each is None else microseconds(each) for each in (start, end)]
            return arrays.between(_MOMENTS[field], *bounds)
        case IsState(state) if state in _STATUS:
            return arrays.equal("status", [report_columns.STATUSES.index(state.value)])
        case IsState(Is.UNDECIDED | Is.DECIDED as state):
            undecided = arrays.equal("classification", [UNDECIDED])
            return undecided if state is Is.UNDECIDED else ~undecided
        case HasThing(Has.MEDIA):
            return ~arrays.equal("media_count", [0])
        case HasThing(Has.ACTION):
            return arrays.between("last_action", None, None)
        case HasThing(Has.IMAGE | Has.VIDEO as thing):
            return arrays.any_bit(KINDS, KIND_BITS[thing.value])
        case _:
            return None


def _field(arrays: ReportArrays, field: Field, values: tuple[str, ...]) -> Mask | None:
    if field in _CODES and all(map(_is_code, values)):
        return arrays.equal(_CODES[field], [int(value) for value in values])
    if field in _COUNTRIES:
        return arrays.text_is(_COUNTRIES[field], lambda name: name in values)
    if field is Field.STATUS:
        return arrays.equal("status", [report_columns.STATUSES.index(value) for value in values])
    if field is Field.PROVIDER:
        return arrays.text_is("provider", lambda name: name in values)
    if field is Field.KIND:
        return arrays.any_bit(KINDS, sum(KIND_BITS[value] for value in set(values)))
    return None


def _is_code(value: str) -> bool:
    """As the tables see it: what is longer is a name."""
    return value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS


_CODES: Final[Mapping[Field, str]] = {
    Field.CLASS: "classification",
    Field.AGE: "age",
    Field.GENDER: "gender",
    Field.SITE: "site_type",
    Field.COMMERCIAL: "commerciality",
    Field.ASN: "autonomous_system",
    Field.HOTLINE: "hotline",
}
_COUNTRIES: Final = {Field.HOST: "hosting_country", Field.ASSIGNED: "assigned_country"}
_MOMENTS: Final = {
    Field.RECEIVED: "received_at",
    Field.UPDATED: "updated_at",
    Field.ASSIGNED_ON: "assigned_at",
}
_STATUS: Final = (Is.NEW, Is.CORRECTED, Is.WITHDRAWN)
_SORTED_BY: Final[Mapping[ReportSort, str]] = {
    ReportSort.RECEIVED: "",
    ReportSort.UPDATED: "updated_at",
    ReportSort.REFERENCE: "report_id",
    ReportSort.DOMAIN: "domain",
    ReportSort.HOST: "hosting_country",
    ReportSort.PROVIDER: "provider",
    ReportSort.CLASSIFICATION: "classification",
}
_MONTH: Final = "month"
_COUNTED: Final[Mapping[Facet, str]] = {
    Facet.CLASSIFICATION: "classification",
    Facet.SITE_TYPE: "site_type",
    Facet.HOTLINE: "hotline",
    Facet.HOSTING_COUNTRY: "hosting_country",
    Facet.STATUS: "status",
    Facet.ASSIGNED_COUNTRY: "assigned_country",
    Facet.PROVIDER: "provider",
    Facet.KIND: KINDS,
    Facet.RECEIVED: _MONTH,
}


def _first(view: _View, mask: Mask, order: Order, *, behind: int | None, limit: int) -> list[int]:
    from cport_desktop.matching.report_arrays import first  # noqa: PLC0415 - numpy

    column = _SORTED_BY[order.sort]
    if column not in view.orders:
        view.orders[column] = view.arrays.order(column)
    return first(
        mask, view.orders[column], is_descending=order.is_descending, behind=behind, limit=limit
    )


def _key(arrays: ReportArrays, sort: ReportSort, place: int) -> tuple[int | str, int]:
    row = int(arrays.rows[place])
    column = _SORTED_BY[sort]
    return (arrays.value(column, place) if column else row, row)


def _stands_at(arrays: ReportArrays, sort: ReportSort, place: int, key: int | str) -> bool:
    """It was not assessed or corrected since a page ended with it: behind its new place some reports
    would come again, and others never. The tables go on behind the key.
    """
    column = _SORTED_BY[sort]
    if not column:
        return True
    told = provider_key(str(key)) if sort is ReportSort.PROVIDER else key
    return arrays.value(column, place) == told


def _places(mask: Mask) -> Numbers:
    from cport_desktop.matching.report_arrays import places_of  # noqa: PLC0415 - numpy

    return places_of(mask)


def _counts(arrays: ReportArrays, places: Numbers, facet: Facet) -> dict[int | str, int]:
    counts = arrays.counts(places, _COUNTED[facet])
    if facet is Facet.STATUS:
        return {report_columns.STATUSES[int(value)]: count for value, count in counts.items()}
    if facet is Facet.RECEIVED:
        return {_month_named(int(value)): count for value, count in counts.items()}
    return counts


def _month_named(month: int) -> str:
    """As a query says it; `month` is counted from January of the year 0."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _without_classes(orders: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Orders that no assessment changes."""
    return {column: order for column, order in orders.items() if column != "classification"}


def _read(reader: Reader, is_cancelled: IsCancelled = never) -> ReportArrays:
    texts = {
        name: _unless(is_cancelled, report_columns.groups(reader, name))
        for name in report_columns.TEXTS
    }
    return _made(_unless(is_cancelled, report_columns.pieces(reader)), texts)


def _made(
    pieces: Iterable[Mapping[str, str]], texts: Mapping[str, Iterable[report_columns.Group]]
) -> ReportArrays:
    from cport_desktop.matching.report_arrays import made  # noqa: PLC0415 - numpy

    return made(pieces, texts).with_months("received_at", _MONTH)


def _unless(is_cancelled: IsCancelled, parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if is_cancelled():
            raise Cancelled
        yield part


def _caught_up(arrays: ReportArrays, reader: Reader, *, since: int, size: int) -> ReportArrays:
    """What `reader` sees."""
    changed = report_columns.changed(reader, since)
    if changed.count(",") > _MANY_CHANGED:
        return _read(reader)
    texts = {name: report_columns.groups_of(reader, name, changed) for name in report_columns.TEXTS}
    more = _made([report_columns.these(reader, changed)], texts)
    joined = arrays.without("report_id", changed).joined(more)
    if joined.size != size:  # Some were erased.
        joined = joined.only("report_id", report_columns.numbers_here(reader))
    return joined
