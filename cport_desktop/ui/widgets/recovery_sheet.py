"""A recovery code: shown once in groups, saved as a sheet if somebody asks, typed back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.widgets.controls import button, panel
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import keys_window as say

SaveSheet = Callable[[Path, str], None]
"""(path, code): the sheet lies there, in the clear."""
_ACROSS = 4


class RecoverySheet(QWidget):
    """Shows the code, or hides it and asks for two of its groups; never both at once.

    Signals:
        returned(): Enter in the last field that is asked for.
        resized(): it needs another height.
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    returned = Signal()
    resized = Signal()
    lock_wanted = Signal()

    def __init__(self, code: str, *, save: SaveSheet, lane: Lane) -> None:
        super().__init__()
        self._code = code
        self._save = save
        self._lane = lane
        self._told = PlainLabel(role="caption", wraps=True)
        self._told.hide()
        self._notice = Notice()
        self.path = PathField(say.SHEET_WHERE, say.SHEET_PLACEHOLDER, Choosing.NEW_FILE)
        self.path.lock_wanted.connect(self.lock_wanted)
        self._saver = button(say.SHEET_SAVE, self._save_sheet, kind="small")
        self.back = TypedBack(code, two_groups(code))
        self.back.returned.connect(self.returned)
        self.confirm = button(say.WRITTEN_DOWN, self.ask_back, kind="small")
        self._again = button(say.SHOW_AGAIN, self.show_code, kind="small")
        self._shown = QWidget()
        self._asked = QWidget()
        self._lay_out()
        self.show_code()

    def show_code(self) -> None:
        """The code is on the screen."""
        self._turn(is_shown=True)
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_back(self) -> None:
        """The code is hidden, and two groups are asked for."""
        self._turn(is_shown=False)
        self.back.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def is_shown(self) -> bool:
        """Whether the code is on the screen."""
        return not self._shown.isHidden()

    def is_confirmed(self) -> bool:
        """What was typed back is what the code says."""
        return not self.is_shown() and self.back.is_right()

    def fault(self) -> tuple[str, QWidget] | None:
        """What is missing and where; None if it was typed back."""
        if self.is_shown():
            return say.CONFIRM_PAPER, self.confirm
        return None if self.is_confirmed() else (say.NOT_THE_GROUP, self.back.fields[0])

    def _turn(self, *, is_shown: bool) -> None:
        self.back.clear()
        self._shown.setVisible(is_shown)
        self._asked.setVisible(not is_shown)
        self.setFocusProxy(self.confirm if is_shown else self.back.fields[0])
        self.resized.emit()

    def _save_sheet(self) -> None:
        path = self.path.path()
        self._notice.dismiss()
        if path is None:
            self.path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._saver.setEnabled(False)

        def saved(_nothing: None) -> None:
            self._saver.setEnabled(True)
            self._told.say(say.sheet_saved(str(path)))
            self._told.show()
            self.resized.emit()

        def refused(error: CportError) -> None:
            self._saver.setEnabled(True)
            self._notice.tell(error)
            self.resized.emit()

        self._lane.ask(self, lambda: self._save(path, self._code), then=saved, otherwise=refused)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self._saver)
        shown = QVBoxLayout(self._shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(8)
        shown.addWidget(PlainLabel(say.RECOVERY_ONCE, role="muted", wraps=True))
        shown.addWidget(_groups(self._code))
        shown.addWidget(PlainLabel(say.SHEET_WARNING, role="caption", wraps=True))
        shown.addLayout(row)
        shown.addWidget(self._told)
        shown.addWidget(self._notice)
        shown.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(8)
        asked.addWidget(PlainLabel(say.TYPE_BACK, role="strong", wraps=True))
        asked.addWidget(self.back)
        asked.addWidget(PlainLabel(say.GROUPS_HIDDEN, role="caption", wraps=True))
        asked.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._shown)
        column.addWidget(self._asked)


class TypedBack(QWidget):
    """Two groups of the code, to be typed from the paper.

    Signals:
        returned(): Enter in a field.
    """

    returned = Signal()

    def __init__(self, code: str, asked: tuple[int, int]) -> None:
        """`asked`: numbers of two groups, from 1."""
        super().__init__()
        self._groups = code.split("-")
        self._asked = asked
        self.fields = tuple(text_field(say.group(number), is_mono=True) for number in asked)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (number, field) in enumerate(zip(asked, self.fields, strict=True)):
            field.setMaxLength(12)
            field.returnPressed.connect(self.returned)
            grid.addWidget(PlainLabel(say.group(number), role="section"), 0, column)
            grid.addWidget(field, 1, column)
        self.setFocusProxy(self.fields[0])

    def is_right(self) -> bool:
        """Both groups are those of the code."""
        return all(
            _plain(field.text()) == self._groups[number - 1]
            for field, number in zip(self.fields, self._asked, strict=True)
        )

    def clear(self) -> None:
        for field in self.fields:
            field.setText("")


def two_groups(code: str) -> tuple[int, int]:
    """Which groups are to be typed back, by the code itself; never two neighbours."""
    groups = code.split("-")
    half = len(groups) // 2
    first = sum(map(ord, groups[-1])) % half
    return first + 1, first + half + 1


def _plain(text: str) -> str:
    """As it was printed: small letters, blanks and what is easily misread are forgiven."""
    letters = "".join(text.split()).upper().replace("-", "")
    return letters.translate(str.maketrans("OIL", "011"))


def _groups(code: str) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(14, 12, 14, 12)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(8)
    for place, letters in enumerate(code.split("-")):
        cell = QHBoxLayout()
        cell.setSpacing(8)
        number = PlainLabel(str(place + 1), role="caption")
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setFixedWidth(10)
        shown = PlainLabel(letters, role="code")
        shown.setAccessibleName(f"{say.group(place + 1)}: {' '.join(letters)}")
        cell.addWidget(number)
        cell.addWidget(shown, 1)
        grid.addLayout(cell, place // _ACROSS, place % _ACROSS)
    return panel(grid, kind="card")
