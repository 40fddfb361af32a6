"""What was done and second readings, beside the outbox of a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.about import of_report
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.domain.taxonomy import NATIONAL, NOT_ILLEGAL
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.triaging import DecisionAsked
from cport_desktop.ui.views.outbox_page import OutboxPage
from cport_desktop.usecases.act import assess
from cport_desktop.usecases.flag_things import flag
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.usecases.tag_things import tag
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase
from cport_desktop.vault.vault import Vault
from cport_desktop.words import deeds_page as say
from tests.agreement_builders import an_agreement
from tests.builders import NOON, make_vault, reopened
from tests.report_builders import a_report, new
from tests.ui.conftest import LONG
from tests.ui.real_seat import a_real_seat, seated_at
from tests.ui.test_window import words_on
from tests.usecases.agreeing import bind
from tests.usecases.test_second_reading import BERTA, EVERYTHING_ELSE, REPORT, SECOND, berta
from tests.vault.erasing import apply

ALT = Qt.KeyboardModifier.AltModifier


def fill(vault: Vault) -> None:
    apply(vault, *(new(a_report(number)) for number in (1, 2)))
    tag(vault, [of_report(ReportId(1)), of_report(ReportId(2))], "harbour")
    flag(vault, [of_report(ReportId(2))])


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    with a_real_seat(tmp_path, fill) as made:
        yield made


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> OutboxPage:
    made = OutboxPage(seat)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=LONG)
    made.refresh()
    QTest.keyClick(made, Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: not made.deeds.list.is_empty, timeout=LONG)
    return made


def deeds(page: OutboxPage) -> list[tuple[str, bool]]:
    return [(line.told, line.is_done) for line in page.deeds.list.rows()]


FLAGGED, TAGGED = "HL-2 flagged", "2 items tagged “harbour”, HL-1 first"


def test_deeds_stand_the_newest_first_and_any_of_them_is_undone_and_done_again(
    page: OutboxPage, seat: Seat, qtbot: QtBot
) -> None:
    assert deeds(page) == [(FLAGGED, True), (TAGGED, True)]
    page.deeds.list.table.choose(1)
    QTest.keyClick(page, Qt.Key.Key_Z, ALT)
    qtbot.waitUntil(lambda: deeds(page) == [(FLAGGED, True), (TAGGED, False)], timeout=LONG)
    assert TAGGED in page.deeds.told()
    assert seat.session.working.on(of_report(ReportId(1))).tags == ()
    QTest.keyClick(page, Qt.Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: deeds(page) == [(FLAGGED, True), (TAGGED, True)], timeout=LONG)
    assert len(seat.session.working.on(of_report(ReportId(1))).tags) == 1


def test_what_cannot_go_back_is_refused_by_name(page: OutboxPage, seat: Seat, qtbot: QtBot) -> None:
    seat.session.working.marks.unflag([of_report(ReportId(2))])
    page.deeds.list.table.choose(0)
    QTest.keyClick(page, Qt.Key.Key_Z, ALT)
    qtbot.waitUntil(lambda: not page.deeds._notice.isHidden(), timeout=LONG)
    assert "changed by somebody since" in words_on(page.deeds._notice)
    assert deeds(page)[0] == (FLAGGED, True)


def test_enter_opens_the_report_that_a_deed_was_done_to(page: OutboxPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.report_wanted) as wanted:
        QTest.keyClick(page.deeds.list.table, Qt.Key.Key_Return)
    assert wanted.args == [ReportId(2)]


def test_without_second_readings_it_says_what_would_stand_there_and_goes_back_to_operations(
    page: OutboxPage, qtbot: QtBot
) -> None:
    QTest.keyClick(page, Qt.Key.Key_W, ALT)
    qtbot.waitUntil(lambda: page.readings.list.words() == say.NO_READINGS, timeout=LONG)
    assert page.focus_ring() == (page.readings.list.table,)
    QTest.keyClick(page, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(page.list.isVisible, timeout=LONG)
    assert page.focus_ring() == (page.list.table, page.pane)


def a_waiting_assessment(folder: Path) -> None:
    """Under an agreement that wants a second reader, a colleague found National."""
    with reopened(folder) as vault:
        slot = NewSlot("berta", NewPassphrase(BERTA, FLOOR))
        add_analyst(vault, "Berta Example", {Role.ANALYST}, slot, now=NOON)
        bind(vault, an_agreement(EVERYTHING_ELSE, SECOND))
        apply(vault, new(a_report(1)))
    with berta(folder) as vault:
        assess(vault, REPORT, None, NATIONAL, operation_id=UUID(int=1))


def test_what_waits_for_ones_reading_stands_without_what_the_first_found_and_is_opened(
    tmp_path: Path, qtbot: QtBot
) -> None:
    folder = make_vault(tmp_path / "vault")
    a_waiting_assessment(folder)
    with seated_at(tmp_path, folder) as seat:
        page = OutboxPage(seat)
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow, timeout=LONG)
        QTest.keyClick(page, Qt.Key.Key_W, ALT)
        readings = page.readings.list
        qtbot.waitUntil(lambda: not readings.is_empty, timeout=LONG)
        (line,) = readings.rows()
        assert (line.by, line.first, line.is_own) == ("Berta Example", "", False)
        assert readings.model.text(0, 3) == say.FOR_YOU
        with qtbot.waitSignal(page.report_wanted) as wanted:
            QTest.keyClick(readings.table, Qt.Key.Key_Return)
        assert wanted.args == [REPORT]

        decided = DecisionAsked((REPORT,), NOT_ILLEGAL)
        seat.session.triaging.decide(decided, lambda _progress: None, lambda: False)
        page.readings.refresh()
        qtbot.waitUntil(lambda: readings.rows()[0].is_contradicted, timeout=LONG)
        assert readings.model.text(0, 3) == say.contradicted(
            "Ada Example", "National", "Not illegal", ""
        )
