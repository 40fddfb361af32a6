"""The pages of the window: one entry each, from the top of the rail to its foot.

A new page is a number in `ui.places` and an entry here, put into `PAGES`; nothing else knows of it.
`join` connects what the page wants of the window to the signals of `Ways`, always signal to signal or
to a method of the page: a function that held the page would keep it in memory. A window that needs the
page itself has it as `window.pages.get(entry)`.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from cport_desktop.domain import short_lists
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import HotlineRow, Page
from cport_desktop.ui import places
from cport_desktop.ui.models.list_columns import hotline_columns
from cport_desktop.ui.page_entry import Entries, PageEntry, by_place
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.agreement_page import AgreementPage
from cport_desktop.ui.views.audit_page import AuditPage
from cport_desktop.ui.views.cases_page import CasesPage
from cport_desktop.ui.views.exchange_page import ExchangePage
from cport_desktop.ui.views.figures_page import FiguresPage
from cport_desktop.ui.views.hash_lists_page import HashListsPage
from cport_desktop.ui.views.iwol_page import IwolPage
from cport_desktop.ui.views.list_page import ListPage
from cport_desktop.ui.views.media_page import MediaPage
from cport_desktop.ui.views.outbox_page import OutboxPage
from cport_desktop.ui.views.overview_page import OverviewPage
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.views.reports_page import ReportsPage
from cport_desktop.ui.views.rows_line import RowsLine
from cport_desktop.ui.views.settings_page import SettingsPage
from cport_desktop.ui.views.vault_page import VaultPage
from cport_desktop.ui.ways import Ways
from cport_desktop.words import (
    cases_page,
    charts,
    hash_lists_page,
    iwol_page,
    overview_page,
    rows_line,
    settings_page,
    vault_page,
)
from cport_desktop.words import window as say
from cport_desktop.words.agreement_page import AGREEMENT as AGREEMENT_TITLE
from cport_desktop.words.exchange_page import EXCHANGE as EXCHANGE_TITLE


def _join_overview(page: OverviewPage, ways: Ways) -> None:
    page.report_wanted.connect(ways.report_wanted)
    page.query_wanted.connect(ways.query_wanted)
    page.figures_wanted.connect(ways.figures_wanted)
    page.search_wanted.connect(ways.search_wanted)
    page.tasks_wanted.connect(ways.tasks_wanted)
    page.outbox_wanted.connect(ways.outbox_wanted)
    page.reviews_wanted.connect(ways.reviews_wanted)
    page.agreement_wanted.connect(ways.agreement_wanted)
    ways.hear_age(page.show_age)


def _join_reports(page: ReportsPage, ways: Ways) -> None:
    page.query.searches_changed.connect(ways.searches_changed)
    page.query.search_wanted.connect(ways.search_wanted)
    page.package_wanted.connect(ways.package_wanted)
    page.export_wanted.connect(ways.table_wanted)
    page.figures_wanted.connect(ways.figures_wanted)
    pane = page.pane
    pane.changed.connect(ways.changed)
    pane.lock_wanted.connect(ways.lock_wanted)
    pane.looked.connect(ways.looked)
    pane.media_wanted.connect(ways.media_wanted)
    pane.report_wanted.connect(ways.report_wanted)
    pane.case_wanted.connect(ways.case_wanted)
    ways.hear_age(page.show_age)
    ways.allowed_changed.connect(page.show_allowed)
    ways.hotlines_named.connect(page.name_again)
    ways.work_changed.connect(pane.refresh_work)
    page.show_allowed()


def _join_media(page: MediaPage, ways: Ways) -> None:
    page.query.searches_changed.connect(ways.searches_changed)
    page.query.search_wanted.connect(ways.search_wanted)
    page.looked.connect(ways.looked)
    page.report_wanted.connect(ways.report_wanted)
    for part in (page.pane.acts, page.stacks):
        part.changed.connect(ways.changed)
        part.lock_wanted.connect(ways.lock_wanted)
    page.pane.changed.connect(ways.changed)
    page.pane.lock_wanted.connect(ways.lock_wanted)
    page.stacks.package_wanted.connect(ways.package_wanted)
    ways.hear_age(page.show_age)
    ways.allowed_changed.connect(page.pane.show_allowed)
    ways.allowed_changed.connect(page.stacks.show_allowed)
    page.stacks.show_allowed()


def _join_figures(page: FiguresPage, ways: Ways) -> None:
    page.query_wanted.connect(ways.query_wanted)
    page.changed.connect(ways.changed)
    page.lock_wanted.connect(ways.lock_wanted)
    ways.hear_age(page.show_age)
    ways.allowed_changed.connect(page.panel.show_allowed)
    ways.hotlines_named.connect(page.name_again)


def _join_hotlines(page: ListPage[HotlineRow], ways: Ways) -> None:
    page.row_opened.connect(ways.hotline_wanted)
    ways.hear_age(page.show_age)


def _join_outbox(page: OutboxPage, ways: Ways) -> None:
    page.changed.connect(ways.changed)
    page.lock_wanted.connect(ways.lock_wanted)
    page.report_wanted.connect(ways.report_wanted)
    page.row_opened.connect(ways.operation_wanted)
    ways.hear_age(page.show_age)


def _join_parts(page: PartsPage, ways: Ways) -> None:
    page.changed.connect(ways.changed)
    page.lock_wanted.connect(ways.lock_wanted)
    page.help_wanted.connect(ways.help_wanted)


def _join_exchange(page: ExchangePage, ways: Ways) -> None:
    _join_parts(page, ways)
    page.sync_wanted.connect(ways.sync_wanted)


def _join_vault(page: VaultPage, ways: Ways) -> None:
    _join_parts(page, ways)
    page.rekey_wanted.connect(ways.rekey_wanted)


def _join_cases(page: CasesPage, ways: Ways) -> None:
    _join_parts(page, ways)
    page.report_wanted.connect(ways.report_wanted)
    page.media_wanted.connect(ways.medium_wanted)
    page.query_wanted.connect(ways.query_wanted)


def _join_worst_of(page: IwolPage, ways: Ways) -> None:
    _join_parts(page, ways)
    page.query_wanted.connect(ways.query_wanted)
    page.outbox_wanted.connect(ways.outbox_wanted)


def _join_settings(page: SettingsPage, ways: Ways) -> None:
    page.theme_wanted.connect(ways.theme_wanted)
    page.preferences_chosen.connect(ways.preferences_chosen)
    page.unit_wanted.connect(ways.unit_wanted)
    page.paned_wanted.connect(ways.paned_wanted)
    page.changed.connect(ways.changed)
    page.lock_wanted.connect(ways.lock_wanted)


def _join_audit(page: AuditPage, ways: Ways) -> None:
    page.lock_wanted.connect(ways.lock_wanted)


def _make_hotlines(seat: Seat) -> ListPage[HotlineRow]:
    page = ListPage[HotlineRow](
        seat,
        title=say.HOTLINES,
        intro=say.HOTLINES_INTRO,
        empty=(say.NO_HOTLINES, say.NO_HOTLINES_HELP),
        none_found=(rows_line.NO_HOTLINE, rows_line.ASK_LESS),
        line=RowsLine(
            rows_line.HOTLINES, rows_line.HOTLINES_PLACEHOLDER, short_lists.HOTLINES.names
        ),
        columns=hotline_columns(),
        load=partial(_whole_listing, seat),
    )
    page.table.kept_as = "hotlines"
    return page


def _whole_listing(seat: Seat, text: str, _limit: int, _after: str | None) -> Page[HotlineRow]:
    return Page(seat.session.hotlines(text), None, 0.0)


OVERVIEW: Final = PageEntry(
    places.OVERVIEW,
    overview_page.TITLE,
    OverviewPage,
    _join_overview,
    needs="search",
    touched_by=Changes.REPORTS | Changes.OPERATIONS | Changes.WORK | Changes.ENROLMENT,
    own_key=overview_page.KEY,
)
REPORTS: Final = PageEntry(
    places.REPORTS,
    say.REPORTS,
    ReportsPage,
    _join_reports,
    needs="search",
    touched_by=Changes.REPORTS | Changes.OPERATIONS,
)
MEDIA: Final = PageEntry(
    places.MEDIA,
    say.MEDIA,
    MediaPage,
    _join_media,
    needs="media",
    touched_by=Changes.MEDIA | Changes.REPORTS,
)
CASES: Final = PageEntry(
    places.CASES,
    cases_page.TITLE,
    CasesPage,
    _join_cases,
    needs="search",
    touched_by=Changes.WORK,
    is_always_fresh=True,
    own_key=cases_page.KEY,
)
FIGURES: Final = PageEntry(
    places.FIGURES,
    charts.TITLE,
    FiguresPage,
    _join_figures,
    needs="search",
    touched_by=Changes.REPORTS | Changes.OPERATIONS,
    own_key=charts.KEY,
)
HOTLINES: Final = PageEntry(
    places.HOTLINES,
    say.HOTLINES,
    _make_hotlines,
    _join_hotlines,
    needs="search",
    touched_by=Changes.HOTLINES | Changes.REPORTS,
)
OUTBOX: Final = PageEntry(
    places.OUTBOX,
    say.OUTBOX,
    OutboxPage,
    _join_outbox,
    needs="act",
    touched_by=Changes.OPERATIONS,
)
EXCHANGE: Final = PageEntry(
    places.EXCHANGE,
    EXCHANGE_TITLE,
    ExchangePage,
    _join_exchange,
    needs="sync",
    is_always_fresh=True,
)
AUDIT: Final = PageEntry(
    places.AUDIT,
    say.AUDIT,
    AuditPage,
    _join_audit,
    needs="read audit",
    is_always_fresh=True,
)
VAULT: Final = PageEntry(
    places.VAULT, vault_page.TITLE, VaultPage, _join_vault, is_always_fresh=True
)
AGREEMENT: Final = PageEntry(
    places.AGREEMENT,
    AGREEMENT_TITLE,
    AgreementPage,
    _join_parts,
    touched_by=Changes.ENROLMENT,
    is_always_fresh=True,
)
HASH_LISTS: Final = PageEntry(
    places.HASH_LISTS,
    hash_lists_page.TITLE,
    HashListsPage,
    _join_parts,
    needs="search",
    touched_by=Changes.MEDIA,
    is_always_fresh=True,
)
WORST_OF: Final = PageEntry(
    places.WORST_OF,
    iwol_page.TITLE,
    IwolPage,
    _join_worst_of,
    needs="search",
    touched_by=Changes.REPORTS | Changes.OPERATIONS,
    is_always_fresh=True,
    own_key=iwol_page.KEY,
)
SETTINGS: Final = PageEntry(
    places.SETTINGS,
    settings_page.TITLE,
    SettingsPage,
    _join_settings,
    is_always_fresh=True,
    own_key=settings_page.KEY,
)

PAGES: Final[Entries] = (
    OVERVIEW,
    REPORTS,
    MEDIA,
    CASES,
    FIGURES,
    HOTLINES,
    HASH_LISTS,
    WORST_OF,
    OUTBOX,
    EXCHANGE,
    AUDIT,
    SETTINGS,
    VAULT,
    AGREEMENT,
)


def pages_for(roles: frozenset[Role]) -> tuple[int, ...]:
    """The places of the pages that these roles have anything to do with, by number."""
    return tuple(entry.place for entry in by_place(PAGES) if entry.is_for(roles))
