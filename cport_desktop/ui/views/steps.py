"""A card in the middle of a window that goes step by step: making a vault, restoring one.

Rules:
1. One step at a time; the next one is shown when this one is complete.
2. Escape goes back one step, and leaves from the first one only; the last one has no way back.
3. While work is under way no step can be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.controls import bind_key, button, panel
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.yielding import fit_height
from cport_desktop.words import guide
from cport_desktop.words import keys_window as say
from cport_desktop.words import window as words
from cport_desktop.words.help import HelpText

Answer = TypeVar("Answer")
_WIDTH = 600


@dataclass(frozen=True, slots=True)
class Step:
    """`first` has the focus when the step is shown; None: the button that goes on. `forward` is
    what that button says.
    """

    title: str
    page: QWidget
    first: QWidget | None
    forward: str = say.NEXT


class StepsView(QWidget):
    """The card. Whoever makes one says what a step takes (`take`).

    Signals:
        made(object): the vault is in this `Path`, and the person wants to open it.
        left(): the person wants nothing of it.
        other_way_wanted(): the person wants what else there is.
    """

    made = Signal(object)
    left = Signal()
    other_way_wanted = Signal()

    def __init__(
        self, lane: Lane, *, title: str, other_way: str = "", help_text: HelpText | None = None
    ) -> None:
        """`other_way`: what else may be done from the first step, if there is anything."""
        super().__init__()
        self._lane = lane
        self.is_busy = False
        self._told = PlainLabel(role="muted", wraps=True)
        self._told.hide()
        self._notice = Notice()
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._bar.hide()
        self._pages = QWidget()
        self._steps: tuple[Step, ...] = ()
        self._step = 0
        self._title = PlainLabel(role="muted")
        self._next = button(say.NEXT, self.go_on, kind="primary", key="Ctrl+Enter")
        self._back = button(say.BACK, self.go_back, key="Esc")
        self._leave = button(say.CANCEL, self.left.emit, key="Esc")
        self._has_other_way = bool(other_way)
        self._other_way = button(other_way or say.BACK, self.other_way_wanted.emit, kind="quiet")
        self._beneath = QVBoxLayout()
        self._practise: QPushButton | None = None
        self._lay_out(title)
        if help_text is not None:
            HelpKey(self, help_text)
        self._notice.shown.connect(lambda _shown: self.fit())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(keys, self, self.go_on, everywhere=True)
        bind_key("Escape", self, self._escape, everywhere=True)

    # -- what whoever makes one says

    def take(self, step: int) -> None:
        """Go on from `step`, if it is complete."""
        raise NotImplementedError

    def begin(self, steps: Sequence[Step]) -> None:
        """Show the first of these."""
        self._steps = tuple(steps)
        inside = QVBoxLayout(self._pages)
        inside.setContentsMargins(0, 0, 0, 0)
        for each in self._steps:
            inside.addWidget(each.page)
        self.show_step(0)

    # -- going

    @property
    def step(self) -> int:
        return self._step

    def told(self) -> str:
        """What it says beneath the step."""
        return self._told.text()

    def go_on(self) -> None:
        """The next step, if this one is complete."""
        if not self.is_busy:
            self._notice.dismiss()
            self.tell("")
            self.take(self._step)

    def go_back(self) -> None:
        """The step before; what was typed there stays, but for secrets."""
        if not self.is_busy and 0 < self._step < len(self._steps) - 1:
            self._notice.dismiss()
            self.show_step(self._step - 1)

    def show_step(self, number: int) -> None:
        """This step, and nothing told about another one."""
        self._step = number
        shown = self._steps[number]
        for each in self._steps:
            each.page.setVisible(each is shown)
        self.tell("")
        self._title.say(say.step_of(number + 1, len(self._steps), shown.title))
        is_first, is_last = number == 0, number == len(self._steps) - 1
        self._back.setVisible(not is_first and not is_last)
        self._leave.setVisible(not is_last)
        self._other_way.setVisible(is_first and self._has_other_way)
        if self._practise is not None:
            self._practise.setVisible(is_first)
        self._leave.setText(words.key_named(say.CANCEL, "Esc") if is_first else say.CANCEL)
        self._next.setText(words.key_named(shown.forward, "Ctrl+Enter"))
        self._next.setAccessibleName(words.accessible_with_key(shown.forward, "Ctrl+Enter"))
        (shown.first or self._next).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- saying and doing

    def complain(self, sentence: str, field: QWidget) -> None:
        """Something is missing: what, and where."""
        self.tell(sentence, "grave")
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str, tone: str | None = None) -> None:
        self._told.say(sentence)
        self._told.set_tone(tone)
        self._told.setVisible(bool(sentence))
        self.fit()

    def tell_bug(self, reference: str) -> None:
        """A condition that the program does not know."""
        self.show_busy(is_busy=False)
        self._notice.tell_bug(reference)

    def refuse(self, error: CportError) -> None:
        """Say why it was not done; the fields are ready again."""
        self.show_busy(is_busy=False)
        self.tell("")
        self._notice.tell(error)

    def work(self, work: Callable[[], Answer], *, then: Callable[[Answer], None]) -> None:
        """Do what takes some seconds and cannot be stopped."""
        self.show_busy(is_busy=True)
        self._bar.show()

        def finished(answer: Answer) -> None:
            self.show_busy(is_busy=False)
            then(answer)

        self._lane.ask(self, work, then=finished, otherwise=self.refuse)

    def show_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._pages.setEnabled(not is_busy)
        for made in (self._next, self._back, self._leave, self._other_way):
            made.setEnabled(not is_busy)
        if not is_busy:
            self._bar.hide()
        self.fit()

    def wind_down(self) -> None:
        """The window is to be closed: what can be stopped stops."""

    def fit(self) -> None:
        """Take the height that the step needs."""
        fit_height(self._card)

    def add_beneath(self, part: QWidget) -> None:
        """Something beneath every step."""
        self._beneath.addWidget(part)

    def offer_practice(self, act: Callable[[], None]) -> None:
        """Whoever wants to practise first finds it on the first step."""
        key = guide.PRACTISE_KEY
        self._practise = button(guide.PRACTISE, act, kind="quiet", key=key)
        bind_key(key, self, self._practise.click, everywhere=True)
        self.add_beneath(self._practise)
        self._practise.setVisible(self._step == 0)
        self.fit()

    def _escape(self) -> None:
        if self.is_busy or self._step == len(self._steps) - 1:
            return
        if self._step == 0:
            self.left.emit()
        else:
            self.go_back()

    def _lay_out(self, title: str) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._leave)
        foot.addWidget(self._other_way)
        foot.addStretch()
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        column = QVBoxLayout()
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(10)
        column.addWidget(PlainLabel(title, role="title"))
        column.addWidget(self._title)
        column.addSpacing(4)
        for part in (self._pages, self._notice, self._told, self._bar):
            column.addWidget(part)
        column.addLayout(self._beneath)
        column.addLayout(foot)
        self._card = card = panel(column)
        card.setFixedWidth(_WIDTH)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)


def column_of(*parts: QWidget) -> QWidget:
    """A page: these beneath each other, as high as they are."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return page
