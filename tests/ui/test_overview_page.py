"""The overview and what a report recalls, driven as a person would: over a desk in memory, and for real."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.agreement_versions import StateKind
from cport_desktop.domain.memory import Because
from cport_desktop.domain.overview import Counted, Duties, Endings, News, Overdue
from cport_desktop.domain.roles import Role
from cport_desktop.errors import AgreementForbids
from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.iwol_page import IwolPage
from cport_desktop.words import overview_page as say
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_surveying import OTHER, a_reason
from tests.ui.test_roles import entered
from tests.ui.test_window import main_of, words_on

PARTS = ["duties", "endings", "news", "overdue", "queue"]


@pytest.fixture
def main(opened: Shell, vault: MemoryVault, qtbot: QtBot) -> MainWindow:
    """At the overview, which has loaded."""
    found = main_of(opened)
    vault.surveying.asked.clear()
    press(found, say.KEY)
    qtbot.waitUntil(lambda: "You were last here" in words_on(found.overview))
    qtbot.waitUntil(lambda: sorted(str(each[0]) for each in vault.surveying.asked) == PARTS)
    qtbot.waitUntil(lambda: "agreement ends" in words_on(found.overview))
    qtbot.waitUntil(lambda: "Compare the layouts" in words_on(found.overview))
    return found


def press(widget: QWidget, keys: str) -> None:
    """As if these keys were pressed in the window."""
    wanted = QKeySequence(keys)
    bound = [each for each in widget.findChildren(QShortcut) if each.key() == wanted]
    active = [each for each in bound if _is_shown(each.parent())]
    assert len(active) == 1, f"{keys} does {len(active)} things"
    active[0].activated.emit()


def _is_shown(owner: object) -> bool:
    return isinstance(owner, QWidget) and owner.isVisible()


def made(widget: QWidget, beginning: str) -> QAbstractButton:
    """The one button whose spoken name begins so."""
    found = [
        each
        for each in widget.findChildren(QAbstractButton)
        if each.accessibleName().startswith(beginning) and each.isVisible()
    ]
    assert len(found) == 1, [each.accessibleName() for each in found]
    return found[0]


def test_the_overview_stands_first_on_the_rail_and_the_window_opens_where_it_stood(
    opened: Shell, vault: MemoryVault
) -> None:
    main = main_of(opened)
    buttons = [each for each in main.rail._buttons.values() if each.isVisible()]
    highest = min(buttons, key=lambda each: each.y())

    assert highest.text() == say.TITLE
    assert main.page == places.REPORTS
    assert not {"news", "queue"} & {each[0] for each in vault.surveying.asked}


def test_every_part_is_told_with_its_numbers(main: MainWindow) -> None:
    told = words_on(main.overview)

    for words in (
        "118 new, 4 changed, 1 withdrawn",
        "a file of it is in HL-884170, which is Baseline or National (+60)",
        "it was assigned 17 days ago (+40)",
        "The first of 1,500 undecided reports that were compared. 2 more are in other hands.",
        "Undecided, and assigned more than 14 days ago.",
        "HL-884170: its hotline waits until",
        "21 days are left",
        "Compare the layouts",
    ):
        assert words in told, words
    assert made(main.overview, "Reports: 1,000,000.").text() == "1,000,000"


@pytest.mark.parametrize(
    ("number", "query"),
    [
        ("Undecided: 412,077.", "is:undecided"),
        ("With the last exchange: 123.", "came:>=2026-11-21T09:00:00Z"),
        ("Since your last visit: more than 10,000.", "came:>=2026-11-19T12:00:00Z"),
        ("Overdue: 38.", "is:overdue"),
        ("Hotlines stop waiting: 1.", "ref:HL-884170"),
    ],
)
def test_a_number_leads_to_its_query(main: MainWindow, number: str, query: str) -> None:
    made(main.overview, number).click()

    assert main.page == places.REPORTS
    assert main.reports.query_text == query


def test_what_is_no_report_leads_to_its_page(main: MainWindow) -> None:
    made(main.overview, say.TASKS).click()
    assert (main.page, main.cases.section) == (places.CASES, main.cases.tasks)

    press(main, say.KEY)
    made(main.overview, say.OPERATIONS_NEEDING).click()
    assert main.page == places.OUTBOX

    press(main, say.KEY)
    made(main.overview, say.REVIEWS).click()
    (worst_of,) = main.findChildren(IwolPage)
    assert (main.page, worst_of.section) == (places.WORST_OF, worst_of.dossiers)
    assert worst_of.dossiers.which.currentIndex() == 1, "those that are due, and no others"

    press(main, say.KEY)
    made(main.overview, say.AGREEMENT).click()
    assert main.page == places.AGREEMENT


def test_a_key_opens_the_first_of_the_queue(
    main: MainWindow, vault: MemoryVault, qtbot: QtBot
) -> None:
    first = vault.surveying.queued[0].row.report_id

    press(main, say.OPEN_FIRST_KEY)

    assert main.page == places.REPORTS
    assert main.reports.query_text == f"ref:HL-{first}"


def test_parts_come_one_by_one_and_nobody_waits(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    vault.surveying.may_answer.clear()
    press(main, say.KEY)

    qtbot.waitUntil(lambda: words_on(main.overview).count(say.LOADING) == 5)
    main.show_page(places.REPORTS)
    assert main.page == places.REPORTS

    vault.surveying.may_answer.set()
    main.show_page(places.OVERVIEW)
    qtbot.waitUntil(lambda: say.LOADING not in words_on(main.overview).split("\n"))


def test_coming_here_counts_once_and_refreshing_is_no_visit(
    main: MainWindow, vault: MemoryVault, qtbot: QtBot
) -> None:
    press(main, say.REFRESH_KEY)

    def visits() -> list[object]:
        return [each[1] for each in vault.surveying.asked if each[0] == "news"]

    qtbot.waitUntil(lambda: visits() == [True, False])


def _says(main: MainWindow, words: str) -> bool:
    return words in words_on(main.overview)


def test_an_empty_overview_says_what_will_be_here(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    nothing = Counted(0, "")
    vault.surveying.news = News(nothing, nothing, None, None, None, None)
    vault.surveying.queued = ()
    vault.surveying.overdue = Overdue(nothing, 14)
    vault.surveying.endings = Endings((), nothing, StateKind.NONE, None, None)
    vault.surveying.duties = Duties((), 0, 0, 0, 0)
    main = main_of(opened)
    press(main, say.KEY)

    for words in (
        say.NO_EXCHANGE,
        say.FIRST_VISIT,
        say.NOTHING_OVERDUE,
        say.NO_TAKEDOWN_ENDS,
        say.NO_DUTIES,
        "This vault is not enrolled",
        "Nothing is undecided",
    ):
        qtbot.waitUntil(partial(_says, main, words))
    assert not made(main.overview, say.OPEN_FIRST).isEnabled()


def test_what_the_agreement_forbids_is_a_line_with_its_clause(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.surveying.refuses = AgreementForbids(
        action="read reports",
        function="reports.read",
        reference="AGR-1",
        clause="4.5",
        cause="clause 4.5 forbids it",
        who="agreements@hotline.example",
    )
    main = main_of(opened)
    press(main, say.KEY)

    qtbot.waitUntil(lambda: words_on(main.overview).count("4.5") >= 5)
    assert "412,077" not in words_on(main.overview)


def test_who_may_not_search_is_not_offered_an_overview(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, frozenset({Role.AUDITOR}), qtbot)
    before = main.page

    main.show_page(places.OVERVIEW)

    assert main.page == before
    assert not any(
        each.text() == say.TITLE for each in main.rail._buttons.values() if each.isVisible()
    )


# -- what a report recalls


def recalled(main: MainWindow) -> str:
    assert main.reports.pane.memory is not None
    return words_on(main.reports.pane.memory)


def test_a_report_tells_why_others_belong_to_it_and_what_came_of_them(
    opened: Shell, qtbot: QtBot
) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: "3 other reports have a file of it" in recalled(main))
    told = recalled(main)

    assert "One other report came by the same referrer." in told
    assert "board[.]example/<b>thread</b>/7" in told
    assert "More than 200 other reports have the same kind of site and ways to pay." in told
    assert "National" in told
    assert "removed" in told.lower()
    assert "undecided, no action" in told
    assert "withdrawn" in told


def test_a_key_leads_to_the_other_reports_and_enter_opens_one(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: main.reports.pane.memory is not None)
    pane = main.reports.pane
    assert pane.memory is not None
    qtbot.waitUntil(lambda: bool(pane.memory and pane.memory.others))
    main.activateWindow()

    press(main, "Alt+M")
    other = pane.memory.others[0]
    qtbot.waitUntil(lambda: main.window().focusWidget() is other)
    assert other.accessibleName() == f"Open the report HL-{OTHER}"
    QTest.keyClick(other, Qt.Key.Key_Space)

    assert main.reports.query_text == f"ref:HL-{OTHER}"


def test_nothing_in_common_is_said(opened: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    vault.surveying.reasons = ()
    main = main_of(opened)
    main.reports.table.choose(1)

    qtbot.waitUntil(lambda: "No other report here" in recalled(main))
    press(main, "Alt+M")


def test_what_was_not_compared_yet_is_compared_and_told_then(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.surveying.is_whole = False
    vault.surveying.reasons = (a_reason(Because.SAME_HOST, shared=("a.name.example",)),)
    vault.surveying.asked.clear()
    main = main_of(opened)
    main.reports.table.choose(2)

    qtbot.waitUntil(lambda: ("catch_up",) in vault.surveying.asked)
    qtbot.waitUntil(lambda: [each[0] for each in vault.surveying.asked].count("memory") == 2)
    qtbot.waitUntil(
        lambda: "a[.]name[.]example" in (told := recalled(main)) and "Not every report" not in told
    )
