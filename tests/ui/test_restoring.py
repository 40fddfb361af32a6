"""The window that restores a backup, over real vaults and real backups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress, never, silent
from cport_desktop.errors import Cancelled, UnknownReference
from cport_desktop.settings import Settings
from cport_desktop.ui.founding import FoundingWindow
from cport_desktop.ui.foundry import Foundry, Hazard, RestoreDone, Restoring
from cport_desktop.ui.foundry_opening import make_foundry
from cport_desktop.ui.keeping_lines import EraseOrder
from cport_desktop.ui.opening import is_vacant, make_desk
from cport_desktop.ui.views.founding import FoundingView
from cport_desktop.ui.views.restoring import RestoringView
from cport_desktop.usecases.erase import export_register
from cport_desktop.vault.layout import Layout
from cport_desktop.words import restoring as say
from tests.builders import PASSPHRASE, make_vault, reopened
from tests.ui.conftest import destroy_what_is_dropped
from tests.ui.test_door import Reopened, open_foundry
from tests.ui.test_keeping_for_real import OPENED_BY, opened_by, reports_in
from tests.ui.test_window import words_on


@dataclass(frozen=True, slots=True)
class Kept:
    """A vault of which two backups lie elsewhere, the second on top of the first; a report was
    erased since, and a register says so.
    """

    vault: Path
    whole: Path
    later: Path
    register: Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    place = tmp_path_factory.mktemp("kept")
    vault = make_vault(place / "vault")
    reports_in(vault)
    found = Kept(vault, place / "whole.backup", place / "later.backup", place / "register")
    desk = make_desk(furnish(Settings()), vault, Nature.DEMO)
    session = opened_by(desk, OPENED_BY)
    session.keeping.back_up(found.whole, None, silent, never)
    session.keeping.back_up(found.later, found.whole, silent, never)
    session.keeping.erase(EraseOrder((ReportId(1),), 1, "order 7"))
    session.lock()
    with reopened(vault) as opened:
        found.register.write_bytes(export_register(opened))
    return found


@pytest.fixture
def next_process() -> Reopened:
    return Reopened()


def restoring_of(window: FoundingWindow) -> RestoringView:
    assert isinstance(window.view, RestoringView)
    return window.view


@pytest.fixture
def window(next_process: Reopened, qtbot: QtBot) -> Iterator[FoundingWindow]:
    """On a machine that knows nothing of the vault, as far as restoring."""
    made = open_foundry(make_foundry(furnish(Settings())), None, next_process)
    made.restore()
    yield made
    qtbot.waitUntil(lambda: not made.view.is_busy, timeout=20_000)
    made.close()
    made.deleteLater()
    destroy_what_is_dropped()


def choose(view: RestoringView, file: Path, folder: Path, qtbot: QtBot) -> None:
    """Fill in the first step and go on; where the folder is warned of, twice."""
    view.file.field.setText(str(file))
    view.folder.field.setText(str(folder))
    for _ in range(2):
        if view.step == 0:
            view.go_on()
            qtbot.waitUntil(lambda: not view.is_busy)


def give(view: RestoringView, secret: str, qtbot: QtBot) -> None:
    view.key.answer.secret.setText(secret)
    view.go_on()
    qtbot.waitUntil(lambda: not view.is_busy, timeout=30_000)


def test_a_backup_and_its_base_are_restored_what_was_erased_stays_away_and_the_door_follows(
    window: FoundingWindow, next_process: Reopened, kept: Kept, tmp_path: Path, qtbot: QtBot
) -> None:
    view, folder = restoring_of(window), tmp_path / "restored"
    choose(view, kept.later, folder, qtbot)
    view.bases.setPlainText(f"\n{kept.whole}\n")
    view.registers.setPlainText(str(kept.register))
    view.key.answer.secret.setText(PASSPHRASE.decode())
    view.go_on()
    assert view.key.answer.secret.text() == ""
    qtbot.waitUntil(lambda: view.step == 2, timeout=30_000)
    told = words_on(window)
    assert "is restored" in told
    assert "1 report was erased after the backup was made" in told
    assert "a new lineage of the audit log has begun" in told
    view.go_on()
    assert next_process.vaults == [folder]
    assert next_process.remains[0].why.value == "restored"
    session = opened_by(make_desk(furnish(Settings()), folder, Nature.DEMO), OPENED_BY)
    assert session.dossier(ReportId(2)).report.report_id == 2
    with pytest.raises(UnknownReference):
        session.dossier(ReportId(1))
    assert session.keeping.check(True, True, silent, never) == ()
    session.lock()


def test_a_wrong_secret_and_a_missing_base_are_told_where_they_arose_and_leave_nothing(
    window: FoundingWindow, kept: Kept, tmp_path: Path, qtbot: QtBot
) -> None:
    view, folder = restoring_of(window), tmp_path / "restored"
    choose(view, kept.later, folder, qtbot)
    give(view, "not it", qtbot)
    assert "vault.wrong_passphrase" in words_on(window)
    give(view, PASSPHRASE.decode(), qtbot)
    assert "refused.backup_unfit" in words_on(window)
    assert "it builds on the backup" in words_on(window)
    assert view.step == 1
    assert not any(path.name != "lock" for path in folder.glob("*"))
    view.go_back()
    view.bases.setPlainText(str(kept.whole))
    choose(view, kept.later, folder, qtbot)
    give(view, PASSPHRASE.decode(), qtbot)
    assert view.step == 2


def test_what_is_no_backup_and_a_folder_in_use_are_refused_at_the_first_step(
    window: FoundingWindow, kept: Kept, tmp_path: Path, qtbot: QtBot
) -> None:
    view, other = restoring_of(window), tmp_path / "holiday.txt"
    other.write_text("something else")
    view.go_on()
    assert view.told() == say.NEEDS_FILE
    choose(view, other, tmp_path / "new", qtbot)
    assert view.step == 0
    assert "backup_" in words_on(window)
    choose(view, kept.whole, kept.vault, qtbot)
    assert "vault.exists" in words_on(window)
    choose(view, kept.whole, tmp_path, qtbot)
    assert "refused.output_exists" in words_on(window)
    assert not (tmp_path / "new").exists()


def test_one_way_leads_to_the_other_and_nothing_typed_goes_along(
    window: FoundingWindow, qtbot: QtBot
) -> None:
    restoring_of(window).file.field.setText("/media/stick/x")
    restoring_of(window)._other_way.click()
    assert isinstance(window.view, FoundingView)
    window.view._other_way.click()
    assert restoring_of(window).file.field.text() == ""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible())


class SlowRestore:
    """Goes on until it is stopped."""

    def __init__(self) -> None:
        self.began = Event()

    def __call__(
        self, _order: Restoring, announce: Announce, is_cancelled: IsCancelled
    ) -> RestoreDone:
        announce(Progress(Phase.RESTORING, 417, 1_000))
        self.began.set()
        while not is_cancelled():
            Event().wait(0.01)
        raise Cancelled


def slow(restore: SlowRestore) -> Foundry:
    return replace(
        make_foundry(furnish(Settings())),
        hazards=lambda _path: (Hazard("It lies on a share.", "Move it."),),
        require_room=lambda _path: None,
        slots_of_backup=lambda _path: (),
        restore=restore,
    )


@pytest.mark.parametrize("is_closed", [False, True], ids=["Stop", "the window closed"])
def test_a_restore_under_way_is_shown_and_heeds(
    next_process: Reopened, tmp_path: Path, is_closed: bool, qtbot: QtBot
) -> None:
    restore = SlowRestore()
    window = open_foundry(slow(restore), None, next_process)
    view = window.restore()
    choose(view, tmp_path / "a.backup", tmp_path / "new", qtbot)
    view.key.answer.secret.setText("a secret of that time")
    view.go_on()
    qtbot.waitUntil(lambda: "417" in view.strip.words())
    assert not view._next.isEnabled()
    if is_closed:
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible())
    else:
        view.strip.stop()
        qtbot.waitUntil(lambda: view.told() == say.STOPPED)
        assert view.step == 1
        assert window.isVisible()
    window.close()
    window.deleteLater()
    destroy_what_is_dropped()


def test_no_text_of_a_step_is_clipped(
    window: FoundingWindow, kept: Kept, tmp_path: Path, qtbot: QtBot
) -> None:
    view = restoring_of(window)
    qtbot.wait(60)
    for _ in range(2):
        for label in window.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        choose(view, kept.whole, tmp_path / "new", qtbot)
        qtbot.wait(60)


def test_a_folder_in_which_a_restore_was_cut_off_is_vacant_and_a_vault_is_not(
    kept: Kept, tmp_path: Path
) -> None:
    folder = tmp_path / "cut"
    Layout(folder).unfinished_restore.mkdir(parents=True)
    (folder / "lock").touch()
    assert is_vacant(folder)
    assert not is_vacant(kept.vault)
