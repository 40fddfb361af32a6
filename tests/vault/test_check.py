"""A check that names everything, and goes on where it was interrupted."""

from __future__ import annotations

import pytest

from cport_desktop.domain.ids import BlobId
from cport_desktop.domain.progress import Progress, never, silent
from cport_desktop.errors import Cancelled
from cport_desktop.vault import inspection, soundness
from cport_desktop.vault.soundness import Part
from cport_desktop.vault.vault import Vault
from cport_desktop.words import vault_faults as words
from tests.builders import hold_media, noise

NUMBERS = range(1, 13)


@pytest.fixture
def stocked(vault: Vault) -> Vault:
    for number in NUMBERS:
        hold_media(vault, number, noise(1000, seed=number))
    return vault


def blobs_of(vault: Vault) -> list[BlobId]:
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT blob_id FROM blob ORDER BY blob_id").fetchall()
    return [BlobId(row[0]) for row in rows]


def damage(vault: Vault, blob: BlobId) -> None:
    path = vault.layout.blob(blob)
    content = bytearray(path.read_bytes())
    content[70] ^= 1
    path.write_bytes(content)


def looked_at(
    vault: Vault, *, part: Part | None = None, restart: bool = False
) -> tuple[list[str], int]:
    """Where faults are, and how many files were looked at."""
    told: list[Progress] = []
    found = inspection.check(
        vault,
        deep=True,
        announce=told.append,
        is_cancelled=never,
        part=part,
        restart=restart,
    )
    return [finding.where for finding in found], len(told)


def interrupted(vault: Vault, *, after: int) -> None:
    told: list[Progress] = []
    with pytest.raises(Cancelled):
        inspection.check(
            vault, deep=True, announce=told.append, is_cancelled=lambda: len(told) >= after
        )


def test_an_interrupted_check_goes_on_behind_the_last_file_and_forgets_no_fault(stocked):
    blobs = blobs_of(stocked)
    damage(stocked, blobs[3])
    damage(stocked, blobs[9])
    interrupted(stocked, after=6)
    wheres, looks = looked_at(stocked)
    assert wheres == [f"blob {blobs[3]}", f"blob {blobs[9]}"]
    # Up to the damaged one it was noted: twelve names for the faulty one, eight behind it.
    assert looks == len(NUMBERS) + len(NUMBERS) - 4
    again, looks = looked_at(stocked)
    assert (again, looks) == (wheres, len(NUMBERS))


def test_a_check_can_begin_anew(stocked):
    damage(stocked, blobs_of(stocked)[3])
    interrupted(stocked, after=6)
    _, looks = looked_at(stocked, restart=True)
    assert looks == len(NUMBERS)


def test_a_fault_that_was_mended_meanwhile_is_none(stocked):
    blob = blobs_of(stocked)[3]
    damage(stocked, blob)
    interrupted(stocked, after=6)
    damage(stocked, blob)
    assert looked_at(stocked)[0] == []


def test_parts_together_are_the_whole_and_none_is_looked_at_twice(stocked):
    blobs = blobs_of(stocked)
    parts = [Part(number, 5) for number in range(1, 6)]
    assert sorted(blob for part in parts for blob in blobs if part.holds(blob)) == blobs
    damage(stocked, blobs[0])
    found = [looked_at(stocked, part=part)[0] for part in parts]
    assert sum(map(len, found)) == 1
    for numbers in ((0, 5), (6, 5), (1, 0)):
        with pytest.raises(ValueError, match="part"):
            Part(*numbers)


@pytest.mark.parametrize("copy", [0, 1])
def test_each_copy_of_the_header_is_looked_at(vault, copy):
    path = vault.layout.headers[copy]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (finding,) = inspection.check(vault, deep=False, announce=silent, is_cancelled=never)
    assert (finding.where, finding.what) == (path.name, words.HEADER_DIFFERS)
    path.unlink()
    (finding,) = inspection.check(vault, deep=False, announce=silent, is_cancelled=never)
    assert (finding.where, finding.what) == (path.name, words.HEADER_MISSING)


@pytest.mark.parametrize("place", ["stray", "blobs/zz", "blobs/note", "staging/stray"])
def test_a_file_that_nobody_knows_is_named_wherever_it_is(vault, place):
    (vault.directory / place).write_bytes(b"x")
    (finding,) = inspection.check(vault, deep=False, announce=silent, is_cancelled=never)
    assert finding.what == words.FILE_STRAY
    assert place.rpartition("/")[2] in finding.where


def test_a_changed_log_of_writes_is_named(stocked):
    path = stocked.directory / "vault.db-wal"
    content = bytearray(path.read_bytes())
    content[32 + 5 * (24 + 4096) + 100] ^= 1
    path.write_bytes(content)
    wheres = [
        finding.where
        for finding in soundness.check(stocked, deep=False, announce=silent, is_cancelled=never)
    ]
    assert "vault.db-wal" in wheres
