"""What is like one media item: asked for by a person, since each search is on record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.likeness import Similar
from cport_desktop.errors import CportError
from cport_desktop.ui.likening import SimilarLines
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import known_page as say
from cport_desktop.words import stacks as words
from cport_desktop.words import window as named

MOST = 6


class SimilarItems(QWidget):
    """A button, and in its place the nearest few once it was pressed.

    Signals:
        media_wanted(object): go to this MediaId.
        stack_wanted(object): open the stack of this MediaId.
    """

    media_wanted = Signal(object)
    stack_wanted = Signal(object)

    def __init__(self, seat: Seat, media_id: MediaId) -> None:
        super().__init__()
        self._seat = seat
        self._media_id = media_id
        self._is_asked = False
        self._notice = Notice()
        self._button = button(say.SIMILAR, self.ask, kind="small", key=say.SIMILAR_KEY)
        self._to_stack = button("", self.open_stack, kind="small")
        self._to_stack.hide()
        self._told = PlainLabel(role="muted", wraps=True)
        self._told.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        buttons = QWidget()
        side = FlowLayout(buttons, gap=6)
        side.addWidget(self._to_stack)
        side.addWidget(self._button)
        column.addWidget(buttons)
        column.addLayout(self._rows)
        column.addWidget(self._told)
        column.addWidget(self._notice)

    def offer_stack(self, items: int) -> None:
        """It is in a stack of so many items."""
        told = say.to_stack(items)
        self._to_stack.setText(named.key_named(told, say.TO_STACK_KEY))
        self._to_stack.setAccessibleName(named.accessible_with_key(told, say.TO_STACK_KEY))
        self._to_stack.setVisible(items > 1)

    def open_stack(self) -> None:
        """Go to the stack that it is in, if it is in one."""
        if not self._to_stack.isHidden():
            self.stack_wanted.emit(self._media_id)

    def ask(self) -> None:
        """Search, once."""
        if self._is_asked:
            return
        self._is_asked = True
        self._button.hide()
        self._say(say.COMPARING)
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.likening.similar, self._media_id, MOST),
            then=self._show,
            otherwise=self._refuse,
        )

    def _show(self, lines: SimilarLines) -> None:
        for one in lines.rows:
            self._rows.addWidget(self._row(one))
        if not lines.rows:
            self._say(words.NOTHING_LIKE)
        else:
            hidden = lines.total > len(lines.rows)
            self._say(say.more_like(len(lines.rows), lines.total) if hidden else "")

    def _row(self, one: Similar) -> QWidget:
        row = QWidget()
        line = QVBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        why = words.because(one.because.value, one.distance, one.turn.value, one.share)
        reference = media_reference(one.media_id)
        go = partial(self.media_wanted.emit, one.media_id)
        name = f"{reference}: {why}"
        line.addLayout(_at_the_left(button(reference, go, kind="quiet", name=name)))
        told = PlainLabel(why, role="caption", wraps=True)
        told.setContentsMargins(7, 0, 0, 0)
        line.addWidget(told)
        return row

    def _say(self, sentence: str) -> None:
        self._told.say(sentence)
        self._told.setVisible(bool(sentence))

    def _refuse(self, error: CportError) -> None:
        self._is_asked = False
        self._button.show()
        self._say("")
        self._notice.tell(error)


def _at_the_left(made: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(made)
    row.addStretch()
    return row
