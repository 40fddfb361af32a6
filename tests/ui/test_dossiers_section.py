"""Dossiers in the window, at a real vault: begun, written, submitted, and what a second officer may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.criteria import Ground
from cport_desktop.domain.dossier import DossierEdit
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.operation import Criterion, CriterionState
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.formats.record_message import print_iwol_decision
from cport_desktop.settings import Settings
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.iwol_page import IwolPage
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.criteria_rows import CriteriaRows
from cport_desktop.usecases import dossier_officers, iwol_dossier
from cport_desktop.usecases.domain_rules import settle_domain_rules
from cport_desktop.vault import portal_records
from cport_desktop.vault.vault import Vault
from cport_desktop.words import dossiers as words
from cport_desktop.words import dossiers_page as say
from cport_desktop.words import enclosures as enclosure_words
from cport_desktop.words import iwol_page as iwol_words
from cport_desktop.words import list_differences as difference_words
from tests.builders import NOON, an_entry
from tests.rdap_records import a_record
from tests.report_builders import a_report, an_assessment, an_item, new
from tests.ui.conftest import LONG
from tests.ui.real_seat import a_real_seat
from tests.ui.test_window import words_on
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SITE, OTHER, LISTED = "site.example", "other.pages.test", "listed.example"


def fill(vault: Vault) -> None:
    """Three reports about a site that meet the criteria; the dossier of another waits for its second
    officer, having been submitted by somebody else.
    """
    bind(vault)
    settle_domain_rules(vault, Settings().domain_rules)
    decided = (an_assessment(1, age=2),)
    apply(
        vault,
        *(
            new(
                a_report(
                    at,
                    received_at=NOON - timedelta(days=at),
                    contents=(an_item(at, f"https://{site}/{at}", assessments=decided),),
                )
            )
            for at, site in enumerate((SITE, SITE, SITE, OTHER), 1)
        ),
    )
    iwol_dossier.open_dossier(vault, OTHER)
    edit = DossierEdit(proportionality="All of it.", public="Meets the criteria.")
    iwol_dossier.change_dossier(vault, OTHER, edit)
    mine = vault._analyst
    vault._analyst = replace(mine, name=Actor("Berta Example"))
    dossier_officers.submit_dossier(vault, OTHER)
    vault._analyst = mine
    told = IwolDecision(LISTED, "listed", "current", "Example Body", NOON, None)
    document = print_iwol_decision(told)
    subject = Subject.IWOL_DECISION
    change = RecordChange(subject, LISTED, ChangeKind.NEW, 1, NOON, None, document, told)
    with vault.transaction() as tx:
        portal_records.keep(tx, [change], road="https")
        tx.record(an_entry("apply"))


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    with a_real_seat(tmp_path, fill) as made:
        yield made


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> Iterator[IwolPage]:
    made = IwolPage(seat)
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_part(say.DOSSIERS)
    qtbot.waitUntil(lambda: not made.dossiers.list.is_empty, timeout=LONG)
    yield made


def the_dialog(page: IwolPage, qtbot: QtBot) -> AskingDialog:
    """The one that is open, ready to be typed into."""
    (dialog,) = [one for one in page.findChildren(AskingDialog) if one.isVisible()]
    qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG)
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None, timeout=LONG)
    return dialog


def press(page: IwolPage, key: Qt.Key, qtbot: QtBot) -> None:
    """Alt and `key`, once no dialog is before the page."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=LONG)
    QTest.keyClick(page, key, ALT)


def choose(page: IwolPage, domain: str, qtbot: QtBot) -> None:
    rows = [row.dossier.domain for row in page.dossiers.list.rows()]
    page.dossiers.list.table.choose(rows.index(domain))
    qtbot.waitUntil(lambda: domain in words_on(page.dossiers._detail.pane), timeout=LONG)


