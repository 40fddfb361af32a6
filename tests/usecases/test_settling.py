"""Files that come together are held together, and none before it is durable."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.errors import StorageFull, VaultDamaged
from cport_desktop.usecases.settling import Arrived, Settling
from cport_desktop.vault import audit_log
from cport_desktop.vault.intake import Examined
from cport_desktop.vault.vault import Vault
from tests.builders import a_vault, an_examination, announce_media, digests_of, noise

FILES = 40


def expected(vault: Vault, count: int = FILES) -> list[MediaId]:
    media = [
        announce_media(vault, number, noise(40_000, seed=number)) for number in range(1, count + 1)
    ]
    vault.expect(media)
    return media


def arrived(vault: Vault, media: MediaId) -> Arrived:
    content = noise(40_000, seed=media)
    intake = vault.intake(media)
    intake.write(content)
    return Arrived(media, Examined(intake, digests_of(content), an_examination()))


def states(vault: Vault) -> list[str]:
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT state FROM media_item ORDER BY media_id")
        return [row[0] for row in rows]


def test_all_that_was_put_is_held_and_each_has_its_entry(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        with Settling(vault) as settling:
            for media in expected(vault):
                settling.put(arrived(vault, media))
            settling.wait()
            assert states(vault) == ["held"] * FILES
        with vault.reader() as reader:
            entries = audit_log.page(reader, limit=200).rows
            assert audit_log.verify(reader).is_verified
            assert sum(entry.draft.verb == "hold" for entry in entries) == FILES
            for number in range(1, FILES + 1):
                assert b"".join(vault.blobs.read(reader, MediaId(number))) == noise(
                    40_000, seed=number
                )
        assert list(vault.layout.staging.iterdir()) == []


def test_files_that_were_expected_together_lie_in_one_folder_under_random_names(
    tmp_path: Path,
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        with Settling(vault) as settling:
            for media in expected(vault):
                settling.put(arrived(vault, media))
        (folder,) = vault.layout.blobs.iterdir()
        assert len({path.name for path in folder.iterdir()}) == FILES


def test_whoever_leaves_by_an_error_leaves_what_was_examined_settled(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        first = expected(vault, 2)[0]
        with pytest.raises(KeyError), Settling(vault) as settling:
            settling.put(arrived(vault, first))
            raise KeyError
        assert states(vault) == ["held", "wanted"]


def test_a_lot_that_cannot_be_moved_in_is_not_held_and_can_come_again(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        media = expected(vault, 3)
        blobs = vault.layout.blobs
        blobs.rename(tmp_path / "aside")
        blobs.write_bytes(b"no folder")
        with pytest.raises((VaultDamaged, StorageFull)), Settling(vault) as settling:
            for each in media:
                settling.put(arrived(vault, each))
            settling.wait()
        assert states(vault) == ["wanted"] * 3
        blobs.unlink()
        (tmp_path / "aside").rename(blobs)
        with Settling(vault) as settling:
            for each in media:
                intake = vault.intake(each)
                intake.write(noise(40_000, seed=each)[intake.offset :])
                digests = digests_of(noise(40_000, seed=each))
                settling.put(Arrived(each, Examined(intake, digests, an_examination())))
        assert states(vault) == ["held"] * 3


def test_a_row_is_never_entered_before_its_file_is_in_its_place(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        file = arrived(vault, expected(vault, 1)[0]).file
        with pytest.raises(RuntimeError), vault.transaction() as tx:
            file.intake.enter(tx, file.digests, file.examination)
        file.intake.close()
        assert states(vault) == ["wanted"]


def test_expecting_twice_keeps_what_has_come_so_far(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        (media,) = expected(vault, 1)
        intake = vault.intake(media)
        intake.write(noise(40_000, seed=media)[:20_000])
        vault.expect([media])
        intake.close()
        vault.expect([media])
        again = vault.intake(media)
        assert again.offset == 16_384
        again.close()
