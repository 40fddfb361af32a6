"""A log of writes that lost acknowledged commits is told from one that a power cut tore."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cport_desktop.vault import audit_log, keeping, write_log
from cport_desktop.vault.keeping import Kept
from cport_desktop.vault.vault import Vault
from tests.builders import announce_media, reopened

FRAME = 24 + 4096


@pytest.fixture
def log(vault: Vault, tmp_path: Path) -> tuple[Path, bytes]:
    """A copy of a log with some commits, to be damaged."""
    for number in range(10):
        announce_media(vault, number, b"x")
    content = (vault.directory / "vault.db-wal").read_bytes()
    return tmp_path / "copy-wal", content


def scanned(path: Path, content: bytes) -> write_log.WriteLog:
    path.write_bytes(content)
    return write_log.scan(path)


def test_a_log_as_sqlite_wrote_it_is_sound(log):
    path, content = log
    found = scanned(path, content)
    assert found.lost_commits == 0
    assert found.sound > 10


def test_no_log_is_sound(tmp_path):
    assert not write_log.scan(tmp_path / "none").is_damaged


def test_one_flipped_bit_shows_that_acknowledged_commits_are_lost(log):
    path, content = log
    for position in range(0, 32 + 3 * FRAME, 37):
        changed = bytearray(content)
        changed[position] ^= 1 << position % 8
        assert scanned(path, bytes(changed)).is_damaged, position


def test_an_end_that_a_power_cut_tore_is_no_damage(log):
    path, content = log
    whole = scanned(path, content).sound
    used = 32 + whole * FRAME
    for cut in (1, 100, FRAME - 1):
        assert not scanned(path, content[: used - cut]).is_damaged
        torn = content[: used - cut] + bytes(cut) + content[used:]
        assert not scanned(path, torn).is_damaged


def as_after_a_kill(vault: Vault, folder: Path) -> Path:
    """The folder as it lies there while somebody works in it."""
    return Path(shutil.copytree(vault.directory, folder, ignore=shutil.ignore_patterns("lock")))


def test_an_opening_that_finds_commits_lost_puts_it_on_record(vault, tmp_path):
    for number in range(10):
        announce_media(vault, number, b"x")
    killed = as_after_a_kill(vault, tmp_path / "killed")
    log = killed / "vault.db-wal"
    content = bytearray(log.read_bytes())
    content[32 + 20 * FRAME + 1000] ^= 1
    log.write_bytes(content)
    with reopened(killed) as again, again.reader() as reader:
        record = keeping.last(reader, Kept.CHECK)
        verbs = {entry.draft.verb for entry in audit_log.page(reader, limit=20).rows}
    assert record is not None
    assert not record.is_sound
    assert "lost_writes" in verbs


def test_an_opening_after_a_mere_kill_says_nothing_of_the_kind(vault, tmp_path):
    for number in range(10):
        announce_media(vault, number, b"x")
    killed = as_after_a_kill(vault, tmp_path / "killed")
    with reopened(killed) as again, again.reader() as reader:
        assert keeping.last(reader, Kept.CHECK) is None
        verbs = {entry.draft.verb for entry in audit_log.page(reader, limit=20).rows}
    assert "lost_writes" not in verbs
