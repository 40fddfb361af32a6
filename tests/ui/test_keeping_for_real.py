"""The window's intentions about keeping, over a real vault: each flow from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.domain.rows import Order
from cport_desktop.errors import (
    CheckpointMalformed,
    CountDiffers,
    InputUnreadable,
    ItemHeld,
    KeyFileInVault,
    LastSlot,
    NotEnrolled,
    OutputExists,
    PurposeMissing,
    RoleMissing,
    UnknownReference,
    WrongPassphrase,
)
from cport_desktop.settings import Settings
from cport_desktop.ui import places
from cport_desktop.ui.desk import Desk, Session
from cport_desktop.ui.keeping_lines import DrillOrder, EraseOrder
from cport_desktop.ui.keys import Key, KeyKind, NewKey, OpeningOrder
from cport_desktop.ui.named_files import path_named
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.words import vault_page as say
from tests.builders import PASSPHRASE, make_vault, reopened
from tests.report_builders import new
from tests.ui.conftest import NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import RESOURCES
from tests.ui.test_vault_page import dialog_of, field_named
from tests.vault.erasing import apply, receive, with_media

OPENED_BY = Key(KeyKind.PASSPHRASE, PASSPHRASE.decode())
OTHER = "five words drawn by dice"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_vault(tmp_path / "vault")


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Desk:
    return make_desk(furnish(Settings(marks=tmp_path / "marks")), folder, Nature.DEMO)


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    opened = opened_by(desk, OPENED_BY)
    yield opened
    opened.lock()


def opened_by(desk: Desk, key: Key) -> Session:
    return desk.open(OpeningOrder(key), silent)


def opens(desk: Desk, key: Key) -> bool:
    try:
        opened_by(desk, key).lock()
    except WrongPassphrase:
        return False
    return True


# -- keys


def test_a_recovery_slot_is_added_tried_and_opens_the_vault_until_it_is_removed(
    desk: Desk, session: Session
) -> None:
    keeping = session.keeping
    code = keeping.new_recovery_code()
    keeping.add_slot(NewKey("sheet", KeyKind.RECOVERY, code))
    assert keeping.test_slot(Key(KeyKind.RECOVERY, code.lower(), slot="sheet"))
    (line,) = [each for each in keeping.slots() if each.name == "sheet"]
    assert line.tested_at is not None
    assert line.is_mine
    session.lock()
    assert [slot.name for slot in desk.slots()] == ["passphrase", "sheet"]
    opened_by(desk, Key(KeyKind.RECOVERY, code, slot="sheet")).lock()
    again = opened_by(desk, OPENED_BY)
    assert again.keeping.remove_slot("sheet", False)
    with pytest.raises(LastSlot):
        again.keeping.remove_slot("passphrase", False)
    again.lock()
    assert not opens(desk, Key(KeyKind.RECOVERY, code))


def test_a_key_file_is_written_where_asked_and_never_beside_what_it_opens(
    desk: Desk, session: Session, folder: Path, tmp_path: Path
) -> None:
    inside, outside = folder / "key", tmp_path / "stick.key"
    with pytest.raises(KeyFileInVault):
        session.keeping.add_slot(NewKey("stick", KeyKind.KEY_FILE, path=inside))
    assert not inside.exists()
    session.keeping.add_slot(NewKey("stick", KeyKind.KEY_FILE, path=outside))
    with pytest.raises(OutputExists):
        session.keeping.add_slot(NewKey("again", KeyKind.KEY_FILE, path=outside))
    session.lock()
    assert opens(desk, Key(KeyKind.KEY_FILE, path=outside))


def test_a_key_file_of_a_slot_that_was_refused_is_not_left_behind(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "stick.key"
    with pytest.raises(Exception, match="slot"):
        session.keeping.add_slot(NewKey("passphrase", KeyKind.KEY_FILE, path=path))
    assert not path.exists()


def test_a_changed_passphrase_opens_and_the_old_one_does_not(desk: Desk, session: Session) -> None:
    old = Key(KeyKind.PASSPHRASE, PASSPHRASE.decode(), slot="passphrase")
    session.keeping.change_secret(old, NewKey("passphrase", KeyKind.PASSPHRASE, OTHER))
    session.lock()
    assert not opens(desk, OPENED_BY)
    assert opens(desk, Key(KeyKind.PASSPHRASE, OTHER))


def test_a_new_master_key_leaves_every_slot_as_it_was(desk: Desk, session: Session) -> None:
    session.lock()
    assert desk.rekey(OPENED_BY, silent) == 1
    assert opens(desk, OPENED_BY)


# -- backups and checks


def test_a_backup_is_made_drilled_and_no_concern_any_more(session: Session, tmp_path: Path) -> None:
    keeping, target = session.keeping, tmp_path / "vault.backup"
    assert say.NEVER_BACKED_UP in [concern.words for concern in keeping.concerns()]
    done = keeping.back_up(target, None, silent, never)
    assert (done.path, done.needed, done.faults) == (target, 1, ())
    key = Key(KeyKind.PASSPHRASE, PASSPHRASE.decode())
    drilled = keeping.drill(DrillOrder(target, (), key), silent, never)
    assert drilled.findings == ()
    assert drilled.proved
    assert [(line.kind, line.is_sound) for line in keeping.kept()] == [
        ("drill", True),
        ("backup", True),
    ]
    assert say.NEVER_BACKED_UP not in [concern.words for concern in keeping.concerns()]
    with pytest.raises(OutputExists):
        keeping.back_up(target, None, silent, never)


def test_a_sound_vault_has_no_findings_and_its_pictures_are_all_there(session: Session) -> None:
    assert session.keeping.check(True, True, silent, never) == ()
    assert session.keeping.rebuild(silent, never).without == ()


def test_health_names_what_to_do_in_the_window_and_where(session: Session) -> None:
    lines = {line.name: line for line in session.keeping.health()}
    backup = lines["Last verified backup"]
    assert (backup.verdict, backup.section) == ("warning", say.BACKUPS)
    assert "cport" not in backup.advice
    assert lines[say.LIBRARIES].verdict == "ok"


# -- people


def test_an_analyst_of_few_roles_is_refused_what_others_may(desk: Desk, session: Session) -> None:
    new = NewKey("B. Example", KeyKind.PASSPHRASE, OTHER)
    session.keeping.add_analyst("B. Example", frozenset({Role.ANALYST}), new)
    names = {line.name: line for line in session.keeping.analysts()}
    assert names["Ada Example"].is_present
    assert names["B. Example"].roles == {Role.ANALYST}
    session.lock()
    other = opened_by(desk, Key(KeyKind.PASSPHRASE, OTHER))
    assert other.keeping.roles == {Role.ANALYST}
    with pytest.raises(RoleMissing):
        other.keeping.back_up(Path("never.backup"), None, silent, never)
    with pytest.raises(RoleMissing):
        other.keeping.read_audit("curiosity", 10, None)
    other.lock()
    again = opened_by(desk, OPENED_BY)
    again.keeping.give_roles("B. Example", EVERY_ROLE - {Role.ADMINISTRATOR})
    again.keeping.retire("B. Example")
    (gone,) = [line for line in again.keeping.analysts() if line.name == "B. Example"]
    assert gone.retired_at is not None
    again.lock()
    assert not opens(desk, Key(KeyKind.PASSPHRASE, OTHER))


# -- the log


def test_a_diary_code_and_a_checkpoint_vouch_for_the_log(session: Session, tmp_path: Path) -> None:
    keeping, file = session.keeping, tmp_path / "head.txt"
    line = keeping.diary_code()
    assert keeping.write_checkpoint(file) > line.size
    for against in ("", line.code, line.code.lower().replace("-", " "), str(file)):
        verdict = keeping.verify_audit(against)
        assert verdict.fault is None
    kinds = [anchor.kind for anchor in keeping.anchors()]
    assert {"code", "file"} <= set(kinds)
    with pytest.raises(CheckpointMalformed):
        keeping.verify_audit(f"{line.code}-7K2M")
    for unreadable in (str(tmp_path), "~nobody-of-this-name/head.txt", "/nowhere/head.txt"):
        with pytest.raises(InputUnreadable):
            keeping.verify_audit(unreadable)
        with pytest.raises(InputUnreadable):
            keeping.apply_register(path_named(unreadable))


def test_the_log_is_read_and_exported_for_a_purpose_that_stands_in_it(
    session: Session, tmp_path: Path
) -> None:
    keeping = session.keeping
    newest = keeping.read_audit("monthly self-monitoring", 5, None).rows[0]
    assert (newest.draft.verb, newest.draft.reason) == ("read", "monthly self-monitoring")
    exported = keeping.export_audit(tmp_path / "log.zip", "the authority", "complaint")
    assert exported > newest.sequence
    assert (tmp_path / "log.zip").is_file()


def test_a_live_vault_gives_no_entry_without_a_purpose(tmp_path: Path) -> None:
    folder = make_vault(tmp_path / "live", nature=Nature.LIVE)
    session = opened_by(make_desk(furnish(Settings()), folder, Nature.LIVE), OPENED_BY)
    with pytest.raises(PurposeMissing):
        session.keeping.read_audit("", 10, None)
    session.lock()


# -- the window over it


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(desk, Frame(theme=DARK, styles=RESOURCES / "styles", renewal=NotedRenewal()))
    made.show()
    made.open(PASSPHRASE.decode())
    qtbot.waitUntil(lambda: made.main is not None, timeout=20_000)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=20_000)
    made.deleteLater()
    destroy_what_is_dropped()


def until(is_so: Callable[[], bool], qtbot: QtBot) -> None:
    qtbot.waitUntil(is_so, timeout=20_000)


def test_a_person_backs_up_checks_renews_the_key_and_is_in_again(
    window: Shell, tmp_path: Path, qtbot: QtBot
) -> None:
    main = window.main
    assert main is not None
    page = main.vault
    main.show_page(places.VAULT)
    until(lambda: not page.health.list.is_empty, qtbot)
    page.show_part(say.BACKUPS)
    page.backups.ask_backup()
    field_named(say.BACKUP_WHERE, dialog_of(page)).setText(str(tmp_path / "a.backup"))
    dialog_of(page).give()
    until(lambda: "Written and read back" in page.backups.strip.words(), qtbot)
    until(lambda: say.NEVER_BACKED_UP not in main.status.concerns(), qtbot)
    page.show_part(say.CHECK)
    page.check.check(deep=True)
    until(lambda: page.check.list.words() == say.SOUND, qtbot)
    page.show_part(say.SLOTS)
    until(lambda: not page.slots.list.is_empty, qtbot)
    page.slots.rekey()
    dialog = dialog_of(page)
    field = next(each for each in dialog.findChildren(QLineEdit) if each.isVisible())
    field.setText(PASSPHRASE.decode())
    dialog.give()
    until(lambda: window.main is None, qtbot)
    until(lambda: window.unlock is not None and window.unlock._choice.isEnabled(), qtbot)
    window.open(PASSPHRASE.decode())
    until(lambda: window.main is not None, qtbot)


def reports_in(folder: Path) -> None:
    """The vault holds two reports with a file each."""
    with reopened(folder) as vault:
        apply(vault, new(with_media(1, 11)), new(with_media(2, 12)))
        for media in (11, 12):
            receive(vault, media)


def test_a_report_is_held_cannot_be_erased_is_released_and_erased_with_a_certificate(
    folder: Path, desk: Desk, tmp_path: Path
) -> None:
    reports_in(folder)
    session = opened_by(desk, OPENED_BY)
    keeping, report = session.keeping, ReportId(1)
    assert keeping.place_hold("HL-1", "proceeding 12/26") & Changes.REPORTS
    (held,) = keeping.holds_on(report)
    assert (held.reference, held.reason, held.placed_by) == (
        "HL-1",
        "proceeding 12/26",
        "Ada Example",
    )
    assert keeping.preview_erasure((report,)).held == 1
    order = EraseOrder((report,), 1, "order 7")
    with pytest.raises(ItemHeld):
        keeping.erase(order)
    keeping.release_hold(held.hold_id, "closed")
    assert keeping.holds() == ()
    with pytest.raises(CountDiffers):
        keeping.erase(replace(order, count=2))
    done = keeping.erase(order)
    assert (done.reports, done.media, done.is_finished) == (1, 1, True)
    (line,) = keeping.erasures()
    assert (line.reports, line.ground, line.is_finished) == (1, "order 7", True)
    keeping.save_certificate(line.erasure_id, tmp_path / "certificate.txt")
    assert (tmp_path / "certificate.txt").stat().st_size > 0
    keeping.save_register(tmp_path / "register")
    again = keeping.apply_register(tmp_path / "register")
    assert (again.reports, again.held) == (0, ())
    with pytest.raises(UnknownReference):
        session.dossier(report)
    assert session.dossier(ReportId(2)).report.report_id == 2
    session.lock()


def test_what_is_no_report_and_no_media_item_cannot_be_held(session: Session) -> None:
    with pytest.raises(UnknownReference):
        session.keeping.place_hold("the third one", "x")


def test_a_vault_without_agreement_says_so_where_periods_would_stand(session: Session) -> None:
    with pytest.raises(NotEnrolled):
        session.keeping.due()


def test_every_file_is_sealed_anew_and_reads_as_before(folder: Path, desk: Desk) -> None:
    reports_in(folder)
    before = {path.name for path in (folder / "blobs").rglob("*") if path.is_file()}
    session = opened_by(desk, OPENED_BY)
    done = session.keeping.reseal(silent, never)
    assert (done.files, done.damaged) == (2, ())
    after = {path.name for path in (folder / "blobs").rglob("*") if path.is_file()}
    assert len(after) == 2
    assert not before & after
    assert session.keeping.check(True, True, silent, never) == ()
    session.lock()


def test_a_search_s_words_go_from_the_log_for_a_reason_and_the_entry_stays(
    session: Session,
) -> None:
    session.search("ref:HL-4711", Order(), 10, None)
    (entry,) = [
        each
        for each in session.keeping.read_audit("", 50, None).rows
        if ("query", "ref:HL-4711") in each.draft.payload
    ]
    with pytest.raises(PurposeMissing):
        session.keeping.erase_particulars(entry.sequence, " ")
    assert session.keeping.erase_particulars(entry.sequence, "request 12") & Changes.AUDIT
    (again,) = [
        each
        for each in session.keeping.read_audit("", 50, None).rows
        if each.sequence == entry.sequence
    ]
    assert again.draft.payload == ()
    assert again.erased_by is not None
    assert session.keeping.verify_audit("").fault is None
