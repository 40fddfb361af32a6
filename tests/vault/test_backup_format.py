"""A backup file that is not as it was written is found out, and gives nothing else."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto.sealing import SealedWriter
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import BackupDamaged, VaultNewer
from cport_desktop.usecases.back_up import back_up
from cport_desktop.vault.backup_chain import open_chain
from cport_desktop.vault.backup_format import (
    ENTRY_SIZE,
    LONGEST_HEAD,
    MAGIC,
    Entry,
    Head,
    print_entry,
    print_preamble,
    read_entries,
    read_preamble,
)
from cport_desktop.vault.backup_reader import look_at, open_backup
from cport_desktop.vault.header import VaultKeys
from tests.builders import a_vault, hold_media, noise


@dataclass(frozen=True, slots=True)
class Sample:
    file: Path
    content: bytes
    keys: VaultKeys
    clear: int
    """Bytes before the seal."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A small backup; and the vault is gone."""
    folder = tmp_path_factory.mktemp("backup")
    with a_vault(folder / "vault") as vault:
        for number in range(6):
            hold_media(vault, number, noise(20_000 * number, seed=number))
        back_up(vault, folder / "file", announce=silent, is_cancelled=never)
        keys = vault.header.keys
    file = folder / "file"
    return Sample(file, file.read_bytes(), keys, len(look_at(file).clear))


def read_all(file: Path, keys: VaultKeys) -> str:
    """One value over all that a restore would write."""
    digest = hashlib.sha256()
    with open_chain(file, (), keys) as chain:
        for piece in chain.target.database():
            digest.update(piece)
        for reader, entry, offset in chain.blobs():
            digest.update(entry.blob.encode())
            for piece in reader.blob(entry, offset):
                digest.update(piece)
    return digest.hexdigest()


def is_refused(file: Path, content: bytes, keys: VaultKeys) -> bool:
    """Whether it says no before its end was reached; it never gives other content."""
    file.write_bytes(content)
    try:
        read_all(file, keys)
    except (BackupDamaged, VaultNewer):
        return True
    return False


