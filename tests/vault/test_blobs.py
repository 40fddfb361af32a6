from __future__ import annotations

import shutil

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor

from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.errors import UnknownReference, VaultDamaged
from cport_desktop.vault.blobs import seal_context
from cport_desktop.vault.vault import Vault
from tests.builders import announce_media, hold_media, make_vault, noise, reopened

CONTENT = noise(300_000, seed=7)


def blob_of(vault: Vault, media: int) -> tuple[BlobId, bytes]:
    with vault.reader() as reader:
        row = reader.connection.execute(
            "SELECT b.blob_id, b.key FROM media_item AS m JOIN blob AS b USING (blob_id)"
            " WHERE m.media_id = ?",
            (media,),
        ).fetchone()
    assert row is not None
    return BlobId(row[0]), row[1]


def read(vault: Vault, media: int) -> bytes:
    with vault.reader() as reader:
        return b"".join(vault.blobs.read(reader, MediaId(media)))


def test_a_held_file_reads_as_it_came(vault):
    assert read(vault, hold_media(vault, 1, CONTENT)) == CONTENT
    assert read(vault, hold_media(vault, 2, b"")) == b""


def test_the_file_can_be_read_after_the_reader_has_gone(vault):
    media = hold_media(vault, 1, CONTENT)
    with vault.reader() as reader:
        pieces = vault.blobs.read(reader, media)
    assert b"".join(pieces) == CONTENT


def test_a_part_of_a_file_reads_without_the_rest(vault):
    media = hold_media(vault, 1, CONTENT)
    with vault.reader() as reader, vault.blobs.open(reader, media) as sealed:
        assert sealed.size == len(CONTENT)
        assert sealed.read_at(200_000, 70_000) == CONTENT[200_000:270_000]


def test_equal_files_have_unequal_names_keys_and_ciphertexts(vault):
    first, second = (blob_of(vault, hold_media(vault, n, CONTENT)) for n in (1, 2))
    assert first[0] != second[0]
    assert first[1] != second[1]
    files = [vault.layout.blob(BlobId(row[0])).read_bytes() for row in (first, second)]
    assert files[0] != files[1]


def test_any_tool_that_speaks_the_specification_reads_the_file_given_its_key(vault):
    media = hold_media(vault, 1, CONTENT)
    blob, key = blob_of(vault, media)
    tool = Cobblestone256Decryptor(key, seal_context(vault.identity, BlobId(blob)))
    sealed = vault.layout.blob(BlobId(blob)).read_bytes()
    assert tool.update(sealed) + tool.finalize() == CONTENT


def test_an_item_that_is_not_held_cannot_be_read(vault):
    announce_media(vault, 1, CONTENT)
    for media in (1, 2):
        with vault.reader() as reader, pytest.raises(UnknownReference):
            vault.blobs.read(reader, media)


def test_a_missing_file_is_damage(vault):
    media = hold_media(vault, 1, CONTENT)
    vault.layout.blob(BlobId(blob_of(vault, media)[0])).unlink()
    with vault.reader() as reader, pytest.raises(VaultDamaged):
        vault.blobs.read(reader, media)


def test_a_changed_file_costs_itself_only(vault):
    changed, sound = hold_media(vault, 1, CONTENT), hold_media(vault, 2, CONTENT)
    path = vault.layout.blob(BlobId(blob_of(vault, changed)[0]))
    content = bytearray(path.read_bytes())
    content[150_000] ^= 0x80
    path.write_bytes(content)
    with pytest.raises(VaultDamaged) as caught:
        read(vault, changed)
    assert caught.value.facts == {"where": f"blob {blob_of(vault, changed)[0]}"}
    assert read(vault, sound) == CONTENT


def test_files_of_one_vault_cannot_be_exchanged(vault):
    one, two = (
        vault.layout.blob(BlobId(blob_of(vault, hold_media(vault, n, CONTENT))[0])) for n in (1, 2)
    )
    shutil.copy(one, two)
    with pytest.raises(VaultDamaged):
        read(vault, 2)


def test_a_file_does_not_open_in_another_vault_even_with_its_key(vault, tmp_path):
    media = hold_media(vault, 1, CONTENT)
    blob, key = blob_of(vault, media)
    with reopened(make_vault(tmp_path / "other")) as other:
        hold_media(other, 1, CONTENT)
        foreign = BlobId(blob)
        target = other.layout.blob(foreign)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(vault.layout.blob(foreign), target)
        with pytest.raises(VaultDamaged):
            other.blobs.open_blob(foreign, key, size=len(CONTENT))


def test_a_file_shorter_than_its_row_says_is_damage(vault):
    media = hold_media(vault, 1, CONTENT)
    blob, key = blob_of(vault, media)
    with pytest.raises(VaultDamaged):
        vault.blobs.open_blob(BlobId(blob), key, size=len(CONTENT) + 1)
