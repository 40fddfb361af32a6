"""What is told to the portal beside a report, from the dialog to the portal's answer: a real vault, and
a portal behind TLS on this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.server import RunningServer, running_server
from cport_desktop.formats import taxonomies
from cport_desktop.ui import places
from cport_desktop.ui.exchanging_lines import OutboxView
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.views.contribution_dialog import ContributionDialog
from cport_desktop.ui.views.false_positive_dialog import FalsePositiveDialog
from cport_desktop.ui.views.hand_over_dialog import HandOverDialog
from cport_desktop.ui.views.suggestion_dialog import SuggestionDialog
from cport_desktop.words import operations as said
from tests.ui.conftest import LONG, REPORTS
from tests.ui.synthetic_desk import RESOURCES
from tests.ui.test_exchange_by_network import enrol, synchronise
from tests.ui.test_window import words_on

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def server(gateway: Gateway) -> Iterator[RunningServer]:
    gateway.feed_first_records(taxonomies.load(RESOURCES / "taxonomies" / "iccam-v3.json"))
    with running_server(gateway) as running:
        yield running


@pytest.fixture
def filled(main: MainWindow, gateway: Gateway, server: RunningServer, qtbot: QtBot) -> MainWindow:
    """The window after its first exchange, with a report open whose files are here."""
    enrol(main, gateway, server, qtbot).go_on()
    synchronise(main, qtbot)
    main.show_page(places.REPORTS)
    reports = main.reports
    qtbot.waitUntil(lambda: reports.model.rowCount() == REPORTS, timeout=LONG)
    place = reports.model.find(lambda row: row.media_count > 0)
    assert place is not None
    reports.table.choose(place)
    wanted = reports.model.row(place).report_id
    qtbot.waitUntil(lambda: reports.pane.report_id == wanted, timeout=LONG)
    return main


def opened(main: MainWindow, act: Callable[[], None], qtbot: QtBot) -> ActDialog:
    act()

    def shown() -> list[ActDialog]:
        return [each for each in main.findChildren(ActDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    (dialog,) = shown()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG)
    return dialog


def queue(dialog: ActDialog, qtbot: QtBot) -> None:
    """Say so, hear that it is queued, and leave."""
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: said.QUEUED in words_on(dialog), timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=LONG)


def refused(dialog: ActDialog, why: str, qtbot: QtBot) -> None:
    """Say so, and hear why not, in these words; the fields are ready again."""
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: why in words_on(dialog), timeout=LONG)
    assert not dialog.is_working()


def states(main: MainWindow) -> dict[str, str]:
    """By what they are about, as the outbox has them."""
    lines = main.reports._seat.session.exchanging.outbox.page(OutboxView.ALL, 99, None).rows
    return {f"{line.what}: {line.about}": line.state for line in lines}


def test_each_act_reaches_the_portal_and_is_settled(filled: MainWindow, qtbot: QtBot) -> None:
    acts = filled.reports.pane.acts.portal
    suggestion = opened(filled, acts._suggest, qtbot)
    assert isinstance(suggestion, SuggestionDialog)
    domain = suggestion.domain.text()
    queue(suggestion, qtbot)

    contribution = opened(filled, acts._give, qtbot)
    assert isinstance(contribution, ContributionDialog)
    names = contribution.list.names
    qtbot.waitUntil(lambda: names.choice.count() == 5, timeout=LONG)
    names.choice.setCurrentIndex(4)
    QTest.keyClicks(names.line, "round-3")
    queue(contribution, qtbot)

    case = opened(filled, acts.hand_over_selected, qtbot)
    assert isinstance(case, HandOverDialog)
    qtbot.waitUntil(lambda: case.recipient.choice.count() > 2, timeout=LONG)
    QTest.keyClicks(case.case, "C-417")
    case.recipient.choice.setCurrentText("Partner Agency Example")
    queue(case, qtbot)

    synchronise(filled, qtbot)
    doubt = opened(filled, acts._doubt, qtbot)
    assert isinstance(doubt, FalsePositiveDialog)
    lists = doubt.list.names
    qtbot.waitUntil(lambda: lists.choice.findText("round-3") > 0, timeout=LONG)
    lists.choice.setCurrentText("round-3")
    QTest.keyClicks(doubt.note, "A test card.")
    queue(doubt, qtbot)
    synchronise(filled, qtbot)
    assert states(filled) == {
        f"IWOL suggestion: {domain}": "settled",
        "Contribution to a hash list: round-3": "settled",
        "Hand-over of a case: C-417": "settled",
        "Notice of a false positive: round-3": "settled",
    }


def test_what_cannot_go_is_refused_in_its_dialog_and_nothing_of_it_is_queued(
    filled: MainWindow, qtbot: QtBot
) -> None:
    acts = filled.reports.pane.acts.portal
    suggestion = opened(filled, acts._suggest, qtbot)
    assert isinstance(suggestion, SuggestionDialog)
    for wrong, why in (
        ("example", "a whole suffix cannot be listed"),
        ("192.0.2.17", "an address is no domain"),
        ("no name", "it is not the name of a domain"),
    ):
        suggestion.domain.setText(wrong)
        refused(suggestion, why, qtbot)
        assert suggestion.domain.text() == wrong
    suggestion.reject()

    contribution = opened(filled, acts._give, qtbot)
    assert isinstance(contribution, ContributionDialog)
    names = contribution.list.names
    qtbot.waitUntil(lambda: names.choice.count() == 5, timeout=LONG)
    names.choice.setCurrentIndex(4)
    names.line.setText("no name of a list")
    refused(contribution, "up to 64 letters", qtbot)
    assert names.name() == "no name of a list"
    contribution.reject()

    case = opened(filled, acts.hand_over_selected, qtbot)
    assert isinstance(case, HandOverDialog)
    qtbot.waitUntil(lambda: case.recipient.choice.count() > 2, timeout=LONG)
    QTest.keyClicks(case.case, "C-417")
    case.recipient.choice.setCurrentText("Example Press Office")
    qtbot.waitUntil(lambda: "Clause 4.4 forbids it" in case.answer(), timeout=LONG)
    refused(case, "clause 4.4 forbids it", qtbot)
    assert case.case.text() == "C-417"
    assert states(filled) == {}
    case.recipient.choice.setCurrentText("Partner Agency Example")
    qtbot.waitUntil(lambda: case.answer() == "", timeout=LONG)
    queue(case, qtbot)
    assert states(filled) == {"Hand-over of a case: C-417": "queued"}
