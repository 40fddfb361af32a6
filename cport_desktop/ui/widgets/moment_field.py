"""A moment to the minute, typed or stepped through with the arrow keys; local, with UTC on hover, or in
UTC where the window tells that.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import QAbstractSpinBox, QDateTimeEdit

from cport_desktop.ui import figures
from cport_desktop.ui.widgets.plain_label import set_plain_tip

_SHOWN = "yyyy-MM-dd HH:mm"
_INSET = 10
"""Pixels; a style sheet that pads the field would leave no room for its text."""


class MomentField(QDateTimeEdit):
    """Shows moments as lists do: `2026-11-21 09:06`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._zone = _zone_told()
        self.setTimeZone(self._zone)
        self.setDisplayFormat(_SHOWN)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)
        self.lineEdit().setTextMargins(_INSET, 0, _INSET, 0)
        self.dateTimeChanged.connect(self._tell_universal)

    def moment(self) -> datetime:
        """What stands in it, in UTC."""
        return datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch(), UTC)

    def lay(self, at: datetime) -> None:
        """`at` stands in it, to the minute, as the window tells moments by now."""
        self._zone = _zone_told()
        self.setTimeZone(self._zone)
        whole = at.replace(second=0, microsecond=0)
        self.setDateTime(QDateTime.fromSecsSinceEpoch(int(whole.timestamp()), self._zone))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's names
        """Tab leads on at once: arrow keys go through the year, the month and the others (ARIA Authoring
        Practices, “spinbutton”).
        """
        around = self.parentWidget()
        return around is not None and around.focusNextPrevChild(next)

    def _tell_universal(self) -> None:
        set_plain_tip(self, figures.universal(self.moment()))


def _zone_told() -> QTimeZone:
    return QTimeZone.utc() if figures.tells_universal() else QTimeZone.systemTimeZone()
