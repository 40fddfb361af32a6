"""The composer of packages: nothing is written that was not counted and named before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.draft import THE_PACKAGE, PackageFields, Typed
from cport_desktop.domain.ids import Actor, MediaId
from cport_desktop.domain.kept_redaction import FileRedaction, KeptRedaction, RedactionWay
from cport_desktop.domain.package import Given
from cport_desktop.errors import StorageFull
from cport_desktop.ui.desk import PackageOrder
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.compose_dialog import NOTHING_YET, ComposeDialog
from cport_desktop.ui.widgets.controls import Choice
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.synthetic_redacting import DRAWN
from tests.ui.test_window import button_named, words_on

KEYS = "age1court\nage1partner"
NOTHING = Given(PackageMedia.NONE)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_cannot_be_counted_cannot_be_composed(
    seat: Seat, vault: MemoryVault, window: QWidget, qtbot: QtBot
) -> None:
    fields = replace(NOTHING_YET, query="wrong:x", path="/tmp/out.age")
    dialog = ComposeDialog(seat, fields, found=0, parent=window)
    dialog.open()
    qtbot.waitUntil(lambda: "wrong" in words_on(dialog) and "Counting" not in words_on(dialog))
    assert not button_named("Compose, Ctrl+Enter", dialog).isEnabled()
    dialog.close()


@pytest.fixture
def dialog(seat: Seat, window: QWidget) -> ComposeDialog:
    fields = replace(NOTHING_YET, query="host:NL", path="/tmp/out.age", recipients=Typed(KEYS))
    made = ComposeDialog(seat, fields, found=3, parent=window)
    made.open()
    return made


def test_what_each_recipient_gets_is_told_by_itself_as_soon_as_their_keys_are_there(
    dialog: ComposeDialog, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Allowed by clause 4.1." in words_on(dialog))
    assert "age1court: 3 reports." in words_on(dialog)
    assert "About 4.2 MB." in words_on(dialog)
    dialog.close()


def test_what_may_not_go_to_somebody_is_not_offered_for_them(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.notes.levels = (PackageMedia.NONE, PackageMedia.VEILED)
    dialog.forecast.now()
    qtbot.waitUntil(lambda: bool(choices(dialog)))
    assert [choices(dialog)[0].itemText(n) for n in range(choices(dialog)[0].count())] == [
        "metadata only",
        "veils",
    ]
    dialog.close()


def test_what_was_chosen_for_one_is_ordered_for_them_and_kept_with_the_draft(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(choices(dialog)))
    choices(dialog)[1].setCurrentIndex(0)
    qtbot.waitUntil(lambda: ordered(vault, "foresee").given_to == {"age1partner": NOTHING})
    kept = vault.notes.drafts[THE_PACKAGE]
    assert isinstance(kept, PackageFields)
    assert kept.given == (("age1partner", "none", ()),)
    dialog.close()


def test_what_changed_since_it_was_shown_is_shown_again_before_it_is_composed(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "About 4.2 MB." in words_on(dialog))
    dialog.form.reason.setText("request 7")
    button_named("Compose, Ctrl+Enter", dialog).click()
    qtbot.waitUntil(lambda: "Look at it, then compose" in words_on(dialog))
    assert vault.notes.of("compose") == []
    button_named("Compose, Ctrl+Enter", dialog).click()
    qtbot.waitUntil(lambda: bool(vault.notes.of("compose")))
    assert ordered(vault, "compose").reason == "request 7"
    dialog.close()


def test_who_asked_is_answered_although_typing_ended_just_then(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "About 4.2 MB." in words_on(dialog))
    dialog.form.reason.setText("request 7")
    button_named("Compose, Ctrl+Enter", dialog).click()
    dialog.forecast.now()
    qtbot.waitUntil(lambda: "Look at it, then compose" in words_on(dialog))
    assert vault.notes.of("compose") == []
    dialog.close()


def choices(dialog: ComposeDialog) -> list[Choice]:
    return [made for made in dialog.form.shares.findChildren(Choice) if not made.isHidden()]


def ordered(vault: MemoryVault, verb: str) -> PackageOrder:
    """The last order that was foreseen or composed."""
    order = vault.notes.of(verb)[-1][1]
    assert isinstance(order, PackageOrder)
    return order


def test_what_is_filled_in_is_kept_as_a_template_and_begun_with_another_time(
    dialog: ComposeDialog, vault: MemoryVault, seat: Seat, window: QWidget, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(choices(dialog)))
    choices(dialog)[1].setCurrentIndex(0)
    dialog.form.reason.setText("by order")
    dialog.form.templates._name.setText("To the court")
    button_named("Keep", dialog).click()
    qtbot.waitUntil(lambda: "“To the court” is kept" in words_on(dialog))
    (kept,) = vault.notes.templates
    assert (kept.reason, [share.public for share in kept.shares]) == (
        "by order",
        ["age1court", "age1partner"],
    )
    assert kept.shares[1].given == NOTHING
    dialog.discard()

    again = ComposeDialog(seat, replace(NOTHING_YET, query="host:NL"), found=3, parent=window)
    again.open()
    qtbot.waitUntil(lambda: again.form.templates._choice.count() == 2)
    again.form.templates._choice.setCurrentIndex(1)
    again.form.templates._choice.activated.emit(1)
    assert again.form.reason.text() == "by order"
    assert again.form.shares.given_to == {"age1partner": NOTHING}
    qtbot.waitUntil(lambda: "age1court" in again.form.keys.toPlainText())
    again.close()


def test_an_order_that_was_cut_off_goes_on_where_it_was(
    dialog: ComposeDialog, vault: MemoryVault, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "About 4.2 MB." in words_on(dialog))
    vault.notes.compose_error = StorageFull(where="stick")
    button_named("Compose, Ctrl+Enter", dialog).click()
    qtbot.waitUntil(lambda: "stick" in words_on(dialog))
    assert not ordered(vault, "compose").resumes
    dialog.form.name.setText("Another")
    button_named("Compose, Ctrl+Enter", dialog).click()
    qtbot.waitUntil(lambda: len(vault.notes.of("compose")) == 2)
    assert not ordered(vault, "compose").resumes
    qtbot.waitUntil(lambda: not dialog.is_working())
    vault.notes.compose_error = None
    button_named("Compose, Ctrl+Enter", dialog).click()
    qtbot.waitUntil(lambda: "ab" * 32 in words_on(dialog))
    assert ordered(vault, "compose").resumes
    dialog.close()


def test_a_kept_redaction_is_done_unless_it_is_unticked_and_a_reason_is_stated(
    seat: Seat, vault: MemoryVault, window: QWidget, qtbot: QtBot
) -> None:
    redaction = FileRedaction(RedactionWay.METADATA, reason="why")
    media = MediaId(170)
    vault.redacting.kept[media] = KeptRedaction(
        "ab" * 32, (media,), redaction, Actor("A. Example"), DRAWN
    )
    fields = replace(NOTHING_YET, query="host:NL", path="/tmp/out.age", recipients=Typed(KEYS))
    dialog = ComposeDialog(seat, fields, found=3, parent=window)
    dialog.open()
    kept = dialog.form.shares.kept
    qtbot.waitUntil(lambda: media in kept.boxes)
    box = kept.boxes[media]
    assert box.isChecked()
    assert box.text() == "M-170: burned in"
    box.click()
    qtbot.waitUntil(lambda: "Handing over a file as it is" in words_on(dialog))
    assert not dialog.is_foreseen()
    dialog.form.reason.setText("the court wants all of it")
    qtbot.waitUntil(dialog.is_foreseen)
    assert kept.boxes[media] is box
    assert not box.isChecked()
    order = vault.notes.of("foresee")[-1][1]
    assert isinstance(order, PackageOrder)
    assert order.unredacted == {media}
    # Drafts do not keep it: whoever comes back begins with everything done.
    assert "170" not in str(dialog.form.kept())
    dialog.close()
