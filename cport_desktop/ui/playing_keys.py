"""Keys of the player, on the glass and wherever else Space looks.

On the glass they always work; on a list only while somebody looks, since there the arrows and letters
are the list's own. They come before the filter that veils over any other key (`looking.HoldSpace`): an
event filter that was installed later is asked first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_PLAIN = Qt.KeyboardModifier.NoModifier
_ALLOWED = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
"""What a keyboard may need for a sign or an arrow; with anything else it is another key."""

Act = Callable[[], None]


class PlayerKeys(QObject):
    """`acts` by sign (`,`) or by `Qt.Key` name (`Left`)."""

    def __init__(
        self, acts: Mapping[str, Act], *, is_wanted: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._acts = acts
        self._is_wanted = is_wanted

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~_ALLOWED or not self._is_wanted():
            return False
        act = self._acts.get(Qt.Key(event.key()).name.removeprefix("Key_"))
        act = act or self._acts.get(event.text().upper())
        if act is None:
            return False
        act()
        return True