def test_a_dossier_is_begun_written_and_submitted_by_keys(page: IwolPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_N, qtbot)
    dialog = the_dialog(page, qtbot)
    QTest.keyClicks(dialog.focusWidget() or dialog, SITE)
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(page.dossiers.list.rows()) == 2, timeout=LONG)
    choose(page, SITE, qtbot)
    told = words_on(page.dossiers._detail.pane)
    assert words.CRITERION_STATES["met"] in told
    assert "site[.]example/1" in told

    press(page, Qt.Key.Key_E, qtbot)
    dialog = the_dialog(page, qtbot)
    why, public, internal = dialog.findChildren(QPlainTextEdit)
    for note, text in ((why, "All of it."), (public, "Meets them."), (internal, "For us.")):
        note.setPlainText(text)
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Meets them." in words_on(page.dossiers._detail.pane), timeout=LONG)
    with qtbot.waitSignal(page.changed, timeout=LONG):
        press(page, Qt.Key.Key_M, qtbot)
    qtbot.waitUntil(
        lambda: words.STATES["submitted"] in words_on(page.dossiers._detail.pane), timeout=LONG
    )
    press(page, Qt.Key.Key_C, qtbot)
    dialog = the_dialog(page, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "refused.dossier" in words_on(dialog), timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_dossier_is_begun_by_a_text_that_was_put_in_later(
    page: IwolPage, qtbot: QtBot, seat: Seat, tmp_path: Path
) -> None:
    file = tmp_path / "criteria.json"
    bundled = Settings().domain_rules[2].read_text("utf-8")
    later = bundled.replace("2026-11-01", "2030-01-01").replace(
        '"version": "current"', '"version": "2030"'
    )
    file.write_text(later.replace("Current text: Baseline", "A text of 2030"), "utf-8")
    seat.session.worst.dossiers.replace("criteria", file)
    press(page, Qt.Key.Key_N, qtbot)
    dialog = the_dialog(page, qtbot)
    (version,) = dialog.findChildren(Choice)
    qtbot.waitUntil(lambda: version.count() == 2, timeout=LONG)
    assert version.itemText(0) == "A text of 2030"
    QTest.keyClicks(dialog.focusWidget() or dialog, SITE)
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    kept = seat.session.worst.dossiers.show(SITE).line.dossier
    assert kept.criteria_version == "2030"


def test_what_was_judged_stands_in_the_dialog_and_is_taken_back_there(
    page: IwolPage, qtbot: QtBot, seat: Seat
) -> None:
    dossiers = seat.session.worst.dossiers
    dossiers.begin(SITE, "older")
    said = Criterion("1", CriterionState.NOT_MET, "drawn")
    dossiers.change(SITE, DossierEdit(), (said,))
    page.dossiers.refresh()
    qtbot.waitUntil(lambda: len(page.dossiers.list.rows()) == 2, timeout=LONG)
    choose(page, SITE, qtbot)
    press(page, Qt.Key.Key_E, qtbot)
    dialog = the_dialog(page, qtbot)
    (rows,) = dialog.findChildren(CriteriaRows)
    assert rows.criteria()[0] == said
    assert [each.code for each in rows.criteria()] == ["1", "2", "3", "4"], (
        "agencies judge the last"
    )
    state, note = rows.field("1")
    state.setCurrentIndex(0)
    note.clear()
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    judged = dossiers.show(SITE).criteria[0]
    assert judged.ground is not Ground.JUDGED


def test_a_second_officer_confirms_and_queues_what_another_submitted(
    page: IwolPage, qtbot: QtBot
) -> None:
    choose(page, OTHER, qtbot)
    assert "pages.test" in words_on(page.dossiers._detail.pane), "it lies beneath a shared host"
    press(page, Qt.Key.Key_C, qtbot)
    dialog = the_dialog(page, qtbot)
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(
        lambda: words.STATES["confirmed"] in words_on(page.dossiers._detail.pane), timeout=LONG
    )
    with qtbot.waitSignal(page.changed, timeout=LONG):
        press(page, Qt.Key.Key_Q, qtbot)
    page.show_part(say.COMPARISON)
    qtbot.waitUntil(lambda: len(page.comparison.list.rows()) == 2, timeout=LONG)
    assert page.comparison.list.model.text(1, 1) == words.MATCHES["waiting"]


def test_a_domain_is_checked_and_the_lists_are_told(page: IwolPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_D, qtbot)
    dialog = the_dialog(page, qtbot)
    QTest.keyClicks(dialog.focusWidget() or dialog, "http://192.0.2.7/a")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "an address is no domain" in words_on(dialog), timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_I, qtbot)
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in page.findChildren(AskingDialog)), timeout=LONG
    )
    assert "2026-10-22" in words_on(the_dialog(page, qtbot))


