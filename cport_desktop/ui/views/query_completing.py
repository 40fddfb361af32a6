"""Completion beneath a query line: when the list opens, what its keys do, and where names come from.

Rules:
1. It opens by itself only while something is being typed that it can go on with, and on Ctrl+Space.
2. Enter searches, whatever is open. Tab takes; Down and Up walk; Escape closes it, and nothing else.
3. It is worked out from what is in memory; names are fetched on the reading lane, now and then.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from cport_desktop.domain.query_completion import Choice, completions, taken
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.completion_list import CompletionList

LONGEST_COMPLETED: Final = 2_000
"""Characters of a query that is completed while it is typed; longer ones were pasted."""
_NAMES_AGE: Final = 30.0
"""Seconds after which names are asked for again, when somebody comes to type."""


class Completing(QObject):
    """Belongs to a field, which tells it what happens."""

    def __init__(self, field: QLineEdit, seat: Seat) -> None:
        super().__init__(field)
        self._field = field
        self._seat = seat
        self._asked_at: float | None = None
        self._errand: Errand | None = None
        self.list = CompletionList(field)
        self.list.taken.connect(self._take)

    def come(self) -> None:
        """Somebody comes to type: names are fetched if they may be old."""
        now = self._seat.clock.monotonic()
        if self._asked_at is not None and now - self._asked_at < _NAMES_AGE:
            return
        self._asked_at = now
        self._errand = self._seat.lanes.reading.ask(
            self,
            self._seat.session.finding.names,
            then=self._seat.names.learn,
            otherwise=lambda _error: None,
        )

    def edited(self) -> None:
        """A person has changed the text."""
        self._offer(is_asked_for=False)

    def close(self) -> None:
        self.list.hide()

    def takes(self, event: QKeyEvent) -> bool:
        """Whether this key was for the list."""
        key, control = event.key(), Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Space and event.modifiers() == control:
            self._offer(is_asked_for=True)
            return True
        if not self.list.is_open:
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Tab and (choice := self.list.current()) is not None:
            self._take(choice)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close()
            return False
        return True

    def _offer(self, *, is_asked_for: bool) -> None:
        text, cursor = self._field.text(), self._field.cursorPosition()
        if len(text) > LONGEST_COMPLETED or self._field.hasSelectedText():
            self.close()
            return
        found = completions(text, cursor, taxonomy=self._seat.taxonomy, known=self._seat.names)
        is_wanted = is_asked_for or _is_begun(text, cursor, found)
        self.list.offer(found if is_wanted else (), left=self._left_of(found))

    def _left_of(self, found: tuple[Choice, ...]) -> int:
        """Where what is replaced begins, in pixels from the field's edge."""
        if not found:
            return 0
        before = self._field.text()[found[0].start : self._field.cursorPosition()]
        back = self._field.fontMetrics().horizontalAdvance(before)
        return self._field.cursorRect().center().x() - back

    def _take(self, choice: object) -> None:
        if not isinstance(choice, Choice):
            return
        text, cursor = taken(self._field.text(), choice)
        # Not setText, which would forget how to undo what was typed.
        self._field.setSelection(choice.start, choice.end - choice.start)
        self._field.insert(choice.text)
        if self._field.text() == text:
            self._field.setCursorPosition(cursor)
        self.close()
        if choice.is_field:
            self._offer(is_asked_for=True)


def _is_begun(text: str, cursor: int, found: tuple[Choice, ...]) -> bool:
    """Something was typed that `found` goes on with, and that is not there as it stands."""
    if not found:
        return False
    begun = text[found[0].start : cursor]
    if found[0].is_field:
        return len(begun) > 1 and found[0].text.startswith(begun.casefold())
    return found[0].text != begun
