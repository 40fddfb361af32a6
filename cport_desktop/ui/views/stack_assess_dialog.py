"""One decision for a whole stack: what it would come to is said before it is done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.likeness import Stack
from cport_desktop.domain.taxonomy import BASELINE
from cport_desktop.errors import CountDiffers, CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.likening import DecisionLines, LeftReport, StackDecision
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.acts import ASSESSABLE
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import stack_page as say
from cport_desktop.words import window as words


class StackAssessDialog(AskingDialog):
    """A classification and, where it is demanded, a reason.

    Signals:
        assessed(object): `Changes`, once the operations are in the outbox.
    """

    assessed = Signal(object)

    def __init__(self, parent: QWidget, seat: Seat, stack: Stack) -> None:
        super().__init__(
            parent,
            title=say.ASSESS_TITLE,
            intro=say.ASSESS_INTRO,
            act=say.ASSESS_NOW,
            synthetic=seat.session.nature.is_synthetic,
        )
        self._seat = seat
        self._stack = stack
        self._errand: Errand | None = None
        self._foreseen: tuple[StackDecision, DecisionLines] | None = None
        self.choice = Choice(say.CLASSIFICATION)
        self.choice.addItem(say.CHOOSE)
        labels = seat.taxonomy["classification"]
        self.choice.addItems([labels.label(code) for code in ASSESSABLE])
        self.add_field(say.CLASSIFICATION, self.choice)
        self.reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
        self.add_field(say.REASON, self.reason)
        self._would = PlainLabel(wraps=True)
        self._left = PlainLabel(role="muted", wraps=True)
        for label in (self._would, self._left):
            label.hide()
            self.add(label)
        self.choice.currentIndexChanged.connect(lambda _at: self.foresee())
        self.reason.editingFinished.connect(self.foresee)
        self.on_give(self._decide)

    def foresee(self) -> None:
        """Say what it would come to; nothing is changed."""
        decision = self._decision()
        if self.is_working() or (self._foreseen is not None and self._foreseen[0] == decision):
            return
        self._forget()
        if decision is None:
            return
        self._say(self._would, say.FORESEEING)
        self._errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.likening.foresee, decision),
            then=partial(self._show_foreseen, decision),
            otherwise=self._refuse_counting,
        )

    def would(self) -> str:
        """What it says it would come to."""
        return "\n".join(
            label.text() for label in (self._would, self._left) if not label.isHidden()
        )

    def refuse(self, error: CportError) -> None:
        """Say why not; another number than was foreseen is counted again."""
        super().refuse(error)
        self._forget()
        if isinstance(error, CountDiffers):
            self.foresee()

    def _refuse_counting(self, error: CportError) -> None:
        self._forget()
        super().refuse(error)

    def _show_foreseen(self, decision: StackDecision, lines: DecisionLines) -> None:
        self._foreseen = (decision, lines)
        told = say.NOTHING_LEFT
        if lines.reports:
            told = say.would(lines.reports, lines.contents, self._stack.decided_reports)
            self._act.setText(words.key_named(say.assess_now(lines.reports), "Ctrl+Enter"))
        if lines.reports and decision.classification == BASELINE:
            told = f"{told} {say.FINAL}"
        self._say(self._would, told)
        self._say(self._left, say.left(_named(lines.left)))

    def _decide(self) -> None:
        decision = self._decision()
        if decision is None:
            self.complain(say.NEEDS_CLASS, self.choice)
        elif self._foreseen is None or self._foreseen[0] != decision:
            self.foresee()
        elif not self._foreseen[1].reports:
            self.complain(say.NOTHING_LEFT)
        else:
            count = self._foreseen[1].reports
            act = partial(self._seat.session.likening.decide, decision, count)
            self.work(self._seat.lanes.acting, act, then=self._done)

    def _done(self, answer: tuple[DecisionLines, Changes]) -> None:
        lines, changes = answer
        told = f"✓ {say.done(lines.reports, lines.contents)}"
        self.conclude(told, more=say.left(_named(lines.left)))
        self.assessed.emit(changes)

    def _decision(self) -> StackDecision | None:
        at = self.choice.currentIndex() - 1
        if at < 0:
            return None
        reason = self.reason.text().strip() or None
        return StackDecision(self._stack.stack_id, ASSESSABLE[at], reason)

    def _forget(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
        self._foreseen = None
        self._act.setText(words.key_named(say.ASSESS_NOW, "Ctrl+Enter"))
        self._say(self._would, "")
        self._say(self._left, "")

    def _say(self, label: PlainLabel, sentence: str) -> None:
        label.say(sentence)
        label.setVisible(bool(sentence))
        self.fit()


def _named(left: tuple[LeftReport, ...]) -> list[tuple[str, str]]:
    return [(report_reference(one.report_id), one.reason) for one in left]
