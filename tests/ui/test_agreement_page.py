"""The Agreement page over a desk in memory: what is allowed, why not, and what another version
would change.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.errors import OutputExists
from cport_desktop.ui import places
from cport_desktop.ui.agreement_lines import AgreementMark
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.models.agreement_columns import clause_columns
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.agreement_page import AgreementPage
from cport_desktop.words import agreement_page as say
from tests.ui.synthetic_desk import LAST_REPORT, MemoryVault
from tests.ui.synthetic_exchanging import FUNCTIONS, ExchangeNotes, an_agreement
from tests.ui.synthetic_keeping import MemoryKeeping
from tests.ui.test_roles import entered
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import main_of, open_first_media_item, open_report, press, words_on

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(opened: Shell, qtbot: QtBot) -> AgreementPage:
    """The Agreement page of an open window."""
    main = main_of(opened)
    main.show_page(places.AGREEMENT)
    qtbot.waitUntil(lambda: not main.agreement.in_force.list.is_empty)
    return main.agreement


@pytest.fixture
def notes(vault: MemoryVault) -> ExchangeNotes:
    return vault.exchanging.notes


def offered(page: AgreementPage) -> set[str]:
    """What the part that is shown offers, without keys."""
    return {
        made.accessibleName().partition(",")[0]
        for made in page.section.findChildren(QAbstractButton)
        if made.isVisible()
    }


def test_the_page_says_who_agreed_with_whom_until_when_and_who_can_change_it(
    page: AgreementPage,
) -> None:
    told = words_on(page.in_force)
    assert "✓ The agreement NL-2026-04 is in force until 2027-03-31." in told
    assert "Example Agency and Example Hotline NL" in told
    assert "NL-2026-04, revision 3" in told
    assert "agreements@hotline.test" in told


def test_each_clause_says_what_it_allows_and_limits_and_the_chosen_one_says_it_whole(
    page: AgreementPage,
) -> None:
    model = page.in_force.list.model
    assert [str(model.data(model.index(row, 0))) for row in range(3)] == ["1", "2", "3"]
    assert str(model.data(model.index(1, 2))) == "no full colour"
    page.in_force.list.table.choose(1)
    told = words_on(page.in_force)
    assert "Clause 2: Synthetic clause 2." in told
    assert "✓ receiving media" in told
    assert "✗ no full colour" in told


def test_may_i_is_answered_with_the_clause_and_what_if_somebody_else_got_it(
    opened: Shell, page: AgreementPage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_PageDown, CTRL)
    part = page.may
    qtbot.waitUntil(lambda: part.what.count() == len(FUNCTIONS))
    assert say.NOT_ASKED in part.answer()
    press(opened, qtbot, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: part.answer().startswith(say.YES))
    assert "Clause 2 allows it.\nClause 2 demands a reason." in part.answer()
    QTest.keyClicks(part.recipient, "Elsewhere Agency")
    QTest.keyClick(part.recipient, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.answer().startswith(say.NO))
    assert "Clause 4 names the recipients" in part.answer()
    assert notes.of("may") == [
        ("may", "package.compose", ""),
        ("may", "package.compose", "Elsewhere Agency"),
    ]


def test_while_nothing_waits_there_is_nothing_to_rehearse_or_accept(page: AgreementPage) -> None:
    assert offered(page) >= {say.EXPORT}
    assert not offered(page) & {say.REHEARSE, say.ACCEPT}


def test_a_narrower_revision_is_rehearsed_and_then_accepted_with_a_reason(
    opened: Shell, page: AgreementPage, vault: MemoryVault, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    vault.exchanging.waiting = an_agreement(4, needs_acceptance=True)
    page.refresh()
    qtbot.waitUntil(lambda: say.ACCEPT in offered(page))
    assert "revision 4, begins" in words_on(page.in_force)
    press(opened, qtbot, Qt.Key.Key_R, ALT)
    rehearsal = dialog_of(page)
    qtbot.waitUntil(lambda: "✗ suggesting a domain" in words_on(rehearsal))
    assert "◆ reports are kept 90 days, not 365" in words_on(rehearsal)
    rehearsal.reject()
    assert notes.of("accept_agreement") == []

    press(opened, qtbot, Qt.Key.Key_A, ALT)
    dialog = dialog_of(page)
    qtbot.waitUntil(lambda: "✗ suggesting a domain" in words_on(dialog))
    dialog.give()
    assert dialog.told() == say.NEEDS_WHY
    why = field_named(say.ACCEPT_WHY, dialog)
    QTest.keyClicks(why, "read and understood")
    QTest.keyClick(why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: say.ACCEPTED in words_on(dialog))
    assert notes.of("accept_agreement") == [("accept_agreement", "read and understood")]
    qtbot.waitUntil(lambda: "NL-2026-04, revision 4" in words_on(page.in_force))


def test_a_version_that_takes_nothing_away_needs_no_acceptance(
    page: AgreementPage, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.waiting = an_agreement(4)
    page.refresh()
    qtbot.waitUntil(lambda: say.REHEARSE in offered(page))
    assert say.ACCEPT not in offered(page)


def test_who_may_not_accept_can_look_and_is_offered_no_more(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.waiting = an_agreement(4, needs_acceptance=True)
    main = entered(shell, vault, frozenset({Role.ANALYST}), qtbot)
    main.show_page(places.AGREEMENT)
    qtbot.waitUntil(lambda: say.REHEARSE in offered(main.agreement))
    assert say.ACCEPT not in offered(main.agreement)
    assert isinstance(vault.keeping, MemoryKeeping)


def test_the_signed_document_is_exported_where_somebody_says_and_never_over_a_file(
    opened: Shell, page: AgreementPage, notes: ExchangeNotes, qtbot: QtBot
) -> None:
    press(opened, qtbot, Qt.Key.Key_E, ALT)
    dialog = dialog_of(page)
    dialog.give()
    assert dialog.told() == say.NEEDS_PATH
    field: QLineEdit = field_named(say.EXPORT_FILE, dialog)
    field.setText("/tmp/agreement.json")
    notes.error = OutputExists(path="/tmp/agreement.json")
    dialog.give()
    qtbot.waitUntil(lambda: "/tmp/agreement.json" in dialog._notice.message())
    dialog.give()
    qtbot.waitUntil(lambda: say.written("/tmp/agreement.json") in words_on(dialog))
    exported = ("export_agreement", Path("/tmp/agreement.json"))
    assert notes.of("export_agreement") == [exported, exported]


def test_without_an_agreement_the_page_says_how_one_comes(
    page: AgreementPage, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.current = None
    page.refresh()
    qtbot.waitUntil(lambda: page.in_force.list.words() == say.NO_AGREEMENT)
    assert say.EXPORT not in offered(page)


def test_the_status_line_announces_the_end_and_leads_to_the_page(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    qtbot.waitUntil(lambda: main.status.agreement() == "Agreement NL-2026-04 until 31 Mar 2027")
    assert main.status._agreement.property("kind") == "status"
    mark = AgreementMark("◆ Agreement NL-2026-04 ends in 9 days", "It ends.", "ending")
    main.status.show_agreement(mark)
    assert main.status.agreement() == "◆ Agreement NL-2026-04 ends in 9 days"
    assert main.status._agreement.property("kind") == "concern"
    main.status._agreement.click()
    assert main.page == places.AGREEMENT
    main.status.show_agreement(replace(mark, grade="in_force"))
    assert main.status._agreement.property("kind") == "status"


def test_what_no_clause_allows_is_absent_where_it_would_be_and_a_line_says_which_clause(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    pane = main.reports.pane
    assert {"Feedback", "Package…"} <= {
        made.text().partition("  ")[0] for made in pane.findChildren(QAbstractButton)
    }
    assert pane.absent() == ""
    vault.exchanging.absent = {
        "feedback.give": "Not allowed: giving feedback to a hotline. Clause 4 forbids it.",
        "package.compose": "Not allowed: composing a package. No clause grants it.",
        "assessment.give": "Not allowed: assessing content. No clause grants it.",
    }
    main.apply(Changes.REPORTS)
    qtbot.waitUntil(lambda: "Clause 4 forbids it." in pane.absent())
    assert "composing a package. No clause grants it." in pane.absent()
    qtbot.waitUntil(lambda: "assessing content. No clause grants it." in words_on(pane))
    shown = {made.text().partition("  ")[0] for made in _visible(main.reports)}
    assert not shown & {"Feedback", "Package…", "● Baseline"}
    press(opened, qtbot, Qt.Key.Key_B, CTRL)
    press(opened, qtbot, Qt.Key.Key_E, CTRL)
    assert not pane.is_writing
    assert main.leaving.composer is None
    vault.exchanging.absent = {}
    main.apply(Changes.REPORTS)
    qtbot.waitUntil(lambda: pane.absent() == "")


def test_levels_of_looking_follow_the_agreement_on_both_pages_as_soon_as_it_changes(
    opened: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    main = main_of(opened)
    open_report(main, LAST_REPORT - 1, qtbot)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    kinds = (None, "image", "video", "audio", "other")
    in_colour = ("full", "blurred_colour")
    vault.exchanging.absent_looks = {
        (kind, level): "Clause 2.2 is silent." for kind in kinds for level in in_colour
    }
    main.apply(Changes.ENROLMENT)
    told = "No look in full colour. Clause 2.2 is silent."
    qtbot.waitUntil(lambda: main.media.pane.panel.absent() == told)
    main.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: told in words_on(main.reports.pane))
    assert "full colour" not in {made.text() for made in _visible(main.reports.pane)}
    vault.exchanging.absent_looks = {}
    main.exchange.start()
    qtbot.waitUntil(lambda: main.media.pane.panel.absent() == "")
    qtbot.waitUntil(lambda: "full colour" in {made.text() for made in _visible(main.reports.pane)})


def _visible(inside: QWidget) -> list[QAbstractButton]:
    return [made for made in inside.findChildren(QAbstractButton) if made.isVisible()]


def test_how_it_stands_is_told_by_a_glyph_and_in_words() -> None:
    assert say.status("in_force", "A-1", "1 Jan", 300) == "Agreement A-1 until 1 Jan"
    assert say.status("ending", "A-1", "1 Jan", 0) == "◆ Agreement A-1 ends today"
    assert say.status("ending", "A-1", "1 Jan", 1) == "◆ Agreement A-1 ends tomorrow"
    assert say.status("lapsed", "A-1", "1 Jan", None) == "✗ Agreement A-1 is over"


def test_nothing_of_the_page_is_clipped_in_the_smallest_window(
    opened: Shell, page: AgreementPage, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.exchanging.waiting = an_agreement(4, needs_acceptance=True)
    page.refresh()
    qtbot.waitUntil(lambda: say.ACCEPT in offered(page))
    opened.resize(*SMALLEST)
    qtbot.wait(50)
    assert opened.width() == SMALLEST[0]
    for made in page.findChildren(QAbstractButton):
        if made.isVisible():
            assert made.width() >= made.sizeHint().width(), made.text()


def test_the_clauses_are_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = KeysetTable(clause_columns())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show_first(Page(an_agreement(3).clauses, None, 0.0))
    model.show_first(Page((), None, 0.0))
