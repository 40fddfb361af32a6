"""Which rows are chosen is known without asking about each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from cport_desktop.domain.rows import Page
from cport_desktop.ui.models.keyset_table import Column, KeysetTable
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.widgets.rows_table import RowsTable

ROWS = 2_000


class Counting(KeysetTable[int]):
    """Counts how often it is asked about a cell."""

    asked = 0

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        self.asked += 1
        return super().flags(index)


def a_table(qtbot: QtBot) -> tuple[RowsTable, Counting]:
    columns: list[Column[Any]] = [Column(title, str, width=60) for title in ("One", "Two", "Three")]
    model = Counting(columns)
    model.show_first(Page(tuple(range(ROWS)), None, 0.0))
    table = RowsTable("Numbers", model, DARK, is_multiple=True)
    model.setParent(table)
    qtbot.addWidget(table)
    return table, model


def test_thousands_of_chosen_rows_are_told_without_a_question_about_each(qtbot: QtBot) -> None:
    table, model = a_table(qtbot)
    table.selectAll()
    model.asked = 0
    assert table.chosen() == list(range(ROWS))
    assert model.asked == 0


def test_rows_that_were_chosen_in_any_order_are_told_from_top_to_bottom(qtbot: QtBot) -> None:
    table, _ = a_table(qtbot)
    table.horizontalHeader().moveSection(2, 0)
    for row in (900, 3, 4, 17):
        table.selectionModel().select(
            table.model().index(row, 0),
            table.selectionModel().SelectionFlag.Toggle | table.selectionModel().SelectionFlag.Rows,
        )
    assert table.chosen() == [3, 4, 17, 900]
