"""A backup and what is restored from it: whole, equal, and never something else."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.domain.keeping import BackedUp, Restored
from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.errors import (
    BackupDamaged,
    BackupUnfit,
    Cancelled,
    KeepingUnderWay,
    OutputExists,
    RestoreUnfinished,
    VaultExists,
    VaultNewer,
    WrongPassphrase,
)
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from cport_desktop.vault import audit_log, backup, inspection, keeping, log_identity
from cport_desktop.vault.backup import Watch
from cport_desktop.vault.backup_format import print_preamble
from cport_desktop.vault.keeping import Kept
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.snapshot import Snapshot, snapshot
from cport_desktop.vault.vault import Vault
from cport_desktop.words import keeping as keeping_words
from cport_desktop.words import vault_faults
from tests.builders import (
    PASSPHRASE,
    a_clock,
    a_vault,
    hold_media,
    noise,
    reopened,
)

ROOT = Path(__file__).parents[2]
SECRET = Passphrase(PASSPHRASE)


def backed_up(vault: Vault, target: Path, since: Path | None = None) -> BackedUp:
    return back_up(vault, target, since=since, announce=silent, is_cancelled=never)


def restored(file: Path, directory: Path, *bases: Path, secret: Passphrase = SECRET) -> Restored:
    order = RestoreOrder(file, directory, secret, bases)
    return restore_vault(
        order, clock=a_clock(), program="tests", announce=silent, is_cancelled=never
    )


def state_of(vault: Vault) -> str:
    with vault.reader() as reader:
        return inspection.digest(reader)


def content_of(vault: Vault, media: int) -> bytes:
    with vault.reader() as reader:
        return b"".join(vault.blobs.read(reader, MediaId(media)))


def names_in(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def blob_of(vault: Vault, media: int) -> Path:
    with vault.reader() as reader:
        (row,) = reader.connection.execute(
            "SELECT blob_id FROM media_item WHERE media_id = ?", (media,)
        ).fetchall()
    return vault.layout.blob(BlobId(row[0]))


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that nobody opens: the others are copies of it."""
    directory = tmp_path_factory.mktemp("stocked") / "vault"
    with a_vault(directory) as opened:
        hold_media(opened, 1, noise(100_000, seed=1))
        hold_media(opened, 2, b"")
    return directory


@pytest.fixture
def vault(stocked: Path, tmp_path: Path) -> Iterator[Vault]:
    """A vault with two media files, open."""
    with reopened(Path(shutil.copytree(stocked, tmp_path / "vault"))) as opened:
        yield opened


def test_what_is_restored_is_what_was_backed_up(vault, tmp_path):
    done = backed_up(vault, tmp_path / "file")
    state = state_of(vault)
    with vault.reader() as reader:
        size, _ = audit_log.head(reader)
    found = restored(tmp_path / "file", tmp_path / "new")
    assert (found.state, found.findings, found.blobs) == (state, (), 2)
    assert done.is_on_same_disk
    assert found.log_size == done.log_size < size
    with reopened(tmp_path / "new") as again:
        assert state_of(again) == state
        assert content_of(again, 1) == noise(100_000, seed=1)
        assert content_of(again, 2) == b""
        assert again.identity == vault.identity
    assert "unfinished-restore" not in names_in(tmp_path / "new")


def test_a_backup_is_private_and_tells_nothing_of_its_content(vault, tmp_path):
    done = backed_up(vault, tmp_path / "file")
    content = (tmp_path / "file").read_bytes()
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600
    assert len(content) == done.size
    for secret in (b"SQLite format 3", b"Software", noise(100_000, seed=1)[:32]):
        assert secret not in content
    blob = blob_of(vault, 1).read_bytes()
    assert blob[:64] not in content


def test_that_it_was_read_back_is_on_record(vault, tmp_path):
    done = backed_up(vault, tmp_path / "file")
    with vault.reader() as reader:
        record = keeping.last(reader, Kept.BACKUP)
        verbs = [entry.draft.verb for entry in audit_log.page(reader, limit=2).rows]
    assert record is not None
    assert record.is_sound
    assert record.facts["backup"] == done.backup
    assert verbs == ["backup_verified", "backup"]


def test_a_restored_vault_begins_a_lineage_and_says_where_it_comes_from(vault, tmp_path):
    done = backed_up(vault, tmp_path / "file")
    found = restored(tmp_path / "file", tmp_path / "new")
    with reopened(tmp_path / "new") as again, again.reader() as reader:
        assert log_identity.load(reader.connection).lineage == found.lineage == 2
        entries = audit_log.page(reader, limit=10).rows
        record = keeping.last(reader, Kept.RESTORE)
        assert audit_log.verify(reader).is_verified
    assert record is not None
    assert record.facts["backup"] == done.backup
    entry = next(entry for entry in entries if entry.draft.verb == "restore")
    assert entry.draft.action is AuditAction.ACCESS
    assert dict(entry.draft.payload)["backup"] == done.backup


