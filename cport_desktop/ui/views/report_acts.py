"""The foot of a report's page: what can be done about the report, and the forms it is done in.

One act is one `ReportAct` in `ReportActs.offered`; a rare one stands behind «More…». What the
agreement does not allow is hidden there, and a line names the clause instead; its key does nothing.
One thing is done at a time: a form or a confirmation stands in the place of the buttons until it is
left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.takedown import TakedownState, standing
from cport_desktop.errors import CportError
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.report_act import ReportAct
from cport_desktop.ui.views.report_forms import Refusal, ReportForms
from cport_desktop.ui.views.report_portal_acts import ReportPortalActs
from cport_desktop.ui.widgets.acts import Confirmation
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import hotline_acts as words
from cport_desktop.words import window as say

_FUNCTIONS = {
    DraftKind.FEEDBACK: Function.FEEDBACK_GIVE,
    DraftKind.QUESTION: Function.INFORMATION_REQUEST,
    DraftKind.TAKEDOWN_HOLD: Function.TAKEDOWN_HOLD,
    DraftKind.TAKEDOWN_LIFT: Function.TAKEDOWN_HOLD,
}
"""What the agreement calls that for which a form is."""


class ReportActs(QWidget):
    """The acts on one report.

    Signals:
        changed(object): `Changes` after an act.
        package_wanted(): compose a package.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    package_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._dossier: Dossier | None = None
        self._confirmed: Callable[[], None] | None = None
        self.notice = Notice()
        self._confirmation = Confirmation()
        self._forms = ReportForms(seat)
        self.portal = ReportPortalActs(seat, over=self)
        self._absent = PlainLabel(role="caption", wraps=True)
        self._absent.hide()
        roles = seat.session.keeping.roles
        self._acts = tuple(act for act in self.offered() if ROLE_FOR[act.needs] in roles)
        self._made: list[tuple[ReportAct, QPushButton]] = []
        self._more = button(words.MORE, self._open_more, kind="small", key=words.MORE_KEY)
        self._buttons = self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(self.notice)
        column.addWidget(self._confirmation)
        column.addWidget(self._forms)
        column.addWidget(self._buttons)
        column.addWidget(self._absent)
        self._confirmation.confirmed.connect(self._confirm)
        self._confirmation.left.connect(self.leave)
        self._forms.left.connect(self.leave)
        self._forms.queued.connect(self.changed)
        self.portal.changed.connect(self.changed)
        self.portal.lock_wanted.connect(self.lock_wanted)
        self._forms.refused.connect(self._refuse_form)

    def offered(self) -> tuple[ReportAct, ...]:
        """Every act, in the order of its buttons."""
        return (
            self._form(DraftKind.FEEDBACK, say.FEEDBACK, "Ctrl+B"),
            self._form(DraftKind.QUESTION, words.ASK, words.ASK_KEY),
            self._form(DraftKind.TAKEDOWN_HOLD, words.HOLD, words.HOLD_KEY),
            ReportAct(
                Function.PACKAGE_COMPOSE,
                say.PACKAGE,
                "Ctrl+E",
                "compose",
                self.package_wanted.emit,
                is_bound=False,
            ),
            replace(
                self._form(DraftKind.TAKEDOWN_LIFT, words.LIFT, words.LIFT_KEY),
                suits=self._may_be_lifted,
            ),
            *self.portal.offered(),
        )

    @property
    def report_id(self) -> ReportId | None:
        return None if self._dossier is None else self._dossier.report.report_id

    @property
    def writing(self) -> DraftKind | None:
        """Which form is open."""
        return self._forms.writing

    def show_dossier(self, dossier: Dossier | None) -> None:
        """From now on it is about this report; what was being done is left."""
        self.leave()
        self._dossier = dossier
        self.portal.show_dossier(dossier)
        self.show_allowed()
        self.setVisible(dossier is not None)

    def refuse(self, error: CportError) -> None:
        """Say why there is no page, or why an act was refused."""
        self.notice.tell(error)
        self.show()

    def is_offered(self, act: ReportAct) -> bool:
        """The agreement allows it, and it makes sense for the report."""
        dossier = self._dossier
        return dossier is not None and not self._is_absent(act.function) and act.suits(dossier)

    def show_allowed(self) -> None:
        """What the agreement does not allow is not there; a line says which clause."""
        absent = self._seat.allowed.absent
        for act, made in self._made:
            made.setVisible(self.is_offered(act))
        self._more.setVisible(any(act.is_rare and self.is_offered(act) for act in self._acts))
        functions = dict.fromkeys(act.function.value for act in self._acts)
        told = [absent[function] for function in functions if function in absent]
        self._absent.say("\n".join(told))
        self._absent.setVisible(bool(told))

    def absent(self) -> str:
        """The line in the place of what is not allowed."""
        return "" if self._absent.isHidden() else self._absent.text()

    def confirm(self, told: str, then: Callable[[], None]) -> None:
        """Ask whether what is `told` is meant; `then`, if it is."""
        self.leave()
        self._confirmed = then
        self._buttons.hide()
        self._confirmation.ask(told)

    def open_form(self, kind: DraftKind) -> None:
        """Let the analyst write, from where they left off; not what the agreement forbids."""
        if self.report_id is None or self._is_absent(_FUNCTIONS[kind]):
            return
        self._confirmation.hide()
        self._buttons.hide()
        self._forms.open_on(self.report_id, kind)
        self._seat.drafting.moved()

    def step_back(self) -> bool:
        """Leave what was being done, if anything; whether something was."""
        is_open = self.writing is not None or not self._confirmation.isHidden()
        self.leave()
        return is_open

    def leave(self) -> None:
        """Nothing is being done any more; what was written is kept as a draft."""
        self._put_away()
        self._forms.close_all()
        self._seat.drafting.moved()
        self._confirmation.hide()
        self._confirmed = None
        self.notice.dismiss()

    def ask(self, work: Callable[[], Changes]) -> None:
        """Do it where acts are done; the page is told of the changes, or says why not."""
        self._seat.lanes.acting.ask(self, work, then=self.changed.emit, otherwise=self.refuse)

    def _put_away(self) -> None:
        """The buttons are there again, and have the focus if a form had it."""
        self._buttons.show()
        holder = QApplication.focusWidget()
        shown = next((made for _, made in self._made if not made.isHidden()), None)
        if shown is not None and holder is not None and self._forms.isAncestorOf(holder):
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_absent(self, function: Function) -> bool:
        return function.value in self._seat.allowed.absent

    def _form(self, kind: DraftKind, label: str, key: str) -> ReportAct:
        return ReportAct(_FUNCTIONS[kind], label, key, "act", partial(self.open_form, kind))

    def _may_be_lifted(self, dossier: Dossier) -> bool:
        found = standing(dossier.operations, dossier.takedown_hold, now=self._seat.clock.now())
        return found.state in (TakedownState.ASKED, TakedownState.HELD)

    def _make_buttons(self) -> QWidget:
        whole = QWidget()
        row = FlowLayout(whole, gap=6)
        for act in self._acts:
            do = partial(self._do, act)
            if not act.is_rare:
                made = button(act.label, do, kind="small", key=act.key)
                self._made.append((act, made))
                row.addWidget(made)
            if act.is_bound:
                bind_key(act.key, self, do, everywhere=True)
        row.addWidget(self._more)
        bind_key(words.MORE_KEY, self, self._open_more, everywhere=True)
        return whole

    def _do(self, act: ReportAct) -> None:
        if self.is_offered(act):
            act.do()

    def _open_more(self) -> None:
        if self._more.isHidden() or self._buttons.isHidden():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self._acts:
            if act.is_rare and self.is_offered(act):
                action = QAction(one_line(say.key_named(act.label, act.key)), menu)
                action.triggered.connect(partial(self._do, act))
                menu.addAction(action)
        menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    def _confirm(self) -> None:
        then, self._confirmed = self._confirmed, None
        self._buttons.show()
        if then is not None:
            then()

    def _refuse_form(self, refusal: Refusal) -> None:
        if refusal.report_id == self.report_id:
            self.open_form(refusal.kind)
        self.refuse(refusal.error)
