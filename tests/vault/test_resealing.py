from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.domain.progress import Progress, never, silent
from cport_desktop.errors import Cancelled, KeepingUnderWay, VaultDamaged
from cport_desktop.vault import audit_log
from cport_desktop.vault.resealing import reseal
from cport_desktop.vault.soundness import check
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, announce_media, hold_media, noise, reopened

SIZES = (0, 1, 16_383, 16_384, 100_000)


def rows_of(vault: Vault) -> dict[str, bytes]:
    with vault.reader() as reader:
        return dict(reader.connection.execute("SELECT blob_id, key FROM blob").fetchall())


def files_of(vault: Vault) -> set[str]:
    return {path.name for path in vault.layout.blobs.glob("*/*")}


def content_of(vault: Vault, media: int) -> bytes:
    with vault.reader() as reader:
        return b"".join(vault.blobs.read(reader, MediaId(media)))


@pytest.fixture
def filled(vault: Vault) -> Vault:
    for media, size in enumerate(SIZES, start=1):
        hold_media(vault, media, noise(size, seed=media))
    return vault


def test_every_file_has_another_key_and_name_and_the_same_content(filled):
    before = rows_of(filled)
    old_files = {path.name: path.read_bytes() for path in filled.layout.blobs.glob("*/*")}
    done = reseal(filled, announce=silent, is_cancelled=never)
    after = rows_of(filled)
    assert (done.files, done.size, done.damaged) == (len(SIZES), sum(SIZES), ())
    assert not set(before) & set(after)
    assert not set(before.values()) & set(after.values())
    assert files_of(filled) == set(after)
    for media, size in enumerate(SIZES, start=1):
        assert content_of(filled, media) == noise(size, seed=media)
    assert check(filled, deep=True, announce=silent, is_cancelled=never) == ()
    for name, key in before.items():  # What somebody copied then fits nothing that lies here now.
        for blob in after:
            (filled.layout.blob(blob).parent / blob).read_bytes()
            with pytest.raises(VaultDamaged):
                filled.blobs.open_blob(blob, key, size=1)
        assert old_files[name] not in {
            path.read_bytes() for path in filled.layout.blobs.glob("*/*")
        }


def test_items_that_share_a_file_share_the_new_one(filled):
    with filled.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO media_item (media_id, state, size, announced_sha256, newest_received,"
            " blob_id, sha256) SELECT 99, 'held', size, announced_sha256, 0, blob_id, sha256"
            " FROM media_item WHERE media_id = 5"
        )
        tx.record(an_entry("share"))
    reseal(filled, announce=silent, is_cancelled=never)
    assert content_of(filled, 99) == content_of(filled, 5) == noise(100_000, seed=5)


def test_a_damaged_file_is_named_and_left_as_it_is(filled):
    with filled.reader() as reader:
        (blob,) = reader.connection.execute(
            "SELECT blob_id FROM media_item WHERE media_id = 5"
        ).fetchone() or ("",)
    path = filled.layout.blob(blob)
    content = bytearray(path.read_bytes())
    content[70_000] ^= 1
    path.write_bytes(content)
    done = reseal(filled, announce=silent, is_cancelled=never)
    assert done.damaged == (blob,)
    assert path.read_bytes() == content
    assert files_of(filled) == set(rows_of(filled))


def test_what_is_still_arriving_goes_on_afterwards(filled):
    media = announce_media(filled, 50, noise(40_000, seed=50))
    intake = filled.intake(media)
    intake.write(noise(40_000, seed=50)[:33_000])
    intake.close()
    reseal(filled, announce=silent, is_cancelled=never)
    again = filled.intake(media)
    assert again.offset == 2 * 16_384
    again.close()


def test_stopped_halfway_it_goes_on_where_it_was(closed_vault: Path):
    with reopened(closed_vault) as vault:
        for media in range(1, 100):
            hold_media(vault, media, noise(100, seed=media))
        asked = 0

        def after_one_turn() -> bool:
            nonlocal asked
            asked += 1
            return asked > 1

        with pytest.raises(Cancelled):
            reseal(vault, announce=silent, is_cancelled=after_one_turn)
        first = rows_of(vault)
    told: list[Progress] = []
    with reopened(closed_vault) as vault:
        done = reseal(vault, announce=told.append, is_cancelled=never)
        assert done.files == 99 - 64
        assert told[0].total == 99 - 64
        assert len(set(first) & set(rows_of(vault))) == 64
        assert check(vault, deep=True, announce=silent, is_cancelled=never) == ()
        again = reseal(vault, announce=silent, is_cancelled=never)
        assert again.files == 99


def test_killed_before_its_transaction_the_new_files_are_removed_by_the_next_opening(
    closed_vault: Path,
):
    with reopened(closed_vault) as vault:
        hold_media(vault, 1, b"content")
        with vault.bookkeeping() as books:
            books.execute(
                "INSERT INTO erasure_residue (kind, name) VALUES ('blob', ?)", ("ab" * 16,)
            )
        stray = vault.layout.blob(BlobId("ab" * 16))
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"half")
    with reopened(closed_vault) as vault:
        assert not stray.exists()
        assert check(vault, deep=True, announce=silent, is_cancelled=never) == ()


def test_not_while_a_backup_reads_the_files(filled):
    with filled.blob_guard.staying(), pytest.raises(KeepingUnderWay):
        reseal(filled, announce=silent, is_cancelled=never)


def test_it_is_on_record(filled):
    reseal(filled, announce=silent, is_cancelled=never)
    with filled.reader() as reader:
        verbs = [entry.draft.verb for entry in audit_log.page(reader, limit=3).rows]
    assert verbs[0] == "reseal"
