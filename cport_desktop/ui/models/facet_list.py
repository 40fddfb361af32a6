"""The facets beside the table: headings and values with counts, as one list to walk through.

The values of a facet can be folded away under its heading, but for those that the query asks for or
keeps out. Facets that few refine by begin so: the column would be longer than any window.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from cport_desktop.domain.query import Query
from cport_desktop.domain.query_language import EXACTLY, UNDECIDED_KEY, parse
from cport_desktop.domain.query_printing import quoted, text_of
from cport_desktop.domain.query_refining import Value, is_asked, is_kept_out, refined
from cport_desktop.domain.rows import Facet, FacetCount
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.errors import QueryError
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import facets as words
from cport_desktop.words import window as say

Index = QModelIndex | QPersistentModelIndex

_CODE_LISTS = {Facet.CLASSIFICATION: "classification", Facet.SITE_TYPE: "site_type"}
_ANY_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""A span is printed in the words it was said in, so that refining needs no clock."""
_MOST_SHOWN = 8
"""Values of one facet; the rest is reached by typing."""
_FOLDED_FIRST: Final = frozenset(
    {Facet.ASSIGNED_COUNTRY, Facet.PROVIDER, Facet.KIND, Facet.RECEIVED}
)


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A heading if `term` is None, otherwise a value that `term` asks for."""

    facet: Facet
    label: str
    count: str
    term: str | None
    is_active: bool
    is_kept_out: bool = False
    """The query asks for everything but this value."""
    values: int = 0
    """Of a heading: how many values there are, those included that are reached by typing alone."""
    is_folded: bool = False
    """Of a heading: its values are folded away."""


def facet_lines(
    facets: Mapping[Facet, tuple[FacetCount, ...]],
    *,
    taxonomy: Taxonomy,
    hotlines: Mapping[str, str],
    query: str,
) -> tuple[FacetLine, ...]:
    """What to show for `facets`; values that `query` asks for are active, and marked where it keeps
    them out.
    """
    asked = _read(query, taxonomy) or Query()
    lines: list[FacetLine] = []
    for facet, counts in facets.items():
        if not counts:
            continue
        title = words.TITLES[facet.value]
        lines.append(FacetLine(facet, title, "", None, is_active=False, values=len(counts)))
        for value in _shown(facet, counts):
            label, term = _label_and_term(facet, value.value, taxonomy, hotlines)
            leaf = _leaf(term, taxonomy)
            is_active = leaf is not None and is_asked(asked, leaf)
            is_out = leaf is not None and is_kept_out(asked, leaf)
            count = figures.count(value.count)
            lines.append(FacetLine(facet, label, count, term, is_active, is_out))
    return tuple(lines)


def _shown(facet: Facet, counts: Sequence[FacetCount]) -> Sequence[FacetCount]:
    """The most frequent; of months the latest, which people look for in their order."""
    if facet is not Facet.RECEIVED:
        return counts[:_MOST_SHOWN]
    return heapq.nlargest(_MOST_SHOWN, counts, key=lambda month: month.value)


def toggled(query: str, term: str, taxonomy: Taxonomy, *, keeps_out: bool = False) -> str:
    """`query` refined by `term`: another value of a field it asks for is an alternative, one that is there
    goes. A query that cannot be read just now gets the term at its end.
    """
    asked, leaf = _read(query, taxonomy), _leaf(term, taxonomy)
    if asked is None or leaf is None:
        return f"{query.rstrip()} {'-' if keeps_out else ''}{term}".strip()
    return text_of(refined(asked, leaf, is_kept_out=keeps_out), taxonomy)


def _read(query: str, taxonomy: Taxonomy) -> Query | None:
    try:
        return parse(query, taxonomy=taxonomy, now=_ANY_MOMENT)
    except QueryError:
        return None


def _leaf(term: str, taxonomy: Taxonomy) -> Value | None:
    found = _read(term, taxonomy)
    first = found.conditions[0] if found is not None and found.conditions else None
    return first if isinstance(first, Value) else None


def _label_and_term(
    facet: Facet, value: str, taxonomy: Taxonomy, hotlines: Mapping[str, str]
) -> tuple[str, str]:
    if facet is Facet.PROVIDER:
        return one_line(value), f"{facet.value}:{quoted(f'{EXACTLY}{value}')}"
    if facet is Facet.KIND:
        return words.KINDS[value], f"{facet.value}:{value}"
    name = _CODE_LISTS.get(facet)
    if name is None:
        labels = say.REPORT_STATES if facet is Facet.STATUS else hotlines
        return one_line(labels.get(value, value)), f"{facet.value}:{value}"
    number = int(value) if value.isdigit() else None
    if number is None:
        return one_line(value), f"{facet.value}:{value}"
    if facet is Facet.CLASSIFICATION and number == UNDECIDED:
        return say.UNDECIDED, f"{facet.value}:{UNDECIDED_KEY}"
    return taxonomy[name].label(number), f"{facet.value}:{taxonomy[name].key(number)}"


class FacetList(QAbstractListModel):
    """Lines for a list view. Which facets are folded stays as it was while other lines come."""

    def __init__(self) -> None:
        super().__init__()
        self._every: tuple[FacetLine, ...] = ()
        self._lines: tuple[FacetLine, ...] = ()
        self._folded = set(_FOLDED_FIRST)

    def show(self, lines: tuple[FacetLine, ...]) -> None:
        self.beginResetModel()
        self._every = lines
        self._lines = tuple(self._unfolded())
        self.endResetModel()

    def fold(self, facet: Facet, *, is_folded: bool) -> int:
        """The values of `facet` are folded away, or shown; the number of its heading."""
        (self._folded.add if is_folded else self._folded.discard)(facet)
        self.show(self._every)
        return next(at for at, line in enumerate(self._lines) if line.facet is facet)

    def _unfolded(self) -> Iterator[FacetLine]:
        for line in self._every:
            is_folded = line.facet in self._folded
            if line.term is None:
                yield replace(line, is_folded=is_folded)
            elif not is_folded or line.is_active or line.is_kept_out:
                yield line

    def line(self, number: int) -> FacetLine:
        return self._lines[number]

    def find(self, term: str) -> int | None:
        """Number of the line that asks for `term`."""
        return next((at for at, line in enumerate(self._lines) if line.term == term), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if line.term is None:
                told = words.folded if line.is_folded else words.unfolded
                return told(line.label, line.values)
            return f"{line.label} {line.count}".strip()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
