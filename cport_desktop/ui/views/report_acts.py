"""The foot of a report's page: what can be done about the report, and the forms it is done in.

One act is one `ReportAct` in `ReportActs.offered`. What the agreement does not allow is hidden
there, and a line names the clause instead; its key does nothing. One thing is done at a time: a
form or a confirmation stands in the place of the buttons until it is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace, Typed
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import Dossier
from cport_desktop.errors import CportError
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.acts import Confirmation, FeedbackBox
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import window as say


@dataclass(frozen=True, slots=True)
class ReportAct:
    """One thing that can be done about the report that is shown.

    `function`: what the agreement calls it. `needs`: its word in `domain.roles.ROLE_FOR`, without
    which it is not there at all. `is_bound`: the foot binds the key; otherwise the window does.
    """

    function: Function
    label: str
    key: str
    needs: str
    do: Callable[[], None]
    is_bound: bool = True


class ReportActs(QWidget):
    """The acts on one report.

    Signals:
        changed(object): `Changes` after an act.
        package_wanted(): compose a package.
    """

    changed = Signal(object)
    package_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._dossier: Dossier | None = None
        self._confirmed: Callable[[], None] | None = None
        self.notice = Notice()
        self._confirmation = Confirmation()
        self._feedback = FeedbackBox(is_kept=seat.drafting.can_keep)
        self._absent = PlainLabel(role="caption", wraps=True)
        self._absent.hide()
        self._made: dict[Function, QPushButton] = {}
        self._buttons = self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        for part in (
            self.notice,
            self._confirmation,
            self._feedback,
            self._buttons,
            self._absent,
        ):
            column.addWidget(part)
        self._confirmation.confirmed.connect(self._confirm)
        self._confirmation.left.connect(self.leave)
        self._feedback.given.connect(self._give_feedback)
        self._feedback.left.connect(self.leave)
        self._feedback.typed.connect(self._keep_draft)

    def offered(self) -> tuple[ReportAct, ...]:
        """Every act, in the order of its buttons."""
        return (
            ReportAct(Function.FEEDBACK_GIVE, say.FEEDBACK, "Ctrl+B", "act", self.edit_feedback),
            ReportAct(
                Function.PACKAGE_COMPOSE,
                say.PACKAGE,
                "Ctrl+E",
                "compose",
                self.package_wanted.emit,
                is_bound=False,
            ),
        )

    @property
    def report_id(self) -> ReportId | None:
        return None if self._dossier is None else self._dossier.report.report_id

    @property
    def is_writing(self) -> bool:
        """A form is open."""
        return self._feedback.is_open

    def show_dossier(self, dossier: Dossier | None) -> None:
        """From now on it is about this report; what was being done is left."""
        self.leave()
        self._dossier = dossier
        self.setVisible(dossier is not None)

    def refuse(self, error: CportError) -> None:
        """Say why there is no page, or why an act was refused."""
        self.notice.tell(error)
        self.show()

    def is_absent(self, function: Function) -> bool:
        """The agreement does not allow it."""
        return function.value in self._seat.allowed.absent

    def show_allowed(self) -> None:
        """What the agreement does not allow is not there; a line says which clause."""
        told = []
        for function, made in self._made.items():
            made.setVisible(not self.is_absent(function))
            if self.is_absent(function):
                told.append(self._seat.allowed.absent[function.value])
        self._absent.say("\n".join(told))
        self._absent.setVisible(bool(told))

    def absent(self) -> str:
        """The line in the place of what is not allowed."""
        return "" if self._absent.isHidden() else self._absent.text()

    def confirm(self, words: str, then: Callable[[], None]) -> None:
        """Ask by `words`; `then`, if the analyst means it."""
        self.leave()
        self._confirmed = then
        self._buttons.hide()
        self._confirmation.ask(words)

    def edit_feedback(self) -> None:
        """Let the analyst write to the hotline, from where they left off."""
        if self.report_id is None or self.is_absent(Function.FEEDBACK_GIVE):
            return
        self._confirmation.hide()
        self._buttons.hide()
        draft = self._seat.drafting.latest(_feedback_on(self.report_id))
        self._feedback.edit(draft if isinstance(draft, Typed) else Typed())
        self._seat.drafting.moved()

    def step_back(self) -> bool:
        """Leave what was being done, if anything; whether something was."""
        is_open = self.is_writing or not self._confirmation.isHidden()
        self.leave()
        return is_open

    def leave(self) -> None:
        """Nothing is being done any more; what was written is kept as a draft."""
        self._feedback.close_editor()
        self._seat.drafting.moved()
        self._confirmation.hide()
        self._confirmed = None
        self._buttons.show()
        self.notice.dismiss()

    def ask(self, work: Callable[[], Changes]) -> None:
        """Do it where acts are done; the page is told of the changes, or says why not."""
        self._seat.lanes.acting.ask(self, work, then=self.changed.emit, otherwise=self.refuse)

    def _make_buttons(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for act in self.offered():
            if ROLE_FOR[act.needs] in self._seat.session.keeping.roles:
                self._made[act.function] = button(act.label, act.do, key=act.key)
                row.addWidget(self._made[act.function])
                if act.is_bound:
                    bind_key(act.key, self, act.do, everywhere=True)
        row.addStretch()
        return whole

    def _confirm(self) -> None:
        then, self._confirmed = self._confirmed, None
        self._buttons.show()
        if then is not None:
            then()

    def _give_feedback(self, text: str) -> None:
        if self.report_id is None:
            return
        self._buttons.show()
        report_id = self.report_id
        self._seat.lanes.acting.ask(
            self,
            partial(self._seat.session.feedback, report_id, text),
            then=partial(self._feedback_queued, report_id),
            otherwise=self.refuse,
        )

    def _feedback_queued(self, report_id: ReportId, changes: Changes) -> None:
        self._seat.drafting.end(_feedback_on(report_id))
        self.changed.emit(changes)

    def _keep_draft(self) -> None:
        if self.report_id is None:
            return
        place, typed = _feedback_on(self.report_id), self._feedback.draft()
        if typed.text.strip():
            self._seat.drafting.keep(place, typed)
        else:
            self._seat.drafting.end(place)


def _feedback_on(report_id: ReportId) -> DraftPlace:
    return DraftPlace(DraftKind.FEEDBACK, report=report_id)