def test_a_record_is_enclosed_read_as_plain_text_and_taken_out(
    page: IwolPage, qtbot: QtBot, tmp_path: Path
) -> None:
    press(page, Qt.Key.Key_N, qtbot)
    dialog = the_dialog(page, qtbot)
    QTest.keyClicks(dialog.focusWidget() or dialog, SITE)
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(page.dossiers.list.rows()) == 2, timeout=LONG)
    choose(page, SITE, qtbot)
    record = tmp_path / "rdap.json"
    hostile = a_record(SITE, handle="<b>bold</b>MARK").replace(b"MARK", "\u202e".encode())
    record.write_bytes(hostile)

    press(page, Qt.Key.Key_L, qtbot)
    dialog = the_dialog(page, qtbot)
    path, digest, source = dialog.findChildren(QLineEdit)[:3]
    assert not digest.isEnabled(), "of a record the file is kept"
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert enclosure_words.NEEDS_FILE in words_on(dialog)
    path.setText(str(record))
    source.setText("https://rdap.example/")
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    kind = enclosure_words.KINDS["rdap"]
    qtbot.waitUntil(lambda: kind in words_on(page.dossiers._detail.pane), timeout=LONG)

    press(page, Qt.Key.Key_A, qtbot)
    dialog = the_dialog(page, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QPlainTextEdit)), timeout=LONG)
    (text,) = dialog.findChildren(QPlainTextEdit)
    assert "<b>bold</b><U+202E>" in text.toPlainText()
    qtbot.waitUntil(lambda: "Example Registrar" in words_on(dialog), timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    press(page, Qt.Key.Key_U, qtbot)
    dialog = the_dialog(page, qtbot)
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: kind not in words_on(page.dossiers._detail.pane), timeout=LONG)


def test_the_removal_of_what_others_had_listed_is_queued_from_the_comparison(
    page: IwolPage, qtbot: QtBot, seat: Seat
) -> None:
    page.show_part(say.COMPARISON)
    qtbot.waitUntil(lambda: len(page.comparison.list.rows()) == 2, timeout=LONG)
    rows = [row.domain for row in page.comparison.list.rows()]
    page.comparison.list.table.choose(rows.index(OTHER))
    assert not page.comparison._remove.isEnabled(), "nobody listed it"
    page.comparison.list.table.choose(rows.index(LISTED))
    press(page, Qt.Key.Key_R, qtbot)
    dialog = the_dialog(page, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert say.NEEDS_WHY in words_on(dialog)
    QTest.keyClicks(dialog.focusWidget() or dialog, "taken over by somebody else")
    with qtbot.waitSignal(page.changed, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: iwol_words.REMOVAL_QUEUED in words_on(dialog), timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    at = rows.index(LISTED)
    qtbot.waitUntil(
        lambda: page.comparison.list.model.text(at, 1) == words.MATCHES["leaving"], timeout=LONG
    )


def test_a_received_list_is_compared_in_a_dialog(
    page: IwolPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_part(say.COMPARISON)
    qtbot.waitUntil(lambda: not page.comparison.list.is_empty, timeout=LONG)
    file = tmp_path / "domains.txt"
    file.write_text("<b>.example\nfresh.example\n", encoding="utf-8")
    press(page, Qt.Key.Key_F, qtbot)
    dialog = the_dialog(page, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert difference_words.NEEDS_FILE in words_on(dialog)
    QTest.keyClicks(dialog.focusWidget() or dialog, str(file))
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    counted = difference_words.counted(1, 1, 0)
    qtbot.waitUntil(lambda: counted in words_on(dialog), timeout=LONG)
    (text,) = dialog.findChildren(QPlainTextEdit)
    assert "fresh[.]example" in text.toPlainText()
    assert LISTED.replace(".", "[.]") in text.toPlainText()


def test_a_candidate_has_its_dossier_begun(page: IwolPage, qtbot: QtBot) -> None:
    page.show_part(iwol_words.CANDIDATES)
    qtbot.waitUntil(lambda: not page.candidates.list.is_empty, timeout=LONG)
    page.candidates.list.table.choose(0)
    press(page, Qt.Key.Key_D, qtbot)
    assert page.section is page.dossiers
    dialog = the_dialog(page, qtbot)
    assert dialog.findChildren(QLineEdit)[0].text() == SITE


def test_those_that_are_due_are_listed_alone(page: IwolPage, qtbot: QtBot) -> None:
    page.dossiers.which.setCurrentIndex(1)
    page.dossiers.which.activated.emit(1)
    qtbot.waitUntil(lambda: page.dossiers.list.is_empty, timeout=LONG)
