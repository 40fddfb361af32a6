"""The window of an open vault: rail, pages, status line, keys.

It holds everything that shows content; locking destroys it whole. Pages are made when they are first
shown (`ui.page_table` has one entry for each), load then, and again when something they show has
changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import ListStand, WindowStand
from cport_desktop.domain.preferences import Preferences
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import HotlineRow
from cport_desktop.errors import CportError
from cport_desktop.ui import page_table, places
from cport_desktop.ui.agreement_lines import AllowedLine
from cport_desktop.ui.bugs import bug_reference
from cport_desktop.ui.desk import Freshness, Tallies
from cport_desktop.ui.folded_rail import FoldedRail
from cport_desktop.ui.going import Going
from cport_desktop.ui.guiding import Guiding
from cport_desktop.ui.leaving import Leaving
from cport_desktop.ui.memory_use import give_back
from cport_desktop.ui.page_entry import by_place
from cport_desktop.ui.page_room import PageRoom
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.agreement_page import AgreementPage
from cport_desktop.ui.views.audit_page import AuditPage
from cport_desktop.ui.views.break_strip import BreakStrip
from cport_desktop.ui.views.cases_page import CasesPage
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.ui.views.exchange_strip import ExchangeStrip
from cport_desktop.ui.views.hash_lists_page import HashListsPage
from cport_desktop.ui.views.keys_dialog import KeysDialog
from cport_desktop.ui.views.list_page import ListPage
from cport_desktop.ui.views.media_page import MediaPage
from cport_desktop.ui.views.narrow_bar import NarrowBar
from cport_desktop.ui.views.outbox_page import OutboxPage
from cport_desktop.ui.views.overview_page import OverviewPage
from cport_desktop.ui.views.pinned_searches import PinnedSearches
from cport_desktop.ui.views.rail import Rail
from cport_desktop.ui.views.reports_page import ReportsPage
from cport_desktop.ui.views.status_line import StatusLine
from cport_desktop.ui.views.vault_page import VaultPage
from cport_desktop.ui.ways import Ways
from cport_desktop.ui.widgets.controls import bind_key
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.ui.widgets.synthetic_edge import synthetic_edge
from cport_desktop.ui.window_help import WindowHelp
from cport_desktop.words import window as say
from cport_desktop.words.help import KEY as HELP_KEY
from cport_desktop.words.narrow import PAGES_KEY
from cport_desktop.words.table_page import EXPORT_KEY
from cport_desktop.words.vault_page import CONCERN_KEY

_EVERYTHING: Final = ~Changes.NOTHING
_NOWHERE: Final = ListStand()
"""Where a page stood that was never made."""
_AGES_MS: Final = 30_000
_PAINTED_MS: Final = 50
"""After so long what was answered is on the screen."""


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
        self._before = WindowStand()
        self._theme_name = seat.theme.name
        if seat.session.enrolment is not None:
            seat.allowed.jurisdiction = seat.session.enrolment.agreement.jurisdiction
        self._roles = seat.session.keeping.roles
        self._offered = page_table.pages_for(self._roles)
        self.exchange = ExchangeStrip(seat.session, seat.lanes, seat.clock)
        self.pinned = PinnedSearches(seat)
        self.rail = Rail(
            nature=seat.session.nature,
            pages=page_table.PAGES,
            offered=self._offered,
            exchange=self.exchange,
            pinned=self.pinned,
        )
        self.exchange.setVisible(self._may("sync"))
        self.folded = FoldedRail(self.rail, NarrowBar(seat.session.nature), self)
        self.status = StatusLine(seat.session)
        self._sandbox_level = sandbox_level
        self.notice = Notice(offers=True)
        self.breaks = BreakStrip(seat)
        self._around = QVBoxLayout()
        self.ways = Ways(self)
        self.pages = PageRoom(seat, self.ways, page_table.PAGES)
        self.going = Going(self.pages, self.ways, self._offered, self)
        self.leaving = Leaving(seat, self.pages, self.ways, self)
        self.guiding = Guiding(self, seat, self.going, lock=self.lock_wanted.emit)
        self.help = WindowHelp(
            self,
            self.pages,
            lock=self.lock_wanted.emit,
            show_keys=self._show_keys,
            show_guide=self.guiding.open,
        )
        self._ages = QTimer(self)
        self._ages.setInterval(_AGES_MS)
        self._lay_out()
        self._connect()
        self._bind_keys()

    # -- what the shell does with it

    def begin(self, before: WindowStand | None = None) -> None:
        """Load what the frame and a page show: the first one, or all as it stood before."""
        self._before = before or WindowStand()
        first = self._before.page if self._before.page in self._offered else self._offered[0]
        self.show_page(first)
        self._learn_frame(_EVERYTHING)
        self._seat.lanes.reading.ask(self, _nothing, then=self._page_is_there)
        if first == places.REPORTS:
            self.reports.query.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ages.start()
        self.breaks.begin(self)
        self.guiding.begin(self._before.guide)
        if self._before.is_composing and self._may("compose"):
            self.leaving.go_on_composing()
        self._seat.drafting.watch(self.stand)

    def _page_is_there(self, _answer: object) -> None:
        """What the first page asked for has been answered, or is being: nothing that was asked after it
        begins before.
        """
        QTimer.singleShot(_PAINTED_MS, self, self._get_ready)

    def _get_ready(self) -> None:
        """What nobody waits for at first, and what would take the processor from the first page."""
        lanes = self._seat.lanes
        lanes.tending.ask(self, self._seat.session.prepare)
        lanes.decoding.ask(self, self._sandbox_level, then=self.status.show_confinement)

    def stand(self) -> WindowStand:
        """Where the window stands; a page that was not made since stands where it stood before."""
        reports = self.pages.if_made(page_table.REPORTS)
        media = self.pages.if_made(page_table.MEDIA)
        return WindowStand(
            page=self.page,
            theme=self._theme_name,
            reports=self._before.reports if reports is None else reports.stand(),
            media=self._before.media if media is None else media.stand(),
            writing=self._before.writing if reports is None else reports.pane.writing,
            is_composing=self.leaving.is_composing,
            guide=self.guiding.state,
        )

    def show_page(self, place: int) -> None:
        """Show the page at `place`, if it is there for these roles; nothing stays revealed on
        the one that is left.
        """
        self.going.show_page(place)

    def apply(self, changes: Changes) -> None:
        """Something changed: what shows it loads again, now or when it is next shown."""
        if changes & Changes.WORK:
            self.ways.work_changed.emit()
        self.pages.apply(changes)
        self._learn_frame(changes)
        self.guiding.look_again()

    def veil(self) -> None:
        """Nothing is revealed anywhere any more."""
        self.pages.veil()

    def wear(self, theme: Theme) -> None:
        self._theme_name = theme.name
        self._seat.drafting.moved()
        self.pages.wear(theme)

    def live_with(self, wanted: Preferences) -> None:
        """What shows times, rows or how long a look lasts does so as is wanted now."""
        for table in self.findChildren(RowsTable):
            table.be_usually(compact=wanted.is_compact)
        self.ways.allowed_changed.emit()
        self.apply(_EVERYTHING)

    def tell(self, error: CportError) -> None:
        """An error that arose nowhere in particular."""
        self.notice.tell(error)

    def tell_bug(self, reference: str) -> None:
        """A condition that the program does not know."""
        self.notice.tell_bug(reference)

    def compose(self) -> None:
        """Open the composer over the selection and the whole query."""
        self.leaving.compose()

    @property
    def page(self) -> int:
        """The place of the page that is shown."""
        return self.pages.place

    def _may(self, act: str) -> bool:
        """Whether these roles allow `act`, a word of `domain.roles.ROLE_FOR`."""
        return ROLE_FOR[act] in self._roles

    # -- its pages, each made when it is first asked for

    @property
    def reports(self) -> ReportsPage:
        return self.pages.get(page_table.REPORTS)

    @property
    def media(self) -> MediaPage:
        return self.pages.get(page_table.MEDIA)

    @property
    def hotlines(self) -> ListPage[HotlineRow]:
        return self.pages.get(page_table.HOTLINES)

    @property
    def outbox(self) -> OutboxPage:
        return self.pages.get(page_table.OUTBOX)

    @property
    def exchanges(self) -> ExchangePage:
        return self.pages.get(page_table.EXCHANGE)

    @property
    def audit(self) -> AuditPage:
        return self.pages.get(page_table.AUDIT)

    @property
    def vault(self) -> VaultPage:
        return self.pages.get(page_table.VAULT)

    @property
    def agreement(self) -> AgreementPage:
        return self.pages.get(page_table.AGREEMENT)

    @property
    def hash_lists(self) -> HashListsPage:
        return self.pages.get(page_table.HASH_LISTS)

    @property
    def overview(self) -> OverviewPage:
        return self.pages.get(page_table.OVERVIEW)

    @property
    def cases(self) -> CasesPage:
        return self.pages.get(page_table.CASES)

    def _page_came(self, place: int) -> None:
        """A page was made: it stands as it was left, and nothing that is looked at there is missed."""
        before = self._before
        if place == places.REPORTS:
            if before.reports != _NOWHERE:
                self.reports.restore(before.reports, writing=before.writing)
            self.reports.query.setFocus(Qt.FocusReason.OtherFocusReason)
        elif place == places.MEDIA and before.media != _NOWHERE:
            self.media.restore(before.media)
        self.breaks.watch.hear_looks_in(self.pages.widget_at(place))

    def _page_shown(self, place: int) -> None:
        self.status.be_silent()
        self.rail.show_page(place)
        self.folded.show_page(place)
        self._seat.drafting.moved()
        if place != places.AUDIT and (audit := self.pages.if_made(page_table.AUDIT)) is not None:
            audit.leave()

    # -- the frame

    def _learn_frame(self, changes: Changes) -> None:
        session, ask = self._seat.session, self._seat.lanes.reading.ask
        ask(self, session.tallies, then=self._show_tallies)
        ask(self, session.freshness, then=self._show_freshness)
        ask(self, session.keeping.concerns, then=self.status.show_concerns)
        ask(self, session.exchanging.agreements.mark, then=self.status.show_agreement)
        ask(self, session.exchanging.agreements.allowed, then=self._learn_allowed)
        if changes & Changes.REPORTS and places.REPORTS in self._offered:
            self.pinned.refresh()
        if changes & Changes.HOTLINES and places.HOTLINES in self._offered:
            ask(self, session.hotlines, then=self._learn_hotlines)

    def _show_tallies(self, tallies: Tallies) -> None:
        self.rail.count(tallies)

    def _show_freshness(self, freshness: Freshness | None) -> None:
        self._freshness = freshness
        self._show_age()

    def _give_back(self) -> None:
        """Pages of the vault that were read and are out of date lie free in heaps that do not shrink by
        themselves: two hundred megabytes after the largest case and ten thousand rows.
        """
        self._seat.lanes.reading.ask(self, give_back)

    def _show_age(self) -> None:
        now, known = self._seat.clock.now(), self._freshness
        self.status.show_freshness(known, now)
        if known is not None:
            age = say.age((now - known.at).total_seconds())
            self.ways.tell_age(say.heard(age, known.road, known.bundle))

    def _learn_hotlines(self, rows: tuple[HotlineRow, ...]) -> None:
        known = self._seat.hotlines
        for row in rows:
            known.by_number[row.hotline.hotline_id] = row.hotline.name
            known.countries[row.hotline.hotline_id] = row.hotline.country
        self.ways.hotlines_named.emit()

    def _learn_allowed(self, line: AllowedLine) -> None:
        if self._seat.allowed.learn(line):
            self.ways.allowed_changed.emit()

    def _exchange_moved(self) -> None:
        self._seat.lanes.reading.ask(self, self._seat.session.tallies, then=self._show_tallies)
        if self.page == places.REPORTS and self.reports.is_empty and not self.reports.query_text:
            self.reports.refresh()

    def _exchange_ended(self) -> None:
        self.apply(_EVERYTHING)
        if self.page == places.EXCHANGE:
            self.exchanges.refresh()

    def _synchronise(self, without_media: bool = False) -> None:
        self.exchange.start(metadata_only=without_media)
        if self.page == places.EXCHANGE:
            self.exchanges.refresh()

    def _show_keys(self) -> None:
        offered = (entry for entry in by_place(page_table.PAGES) if entry.place in self._offered)
        pages = {entry.place + 1: entry.title for entry in offered if not entry.own_key}
        dialog = KeysDialog(self, pages=pages, roles=self._roles)
        bind_key("Ctrl+L", dialog, self.lock_wanted.emit, everywhere=True)
        dialog.open()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.notice.dismiss()
            self.folded.put_away()
            self.pages.step_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.folded.fit(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.veil()

    def _bind_keys(self) -> None:
        for entry in page_table.PAGES:
            if entry.place in self._offered:
                show = partial(self.show_page, entry.place)
                bind_key(entry.key, self, show, everywhere=True)
        for keys, needed, act in (
            ("Ctrl+L", "", self.lock_wanted.emit),
            ("F5", "sync", self._synchronise),
            ("Ctrl+F", "search", self.going.show_query_line),
            ("/", "search", self.going.show_query_line),
            ("?", "", self._show_keys),
            (PAGES_KEY, "", self.folded.turn),
            (HELP_KEY, "", self.help.open),
            ("Ctrl+E", "compose", self.compose),
            (EXPORT_KEY, "export table", self.leaving.export_table),
            ("F6", "", partial(self.pages.walk, 1)),
            ("Shift+F6", "", partial(self.pages.walk, -1)),
            ("Ctrl+M", "media", self.going.show_media_of_current),
            (CONCERN_KEY, "", self.status.go_to_concern),
        ):
            if not needed or self._may(needed):
                bind_key(keys, self, act, everywhere=True)

    # -- laying out

    def _connect(self) -> None:
        ways, going = self.ways, self.going
        self.pages.came.connect(self._page_came)
        self.pages.shown.connect(self._page_shown)
        self.leaving.told.connect(self.status.say_for_now)
        ways.changed.connect(self.apply)
        ways.lock_wanted.connect(self.lock_wanted)
        ways.rekey_wanted.connect(self.rekey_wanted)
        ways.searches_changed.connect(self.pinned.refresh)
        ways.sync_wanted.connect(self._synchronise)
        ways.looked.connect(self.status.add_looked)
        self.rail.page_wanted.connect(self.show_page)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.folded.bar.lock_wanted.connect(self.lock_wanted)
        self.pinned.wanted.connect(going.run_search)
        self.exchange.moved.connect(self._exchange_moved)
        self.exchange.ended.connect(self._exchange_ended)
        self.exchange.failed.connect(self.tell)
        self.status.concern_wanted.connect(going.show_concern)
        self.status.freshness_wanted.connect(going.show_exchange)
        self.status.looked_wanted.connect(going.show_own_looking)
        self.status.agreement_wanted.connect(going.show_agreement)
        self.breaks.heard.connect(self.status.show_today)
        self.breaks.lock_wanted.connect(self.lock_wanted)
        self.breaks.failed.connect(self.tell)
        self.breaks.shown.connect(self._make_room)
        self.guiding.strip.shown.connect(self._make_room)
        self.guiding.moved.connect(self._seat.drafting.moved)
        self.notice.place_wanted.connect(going.show_help)
        self.notice.shown.connect(self._make_room)
        self._ages.timeout.connect(self._show_age)
        self._ages.timeout.connect(self._give_back)
        for lane in self._seat.lanes.all():
            lane.went_wrong.connect(self._went_wrong)

    def _make_room(self, _is_shown: bool) -> None:
        strips = (self.notice, self.breaks, self.guiding.strip)
        is_said = not all(strip.isHidden() for strip in strips)
        self._around.setContentsMargins(8, 12 if is_said else 0, 12, 0)

    def _went_wrong(self, error: Exception) -> None:
        if isinstance(error, CportError):
            self.tell(error)
        else:
            self.tell_bug(bug_reference(error))

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        self._around.addWidget(self.guiding.strip)
        self._around.addWidget(self.breaks)
        self._around.addWidget(self.notice)
        middle.addLayout(self._around)
        middle.addWidget(self.pages, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._seat.session.nature.is_synthetic:
            column.addWidget(synthetic_edge())
        column.addWidget(self.folded.bar)
        column.addLayout(body, 1)
        column.addWidget(self.status)


def _nothing() -> None:
    """A question that only waits for its turn."""
