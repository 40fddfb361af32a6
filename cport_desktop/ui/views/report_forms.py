"""The forms in which something is said to the hotline about one report: one is open at a time.

Rules:
1. What is typed is a draft at once (`ui.drafting`), and ends with the operation that it becomes.
2. A form closes when it is sent. If the act is refused, it opens again with every word in it.
3. Another report closes it; its words stay where they are.
4. What was sent cannot be sent again before it is answered: whoever opens its form meanwhile reads that it
   is being sent, and can write in it once it is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftContent, DraftKind, DraftPlace, HoldFields, Typed
from cport_desktop.domain.ids import ReportId
from cport_desktop.errors import CportError
from cport_desktop.ui.desk import Session
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.hold_box import HoldBox
from cport_desktop.ui.widgets.words_box import BoxWords, WordsBox
from cport_desktop.words import hotline_acts as say
from cport_desktop.words import window

_WORDS = {
    DraftKind.FEEDBACK: BoxWords(
        window.FEEDBACK_TITLE,
        window.FEEDBACK_PLACEHOLDER,
        window.FEEDBACK_SEND,
        say.FEEDBACK_NEEDED,
    ),
    DraftKind.QUESTION: BoxWords(say.ASK_TITLE, say.ASK_PLACEHOLDER, say.ASK_SEND, say.ASK_NEEDED),
    DraftKind.TAKEDOWN_HOLD: BoxWords(
        say.HOLD_TITLE, say.HOLD_PLACEHOLDER, say.HOLD_SEND, say.HOLD_NEEDED
    ),
    DraftKind.TAKEDOWN_LIFT: BoxWords(
        say.LIFT_TITLE, say.LIFT_PLACEHOLDER, say.LIFT_SEND, say.LIFT_NEEDED
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was sent, and why it was not queued."""

    kind: DraftKind
    report_id: ReportId
    error: CportError


class ReportForms(QWidget):
    """Feedback, a question, a request to wait with takedown, and its end.

    Signals:
        left(): Escape, or it was sent.
        queued(object): `Changes`.
        refused(object): a `Refusal`.
    """

    left = Signal()
    queued = Signal(object)
    refused = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._report_id: ReportId | None = None
        self._sent: set[DraftPlace] = set()
        self._boxes = {kind: _box(kind, seat) for kind in _WORDS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for kind, box in self._boxes.items():
            column.addWidget(box)
            box.left.connect(self.left)
            box.typed.connect(partial(self._keep_draft, kind))
            box.given.connect(partial(self._give, kind))
        self.hide()

    @property
    def writing(self) -> DraftKind | None:
        """Which form is open."""
        return next((kind for kind, box in self._boxes.items() if box.is_open), None)

    def open_on(self, report_id: ReportId, kind: DraftKind) -> None:
        """Let the analyst write about this report, from where they left off."""
        self.close_all()
        self._report_id = report_id
        self.show()
        place, box = DraftPlace(kind, report=report_id), self._boxes[kind]
        box.edit(self._seat.drafting.latest(place))
        box.wait(is_waiting=place in self._sent, told=say.BEING_SENT)

    def close_all(self) -> None:
        """No form is open; what was written is kept as a draft."""
        for box in self._boxes.values():
            box.close_editor()
        self.hide()

    def _keep_draft(self, kind: DraftKind) -> None:
        if self._report_id is None:
            return
        place, box = DraftPlace(kind, report=self._report_id), self._boxes[kind]
        if box.is_blank():
            self._seat.drafting.end(place)
        else:
            self._seat.drafting.keep(place, box.content())

    def _give(self, kind: DraftKind, content: DraftContent) -> None:
        report_id = self._report_id
        if report_id is None or DraftPlace(kind, report=report_id) in self._sent:
            return
        self._sent.add(DraftPlace(kind, report=report_id))
        self.left.emit()
        self._seat.lanes.acting.ask(
            self,
            _work(self._seat.session, kind, report_id, content),
            then=partial(self._done, DraftPlace(kind, report=report_id)),
            otherwise=partial(self._refuse, kind, report_id),
        )

    def _done(self, place: DraftPlace, changes: Changes) -> None:
        self._sent.discard(place)
        self._seat.drafting.end(place)
        if place.report == self._report_id and self.writing is place.kind:
            self.left.emit()  # It was opened meanwhile, and shows what was sent.
        self.queued.emit(changes)

    def _refuse(self, kind: DraftKind, report_id: ReportId, error: CportError) -> None:
        self._sent.discard(DraftPlace(kind, report=report_id))
        self.refused.emit(Refusal(kind, report_id, error))


def _box(kind: DraftKind, seat: Seat) -> WordsBox:
    is_kept = seat.drafting.can_keep
    if kind is DraftKind.TAKEDOWN_HOLD:
        return HoldBox(_WORDS[kind], seat.clock, is_kept=is_kept)
    return WordsBox(_WORDS[kind], is_kept=is_kept)


def _work(
    session: Session, kind: DraftKind, report_id: ReportId, content: DraftContent
) -> Callable[[], Changes]:
    """The intention that `content` of a form stands for."""
    acts = session.hotline_acts
    if isinstance(content, HoldFields):
        return partial(acts.hold_takedown, report_id, content.until, content.reason.text.strip())
    text = content.text.strip() if isinstance(content, Typed) else ""
    match kind:
        case DraftKind.QUESTION:
            return partial(acts.ask, report_id, text)
        case DraftKind.TAKEDOWN_LIFT:
            return partial(acts.lift_takedown, report_id, text)
        case _:
            return partial(session.feedback, report_id, text)
