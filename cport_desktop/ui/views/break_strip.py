"""That a break is due: what was counted, until when, and what can be done. It takes no focus, covers
nothing and stays until the break was taken or put off.

Why somebody puts it off is asked, so that it is thought of once, and kept nowhere: the field is
emptied and its text goes to nobody.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.errors import CportError
from cport_desktop.ui.exposing import TodayLine
from cport_desktop.ui.exposure_watch import ExposureWatch
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.fields import taken, text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import exposure_page as say


class BreakStrip(QFrame):
    """Hidden while nothing is due.

    Signals:
        shown(bool): it appeared, or went.
        lock_wanted(): the break begins with a locked window.
        heard(object): what today came to, as of now; a `TodayLine`.
        failed(object): a CportError.
    """

    shown = Signal(bool)
    lock_wanted = Signal()
    heard = Signal(object)
    failed = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._exposing = seat.session.exposing
        self._lanes = seat.lanes
        self.watch = ExposureWatch(self._exposing, seat.lanes, self)
        self.watch.stands.connect(self.heard)
        self.watch.due.connect(self.show_due)
        self.watch.not_due.connect(self.show_nothing)
        self._cause = PlainLabel(role="strong", wraps=True)
        self._ends = PlainLabel(role="muted", wraps=True)
        self._take = button(say.TAKE_BREAK, self.lock_wanted.emit, kind="small", key=say.LOCK_KEY)
        self._later = button(say.PUT_OFF, self._ask_why, kind="small", key=say.PUT_OFF_KEY)
        bind_key(say.PUT_OFF_KEY, self, self._later.click, everywhere=True)
        self.reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
        self.reason.returnPressed.connect(self.put_off)
        self._give = button(say.PUT_OFF_NOW, self.put_off, kind="small")
        self._why = QWidget()
        self._lay_out()
        self.hide()

    def begin(self, window: QWidget) -> None:
        """Watch what is looked at in this window."""
        self.watch.begin(window)

    def show_due(self, line: TodayLine) -> None:
        """Say what is due. Where the focus is, it stays."""
        self._cause.say(line.cause)
        self._ends.say(f"{line.ends} {say.NOTHING_REFUSED}".strip())
        if line.standing.figures.is_binding:
            self._ends.say(f"{line.ends} {say.LOOKS_REFUSED}".strip())
        self._later.setVisible(line.standing.can_put_off and self._why.isHidden())
        if not line.standing.can_put_off:
            self._why.hide()
        self.setAccessibleName(f"{line.cause} {line.ends}")
        if self.isHidden():
            self.show()
            self.shown.emit(True)

    def show_nothing(self) -> None:
        """Nothing is due."""
        self.reason.clear()
        self._why.hide()
        if not self.isHidden():
            self.hide()
            self.shown.emit(False)

    def words(self) -> str:
        """What it says; empty while it says nothing."""
        return "" if self.isHidden() else f"{self._cause.text()} {self._ends.text()}"

    def put_off(self) -> None:
        """Put off what is due, once a reason was given; the reason ends here."""
        if not taken(self.reason).strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._lanes.acting.ask(
            self, self._exposing.put_off, then=self.watch.hear, otherwise=self._refuse
        )

    def _ask_why(self) -> None:
        self._later.hide()
        self._why.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, error: CportError) -> None:
        self.failed.emit(error)

    def _lay_out(self) -> None:
        why = QHBoxLayout(self._why)
        why.setContentsMargins(0, 0, 0, 0)
        why.setSpacing(8)
        why.addWidget(self.reason, 1)
        why.addWidget(self._give)
        self._why.hide()
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._cause)
        said.addWidget(self._ends)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addLayout(said, 1)
        line.addWidget(self._later)
        line.addWidget(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._why)