def test_increments_hold_what_is_new_and_restore_with_what_they_build_on(vault, tmp_path):
    files = [tmp_path / name for name in ("full", "one", "two")]
    backed_up(vault, files[0])
    hold_media(vault, 3, noise(50_000, seed=3))
    one = backed_up(vault, files[1], since=files[0])
    hold_media(vault, 4, noise(60_000, seed=4))
    two = backed_up(vault, files[2], since=files[1])
    assert (one.blobs, one.blobs_here, one.needed) == (3, 1, 2)
    assert (two.blobs, two.blobs_here, two.needed) == (4, 1, 3)
    state = state_of(vault)
    found = restored(files[2], tmp_path / "new", files[0], files[1])
    assert (found.state, found.findings) == (state, ())
    with reopened(tmp_path / "new") as again:
        for number, size in ((1, 100_000), (3, 50_000), (4, 60_000)):
            assert content_of(again, number) == noise(size, seed=number)


def test_an_increment_without_what_it_builds_on_names_it(vault, tmp_path):
    full = backed_up(vault, tmp_path / "full")
    backed_up(vault, tmp_path / "one", since=tmp_path / "full")
    with pytest.raises(BackupUnfit) as refused:
        restored(tmp_path / "one", tmp_path / "new")
    assert full.backup[:8] in str(refused.value.facts["cause"])
    assert names_in(tmp_path / "new") == [] if (tmp_path / "new").exists() else True


def test_another_backup_is_not_taken_for_the_base(vault, tmp_path):
    backed_up(vault, tmp_path / "full")
    backed_up(vault, tmp_path / "other")
    backed_up(vault, tmp_path / "one", since=tmp_path / "full")
    with pytest.raises(BackupUnfit):
        restored(tmp_path / "one", tmp_path / "new", tmp_path / "other")


def test_a_base_of_the_right_name_and_another_content_is_refused(vault, tmp_path):
    full = backed_up(vault, tmp_path / "full")
    backed_up(vault, tmp_path / "one", since=tmp_path / "full")
    hold_media(vault, 3, noise(1000, seed=3))
    with (tmp_path / "forged").open("wb") as out, taken(vault) as copy:
        planned = backup.plan(vault, copy, None, made_at=full.made_at)
        head = msgspec.structs.replace(planned.preamble.head, backup=full.backup)
        forged = replace(planned, preamble=print_preamble(head))
        backup.write(vault, copy, None, forged, sink=out.write, watch=Watch(silent, never))
    with pytest.raises(BackupUnfit) as refused:
        restored(tmp_path / "one", tmp_path / "new", tmp_path / "forged")
    assert refused.value.facts["cause"] == keeping_words.NOT_THE_BASE


def taken(vault: Vault) -> AbstractContextManager[Snapshot]:
    return snapshot(vault, announce=silent, is_cancelled=never)


def test_a_backup_of_another_vault_is_no_base(vault, tmp_path):
    with a_vault(tmp_path / "second") as second:
        backed_up(second, tmp_path / "theirs")
    with pytest.raises(BackupUnfit):
        backed_up(vault, tmp_path / "file", since=tmp_path / "theirs")
    assert not (tmp_path / "file").exists()


