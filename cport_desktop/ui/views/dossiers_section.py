"""Dossiers of domains: the list, all of the chosen one, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.dossier import DossierLine, DossierShown, DossierState, Standing
from cport_desktop.domain.operation import UNDECIDED_STATES
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.ui.dossiers import Dossiers, ListLine
from cport_desktop.ui.models.dossier_columns import dossier_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views import dossier_dialogs as ask
from cport_desktop.ui.views.dossier_pane import fill_dossier
from cport_desktop.ui.views.enclosure_acts import EnclosureActs
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.views.portal_asking import PortalAsking
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.panes import DetailPane
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import dossiers_page as say
from cport_desktop.words import iwol_page

_PANE_HEIGHT = 260


class DossiersSection(PagedSection[DossierLine]):
    """Only what the state of the chosen one allows can be pressed.

    Signals:
        query_wanted(str): show the reports that this query finds.
    """

    query_wanted = Signal(str)

    title = say.DOSSIERS
    intro = say.DOSSIERS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._asking = PortalAsking(seat, self)
        self._whole: DossierShown | None = None
        self._lay_acts()
        self._why_not = PlainLabel(role="caption", wraps=True)
        self._column.addWidget(self._why_not)
        self.list_pages(
            dossier_columns(),
            self._page,
            same=lambda one, other: one.dossier.number == other.dossier.number,
            empty=(say.NO_DOSSIERS, say.NO_DOSSIERS_HELP),
        )
        self.list.table.kept_as = "dossiers"
        self._detail = DetailPane(self.list, [360, _PANE_HEIGHT])
        self._column.addWidget(self._detail, 1)
        self.list.chosen_changed.connect(self._load_chosen)
        self.list.row_opened.connect(lambda _row: self.open_reports())
        self._show(None)

    # -- what the page does with it

    def refresh(self) -> None:
        self._notice.dismiss()
        is_due = self.which.currentIndex() == 1
        none = (say.NONE_DUE, say.NONE_DUE_HELP) if is_due else self._empty
        self.list.say_if_empty(none)
        super().refresh()
        self._load_chosen()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.which, self.list.table, self._detail.pane)

    # -- what can be done

    def show_due(self) -> None:
        """Show those alone that are to be looked at again."""
        self.which.setCurrentIndex(1)
        self.refresh()

    def begin(self, domain: str = "") -> None:
        """Ask for a domain, and begin its dossier."""
        dialog = self.ask(
            title=say.BEGIN.removesuffix("…"), intro=say.BEGIN_INTRO, act=say.BEGIN_NOW
        )
        ask.ask_begin(dialog, self._dossiers, self._seat.lanes.acting, domain, self._changed)

    def check(self) -> None:
        """Ask for a domain, and tell what is known of it."""
        dialog = self.ask(
            title=say.CHECK.removesuffix("…"), intro=say.CHECK_INTRO, act=say.CHECK_NOW
        )
        ask.ask_check(dialog, self._dossiers, self._seat.lanes.acting, self._domain())

    def write(self) -> None:
        """Ask for what the chosen draft is to say."""
        if self._whole is not None:
            dialog = self.ask(title=self._domain(), intro=say.WRITE_INTRO, act=say.WRITE_NOW)
            lane = self._seat.lanes.acting
            ask.ask_write(dialog, self._dossiers, lane, self._whole, self._changed)

    def submit(self) -> None:
        """The chosen draft is whole."""
        self._do(self._dossiers.submit, say.SUBMITTED)

    def confirm(self) -> None:
        """Ask whether another agency confirmed the chosen one, and confirm it."""
        dialog = self.ask(title=self._domain(), intro=say.CONFIRM_INTRO, act=say.CONFIRM_NOW)
        lane = self._seat.lanes.acting
        ask.ask_confirm(dialog, self._dossiers, lane, self._domain(), self._changed)

    def send(self) -> None:
        """Queue the suggestion of the chosen one."""
        self._do(self._dossiers.send, iwol_page.QUEUED)

    def review(self) -> None:
        """The chosen one was looked at again."""
        self._do(self._dossiers.review, say.REVIEWED)

    def remove(self) -> None:
        """Ask why the chosen one is to be taken off."""
        dialog = self.ask(title=self._domain(), intro=say.REMOVE_INTRO, act=say.REMOVE_NOW)
        act = partial(self._dossiers.remove, self._domain())
        ask.ask_why(dialog, self._seat.lanes.acting, act, iwol_page.REMOVAL_QUEUED, self._changed)

    def withdraw(self) -> None:
        """Ask why the chosen one is given up."""
        dialog = self.ask(title=self._domain(), intro=say.WITHDRAW_INTRO, act=say.WITHDRAW_NOW)
        act = partial(self._dossiers.withdraw, self._domain())
        ask.ask_why(dialog, self._seat.lanes.acting, act, say.WITHDRAWN, self._changed)

    def export(self) -> None:
        """Ask where the chosen one is to be written."""
        dialog = self.ask(title=self._domain(), intro=say.EXPORT_INTRO, act=say.EXPORT_NOW)
        ask.ask_export(
            dialog,
            self._dossiers,
            self._seat.lanes.acting,
            self._domain(),
            is_reason_needed=not self._seat.session.nature.is_synthetic,
        )

    def show_lists(self) -> None:
        """Ask for a later list, beside those in force."""
        self._seat.lanes.reading.ask(
            self, self._dossiers.lists, then=self._ask_list, otherwise=self.refuse
        )

    def open_reports(self) -> None:
        """Show the reports that are about the chosen domain."""
        if self._domain():
            self.query_wanted.emit(f"domain:{self._domain()}")

    # -- inside

    @property
    def _dossiers(self) -> Dossiers:
        return self._seat.session.worst.dossiers

    def _lay_acts(self) -> None:
        self._begin = self.add_act(say.BEGIN, say.BEGIN_KEY, self.begin, kind="primary")
        self._write = self.add_act(say.WRITE, say.WRITE_KEY, self.write)
        self._submit = self.add_act(say.SUBMIT, say.SUBMIT_KEY, self.submit)
        self._confirm = self.add_act(say.CONFIRM, say.CONFIRM_KEY, self.confirm)
        self._send = self.add_act(say.SEND, say.SEND_KEY, self.send)
        self._review = self.add_act(say.REVIEW, say.REVIEW_KEY, self.review)
        self._remove = self.add_act(say.REMOVE, say.REMOVE_KEY, self.remove)
        self._withdraw = self.add_act(say.WITHDRAW, say.WITHDRAW_KEY, self.withdraw)
        self._enclosures = EnclosureActs(self, self._seat, self._changed)
        self._export = self.add_act(say.EXPORT, say.EXPORT_KEY, self.export)
        self.next_row_of_acts()
        self.which = Choice(say.WHICH)
        self.which.addItems([say.ALL, say.DUE])
        self.which.activated.connect(lambda _at: self.refresh())
        self.add_beside_acts(self.which)
        self.add_act(say.CHECK, say.CHECK_KEY, self.check)
        self._lists = self.add_act(say.LISTS, say.LISTS_KEY, self.show_lists)

    def _page(self, limit: int, after: str | None) -> Page[DossierLine]:
        asked = self._dossiers.due if self.which.currentIndex() else self._dossiers.page
        return asked(limit, after)

    def _domain(self) -> str:
        line = self.list.chosen()
        return "" if line is None else line.dossier.domain

    def _do(self, act: Callable[[str], Changes], told: str) -> None:
        domain = self._domain()
        if not domain:
            return

        def done(changes: Changes) -> None:
            self._changed(changes)
            self.tell(told, "lightest")

        self._notice.dismiss()
        self.tell("")
        self._seat.lanes.acting.ask(self, partial(act, domain), then=done, otherwise=self.refuse)

    def _changed(self, changes: Changes) -> None:
        self.tell("")
        self.refresh()
        self.changed.emit(changes)

    def _ask_list(self, lists: tuple[ListLine, ...]) -> None:
        dialog = self.ask(
            title=say.LISTS.removesuffix("…"), intro=say.LISTS_INTRO, act=say.LISTS_NOW
        )
        lane = self._seat.lanes.acting
        ask.ask_list(dialog, self._dossiers, lane, lists, self._changed)

    def _load_chosen(self) -> None:
        domain = self._domain()
        if self._whole is not None and self._whole.line.dossier.domain != domain:
            # Nothing is done with the one before under the name of this one.
            self._show(None)
        if domain:
            self.load(partial(self._dossiers.show, domain), self._show)
        else:
            self._show(None)

    def _show(self, whole: DossierShown | None) -> None:
        self._whole = whole
        pane = ScrollColumn(say.PART)
        if whole is not None:
            fill_dossier(pane, whole)
        self._detail.tell(pane, is_shown=whole is not None)
        self._offer()

    def _offer(self) -> None:
        line = None if self._whole is None else self._whole.line
        state = None if line is None else line.dossier.state
        is_listed = line is not None and line.standing in (Standing.LISTED, Standing.REVIEW_DUE)
        is_confirmed = state is DossierState.CONFIRMED
        may_suggest = self._asking.may(Function.IWOL_SUGGEST)
        # What the state does not allow is not there: nine acts at once would hide the one that is next.
        for made, holds in (
            (self._write, state is DossierState.DRAFT),
            (self._submit, state is DossierState.DRAFT),
            (self._confirm, state is DossierState.SUBMITTED),
            (self._send, is_confirmed and not is_listed and may_suggest),
            (self._review, is_confirmed),
            (self._remove, is_listed and may_suggest and not _is_leaving(line)),
            (self._withdraw, state not in (None, DossierState.WITHDRAWN)),
            (self._export, is_confirmed and may_suggest and self.may(Role.EXPORTER)),
        ):
            made.setEnabled(holds)
            made.setVisible(holds)
        self._enclosures.offer(self._whole)
        self._lists.setVisible(self.may(Role.SUPERVISOR))
        why = self._asking.why_not(Function.IWOL_SUGGEST)
        self._why_not.say("\n".join(why))
        self._why_not.setVisible(bool(why))


def _is_leaving(line: DossierLine | None) -> bool:
    """Whether its removal was suggested, and the portal has not answered."""
    return line is not None and line.removal in UNDECIDED_STATES
