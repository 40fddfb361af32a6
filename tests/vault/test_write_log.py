"""A log of writes that lost acknowledged commits is told from one that a power cut tore."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.vault import write_log
from cport_desktop.vault.vault import Vault
from tests.builders import announce_media

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
