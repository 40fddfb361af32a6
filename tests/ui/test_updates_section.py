"""Updates in the window: what is in force is told with its age, a file is verified, told, applied, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.nature import Nature
from cport_desktop.settings import Settings
from cport_desktop.ui import figures
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.updates_section import UpdatesSection
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.usecases.known_lists import list_known_lists
from cport_desktop.words import updates as words
from cport_desktop.words import updates_page as say
from tests.builders import make_vault, reopened
from tests.ui.conftest import LONG, NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import RESOURCES
from tests.ui.test_settings_page import entered, settings_of
from tests.updates.bundles import Publisher, hash_list, keys, suffixes

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = f"{NOW:%Y-%m-%d}"
LIST = b"0cc175b9c0f1b6a831c399e269772661  a.png\n"


@pytest.fixture
def stick(tmp_path: Path) -> Publisher:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Publisher(folder, at=NOW)


def opened(tmp_path: Path, qtbot: QtBot, nature: Nature) -> Shell:
    folder = make_vault(tmp_path / "vault", nature=nature)
    settings = Settings(marks=tmp_path / "marks", updates=tmp_path / "updates")
    desk = make_desk(furnish(settings), folder, nature, environment={"HOME": str(tmp_path)})
    made = Shell(desk, Frame(DARK, RESOURCES / "styles", NotedRenewal()))
    made.show()
    return made


def closed(shell: Shell, qtbot: QtBot) -> None:
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=LONG)
    shell.deleteLater()
    destroy_what_is_dropped()
    figures.tell_times(in_universal=False)


@pytest.fixture
def shell(tmp_path: Path, qtbot: QtBot) -> Iterator[Shell]:
    made = opened(tmp_path, qtbot, Nature.DEMO)
    yield made
    closed(made, qtbot)


def part_of(shell: Shell, qtbot: QtBot) -> UpdatesSection:
    part = settings_of(entered(shell, qtbot)).updates
    assert part is not None
    qtbot.waitUntil(lambda: bool(part.lines()), timeout=LONG)
    return part


def the_dialog(qtbot: QtBot, title: str) -> AskingDialog:
    found: list[AskingDialog] = []

    def is_there() -> bool:
        tops = QApplication.topLevelWidgets()
        found[:] = [
            each
            for each in tops
            if isinstance(each, AskingDialog) and each.isVisible() and each.windowTitle() == title
        ]
        return bool(found)

    qtbot.waitUntil(is_there, timeout=LONG)
    return found[0]


def said(dialog: AskingDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(PlainLabel) if each.isVisible())


def give_file(part: UpdatesSection, path: Path, qtbot: QtBot) -> AskingDialog:
    part.choose()
    dialog = the_dialog(qtbot, say.FROM_FILE.rstrip("…"))
    dialog.findChildren(PathField)[0].field.setText(str(path))
    dialog.give()
    return dialog


def test_it_tells_versions_and_ages_and_that_the_keys_are_the_demos(
    shell: Shell, qtbot: QtBot
) -> None:
    part = part_of(shell, qtbot)
    assert any("came with the program" in line for line in part.lines())
    assert words.DEMO_KEYS in part.warning.text()
    assert not part.go_back.isEnabled()


def test_a_file_is_verified_told_applied_and_taken_back(
    shell: Shell, qtbot: QtBot, stick: Publisher, tmp_path: Path
) -> None:
    part = part_of(shell, qtbot)
    path = stick.bundle(1, {**suffixes(DAY), **hash_list(LIST, "7")})
    give_file(part, path, qtbot)
    confirm = the_dialog(qtbot, say.APPLY_TITLE)
    assert f"Public suffixes: {DAY} after" in said(confirm)
    assert "Hash list Shapes: 7, new here" in said(confirm)
    assert not (tmp_path / "updates" / "current").exists()
    confirm.give()
    qtbot.waitUntil(lambda: say.APPLIED in said(confirm), timeout=LONG)
    assert "1 hash list was taken in." in said(confirm)
    confirm.reject()
    qtbot.waitUntil(lambda: any(DAY in line for line in part.lines()), timeout=LONG)
    part.ask_back()
    back = the_dialog(qtbot, say.BACK_TITLE)
    back.give()
    qtbot.waitUntil(lambda: say.WENT_BACK in said(back), timeout=LONG)
    back.reject()
    qtbot.waitUntil(lambda: not any(DAY in line for line in part.lines()), timeout=LONG)
    closed_vault = tmp_path / "vault"
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=LONG)
    with reopened(closed_vault) as vault:
        (known,) = list_known_lists(vault, limit=9, after=None).rows
        assert (known.name, known.version) == ("Shapes", "7")


@pytest.mark.parametrize("spoil", ["cut", "strange", "nowhere"])
def test_what_is_not_believed_is_said_where_the_file_was_named(
    shell: Shell, qtbot: QtBot, stick: Publisher, spoil: str
) -> None:
    part = part_of(shell, qtbot)
    publisher = stick.but(keys=keys(4)) if spoil == "strange" else stick
    path = publisher.bundle(1, suffixes(DAY))
    if spoil == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    if spoil == "nowhere":
        path.unlink()
    dialog = give_file(part, path, qtbot)
    wanted = "cannot be read" if spoil == "nowhere" else "This update is not believed"
    qtbot.waitUntil(lambda: wanted in said(dialog), timeout=LONG)
    dialog.reject()


def test_a_bundle_that_is_here_already_changes_nothing(
    shell: Shell, qtbot: QtBot, stick: Publisher
) -> None:
    part = part_of(shell, qtbot)
    path = stick.bundle(1, suffixes(DAY))
    give_file(part, path, qtbot)
    confirm = the_dialog(qtbot, say.APPLY_TITLE)
    confirm.give()
    qtbot.waitUntil(lambda: say.APPLIED in said(confirm), timeout=LONG)
    confirm.reject()
    again = give_file(part, path, qtbot)
    qtbot.waitUntil(lambda: say.NOTHING_NEW in said(again), timeout=LONG)
    again.reject()


def test_the_demos_keys_change_nothing_beside_a_live_vault(
    tmp_path: Path, qtbot: QtBot, stick: Publisher
) -> None:
    shell = opened(tmp_path, qtbot, Nature.LIVE)
    try:
        part = part_of(shell, qtbot)
        give_file(part, stick.bundle(1, suffixes(DAY)), qtbot)
        confirm = the_dialog(qtbot, say.APPLY_TITLE)
        confirm.give()
        qtbot.waitUntil(lambda: words.REFUSED["demo"] in said(confirm), timeout=LONG)
        confirm.reject()
        assert not (tmp_path / "updates" / "current").exists()
    finally:
        closed(shell, qtbot)
