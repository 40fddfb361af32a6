"""May I …?: what the agreement says to a question, with the clause, before anything is done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui.agreement_lines import FunctionLine, MayLine
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import Choice, panel
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import agreement_page as say


class MaySection(PageSection):
    """A question and its answer; asking changes nothing."""

    title = say.MAY_I
    intro = say.MAY_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._functions: tuple[FunctionLine, ...] = ()
        self.what = Choice(say.WHAT)
        self.recipient = text_field(say.RECIPIENT, say.RECIPIENT_PLACEHOLDER)
        self.recipient.returnPressed.connect(self.ask_it)
        self.what.activated.connect(lambda _at: self.ask_it())
        for label, field in ((say.WHAT, self.what), (say.RECIPIENT, self.recipient)):
            self._column.addWidget(section(label))
            self._column.addWidget(field)
        self.add_act(say.ASK, "Alt+A", self.ask_it, kind="primary")
        self._verdict = PlainLabel(role="verdict", wraps=True)
        self._why = PlainLabel(wraps=True, can_be_copied=True)
        card = QVBoxLayout()
        card.setContentsMargins(16, 12, 16, 12)
        card.setSpacing(6)
        card.addWidget(self._verdict)
        card.addWidget(self._why)
        self._card = panel(card, kind="card")
        self._column.addSpacing(6)
        self._column.addWidget(self._card)
        self._column.addStretch(1)
        self._say_nothing()

    def refresh(self) -> None:
        self.load(self._seat.session.exchanging.agreements.functions, self._show_functions)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.what, self.recipient)

    def ask_it(self) -> None:
        """Ask about what is chosen, for whom is typed."""
        at = self.what.currentIndex()
        if not 0 <= at < len(self._functions):
            return
        self._notice.dismiss()
        question = partial(
            self._seat.session.exchanging.agreements.may,
            self._functions[at].word,
            self.recipient.text().strip(),
        )
        self.load(question, self._show)

    def answer(self) -> str:
        """What it says."""
        return f"{self._verdict.text()}\n{self._why.text()}".strip()

    def _show_functions(self, functions: tuple[FunctionLine, ...]) -> None:
        if functions == self._functions:
            return
        self._functions = functions
        self.what.clear()
        self.what.addItems([each.name for each in functions])
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, line: MayLine) -> None:
        self._verdict.say(say.YES if line.is_allowed else say.NO)
        self._verdict.set_tone("lightest" if line.is_allowed else "gravest")
        self._verdict.show()
        self._why.set_tone(None)
        self._why.say("\n".join(line.sentences))

    def _say_nothing(self) -> None:
        self._verdict.hide()
        self._why.say(say.NOT_ASKED)
        self._why.set_tone("muted")
