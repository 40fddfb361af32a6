"""The door with any kind of key, and the window that makes a vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import silent
from cport_desktop.errors import VaultHeld, VaultRolledBack
from cport_desktop.settings import Settings
from cport_desktop.ui.founding import FoundingWindow
from cport_desktop.ui.foundry import Founding, Foundry, Hazard
from cport_desktop.ui.foundry_opening import make_foundry
from cport_desktop.ui.keys import DoorSlot, Key, KeyKind, OpeningOrder
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.renewal import Remains, Renewal
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.founding import FoundingView
from cport_desktop.ui.views.unlock import UnlockView
from cport_desktop.ui.widgets.recovery_sheet import TypedBack, two_groups
from cport_desktop.vault.label import read_label
from tests.ui.conftest import destroy_what_is_dropped
from tests.ui.synthetic_desk import PASSPHRASE, RESOURCES, MemoryVault
from tests.ui.synthetic_keeping import CODE
from tests.ui.test_window import words_on

SLOTS = (
    DoorSlot("passphrase", KeyKind.PASSPHRASE),
    DoorSlot("sheet in the safe", KeyKind.RECOVERY),
    DoorSlot("stick", KeyKind.KEY_FILE),
    DoorSlot("this desktop", KeyKind.KEYRING),
    DoorSlot("smart card", KeyKind.TOKEN),
)
LONG = "five words drawn by dice"


def door_of(shell: Shell) -> UnlockView:
    assert shell.unlock is not None
    return shell.unlock


# -- the door


def test_a_vault_with_passphrases_alone_offers_no_choice(shell: Shell, qtbot: QtBot) -> None:
    qtbot.wait(50)
    assert door_of(shell)._choice.choice.isHidden()


@pytest.mark.parametrize("place", range(2, 6), ids=["recovery", "key file", "keyring", "token"])
def test_another_slot_is_chosen_by_its_label_and_asks_for_what_it_needs(
    shell: Shell, vault: MemoryVault, place: int, qtbot: QtBot
) -> None:
    door = door_of(shell)
    door.offer(SLOTS)
    slot = SLOTS[place - 1]
    assert slot.name in door._choice.choice.itemText(place)
    door._choice.choice.setCurrentIndex(place)
    field = door._choice.answer.first_field()
    is_hidden = slot.kind in (KeyKind.KEYRING, KeyKind.TOKEN)
    assert (field.echoMode() is QLineEdit.EchoMode.Password) is is_hidden
    field.setText("what it takes")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == ""
    qtbot.waitUntil(lambda: bool(vault.orders))
    is_file = slot.kind is KeyKind.KEY_FILE
    text, path = ("", Path("what it takes")) if is_file else ("what it takes", None)
    assert vault.orders[0].key == Key(slot.kind, text, path, slot.name)
    assert vault.orders[0].acknowledged is None


def test_who_holds_the_vault_is_told(shell: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    vault.open_error = VaultHeld(holder="B. Example (cport)", pid=4711)
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: "B. Example (cport) (process 4711)" in words_on(shell))


def test_a_vault_that_was_put_back_is_let_in_for_a_reason_only(
    shell: Shell, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.open_error = VaultRolledBack(found=120, known=4711)
    door = door_of(shell)
    assert "older copy" not in words_on(shell)
    for _ in range(2):
        door._field.setText(PASSPHRASE)
        QTest.keyClick(door._field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "vault.rolled_back" in words_on(shell))
        assert shell.main is None
        assert "Why the older copy is opened all the same" in words_on(shell)
        qtbot.waitUntil(door._choice.isEnabled)
    reason = door._acknowledging.findChild(QLineEdit)
    assert reason is not None
    reason.setText("the newer disk burnt")
    door._field.setText(PASSPHRASE)
    QTest.keyClick(door._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.main is not None)
    assert [order.acknowledged for order in vault.orders] == [None, None, "the newer disk burnt"]


def test_no_text_at_the_door_is_clipped(shell: Shell, vault: MemoryVault, qtbot: QtBot) -> None:
    vault.open_error = VaultRolledBack(found=120, known=4711)
    door = door_of(shell)
    door.offer(SLOTS)
    shell.open(PASSPHRASE)
    qtbot.waitUntil(lambda: "vault.rolled_back" in words_on(shell))
    qtbot.wait(60)
    for label in shell.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


# -- making a vault


class Reopened:
    """Takes the place of another process."""

    def __init__(self) -> None:
        self.vaults: list[Path] = []
        self.remains: list[Remains] = []

    def on(self, vault: Path) -> Renewal:
        self.vaults.append(vault)
        return self

    def again(self, remains: Remains) -> None:
        self.remains.append(remains)

    def end(self) -> None:
        """Never asked: a window that makes vaults has no keys to drop."""


@pytest.fixture
def reopened() -> Reopened:
    return Reopened()


def open_foundry(foundry: Foundry, directory: Path | None, reopened: Reopened) -> FoundingWindow:
    window = FoundingWindow(
        foundry,
        directory,
        theme=DARK,
        styles=RESOURCES / "styles",
        renewal_on=reopened.on,
    )
    window.show()
    return window


@pytest.fixture
def founding(reopened: Reopened, qtbot: QtBot) -> Iterator[FoundingWindow]:
    """The window that makes a real vault, on no folder yet."""
    window = open_foundry(make_foundry(furnish(Settings())), None, reopened)
    yield window
    qtbot.waitUntil(lambda: not window.view.is_busy)
    window.close()
    window.deleteLater()
    destroy_what_is_dropped()


def wizard_of(window: FoundingWindow) -> FoundingView:
    assert isinstance(window.view, FoundingView)
    return window.view


def fill_in_place(view: FoundingView, folder: Path, qtbot: QtBot) -> None:
    view.folder.field.setText(str(folder))
    view.demo.setChecked(True)
    view.analyst.setText("A. Example")
    for _ in range(2):  # Where the machine's temporary folder is warned of, Next is meant twice.
        if view.step == 0:
            view.go_on()
            qtbot.waitUntil(lambda: not view.is_busy)


def fill_in_passphrase(view: FoundingView) -> None:
    view.passphrase.first.setText(LONG)
    view.passphrase.second.setText(LONG)
    view.go_on()


def type_back(view: FoundingView) -> None:
    view.sheet.ask_back()
    groups = view._code.split("-")
    for field, number in zip(view.sheet.back.fields, view.sheet.back._asked, strict=True):
        field.setText(groups[number - 1])
    view.go_on()


def test_a_vault_is_made_by_the_wizard_and_opens_with_passphrase_and_code(
    founding: FoundingWindow, reopened: Reopened, tmp_path: Path, qtbot: QtBot
) -> None:
    view, folder = wizard_of(founding), tmp_path / "new"
    fill_in_place(view, folder, qtbot)
    assert not folder.exists()
    fill_in_passphrase(view)
    assert view.passphrase.first.text() == ""
    code = view._code
    type_back(view)
    qtbot.waitUntil(lambda: view.step == 3, timeout=20_000)
    assert code not in words_on(founding)
    assert view._passphrase == ""
    view.go_on()
    assert reopened.vaults == [folder]
    assert reopened.remains[0].why.value == "founded"
    assert [slot.kind for slot in read_label(folder).slots] == ["passphrase", "recovery"]
    desk = make_desk(furnish(Settings()), folder, Nature.DEMO)
    for key in (Key(KeyKind.PASSPHRASE, LONG), Key(KeyKind.RECOVERY, code.lower())):
        session = desk.open(OpeningOrder(key), silent)
        assert session.analyst == "A. Example"
        session.lock()


def test_without_a_recovery_code_only_by_an_act_of_its_own(
    founding: FoundingWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    view, folder = wizard_of(founding), tmp_path / "new"
    fill_in_place(view, folder, qtbot)
    fill_in_passphrase(view)
    view.go_on()
    assert "Write the code down" in view.told()
    view.sheet.ask_back()
    view.go_on()
    assert "not the groups" in view.told()
    assert not folder.exists()
    view.go_without()
    qtbot.waitUntil(lambda: view.step == 3, timeout=20_000)
    assert [slot.kind for slot in read_label(folder).slots] == ["passphrase"]


def test_a_folder_that_holds_something_is_refused_where_it_was_typed(
    founding: FoundingWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "holiday.txt").write_text("something else")
    fill_in_place(wizard_of(founding), tmp_path, qtbot)
    assert wizard_of(founding).step == 0
    assert "refused.output_exists" in words_on(founding)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.txt"]


def test_a_bad_place_is_warned_of_and_kept_only_by_a_second_next(
    reopened: Reopened, tmp_path: Path, qtbot: QtBot
) -> None:
    made: list[Founding] = []
    foundry = replace(
        make_foundry(furnish(Settings())),
        hazards=lambda _path: (Hazard("It lies on a share.", "Move it."),),
        require_free=lambda _path: None,
        new_recovery_code=lambda: CODE,
        found=made.append,
    )
    window = open_foundry(foundry, tmp_path / "x", reopened)
    view = wizard_of(window)
    view.analyst.setText("A. Example")
    view.go_on()
    qtbot.waitUntil(lambda: "It lies on a share. Move it." in words_on(window))
    qtbot.waitUntil(lambda: not view.is_busy)
    assert view.step == 0
    view.go_on()
    qtbot.waitUntil(lambda: view.step == 1)
    assert made == []
    window.close()
    window.deleteLater()
    destroy_what_is_dropped()


def test_escape_goes_back_one_step_and_only_leaves_from_the_first(
    founding: FoundingWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    view = wizard_of(founding)
    founding.activateWindow()
    fill_in_place(view, tmp_path / "new", qtbot)
    fill_in_passphrase(view)
    for step in (1, 0):
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert view.step == step
    QTest.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not founding.isVisible())
    assert not (tmp_path / "new").exists()


def test_groups_typed_back_forgive_what_is_easily_misread(qtbot: QtBot) -> None:
    asked = two_groups(CODE)
    assert asked[1] - asked[0] > 1
    back = TypedBack(CODE, (2, 6))
    qtbot.addWidget(back)
    back.fields[0].setText("qo xhw")
    back.fields[1].setText("iiB5V")
    assert back.is_right()
    back.fields[1].setText("11B5W")
    assert not back.is_right()
