"""The day by which a task is to be done, if it has one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cport_desktop.ui.widgets.moment_field import MomentField
from cport_desktop.words import cases_page as say


class DayField(QWidget):
    """A box to tick, and beneath it the moment, which can be set while it is ticked.

    Signals:
        changed(): it has another moment, or none any more.
    """

    changed = Signal()

    def __init__(self, usual: datetime) -> None:
        """`usual` is proposed."""
        super().__init__()
        self._has_one = QCheckBox(say.HAS_DAY)
        self._when = MomentField(say.TASK_DUE)
        self._when.lay(usual)
        self._when.setEnabled(False)
        self._has_one.toggled.connect(self._when.setEnabled)
        self._has_one.toggled.connect(lambda _is_on: self.changed.emit())
        self._when.dateTimeChanged.connect(lambda _at: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._has_one)
        column.addWidget(self._when)

    def moment(self) -> datetime | None:
        """What it has, in UTC."""
        return self._when.moment() if self._has_one.isChecked() else None

    def lay(self, at: datetime | None) -> None:
        """It has this one, or none; which one is proposed stays."""
        if at is not None:
            self._when.lay(at)
        self._has_one.setChecked(at is not None)
