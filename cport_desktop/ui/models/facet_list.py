"""The facets beside the table: headings and values with counts, as one list to walk through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from cport_desktop.domain.rows import Facet, FacetCount
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import window as say

Index = QModelIndex | QPersistentModelIndex

_CODE_LISTS = {Facet.CLASSIFICATION: "classification", Facet.SITE_TYPE: "site_type"}
_MOST_SHOWN = 8
"""Values of one facet; the rest is reached by typing."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A heading if `term` is None, otherwise a value that `term` asks for."""

    label: str
    count: str
    term: str | None
    is_active: bool


def facet_lines(
    facets: Mapping[Facet, tuple[FacetCount, ...]],
    *,
    taxonomy: Taxonomy,
    hotlines: Mapping[str, str],
    query: str,
) -> tuple[FacetLine, ...]:
    """What to show for `facets`; values that `query` asks for are active."""
    asked = set(query.split())
    lines: list[FacetLine] = []
    for facet, counts in facets.items():
        if not counts:
            continue
        lines.append(FacetLine(say.FACET_TITLES[facet.value], "", None, is_active=False))
        for value in counts[:_MOST_SHOWN]:
            label, term = _label_and_term(facet, value.value, taxonomy, hotlines)
            lines.append(FacetLine(label, figures.count(value.count), term, term in asked))
    return tuple(lines)


def toggled(query: str, term: str) -> str:
    """`query` with `term` taken away if it was there, or added at its end."""
    if term not in query.split():
        return f"{query.rstrip()} {term}".strip()
    return re.sub(rf"(?:^|\s+){re.escape(term)}(?=\s|$)", "", query, count=1).strip()


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
        return say.UNDECIDED, "is:undecided"
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
