"""The composer: who signs, who is kept, stamps and sizes; and that one package is made at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.draft import THE_PACKAGE, PackageFields, Typed
from cport_desktop.domain.package_template import PackageTemplate, TemplateShare
from cport_desktop.errors import Cancelled, TokenPinWrong
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.signing import BY_OWN, SignedBy
from cport_desktop.ui.views.compose_dialog import NOTHING_YET, ComposeDialog
from cport_desktop.ui.widgets.part_size import PartSize
from cport_desktop.words import composing_page
from cport_desktop.words import signing_page as say
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_signing import a_signer
from tests.ui.test_composing import KEYS, ordered, window
from tests.ui.test_window import button_named, words_on

__all__ = ["window"]
COMPOSE = "Compose, Ctrl+Enter"
FILLED = replace(NOTHING_YET, query="host:NL", path="/tmp/out.age", recipients=Typed(KEYS))


@pytest.fixture
def dialog(seat: Seat, window: QWidget, qtbot: QtBot) -> ComposeDialog:
    return opened(seat, FILLED, window, qtbot)


def opened(seat: Seat, fields: PackageFields, window: QWidget, qtbot: QtBot) -> ComposeDialog:
    """With all that the vault keeps offered, and what each gets on the screen."""
    made = ComposeDialog(seat, fields, found=3, parent=window)
    made.open()
    qtbot.waitUntil(lambda: made.form.signer.choice.count() == 4)
    qtbot.waitUntil(lambda: made.form.to.choice.count() == 2)
    qtbot.waitUntil(made.is_foreseen)
    return made


def test_the_portals_certificate_signs_unless_another_is_chosen(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    assert "Certificate of Station of the unit, issued by Example Authority" in words_on(dialog)
    assert not dialog.form.signer.pin.isVisibleTo(dialog)
    button_named(COMPOSE, dialog).click()
    qtbot.waitUntil(lambda: bool(vault.notes.of("compose")))
    assert ordered(vault, "compose").signed_by == BY_OWN


def test_a_token_is_asked_for_its_pin_each_time_and_a_wrong_one_loses_nothing(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    signer = dialog.form.signer
    signer.choice.setCurrentIndex(2)
    assert signer.pin.isVisibleTo(dialog)
    dialog.form.stamps.setText("https://stamps.example/")
    button_named(COMPOSE, dialog).click()
    assert say.needs_pin_of("card 7") in words_on(dialog)
    assert vault.notes.of("compose") == []
    signer.pin.setText("111111")
    vault.notes.compose_error = TokenPinWrong(label="card 7", tries="")
    button_named(COMPOSE, dialog).click()
    qtbot.waitUntil(lambda: "does not take this PIN" in words_on(dialog))
    assert signer.pin.text() == ""
    assert dialog.form.path.text() == "/tmp/out.age"
    vault.notes.compose_error = None
    signer.pin.setText("271828")
    button_named(COMPOSE, dialog).click()
    qtbot.waitUntil(lambda: len(vault.notes.of("compose")) == 2)
    expected = SignedBy("Card", pin="271828", stamps="https://stamps.example/")
    assert ordered(vault, "compose").signed_by == expected
    assert "271828" not in repr(ordered(vault, "compose"))
    assert all("271828" not in repr(draft) for draft in vault.notes.drafts.values())


def test_who_signs_is_kept_with_the_draft_and_the_pin_is_not(
    dialog: ComposeDialog, seat: Seat, window: QWidget, qtbot: QtBot
) -> None:
    dialog.form.signer.choice.setCurrentIndex(2)
    dialog.form.signer.pin.setText("271828")
    dialog.form.stamps.setText("https://stamps.example/")
    kept = seat.drafting.latest(THE_PACKAGE)
    assert isinstance(kept, PackageFields)
    assert (kept.signer, kept.signer_file, kept.stamps) == ("Card", None, "https://stamps.example/")
    dialog.close()
    again = opened(seat, kept, window, qtbot)
    assert again.form.signer.choice.currentIndex() == 2
    assert again.form.signer.pin.text() == ""
    again.form.signer.choice.setCurrentIndex(3)
    again.form.signer.pem.field.setText("/media/stick/unit.pem")
    kept = seat.drafting.latest(THE_PACKAGE)
    assert isinstance(kept, PackageFields)
    again.close()
    third = opened(seat, kept, window, qtbot)
    assert third.form.signed_by() == SignedBy(
        pem=Path("/media/stick/unit.pem"), stamps="https://stamps.example/"
    )
    third.close()


def test_nobody_signs_in_the_place_of_one_who_is_not_kept_any_more(
    vault: MemoryVault, seat: Seat, window: QWidget, qtbot: QtBot
) -> None:
    made = opened(seat, replace(FILLED, signer="Gone"), window, qtbot)
    button_named(COMPOSE, made).click()
    assert say.NEEDS_SIGNER in words_on(made)
    assert vault.notes.of("compose") == []
    made.close()


def test_an_expired_certificate_is_told_as_soon_as_it_is_chosen(
    vault: MemoryVault, seat: Seat, window: QWidget, qtbot: QtBot
) -> None:
    vault.signing.kept[0] = a_signer("Old", until=vault.clock.now() - timedelta(days=1))
    made = opened(seat, FILLED, window, qtbot)
    made.form.signer.choice.setCurrentIndex(1)
    assert "nothing is signed with it" in words_on(made)
    made.close()


def test_who_is_kept_is_added_once_with_name_and_key(dialog: ComposeDialog) -> None:
    for _ in range(2):
        dialog.form.to.choice.setCurrentIndex(1)
        dialog.form.to.choice.activated.emit(1)
    # The key stood there already, without a name.
    assert dialog.form.keys.toPlainText() == KEYS
    dialog.form.keys.setPlainText("age1partner\n")
    for _ in range(2):
        dialog.form.to.choice.activated.emit(1)
    assert dialog.form.keys.toPlainText() == "age1partner\nExample Court=age1court"
    dialog.close()


def test_a_size_that_is_not_usual_stays_as_it_was_kept(
    dialog: ComposeDialog, vault: MemoryVault
) -> None:
    share = TemplateShare("age1court", "age1court")
    dialog.form.take_template(PackageTemplate("t", "Title", (share,), None, 4_000_000_000))
    assert dialog.form.kept().part_size == 4_000_000_000
    assert dialog.form.template_of("again", ()).part_size == 4_000_000_000
    dialog.form.take_template(PackageTemplate("t", "Title", (share,), None, None))
    assert dialog.form.kept().part_size == 0
    dialog.close()


def test_a_size_is_typed_in_megabytes_and_nonsense_is_not_one_file(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    choice = dialog.form.parts.focusProxy()
    assert choice is not None
    choice.setCurrentIndex(4)  # type: ignore[attr-defined]  # a Choice
    for text in ("", "many", "0", "999999"):
        dialog.form.parts.line.setText(text)
        qtbot.waitUntil(dialog.is_foreseen)
        button_named(COMPOSE, dialog).click()
        assert composing_page.NEEDS_SIZE in words_on(dialog)
    assert vault.notes.of("compose") == []
    dialog.form.parts.line.setText("2,000")
    qtbot.waitUntil(dialog.is_foreseen)
    button_named(COMPOSE, dialog).click()
    qtbot.waitUntil(lambda: bool(vault.notes.of("compose")))
    assert ordered(vault, "compose").part_size == 2_000_000_000
    dialog.close()


def test_every_usual_size_can_be_ordered(qtbot: QtBot) -> None:
    made = PartSize()
    qtbot.addWidget(made)
    for size in (0, 4 * 1024**3 - 1, 700 * 1024**2, 100 * 1024**2, 1_000_000):
        made.lay(size)
        assert made.limit() == size


def test_a_count_that_comes_late_does_not_offer_a_second_package(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    told: list[object] = []
    dialog.changed.connect(told.append)
    vault.notes.compose_error = Cancelled()
    vault.notes.compose_may_end.clear()
    preview = dialog._seat.session.preview(dialog.form.choice)
    button_named(COMPOSE, dialog).click()
    qtbot.waitUntil(dialog.is_working)
    dialog._show_preview(preview)
    assert not button_named(COMPOSE, dialog).isEnabled()
    vault.notes.compose_may_end.set()
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert button_named(COMPOSE, dialog).isEnabled()
    assert composing_page.STOPPED_SOME in words_on(dialog)
    assert len(told) == 1
    dialog.close()


def test_nothing_is_composed_of_a_query_that_finds_nothing(
    seat: Seat, window: QWidget, qtbot: QtBot
) -> None:
    made = ComposeDialog(seat, replace(FILLED, query="nothing"), found=0, parent=window)
    made.open()
    qtbot.waitUntil(made.is_foreseen)
    assert not button_named(COMPOSE, made).isEnabled()
    made.close()