def test_a_file_that_exists_is_never_overwritten(vault, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(OutputExists):
        backed_up(vault, tmp_path / "file")
    (tmp_path / "other.part").write_bytes(b"mine too")
    with pytest.raises(OutputExists):
        backed_up(vault, tmp_path / "other")
    assert (tmp_path / "file").read_bytes() == b"mine"
    assert (tmp_path / "other.part").read_bytes() == b"mine too"


def test_what_a_killed_backup_left_does_not_stop_the_next(vault, tmp_path):
    (tmp_path / "file.part").write_bytes(b"cport-backup 1\nhalf of one")
    backed_up(vault, tmp_path / "file")
    assert not (tmp_path / "file.part").exists()


def test_a_restore_touches_no_folder_that_holds_something(vault, tmp_path):
    backed_up(vault, tmp_path / "file")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").write_text("mine")
    with pytest.raises(OutputExists):
        restored(tmp_path / "file", tmp_path / "full")
    with pytest.raises(VaultExists):
        restored(tmp_path / "file", vault.directory)
    assert names_in(tmp_path / "full") == ["letter"]


def test_a_wrong_secret_restores_nothing(vault, tmp_path):
    backed_up(vault, tmp_path / "file")
    with pytest.raises(WrongPassphrase):
        restored(tmp_path / "file", tmp_path / "new", secret=Passphrase(b"wrong"))
    assert not (tmp_path / "new").exists()


def test_a_lost_blob_does_not_stop_the_backup_of_the_others_and_is_named(vault, tmp_path):
    hold_media(vault, 3, noise(40_000, seed=3))
    hold_media(vault, 4, noise(40_000, seed=4))
    blob_of(vault, 3).unlink()
    changed = blob_of(vault, 4)
    content = bytearray(changed.read_bytes())
    content[20_000] ^= 1
    changed.write_bytes(content)
    done = backed_up(vault, tmp_path / "file")
    assert len(done.faults) == 2
    assert all(
        any(blob_of(vault, media).name in fault for fault in done.faults) for media in (3, 4)
    )
    with vault.reader() as reader:
        record = keeping.last(reader, Kept.BACKUP)
    assert record is not None
    assert not record.is_sound
    found = restored(tmp_path / "file", tmp_path / "new")
    assert len(found.findings) == 2
    with reopened(tmp_path / "new") as again:
        assert content_of(again, 1) == noise(100_000, seed=1)


def test_what_the_base_has_heals_what_the_vault_lost(vault, tmp_path):
    backed_up(vault, tmp_path / "full")
    blob_of(vault, 1).unlink()
    done = backed_up(vault, tmp_path / "one", since=tmp_path / "full")
    assert done.faults == ()
    found = restored(tmp_path / "one", tmp_path / "new", tmp_path / "full")
    assert found.findings == ()


def test_no_erasure_begins_while_a_backup_runs_and_the_reverse(vault, tmp_path):
    tried: list[str] = []

    def announce(_progress: Progress) -> None:
        try:
            with vault.blob_guard.going():
                tried.append("let in")
        except KeepingUnderWay:
            tried.append("kept out")

    back_up(vault, tmp_path / "file", announce=announce, is_cancelled=never)
    assert set(tried) == {"kept out"}
    with vault.blob_guard.going(), pytest.raises(KeepingUnderWay):
        backed_up(vault, tmp_path / "other")
    backed_up(vault, tmp_path / "other")


def flip(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)


def test_a_medium_that_gives_back_something_else_is_found_out(vault, tmp_path):
    target, spoilt = tmp_path / "file", list[Progress]()

    def announce(progress: Progress) -> None:
        if progress.phase is Phase.BACKING_UP and progress.done == progress.total and not spoilt:
            spoilt.append(progress)
            flip(tmp_path / "file.part", 200_000)

    with pytest.raises(BackupDamaged):
        back_up(vault, target, announce=announce, is_cancelled=never)
    assert spoilt
    assert names_in(tmp_path) == ["vault"]
    with vault.reader() as reader:
        assert keeping.last(reader, Kept.BACKUP) is None
        assert audit_log.page(reader, limit=1).rows[0].draft.verb == "backup_failed"


def test_a_disk_that_spoils_what_is_restored_is_found_out(vault, tmp_path):
    backed_up(vault, tmp_path / "file")
    spoilt = list[Progress]()

    def announce(progress: Progress) -> None:
        if progress.phase is Phase.RESTORING and progress.done == progress.total and not spoilt:
            spoilt.append(progress)
            blobs = (tmp_path / "new" / "unfinished-restore" / "blobs").glob("*/*")
            flip(max(blobs, key=lambda path: path.stat().st_size), 50_000)

    order = RestoreOrder(tmp_path / "file", tmp_path / "new", SECRET)
    found = restore_vault(
        order, clock=a_clock(), program="tests", announce=announce, is_cancelled=never
    )
    assert [finding.what for finding in found.findings] == [vault_faults.FILE_CHANGED]


@pytest.mark.parametrize("phase", [Phase.COPYING, Phase.BACKING_UP, Phase.CHECKING])
def test_a_backup_that_is_stopped_leaves_nothing_anywhere(vault, tmp_path, phase):
    seen: list[Phase] = []

    def announce(progress: Progress) -> None:
        seen.append(progress.phase)

    with pytest.raises(Cancelled):
        back_up(vault, tmp_path / "file", announce=announce, is_cancelled=lambda: phase in seen)
    assert names_in(tmp_path) == ["vault"]
    assert list(vault.layout.staging.iterdir()) == []
    with vault.reader() as reader:
        assert keeping.last(reader, Kept.BACKUP) is None


def test_a_restore_that_is_stopped_leaves_an_empty_folder(vault, tmp_path):
    backed_up(vault, tmp_path / "file")
    order = RestoreOrder(tmp_path / "file", tmp_path / "new", SECRET)
    seen: list[Progress] = []
    with pytest.raises(Cancelled):
        restore_vault(
            order,
            clock=a_clock(),
            program="tests",
            announce=seen.append,
            is_cancelled=lambda: len(seen) > 1,
        )
    assert names_in(tmp_path / "new") == ["lock"]
    assert restored(tmp_path / "file", tmp_path / "new").findings == ()


def test_a_backup_taken_while_others_write_is_one_state(vault, tmp_path):
    """Each transaction adds an entry and a row; in no state is there one without the other."""
    stop, errors = threading.Event(), list[BaseException]()

    def write() -> None:
        number = 1000
        try:
            while not stop.is_set():
                number += 1
                hold_media(vault, number, noise(3000, seed=number))
        except BaseException as error:  # noqa: BLE001 - told to the thread that asserts
            errors.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backed_up(vault, tmp_path / f"file-{number}")
    finally:
        stop.set()
        writer.join()
    assert not errors
    counts = []
    for number in range(3):
        found = restored(tmp_path / f"file-{number}", tmp_path / f"new-{number}")
        assert found.findings == ()
        with reopened(tmp_path / f"new-{number}") as again, again.reader() as reader:
            ((held,),) = reader.connection.execute(
                "SELECT count(*) FROM media_item WHERE state = 'held'"
            ).fetchall()
            ((entries,),) = reader.connection.execute(
                "SELECT count(*) FROM audit_entry WHERE verb = 'hold'"
            ).fetchall()
        assert held == entries
        counts.append(held)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0], "nothing was written meanwhile"


