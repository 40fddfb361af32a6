"""A column that scrolls: what grows in it never lies over what stands above."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn


class _Section(QWidget):
    """Something high with a place beneath it that comes later."""

    def __init__(self, late: QWidget) -> None:
        super().__init__()
        self.high = _of_height(150)
        self.late = late
        column = QVBoxLayout(self)
        column.addWidget(self.high)
        column.addWidget(late)
        late.hide()


def _of_height(height: int) -> QWidget:
    made = QWidget()
    made.setFixedHeight(height)
    return made


def _places(page: QWidget, widgets: tuple[QWidget, ...]) -> list[QRect]:
    return [QRect(each.mapTo(page, each.rect().topLeft()), each.size()) for each in widgets]


@pytest.mark.parametrize("is_text", [False, True])
def test_what_appears_has_its_room_at_once_and_not_over_what_stands_above(
    qtbot: QtBot, is_text: bool
) -> None:
    late = PlainLabel("word " * 80, wraps=True) if is_text else _of_height(60)
    section, last = _Section(late), _of_height(80)
    column = ScrollColumn("Page")
    qtbot.addWidget(column)
    column.resize(300, 200)
    column.add(section)
    column.add(last)
    column.show()
    qtbot.waitExposed(column)
    page = column.widget()
    assert page is not None
    before = page.height()

    section.late.show()  # Whatever paints the window now paints it as it is laid out now.

    assert page.height() > before
    high, late_at, last_at = _places(page, (section.high, section.late, last))
    assert high.height() == 150
    assert late_at.top() > high.bottom()
    assert last_at.top() > late_at.bottom()
    assert page.height() > last_at.bottom()
    settled = _places(page, (section.high, section.late, last))
    qtbot.wait(20)
    assert _places(page, (section.high, section.late, last)) == settled
