"""The facets beside the table: headings and values with counts, as one list to walk through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from cport_desktop.domain.query import FieldIs, IsState, Query
from cport_desktop.domain.query_language import UNDECIDED_KEY, parse
from cport_desktop.domain.query_printing import text_of
from cport_desktop.domain.query_refining import is_asked, is_kept_out, refined
from cport_desktop.domain.rows import Facet, FacetCount
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.errors import QueryError
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import window as say

Index = QModelIndex | QPersistentModelIndex

_CODE_LISTS = {Facet.CLASSIFICATION: "classification", Facet.SITE_TYPE: "site_type"}
_ANY_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""A span is printed in the words it was said in, so that refining needs no clock."""
_MOST_SHOWN = 8
"""Values of one facet; the rest is reached by typing."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A heading if `term` is None, otherwise a value that `term` asks for."""

    label: str
    count: str
    term: str | None
    is_active: bool
    is_kept_out: bool = False
    """The query asks for everything but this value."""


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
        lines.append(FacetLine(say.FACET_TITLES[facet.value], "", None, is_active=False))
        for value in counts[:_MOST_SHOWN]:
            label, term = _label_and_term(facet, value.value, taxonomy, hotlines)
            leaf = _leaf(term, taxonomy)
            is_active = leaf is not None and is_asked(asked, leaf)
            is_out = leaf is not None and is_kept_out(asked, leaf)
            lines.append(FacetLine(label, figures.count(value.count), term, is_active, is_out))
    return tuple(lines)


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


def _leaf(term: str, taxonomy: Taxonomy) -> FieldIs | IsState | None:
    found = _read(term, taxonomy)
    first = found.conditions[0] if found is not None and found.conditions else None
    return first if isinstance(first, FieldIs | IsState) else None


def _label_and_term(
    facet: Facet, value: str, taxonomy: Taxonomy, hotlines: Mapping[str, str]
) -> tuple[str, str]:
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
    """Lines for a list view; headings cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[FacetLine, ...] = ()

    def show(self, lines: tuple[FacetLine, ...]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

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
            return f"{line.label} {line.count}".strip()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._lines[index.row()].term is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