def test_memory_does_not_grow_with_the_blobs(vault, tmp_path):
    for number in range(10, 14):
        hold_media(vault, number, noise(10_000_000, seed=number))
    tracemalloc.start()
    try:
        backed_up(vault, tmp_path / "file")
        _, in_backup = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        restored(tmp_path / "file", tmp_path / "new")
        _, in_restore = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert in_backup < 10_000_000
    assert in_restore < 10_000_000


def test_a_later_format_is_left_alone(vault, tmp_path):
    backed_up(vault, tmp_path / "file")
    content = (tmp_path / "file").read_bytes()
    (tmp_path / "later").write_bytes(content.replace(b"cport-backup 1", b"cport-backup 2", 1))
    with pytest.raises(VaultNewer):
        restored(tmp_path / "later", tmp_path / "new")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on the length of a file")
@pytest.mark.parametrize("longer", [16_000, 80_000])
def test_a_full_disk_leaves_nothing_at_the_target(vault, tmp_path, longer):
    target = tmp_path / "file"
    vault.close()
    # The database's own pages find room, the file of the backup does not.
    limit = (vault.directory / "vault.db").stat().st_size + longer
    said = _child("full", vault.directory, target, limit)
    assert said.strip() == "full"
    assert not target.exists()
    assert not target.with_name("file.part").exists()
    with reopened(vault.directory) as again:
        assert list(again.layout.staging.iterdir()) == []
        assert backed_up(again, target).faults == ()


@pytest.mark.skipif(sys.platform != "linux", reason="signals")
@pytest.mark.parametrize("at", ["copying:1", "backing_up:2", "checking:2"])
def test_a_killed_backup_leaves_no_file_of_its_name_and_the_vault_is_swept(vault, tmp_path, at):
    target = tmp_path / "file"
    vault.close()
    _child("backup", vault.directory, target, at)
    assert not target.exists()
    with reopened(vault.directory) as again:
        assert list(again.layout.staging.iterdir()) == []
        backed_up(again, target)
    assert restored(target, tmp_path / "new").findings == ()


@pytest.mark.skipif(sys.platform != "linux", reason="signals")
@pytest.mark.parametrize("at", ["restoring:1", "restoring:3", "checking:2"])
def test_a_killed_restore_says_that_it_is_unfinished_and_can_be_repeated(vault, tmp_path, at):
    backed_up(vault, tmp_path / "file")
    _child("restore", tmp_path / "file", tmp_path / "new", at)
    with pytest.raises(RestoreUnfinished):
        reopened(tmp_path / "new")
    assert restored(tmp_path / "file", tmp_path / "new").findings == ()
    vault.close()
    assert names_in(tmp_path / "new") == names_in(vault.directory)


def _child(what: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.usecases.keeping_child", what, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, -9), done.stderr
    return done.stdout
