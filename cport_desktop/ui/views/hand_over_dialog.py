"""Hand a case over to another agency, with the reports that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.operation import LONGEST_NAME
from cport_desktop.ui.agreement_lines import MayLine
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.portal_acts import HandOverOrder
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import portal_acts as say


class HandOverDialog(ActDialog):
    """The case, the agency that takes it, a note. What the agreement says to an agency stands
    beneath it before anything is queued.
    """

    def __init__(self, parent: QWidget, seat: Seat) -> None:
        super().__init__(
            parent,
            seat,
            title=say.HAND_OVER_TITLE,
            intro=say.HAND_OVER_INTRO,
            act=say.HAND_OVER_NOW,
        )
        self._reports: tuple[ReportId, ...] = ()
        self._asked: Errand | None = None
        self._going = PlainLabel(role="strong", wraps=True)
        self.add(self._going)
        self.case = text_field(say.CASE, say.CASE_PLACEHOLDER)
        self.case.setMaxLength(LONGEST_NAME)
        self.add_field(say.CASE, self.case)
        self.recipient = self.add_name(
            say.RECIPIENT,
            choose=say.CHOOSE_RECIPIENT,
            another=say.ANOTHER_RECIPIENT,
            placeholder=say.RECIPIENT_PLACEHOLDER,
        )
        self._answer = PlainLabel(wraps=True, can_be_copied=True)
        self._answer.hide()
        self.add(self._answer)
        self.note = self.add_note(say.NOTE_OPTIONAL)
        self.add_reason()
        self.end_fields(missing=self._missing, order=self._order)
        self.recipient.choice.currentIndexChanged.connect(lambda _at: self._ask_agreement())
        self.recipient.line.textChanged.connect(lambda _text: self._say_nothing())
        self.recipient.line.editingFinished.connect(self._ask_agreement)
        seat.lanes.reading.ask(
            self, seat.session.portal_acts.recipients, then=self._offer, otherwise=self.refuse
        )

    def show_reports(self, reports: tuple[ReportId, ...]) -> None:
        """These belong to the case."""
        self._reports = reports
        self._going.say(say.reports_named(tuple(map(report_reference, reports))))
        self._going.set_tone(None if reports else "grave")
        self.fit()

    def answer(self) -> str:
        """What the agreement says to the agency; empty while it was not asked."""
        return "" if self._answer.isHidden() else self._answer.text()

    def _missing(self) -> tuple[str, QWidget] | None:
        if not self._reports:
            return say.NEEDS_REPORTS, self.case
        if not self.case.text().strip():
            return say.NEEDS_CASE, self.case
        if not self.recipient.name():
            return say.NEEDS_RECIPIENT, self.recipient
        return None

    def _order(self) -> Callable[[], Changes]:
        order = HandOverOrder(
            case_reference=self.case.text().strip(),
            recipient=self.recipient.name(),
            reports=self._reports,
            note=self.note.toPlainText().strip(),
            reason=self.reason(),
        )
        return partial(self._seat.session.portal_acts.hand_over, order)

    def _offer(self, names: tuple[str, ...]) -> None:
        self.recipient.offer([(name, name) for name in names])

    def _ask_agreement(self) -> None:
        self._say_nothing()
        recipient = self.recipient.name()
        if recipient:
            may = self._seat.session.exchanging.agreements.may
            self._asked = self._seat.lanes.reading.ask(
                self,
                partial(may, Function.CASE_HAND_OVER.value, recipient),
                then=self._show_answer,
                otherwise=self.refuse,
            )

    def _show_answer(self, line: MayLine) -> None:
        """The portal's countries are asked about only with the act itself: a yes here is one to the
        agency alone, so only a no is told.
        """
        self._answer.say("✗ " + " ".join(line.sentences))
        self._answer.set_tone("grave")
        self._answer.setVisible(not line.is_allowed)
        self.fit()

    def _say_nothing(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        self._answer.hide()
        self.fit()