def flipped(content: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(content)
    changed[position] ^= 1 << bit
    return bytes(changed)


def test_a_flipped_bit_in_head_and_manifest_is_found(sample, tmp_path):
    for position in (*range(60), *range(60, sample.clear + 56 + 512, 7)):
        damaged = flipped(sample.content, position, position % 8)
        assert is_refused(tmp_path / "file", damaged, sample.keys), position


@pytest.mark.faults
def test_each_flipped_bit_of_head_and_manifest_is_found(sample, tmp_path):
    for position in range(sample.clear + 56 + 2048):
        for bit in range(8):
            damaged = flipped(sample.content, position, bit)
            assert is_refused(tmp_path / "file", damaged, sample.keys), (position, bit)


@pytest.mark.faults
def test_a_flipped_bit_all_over_the_file_is_found(sample, tmp_path):
    for position in range(0, len(sample.content), 7):
        damaged = flipped(sample.content, position, position % 8)
        assert is_refused(tmp_path / "file", damaged, sample.keys), position


def test_a_flipped_bit_anywhere_else_is_found(sample, tmp_path):
    for position in range(sample.clear, len(sample.content), 2003):
        damaged = flipped(sample.content, position, position % 8)
        assert is_refused(tmp_path / "file", damaged, sample.keys), position


def test_a_file_that_was_cut_at_any_length_is_refused(sample, tmp_path):
    for length in (*range(0, len(sample.content), 997), len(sample.content) - 1):
        assert is_refused(tmp_path / "file", sample.content[:length], sample.keys), length


def test_what_is_appended_is_refused(sample, tmp_path):
    assert is_refused(tmp_path / "file", sample.content + b"\0", sample.keys)


@pytest.mark.parametrize("more", [b"x", bytes(ENTRY_SIZE)])
def test_what_is_appended_by_somebody_with_the_key_is_refused(sample, tmp_path, more):
    preamble, sealed = look_at(sample.file), bytearray()
    key = preamble.stream_key(sample.keys.backup)
    stream = Cobblestone256Decryptor(key, preamble.context)
    plain = stream.update(sample.content[sample.clear :]) + stream.finalize()
    writer = SealedWriter.begin(sealed.extend, key, preamble.context)
    writer.write(plain + more)
    writer.finish()
    assert is_refused(tmp_path / "file", preamble.clear + bytes(sealed), sample.keys)


def test_an_unharmed_copy_reads_as_the_original(sample, tmp_path):
    (tmp_path / "file").write_bytes(sample.content)
    assert read_all(tmp_path / "file", sample.keys) == read_all(sample.file, sample.keys)


def offset_in_file(sample: Sample, offset: int) -> int:
    """Where a byte of the plaintext lies, sealed."""
    chunk, inside = divmod(offset, 16 * 1024)
    return sample.clear + 56 + chunk * (16 * 1024 + 16) + inside


def test_what_is_damaged_is_named(sample, tmp_path):
    file = tmp_path / "file"
    with open_backup(sample.file, sample.keys.backup) as backup:
        manifest = backup.manifest
        largest, at = max(backup.blobs_here(), key=lambda one: one[0].size)
        middle = 4 + 2000 + manifest.blobs * ENTRY_SIZE + manifest.database_size // 2
    places = {
        sample.clear - 5: "head",
        offset_in_file(sample, 10): "manifest",
        offset_in_file(sample, middle): "database",
        len(sample.content) - 20: "end",
    }
    # Far from both ends of its file, so that no other part shares the chunk.
    places[offset_in_file(sample, at + largest.size // 2)] = f"blob {largest.blob}"
    for position, where in places.items():
        file.write_bytes(flipped(sample.content, position, 1))
        with pytest.raises(BackupDamaged) as damaged:
            read_all(file, sample.keys)
        assert damaged.value.facts["where"] == where
        assert damaged.value.facts["file"] == "file"


def test_another_key_opens_nothing(sample):
    with pytest.raises(BackupDamaged):
        open_backup(sample.file, bytes(32))


def test_the_head_of_one_backup_does_not_fit_the_stream_of_another(sample, tmp_path):
    head = look_at(sample.file).head
    other = print_preamble(
        Head(head.backup, head.vault, Nature.LIVE, head.made_at, head.salt, head.header)
    )
    assert is_refused(tmp_path / "file", other.clear + sample.content[sample.clear :], sample.keys)


def test_an_independent_program_reads_the_stream(sample):
    """As `docs/formats/backup.md` tells it, with the library's own reader of the format."""
    preamble = look_at(sample.file)
    reader = Cobblestone256Decryptor(preamble.stream_key(sample.keys.backup), preamble.context)
    plain = bytearray(reader.update(sample.content[sample.clear :]))
    plain += reader.finalize()
    length = int.from_bytes(plain[:4], "big")
    with open_backup(sample.file, sample.keys.backup) as backup:
        manifest = backup.manifest
        database = b"".join(backup.database())
    start = 4 + length + manifest.blobs * ENTRY_SIZE
    assert bytes(plain[start : start + manifest.database_size]) == database
    assert hashlib.sha256(database).hexdigest() == manifest.database_sha256


def test_a_head_may_not_be_longer_than_any_honest_one():
    content = MAGIC + (LONGEST_HEAD + 1).to_bytes(4, "big")
    with pytest.raises(BackupDamaged):
        read_preamble(io.BytesIO(content + bytes(100)), name="x")


@given(st.binary(max_size=300))
def test_rubbish_is_refused_whatever_it_is(rubbish):
    for content in (rubbish, MAGIC + rubbish, MAGIC + len(rubbish).to_bytes(4, "big") + rubbish):
        with pytest.raises((BackupDamaged, VaultNewer)):
            read_preamble(io.BytesIO(content), name="x")


HEX = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(HEX, HEX, HEX, st.text(min_size=2, max_size=300))
def test_a_head_is_read_as_it_was_written(backup, vault, salt, header):
    head = Head(backup, vault, Nature.LIVE, "2026-05-17T12:00:00Z", salt * 2, header)
    printed = print_preamble(head)
    file = io.BytesIO(printed.clear + b"rest")
    assert read_preamble(file, name="x") == printed
    assert file.read() == b"rest"


@pytest.mark.parametrize(
    "entries",
    [
        [("b" * 32, 1, 0), ("a" * 32, 1, 0)],
        [("a" * 32, 1, 0), ("a" * 32, 1, 0)],
        [("a" * 32, 1, 3)],
        [("a" * 32, 2**51, 0)],
    ],
    ids=["out of order", "twice", "in no file of the chain", "too large"],
)
def test_a_table_that_makes_no_sense_is_refused(entries):
    table = b"".join(print_entry(Entry(*entry)) for entry in entries)
    with pytest.raises(BackupDamaged):
        list(read_entries([table], chain=2, name="x"))
