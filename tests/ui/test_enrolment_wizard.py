"""Enrolment over a desk in memory: it follows the access procedure, and can be left for days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cport_desktop.domain.draft import THE_ENROLMENT, EnrolmentFields
from cport_desktop.domain.preparation import Confirmation, Preparation
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.errors import AnswerUnproven, CodeRefused, DriveRemoved
from cport_desktop.ui import places
from cport_desktop.ui.enrolment_lines import (
    EnrolmentStanding,
    Introduction,
    NetworkOrder,
    RequestOrder,
)
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.enrolment_section import EnrolmentSection
from cport_desktop.ui.views.enrolment_steps import AnswerView, RequestView
from cport_desktop.words import enrolment_page as say
from tests.ui.synthetic_desk import PASSPHRASE, MemoryVault
from tests.ui.synthetic_exchanging import ExchangeNotes, a_bond
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, press, words_on

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
WHO = Introduction("PAPER-CODE-417", "Station 7", "Example Agency")


@pytest.fixture
def part(vault: MemoryVault, opened: Shell, qtbot: QtBot) -> EnrolmentSection:
    """The part «Enrolment» of a window whose vault belongs to nobody yet."""
    vault.exchanging.bond = EnrolmentStanding(None, None)
    main = main_of(opened)
    main.show_page(places.AGREEMENT)
    main.agreement.show_part(say.ENROLMENT)
    qtbot.waitUntil(lambda: say.NOT_ENROLLED in words_on(main.agreement.enrolment))
    return main.agreement.enrolment


@pytest.fixture
def notes(vault: MemoryVault) -> ExchangeNotes:
    return vault.exchanging.notes


def asking(shell: Shell, part: EnrolmentSection, qtbot: QtBot) -> RequestView:
    """At the step that asks for the road, with everything before it filled in by keyboard."""
    press(shell, qtbot, Qt.Key.Key_C, ALT)
    steps = part.steps
    assert isinstance(steps, RequestView)
    qtbot.waitUntil(steps.happened.boxes[Preparation.MEETING].hasFocus)
    for box in steps.happened.boxes.values():
        qtbot.waitUntil(box.hasFocus)
        press(shell, qtbot, Qt.Key.Key_Space)
        press(shell, qtbot, Qt.Key.Key_Tab)
    press(shell, qtbot, Qt.Key.Key_Return, CTRL)
    for field, text in (
        (steps.station, WHO.station),
        (steps.agency, WHO.agency),
        (steps.code, WHO.code),
    ):
        field.setText(text)
    QTest.keyClick(steps.code, Qt.Key.Key_Return)
    assert steps.step == 2
    return steps


def told_of(confirmed: tuple[Confirmation, ...]) -> list[tuple[Preparation, str]]:
    return [(each.what, each.by) for each in confirmed]


def offered(part: EnrolmentSection) -> set[str]:
    return {
        made.accessibleName().partition(",")[0]
        for made in part.findChildren(QAbstractButton)
        if made.isVisible()
    }


def test_the_way_names_what_happens_between_people_before_anything_is_asked(
    opened: Shell, part: EnrolmentSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    told = words_on(part)
    for step in (say.MEETING, say.PAPERS, say.CONSENT, say.CODE, say.KEYS, say.ANSWERED):
        assert f"○ {step}" in told
    press(opened, qtbot, Qt.Key.Key_C, ALT)
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    assert part.steps is not None
    assert part.steps.step == 0
    assert part.steps.told() == say.NEEDS_READY
    assert notes.of("request") == []


def test_a_wizard_left_halfway_comes_back_as_it_was_with_who_confirmed_what_when(
    opened: Shell, part: EnrolmentSection, vault: MemoryVault, qtbot: QtBot
) -> None:
    part.begin()
    steps = part.steps
    assert isinstance(steps, RequestView)
    steps.happened.boxes[Preparation.MEETING].setChecked(True)
    steps.happened.boxes[Preparation.PAPERS].setChecked(True)
    steps.happened.boxes[Preparation.PAPERS].setChecked(False)
    steps.go_on()
    assert (steps.step, steps.told()) == (0, say.NEEDS_READY)
    assert steps.happened.boxes[Preparation.PAPERS].hasFocus()
    press(opened, qtbot, Qt.Key.Key_Escape)
    told = "confirmed 21 Nov 2026 by A. Example"
    qtbot.waitUntil(lambda: f"✓ {say.MEETING} ({told})" in words_on(part))
    assert f"○ {say.PAPERS}" in words_on(part)

    part.begin()
    again = part.steps
    assert isinstance(again, RequestView)
    assert told_of(again.happened.confirmed()) == [(Preparation.MEETING, "A. Example")]
    assert told in words_on(again)
    for box in again.happened.boxes.values():
        box.setChecked(True)
    again.go_on()
    again.station.setText("Station 7")
    again.code.setText(WHO.code)
    again.by_network.setChecked(True)
    again.url.setText("https://portal.example")
    confirmed = again.happened.confirmed()
    opened.lock()
    qtbot.waitUntil(lambda: bool(vault.notes.of("lock")))
    kept = vault.notes.drafts[THE_ENROLMENT]
    assert kept == EnrolmentFields(
        confirmed, "Station 7", goes_by_network=True, url="https://portal.example"
    )

    opened.open(PASSPHRASE)
    qtbot.waitUntil(lambda: opened.main is not None)
    main = main_of(opened)
    main.show_page(places.AGREEMENT)
    main.agreement.show_part(say.ENROLMENT)
    main.agreement.enrolment.begin()
    later = main.agreement.enrolment.steps
    assert isinstance(later, RequestView)
    assert (later.step, later.station.text(), later.code.text()) == (1, "Station 7", "")
    assert later.by_network.isChecked()
    assert later.happened.confirmed() == confirmed


def test_a_request_goes_out_by_stick_and_the_code_stays_in_no_field(
    opened: Shell, part: EnrolmentSection, vault: MemoryVault, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = asking(opened, part, qtbot)
    QTest.keyClicks(steps.file.field, "/media/stick/request.json")
    QTest.keyClick(steps.file.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: steps.step == 3)
    who = replace(WHO, confirmed=steps.happened.confirmed())
    assert told_of(who.confirmed) == [(each, "A. Example") for each in Preparation]
    order = RequestOrder(who, Path("/media/stick/request.json"))
    assert notes.of("request") == [("request", order)]
    assert steps.code.text() == ""
    assert steps.outcome().startswith(say.REQUEST_SAFE)
    assert say.REQUEST_NEXT in steps.outcome()
    qtbot.waitUntil(lambda: THE_ENROLMENT not in vault.notes.drafts)
    steps.go_on()
    told = f"✓ {say.PAPERS} (confirmed 21 Nov 2026 by A. Example)"
    qtbot.waitUntil(lambda: told in words_on(part))


def test_days_later_the_vault_knows_that_a_request_is_out_and_the_answer_ends_it(
    opened: Shell, part: EnrolmentSection, vault: MemoryVault, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = asking(opened, part, qtbot)
    steps.file.field.setText("/media/stick/request.json")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: steps.step == 3)
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: say.WAITING in words_on(part))
    assert f"✓ {say.KEYS}" in words_on(part)
    assert offered(part) == {say.ANSWER, say.NEW_REQUEST}

    press(opened, qtbot, Qt.Key.Key_B, ALT)
    answer = part.steps
    assert isinstance(answer, AnswerView)
    answer.file.field.setText("/media/stick/answer.json")
    notes.error = AnswerUnproven()
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "does not know the enrolment code" in answer._notice.message())
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: answer.step == 1)
    assert answer.outcome().startswith(say.ENROLLED)
    assert "Demo portal" in answer.outcome()
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: offered(part) == {say.AGAIN})


def test_a_vault_is_enrolled_by_network_at_once_and_a_refused_code_is_typed_again(
    opened: Shell, part: EnrolmentSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = asking(opened, part, qtbot)
    steps.by_network.setChecked(True)
    steps.url.setText("http://portal.example")
    steps.authority.field.setText("/media/stick/ca.pem")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    assert steps.told() == say.NEEDS_URL
    steps.url.setText("https://portal.example")
    notes.error = CodeRefused()
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "code" in steps._notice.message())
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    assert (steps.step, steps.told()) == (1, say.NEEDS_CODE)
    steps.code.setText(WHO.code)
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: steps.step == 3)
    who = replace(WHO, confirmed=steps.happened.confirmed())
    order = NetworkOrder(who, "https://portal.example", Path("/media/stick/ca.pem"))
    assert notes.of("enrol") == [("enrol", order), ("enrol", order)]
    assert steps.outcome().startswith(say.ENROLLED)


def test_a_stick_that_was_pulled_is_named_where_the_request_was_written(
    opened: Shell, part: EnrolmentSection, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = asking(opened, part, qtbot)
    steps.file.field.setText("/media/stick/request.json")
    notes.error = DriveRemoved(path="/media/stick/request.json")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "taken away" in steps._notice.message())
    assert steps.step == 2


def test_a_new_request_says_first_that_the_old_answer_will_not_fit(
    opened: Shell, part: EnrolmentSection, vault: MemoryVault, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    steps = asking(opened, part, qtbot)
    steps.file.field.setText("/media/stick/request.json")
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: steps.step == 3)
    press(opened, qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: say.NEW_REQUEST in offered(part))
    press(opened, qtbot, Qt.Key.Key_N, ALT)
    assert say.REPLACES in words_on(part)


def test_a_vault_enrolled_by_stick_is_told_where_the_portal_is_on_the_network(
    opened: Shell, part: EnrolmentSection, vault: MemoryVault, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    vault.exchanging.bond = EnrolmentStanding(a_bond(has_address=False), None)
    part.refresh()
    qtbot.waitUntil(lambda: say.ADDRESS in offered(part))
    assert say.BY_STICK_ALONE in words_on(part)
    press(opened, qtbot, Qt.Key.Key_D, ALT)
    dialog = dialog_of(part)
    field_named(say.URL, dialog).setText("portal.example")
    dialog.give()
    assert dialog.told() == say.NEEDS_URL
    field_named(say.URL, dialog).setText("https://portal.example")
    dialog.give()
    qtbot.waitUntil(lambda: notes.of("set_address") == [("set_address", "https://portal.example")])


def test_who_may_not_enrol_sees_how_it_stands_and_who_could(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = entered(shell, vault, EVERY_ROLE - {Role.ADMINISTRATOR}, qtbot)
    main.show_page(places.AGREEMENT)
    main.agreement.show_part(say.ENROLMENT)
    part = main.agreement.enrolment
    qtbot.waitUntil(lambda: "Demo portal" in words_on(part))
    assert offered(part) == set()
    assert "“administrator”" in words_on(part)
    part.begin()
    part.bring_answer()
    assert part.steps is None


def test_each_step_is_as_high_as_what_it_shows_in_the_smallest_window(
    opened: Shell, part: EnrolmentSection, qtbot: QtBot
) -> None:
    opened.resize(*SMALLEST)
    steps = asking(opened, part, qtbot)
    for number in range(3):
        steps.show_step(number)
        qtbot.wait(40)
        assert steps._card.height() >= steps._card.minimumSizeHint().height(), number
        bottom = steps._card.mapTo(part, steps._card.rect().bottomLeft()).y()
        assert bottom <= part.height(), number
    steps.by_network.setChecked(True)
    qtbot.wait(40)
    assert steps.authority.isVisible()
    assert steps._card.height() >= steps._card.minimumSizeHint().height()
