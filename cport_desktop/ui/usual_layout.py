"""Every table and every pane as it was at first, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QSplitter, QWidget

from cport_desktop.domain.draft import DraftPlace, TableLayout, layout_of
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.widgets.panes import usual_sizes
from cport_desktop.ui.widgets.rows_table import RowsTable


@dataclass(frozen=True, slots=True)
class Layouts:
    """How tables and panes stood: those of tables by their places, panes by their object."""

    tables: dict[DraftPlace, TableLayout]
    panes: tuple[tuple[QSplitter, tuple[int, ...]], ...]


def lay_usually_in(window: QWidget, drafting: Drafting) -> Layouts:
    """Tables show their usual columns and rows, panes have their usual sizes, on pages that are made and
    on those that are made later; how they stood before.
    """
    before = Layouts(
        drafting.layouts(),
        tuple(
            (splitter, tuple(splitter.sizes()))
            for splitter in window.findChildren(QSplitter)
            if usual_sizes(splitter)
        ),
    )
    for place in before.tables:
        drafting.end(place)
    for table in _kept_tables(window):
        table.lay(TableLayout())
    for splitter, _ in before.panes:
        splitter.setSizes(usual_sizes(splitter))
    drafting.moved()
    return before


def lay_again(window: QWidget, drafting: Drafting, before: Layouts) -> None:
    """Tables and panes stand as they stood then."""
    for place, layout in before.tables.items():
        drafting.keep(place, layout)
    for table in _kept_tables(window):
        table.lay(before.tables.get(layout_of(table.kept_as), TableLayout()))
    for splitter, sizes in before.panes:
        splitter.setSizes(list(sizes))
    drafting.moved()


def _kept_tables(window: QWidget) -> list[RowsTable]:
    return [table for table in window.findChildren(RowsTable) if table.kept_as]
