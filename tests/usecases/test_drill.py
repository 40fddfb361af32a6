"""A drill shows what a backup is good for, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.ids import BlobId
from cport_desktop.domain.keeping import Drilled
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import (
    BackupDamaged,
    BackupUnfit,
    StorageFull,
    UnknownReference,
    WrongPassphrase,
)
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.drill_restore import DrillOrder, drill_restore
from cport_desktop.vault import audit_log, keeping
from cport_desktop.vault.keeping import KeepingRecord, Kept
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import Vault
from cport_desktop.words import keeping as words
from tests.builders import PASSPHRASE, a_vault, hold_media, noise, reopened

ROOT = Path(__file__).parents[2]
CHILD = (sys.executable, "-m", "tests.usecases.keeping_child")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that nobody opens: the others are copies of it."""
    directory = tmp_path_factory.mktemp("stocked") / "vault"
    with a_vault(directory) as opened:
        hold_media(opened, 1, noise(60_000, seed=1))
    return directory


@pytest.fixture
def vault(stocked: Path, tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(stocked, tmp_path / "vault"))) as opened:
        yield opened


def backed_up(vault: Vault, target: Path, since: Path | None = None) -> Path:
    back_up(vault, target, since=since, announce=silent, is_cancelled=never)
    return target


def drilled(vault: Vault, file: Path | None = None, secret: Passphrase | None = None) -> Drilled:
    order = DrillOrder(file=file, secret=secret)
    return drill_restore(vault, order, announce=silent, is_cancelled=never)


def last_record(vault: Vault) -> KeepingRecord | None:
    with vault.reader() as reader:
        return keeping.last(reader, Kept.DRILL)


def test_the_last_backup_with_all_it_builds_on_is_found_restored_and_removed(vault, tmp_path):
    full = backed_up(vault, tmp_path / "full")
    hold_media(vault, 2, noise(30_000, seed=2))
    backed_up(vault, tmp_path / "one", since=full)
    hold_media(vault, 3, noise(30_000, seed=3))
    done = drilled(vault, secret=Passphrase(PASSPHRASE))
    assert done.file == tmp_path / "one"
    assert (done.findings, done.blobs) == ((), 2)
    for proof in (words.SLOT_OPENS, words.LOG_WHOLE, words.STATE_SAME, words.HEADER_SAME):
        assert proof in done.proved
    assert words.SLOT_NOT_TRIED not in done.proved
    assert list(vault.layout.staging.iterdir()) == []
    record = last_record(vault)
    assert record is not None
    assert record.is_sound
    with vault.reader() as reader:
        assert audit_log.page(reader, limit=1).rows[0].draft.verb == "drill"


def test_without_a_secret_it_says_that_no_slot_was_tried(vault, tmp_path):
    backed_up(vault, tmp_path / "full")
    done = drilled(vault)
    assert words.SLOT_NOT_TRIED in done.proved
    assert words.SLOT_OPENS not in done.proved


def test_a_secret_that_opens_no_slot_of_the_backup_fails_the_drill(vault, tmp_path):
    backed_up(vault, tmp_path / "full")
    with pytest.raises(WrongPassphrase):
        drilled(vault, secret=Passphrase(b"another"))
    record = last_record(vault)
    assert record is not None
    assert record.verdict == WrongPassphrase.code


def test_a_damaged_backup_fails_the_drill_and_that_is_on_record(vault, tmp_path):
    file = backed_up(vault, tmp_path / "full")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(BackupDamaged):
        drilled(vault)
    assert list(vault.layout.staging.iterdir()) == []
    record = last_record(vault)
    assert record is not None
    assert record.verdict == BackupDamaged.code


def test_a_blob_that_was_damaged_before_the_backup_is_a_finding(vault, tmp_path):
    with vault.reader() as reader:
        ((name,),) = reader.connection.execute("SELECT blob_id FROM blob").fetchall()
    blob = BlobId(name)
    path = vault.layout.blob(blob)
    content = bytearray(path.read_bytes())
    content[30_000] ^= 1
    path.write_bytes(content)
    backed_up(vault, tmp_path / "full")
    done = drilled(vault)
    assert [finding.where for finding in done.findings] == [f"blob {blob}"]


def test_another_vaults_backup_is_refused(vault, tmp_path):
    with a_vault(tmp_path / "second") as second:
        file = backed_up(second, tmp_path / "theirs")
    with pytest.raises(BackupUnfit):
        drilled(vault, file=file)


def test_an_old_backup_in_the_way_does_not_matter(vault, tmp_path):
    backed_up(vault, tmp_path / "old").write_bytes(b"rubbish")
    backed_up(vault, tmp_path / "new")
    assert drilled(vault).findings == ()


def test_without_any_backup_there_is_nothing_to_drill(vault):
    with pytest.raises(UnknownReference):
        drilled(vault)


@pytest.mark.skipif(sys.platform != "linux", reason="signals")
def test_what_a_killed_drill_left_is_swept(vault, tmp_path):
    backed_up(vault, tmp_path / "full")
    vault.close()
    child = subprocess.run(
        [*CHILD, "drill", vault.directory, "-", "restoring:2"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert child.returncode == -9
    assert list(vault.layout.staging.iterdir()) != []
    with reopened(vault.directory) as again:
        assert list(again.layout.staging.iterdir()) == []


def test_no_room_for_a_drill_is_said_before_it_begins(vault, tmp_path, monkeypatch):
    """The one thing that cannot be arranged for real here is a full disk of known size."""
    backed_up(vault, tmp_path / "full")
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    with pytest.raises(StorageFull):
        drilled(vault)
    assert list(vault.layout.staging.iterdir()) == []
