"""The window of an open vault: rail, pages, status line, keys.

It holds everything that shows content; locking destroys it whole. Pages load when they are
first shown and again when something they show has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.draft import THE_PACKAGE, PackageFields, WindowStand
from cport_desktop.domain.ids import MediaId, ReportId, report_reference
from cport_desktop.domain.roles import ROLE_FOR, Role
from cport_desktop.domain.rows import HotlineRow, Page
from cport_desktop.domain.saved_search import SavedSearch, SearchSubject
from cport_desktop.domain.table import TableSubject
from cport_desktop.errors import CportError
from cport_desktop.ui.agreement_lines import AllowedLine
from cport_desktop.ui.desk import Freshness, Tallies
from cport_desktop.ui.exchanging_lines import OutboxLine
from cport_desktop.ui.models.list_columns import hotline_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.table_choices import serve_tables
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.agreement_page import AgreementPage
from cport_desktop.ui.views.audit_page import AuditPage
from cport_desktop.ui.views.break_strip import BreakStrip
from cport_desktop.ui.views.cases_page import CasesPage
from cport_desktop.ui.views.compose_dialog import NOTHING_YET, ComposeDialog
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.ui.views.exchange_strip import ExchangeStrip
from cport_desktop.ui.views.export_dialog import Exportable, ExportDialog
from cport_desktop.ui.views.hash_lists_page import HashListsPage
from cport_desktop.ui.views.keys_dialog import KeysDialog
from cport_desktop.ui.views.list_page import ListPage
from cport_desktop.ui.views.media_page import MediaPage
from cport_desktop.ui.views.outbox_page import OutboxPage
from cport_desktop.ui.views.overview_page import OverviewPage
from cport_desktop.ui.views.pinned_searches import PinnedSearches
from cport_desktop.ui.views.rail import PAGES, Rail, key_of, numbered
from cport_desktop.ui.views.reports_page import ReportsPage
from cport_desktop.ui.views.status_line import StatusLine
from cport_desktop.ui.views.vault_page import VaultPage
from cport_desktop.ui.widgets.controls import bind_key
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.words import window as say
from cport_desktop.words.courier_page import BY_STICK
from cport_desktop.words.exposure_page import OWN
from cport_desktop.words.table_page import EXPORT_KEY
from cport_desktop.words.vault_page import CONCERN_KEY, HEALTH
from cport_desktop.words.window_cures import Place

(
    REPORTS, MEDIA, HOTLINES, OUTBOX, EXCHANGE, AUDIT, VAULT, AGREEMENT, HASH_LISTS, OVERVIEW, CASES,
) = range(len(PAGES))  # fmt: skip
_TOUCHED_BY = {
    REPORTS: Changes.REPORTS | Changes.OPERATIONS,
    MEDIA: Changes.MEDIA | Changes.REPORTS,
    HOTLINES: Changes.HOTLINES | Changes.REPORTS,
    OUTBOX: Changes.OPERATIONS,
    EXCHANGE: Changes.NOTHING,
    AUDIT: Changes.NOTHING,
    VAULT: Changes.NOTHING,
    AGREEMENT: Changes.NOTHING,
    HASH_LISTS: Changes.NOTHING,
    OVERVIEW: Changes.REPORTS | Changes.OPERATIONS | Changes.WORK | Changes.ENROLMENT,
    CASES: Changes.WORK,
}
"""Those of `_ALWAYS_FRESH` load when they are shown: reading the log is an act of its own."""
_ALWAYS_FRESH = (EXCHANGE, AUDIT, VAULT, AGREEMENT, HASH_LISTS, CASES)
_NEEDS: Mapping[int, str] = {
    REPORTS: "search",
    MEDIA: "media",
    HOTLINES: "search",
    OUTBOX: "act",
    EXCHANGE: "sync",
    AUDIT: "read audit",
    HASH_LISTS: "search",
    OVERVIEW: "search",
    CASES: "search",
}
"""By the words of `domain.roles.ROLE_FOR`: what a page is for. Anybody sees the Vault page
and the agreement."""
_EVERYTHING = ~Changes.NOTHING
_AGES_MS = 30_000


def pages_for(roles: frozenset[Role]) -> tuple[int, ...]:
    """The pages that these roles have anything to do with, by their places in the rail."""
    return tuple(
        place
        for place in range(len(PAGES))
        if place not in _NEEDS or ROLE_FOR[_NEEDS[place]] in roles
    )


class PageView(Protocol):
    """What the window asks of a page."""

    def refresh(self) -> None: ...
    def veil(self) -> None: ...
    def wear(self, theme: Theme) -> None: ...
    def step_back(self) -> None: ...
    def focus_ring(self) -> tuple[QWidget, ...]: ...
    @property
    def is_empty(self) -> bool: ...


class MainWindow(QWidget):
    """Everything behind the lock.

    Signals:
        lock_wanted(): the analyst wants the vault locked.
        rekey_wanted(object): lock, and renew the master key with this `Key`.
    """

    lock_wanted = Signal()
    rekey_wanted = Signal(object)

    def __init__(self, seat: Seat, *, sandbox_level: Callable[[], str]) -> None:
        super().__init__()
        self._seat = seat
        self._freshness: Freshness | None = None
        self._composer: ComposeDialog | None = None
        self._theme_name = seat.theme.name
        self._stale = set(range(len(PAGES)))
        if seat.session.enrolment is not None:
            seat.allowed.jurisdiction = seat.session.enrolment.agreement.jurisdiction
        self._roles = seat.session.keeping.roles
        self._offered = pages_for(self._roles)
        self.exchange = ExchangeStrip(seat.session, seat.lanes, seat.clock)
        self.pinned = PinnedSearches(seat)
        self.rail = Rail(
            nature=seat.session.nature,
            pages=self._offered,
            exchange=self.exchange,
            pinned=self.pinned,
        )
        self.exchange.setVisible(self._may("sync"))
        self.status = StatusLine(seat.session)
        self._sandbox_level = sandbox_level
        self.notice = Notice(offers=True)
        self.breaks = BreakStrip(seat)
        self._around = QVBoxLayout()
        self.reports = ReportsPage(seat)
        self.media = MediaPage(seat)
        self.hotlines = ListPage[HotlineRow](
            seat,
            title=say.HOTLINES,
            intro=say.HOTLINES_INTRO,
            empty=(say.NO_HOTLINES, say.NO_HOTLINES_HELP),
            columns=hotline_columns(),
            load=partial(_whole_listing, seat),
        )
        self.outbox = OutboxPage(seat)
        self.exchanges = ExchangePage(seat)
        self.audit = AuditPage(seat)
        self.vault = VaultPage(seat)
        self.agreement = AgreementPage(seat)
        self.hash_lists = HashListsPage(seat)
        self.overview = OverviewPage(seat)
        self.cases = CasesPage(seat)
        shown = (
            self.reports,
            self.media,
            self.hotlines,
            self.outbox,
            self.exchanges,
            self.audit,
            self.vault,
            self.agreement,
            self.hash_lists,
            self.overview,
            self.cases,
        )
        self._pages: tuple[PageView, ...] = shown
        self._stack = QStackedWidget()
        for page in shown:
            self._stack.addWidget(page)
        self._ages = QTimer(self)
        self._ages.setInterval(_AGES_MS)
        self._lay_out()
        self._connect()
        self._bind_keys()
        self.hotlines.table.kept_as = "hotlines"
        serve_tables(self, seat.drafting, lock=self.lock_wanted.emit)

    # -- what the shell does with it

    def begin(self, before: WindowStand | None = None) -> None:
        """Load what the frame and a page show: the first one, or all as it stood before."""
        self._learn_frame(_EVERYTHING)
        before = before or WindowStand()
        if before.reports.rows:
            self.reports.restore(before.reports, writing=before.writing)
        if before.media.rows:
            self.media.restore(before.media)
        first = before.page if before.page in self._offered else self._offered[0]
        self.show_page(first)
        lanes = self._seat.lanes
        lanes.tending.ask(self, self._seat.session.prepare)
        lanes.decoding.ask(self, self._sandbox_level, then=self.status.show_confinement)
        if REPORTS in self._offered:
            self.reports.query.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ages.start()
        self.breaks.begin(self)
        fields = self._seat.drafting.latest(THE_PACKAGE)
        is_composing = before.is_composing and self._may("compose")
        if is_composing and isinstance(fields, PackageFields):
            self._open_composer(fields)
        self._seat.drafting.watch(self.stand)

    def stand(self) -> WindowStand:
        """Where the window stands."""
        return WindowStand(
            page=self.page,
            theme=self._theme_name,
            reports=self.reports.stand(),
            media=self.media.stand(),
            writing=self.reports.pane.writing,
            is_composing=self._composer is not None and isValid(self._composer),
        )

    def show_page(self, place: int) -> None:
        """Show the page at `place`, if it is there for these roles; nothing stays revealed on
        the one that is left.
        """
        if place not in self._offered:
            return
        self.veil()
        self.rail.show_page(place)
        self._stack.setCurrentIndex(place)
        self._seat.drafting.moved()
        if place != AUDIT:
            self.audit.leave()
        if place in self._stale or place in _ALWAYS_FRESH:
            self._stale.discard(place)
            self._pages[place].refresh()

    def apply(self, changes: Changes) -> None:
        """Something changed: what shows it loads again, now or when it is next shown."""
        touched = {place for place, kinds in _TOUCHED_BY.items() if changes & kinds}
        self._stale |= touched
        if changes & Changes.WORK:
            self.reports.pane.refresh_work()
        if self._stack.currentIndex() in touched:
            self.show_page(self._stack.currentIndex())
        self._learn_frame(changes)

    def veil(self) -> None:
        """Nothing is revealed anywhere any more."""
        for page in self._pages:
            page.veil()

    def wear(self, theme: Theme) -> None:
        self._theme_name = theme.name
        self._seat.drafting.moved()
        for page in self._pages:
            page.wear(theme)

    def tell(self, error: CportError) -> None:
        """An error that arose nowhere in particular."""
        self.notice.tell(error)

    def tell_bug(self, reference: str) -> None:
        """A condition that the program does not know."""
        self.notice.tell_bug(reference)

    @property
    def page(self) -> int:
        return self._stack.currentIndex()

    def _may(self, act: str) -> bool:
        """Whether these roles allow `act`, a word of `domain.roles.ROLE_FOR`."""
        return ROLE_FOR[act] in self._roles

    # -- the frame

    def _learn_frame(self, changes: Changes) -> None:
        session, ask = self._seat.session, self._seat.lanes.reading.ask
        ask(self, session.tallies, then=self._show_tallies)
        ask(self, session.freshness, then=self._show_freshness)
        ask(self, session.keeping.concerns, then=self.status.show_concerns)
        ask(self, session.exchanging.agreements.mark, then=self.status.show_agreement)
        ask(self, session.exchanging.agreements.allowed, then=self._learn_allowed)
        if changes & Changes.REPORTS and REPORTS in self._offered:
            self.pinned.refresh()
        if changes & Changes.HOTLINES and HOTLINES in self._offered:
            ask(self, session.hotlines, then=self._learn_hotlines)

    def _show_tallies(self, tallies: Tallies) -> None:
        self.rail.count(tallies)

    def _show_freshness(self, freshness: Freshness | None) -> None:
        self._freshness = freshness
        self._show_age()

    def _show_age(self) -> None:
        now, known = self._seat.clock.now(), self._freshness
        self.status.show_freshness(known, now)
        if known is not None:
            age = say.age((now - known.at).total_seconds())
            told = say.heard(age, known.road, known.bundle)
            for page in (self.reports, self.media, self.hotlines, self.outbox, self.overview):
                page.show_age(told)

    def _learn_hotlines(self, rows: tuple[HotlineRow, ...]) -> None:
        known = self._seat.hotlines
        for row in rows:
            known.by_number[row.hotline.hotline_id] = row.hotline.name
            known.countries[row.hotline.hotline_id] = row.hotline.country
        self.reports.name_again()

    def _learn_allowed(self, line: AllowedLine) -> None:
        if self._seat.allowed.learn(line):
            self.reports.show_allowed()
            self.media.pane.show_allowed()

    def _exchange_moved(self) -> None:
        self._seat.lanes.reading.ask(self, self._seat.session.tallies, then=self._show_tallies)
        if self.reports.is_empty and self.page == REPORTS and not self.reports.query_text:
            self.reports.refresh()

    def _exchange_ended(self) -> None:
        self.apply(_EVERYTHING)
        if self.page == EXCHANGE:
            self.exchanges.refresh()

    def _synchronise(self, without_media: bool = False) -> None:
        self.exchange.start(metadata_only=without_media)
        if self.page == EXCHANGE:
            self.exchanges.refresh()

    # -- going places

    def _show_media(self, media_id: MediaId) -> None:
        report_id = self.reports.pane.report_id
        query = f"ref:{report_reference(report_id)}" if report_id is not None else ""
        self._stale.discard(MEDIA)
        self.show_page(MEDIA)
        self.media.show_item(media_id, query)
        self.media.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_report(self, report_id: ReportId) -> None:
        self._stale.discard(REPORTS)
        self.show_page(REPORTS)
        self.reports.open_one(report_id)
        self.reports.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tasks(self) -> None:
        self.show_page(CASES)
        self.cases.show_part(self.cases.tasks.title)

    def _open_case(self, number: int) -> None:
        self.show_page(CASES)
        self.cases.open_case(number)

    def _open_medium(self, media_id: MediaId) -> None:
        self._stale.discard(MEDIA)
        self.show_page(MEDIA)
        self.media.show_item(media_id, "")

    def _run_search(self, search: SavedSearch) -> None:
        """A search that is kept, on the page of what it searches; content items by their reports."""
        is_media = search.terms.subject is SearchSubject.MEDIA
        place, page = (MEDIA, self.media) if is_media else (REPORTS, self.reports)
        self._stale.discard(place)
        self.show_page(place)
        page.query.run_search(search)

    def _open_operation(self, line: OutboxLine) -> None:
        if line.report_id is not None:
            self._show_report(line.report_id)

    def _open_hotline(self, row: HotlineRow) -> None:
        self._show_query(f"hotline:{row.hotline.hotline_id}")

    def _show_query(self, text: str) -> None:
        self._stale.discard(REPORTS)
        self.show_page(REPORTS)
        self.reports.search(text)

    def compose(self) -> None:
        """Open the composer over the selection and the whole query."""
        is_absent = Function.PACKAGE_COMPOSE.value in self._seat.allowed.absent
        if self.page != REPORTS or is_absent:
            return
        self.veil()
        query, chosen = self.reports.query_text, self.reports.chosen()
        is_all = isinstance(chosen, AllFound) and self.reports.across.is_all
        selected = () if is_all else self.reports.selected_ids()
        without = tuple(sorted(chosen.without)) if isinstance(chosen, AllFound) else ()
        fields = self._seat.drafting.latest(THE_PACKAGE)
        begun = fields if isinstance(fields, PackageFields) else NOTHING_YET
        self._open_composer(
            replace(
                begun,
                selection=selected,
                query=query,
                goes_selection=bool(selected),
                without=without,
            )
        )

    def _open_composer(self, fields: PackageFields) -> None:
        dialog = ComposeDialog(self._seat, fields, found=self.reports.found, parent=self)
        dialog.changed.connect(self.apply)
        dialog.lock_wanted.connect(self.lock_wanted)
        dialog.destroyed.connect(self._seat.drafting.moved)
        self._composer = dialog
        dialog.open()
        self._seat.drafting.moved()

    def _export_table(self) -> None:
        """Offer what the page lists as a file; where the agreement allows none, that is said there."""
        match self.page:
            case place if place == REPORTS:
                what = self.reports.exportable()
            case place if place == MEDIA:
                what = Exportable(TableSubject.MEDIA, AllFound(self.media.query_text))
            case place if place == HOTLINES:
                what = Exportable(TableSubject.HOTLINES, AllFound(""))
            case place if place == OUTBOX:
                what = Exportable(TableSubject.OPERATIONS, AllFound(""))
            case place if place == CASES:
                what = Exportable(TableSubject.CASES, AllFound(""))
            case _:
                return
        self.veil()
        dialog = ExportDialog(self._seat, what, parent=self)
        dialog.changed.connect(self.apply)
        dialog.lock_wanted.connect(self.lock_wanted)
        dialog.open()

    def _show_keys(self) -> None:
        pages = {place + 1: PAGES[place] for place in self._offered if numbered(place)}
        dialog = KeysDialog(self, pages=pages, roles=self._roles)
        bind_key("Ctrl+L", dialog, self.lock_wanted.emit, everywhere=True)
        dialog.open()

    def _go_where_it_helps(self, place: str) -> None:
        """Where a notice leads: to another road, or to what has to be mended first."""
        match Place(place):
            case Place.STICK:
                self.show_page(EXCHANGE)
                self.exchanges.show_part(BY_STICK)
            case Place.AGREEMENT:
                self.show_page(AGREEMENT)
            case Place.HEALTH:
                self._go_to_concern(HEALTH)
            case Place.SYNC:
                self._synchronise()

    def _go_to_concern(self, section: str) -> None:
        self.show_page(VAULT)
        self.vault.show_part(section)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.notice.dismiss()
            self._pages[self.page].step_back()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.veil()

    def _walk(self, step: int) -> None:
        ring = [part for part in self._pages[self.page].focus_ring() if part.isVisible()]
        if not ring:
            return
        here = next((at for at, part in enumerate(ring) if _has_focus(part)), -step)
        part = ring[(here + step) % len(ring)]
        takes_focus = part.focusPolicy() is not Qt.FocusPolicy.NoFocus
        (part if takes_focus else _first_inside(part)).setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_query(self) -> None:
        if self.page not in (REPORTS, MEDIA):
            self.show_page(REPORTS)
        line = self.reports.query if self.page == REPORTS else self.media.query
        line.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line.field.selectAll()

    def _bind_keys(self) -> None:
        for place in self._offered:
            bind_key(key_of(place), self, partial(self.show_page, place), everywhere=True)
        for keys, needed, act in (
            ("Ctrl+L", "", self.lock_wanted.emit),
            ("F5", "sync", self._synchronise),
            ("Ctrl+F", "search", self._focus_query),
            ("/", "search", self._focus_query),
            ("?", "", self._show_keys),
            ("Ctrl+E", "compose", self.compose),
            (EXPORT_KEY, "export table", self._export_table),
            ("F6", "", partial(self._walk, 1)),
            ("Shift+F6", "", partial(self._walk, -1)),
            ("Ctrl+M", "media", self.reports.open_media),
            (CONCERN_KEY, "", self.status.go_to_concern),
        ):
            if not needed or self._may(needed):
                bind_key(keys, self, act, everywhere=True)

    # -- laying out

    def _connect(self) -> None:
        self.rail.page_wanted.connect(self.show_page)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.pinned.wanted.connect(self._run_search)
        for line in (self.reports.query, self.media.query):
            line.searches_changed.connect(self.pinned.refresh)
            line.search_wanted.connect(self._run_search)
        self.exchange.moved.connect(self._exchange_moved)
        self.exchange.ended.connect(self._exchange_ended)
        self.exchange.failed.connect(self.tell)
        self.reports.package_wanted.connect(self.compose)
        self.reports.export_wanted.connect(self._export_table)
        self.reports.pane.looked.connect(self.status.add_looked)
        self.reports.pane.media_wanted.connect(self._show_media)
        self.reports.pane.report_wanted.connect(self._show_report)
        self.reports.pane.case_wanted.connect(self._open_case)
        self.cases.report_wanted.connect(self._show_report)
        self.cases.media_wanted.connect(self._open_medium)
        self.cases.query_wanted.connect(self._show_query)
        self.overview.report_wanted.connect(self._show_report)
        self.overview.query_wanted.connect(self._show_query)
        self.overview.outbox_wanted.connect(partial(self.show_page, OUTBOX))
        self.overview.tasks_wanted.connect(self._show_tasks)
        self.overview.agreement_wanted.connect(partial(self.show_page, AGREEMENT))
        self.media.looked.connect(self.status.add_looked)
        self.media.report_wanted.connect(self._show_report)
        self.outbox.row_opened.connect(self._open_operation)
        self.hotlines.row_opened.connect(self._open_hotline)
        self.audit.lock_wanted.connect(self.lock_wanted)
        self.vault.rekey_wanted.connect(self.rekey_wanted)
        self.status.concern_wanted.connect(self._go_to_concern)
        self.status.freshness_wanted.connect(partial(self.show_page, EXCHANGE))
        self.status.looked_wanted.connect(partial(self._go_to_concern, OWN))
        self.breaks.heard.connect(self.status.show_today)
        self.breaks.lock_wanted.connect(self.lock_wanted)
        self.breaks.failed.connect(self.tell)
        self.breaks.shown.connect(self._make_room)
        self.status.agreement_wanted.connect(partial(self.show_page, AGREEMENT))
        self.notice.place_wanted.connect(self._go_where_it_helps)
        for page in (self.exchanges, self.vault, self.agreement, self.hash_lists, self.cases):
            page.help_wanted.connect(self._go_where_it_helps)
        self.exchanges.sync_wanted.connect(self._synchronise)
        acting = (self.reports.pane, self.media.pane.acts, self.media.stacks, self.outbox)
        parts = (self.exchanges, self.vault, self.agreement, self.hash_lists, self.cases)
        for part in (*acting, *parts):
            part.changed.connect(self.apply)
            part.lock_wanted.connect(self.lock_wanted)
        self.notice.shown.connect(self._make_room)
        self._ages.timeout.connect(self._show_age)
        for lane in self._seat.lanes.all():
            lane.went_wrong.connect(self._went_wrong)

    def _make_room(self, _is_shown: bool) -> None:
        is_said = not (self.notice.isHidden() and self.breaks.isHidden())
        self._around.setContentsMargins(8, 12 if is_said else 0, 12, 0)

    def _went_wrong(self, error: Exception) -> None:
        if isinstance(error, CportError):
            self.tell(error)
        else:
            self.tell_bug(bug_reference(error))

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        self._around.addWidget(self.breaks)
        self._around.addWidget(self.notice)
        middle.addLayout(self._around)
        middle.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._seat.session.nature.is_synthetic:
            column.addWidget(synthetic_edge())
        column.addLayout(body, 1)
        column.addWidget(self.status)


def synthetic_edge() -> QFrame:
    """A thin line across the top of everything that shows a demo vault."""
    edge = QFrame()
    edge.setObjectName("SyntheticEdge")
    edge.setAccessibleName(say.SYNTHETIC)
    edge.setFixedHeight(3)
    return edge


def bug_reference(error: Exception) -> str:
    """Kind and place of a bug, without its message, which could hold content."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
    return f"bug {type(error).__name__} {where}".strip()


def _whole_listing(seat: Seat, _limit: int, _after: str | None) -> Page[HotlineRow]:
    return Page(seat.session.hotlines(), None, 0.0)


def _first_inside(part: QWidget) -> QWidget:
    """The first of the widgets in `part` that Tab would reach, or `part` itself."""
    inside = part.findChildren(QWidget)
    reachable = (
        widget
        for widget in inside
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    return next(reachable, part)


def _has_focus(part: QWidget) -> bool:
    focus = part.window().focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))
