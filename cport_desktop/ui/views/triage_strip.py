"""The strip above the table while reports are decided one after the other: what the keys do, what was
just done with the way back, what has to be typed, how far a long act is, and who else has the report.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cport_desktop.clock import Clock
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.fields import text_field, typed_number
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import triage_page as say
from cport_desktop.words import window


class TriageStrip(QFrame):
    """Shown while triage is on, or while there is something to tell.

    Signals:
        undo_wanted(): take back what was done last.
        despite_wanted(): decide although a colleague has the report in hand.
        typed(int): the count that was asked for.
    """

    undo_wanted = Signal()
    despite_wanted = Signal()
    typed = Signal(int)

    def __init__(self, lane: Lane, clock: Clock) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAccessibleName(say.STRIP)
        self._is_on = False
        self._mark = PlainLabel(say.IS_ON, role="strong")
        self._mark.set_tone("grave")
        self._hints = PlainLabel(role="muted", wraps=True)
        self._told = PlainLabel(role="strong", wraps=True)
        self._stays = PlainLabel(role="caption", wraps=True)
        self._hand = PlainLabel(role="caption", wraps=True)
        self._hand.set_tone("grave")
        self.back = button(say.UNDO, self.undo_wanted.emit, kind="small", key=say.UNDO_ALWAYS)
        self.despite = button(
            say.DESPITE, self.despite_wanted.emit, kind="small", key=say.DESPITE_KEY
        )
        self.count: QLineEdit = text_field(say.COUNT, "")
        self.count.setMaximumWidth(110)
        self._wanted = 0
        self._asked = PlainLabel(role="strong", wraps=True)
        self._do = button(say.DO_IT, self._take_count, kind="small", key="Enter")
        self.count.returnPressed.connect(self._take_count)
        self.work = WorkStrip(say.WORK, lane, clock)
        self._lay_out()
        self.show_on(is_on=False, hints="")

    def show_on(self, *, is_on: bool, hints: str) -> None:
        """Triage is on, with keys as `hints` say; or it is not."""
        self._is_on = is_on
        self._hints.say(hints)
        key = say.UNDO_KEY if is_on else say.UNDO_ALWAYS
        self.back.setText(window.key_named(say.UNDO, key))
        self.back.setAccessibleName(window.accessible_with_key(say.UNDO, key))
        for label in (self._mark, self._hints):
            label.setVisible(is_on)
        self._fit()

    def tell(self, sentence: str, *, stays: str = "", can_undo: bool = False) -> None:
        """What was just done, or why not; `stays`: what of it was refused."""
        self.stop_asking()
        self._told.say(sentence)
        self._stays.say(stays)
        self.back.setVisible(can_undo)
        self.despite.hide()
        self._fit()

    def told(self) -> str:
        """All that it says of what was done."""
        return "\n".join(each.text() for each in (self._told, self._stays) if each.text())

    def offer_despite(self) -> None:
        """Whoever wants to may decide although a colleague has the report."""
        self.despite.show()

    @property
    def offers_despite(self) -> bool:
        """Deciding all the same is on offer, for what is told just now."""
        return not self.despite.isHidden()

    def ask_count(self, sentence: str, wanted: int) -> None:
        """Nothing happens before somebody types how many they are."""
        self.tell("")
        self._wanted = wanted
        self._asked.say(sentence)
        self.count.clear()
        for part in (self._asked, self.count, self._do):
            part.show()
        self._fit()
        self.count.setFocus()

    def stop_asking(self) -> bool:
        """No count is asked for any more; whether one was."""
        was_asking = self._wanted > 0
        self._wanted = 0
        self._asked.say("")
        for part in (self._asked, self.count, self._do):
            part.hide()
        self._fit()
        return was_asking

    def show_hand(self, sentence: str) -> None:
        """Who else has the report; nothing for an empty sentence."""
        self._hand.say(sentence)
        self._fit()

    def hand(self) -> str:
        return self._hand.text()

    def _take_count(self) -> None:
        wanted = self._wanted
        if not wanted:
            return
        if typed_number(self.count.text()) == wanted:
            self.stop_asking()
            self.typed.emit(wanted)
        else:
            self._told.say(say.not_the_count(figures.count(wanted)))
            self._fit()
            self.count.selectAll()

    def _fit(self) -> None:
        for label in (self._told, self._stays, self._hand):
            label.setVisible(bool(label.text()))
        shown = (self._told.text(), self._hand.text(), self._asked.text())
        self.setVisible(self._is_on or any(shown) or self.work.is_running)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._mark)
        head.addWidget(self._hints, 1)
        done = QHBoxLayout()
        done.setSpacing(8)
        done.addWidget(self._told, 1)
        done.addWidget(self.despite)
        done.addWidget(self.back)
        ask = QHBoxLayout()
        ask.setSpacing(8)
        ask.addWidget(self._asked, 1)
        ask.addWidget(self.count)
        ask.addWidget(self._do)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        for row in (head, done):
            column.addLayout(row)
        column.addWidget(self._stays)
        column.addLayout(ask)
        column.addWidget(self.work)
        column.addWidget(self._hand)
        self.back.hide()
        self.despite.hide()
        hidden: tuple[QWidget, ...] = (self._asked, self.count, self._do)
        for part in hidden:
            part.hide()
