from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cport_desktop.crypto.sealing import CHUNK, SEALED_CHUNK
from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import StorageFull, UnknownReference
from cport_desktop.vault import inspection
from cport_desktop.vault.database import Row
from cport_desktop.vault.intake import Intake
from cport_desktop.vault.vault import Vault
from tests.builders import (
    an_entry,
    an_examination,
    announce_media,
    digests_of,
    hold_media,
    noise,
    reopened,
)
from tests.vault.fetching_child import NUMBERS, content_of

ROOT = Path(__file__).parents[2]
CONTENT = noise(10 * CHUNK + 1234, seed=11)


def state_of(vault: Vault, media: int) -> Row:
    with vault.reader() as reader:
        row = reader.connection.execute(
            "SELECT state, refusal, sha256, facts FROM media_item WHERE media_id = ?", (media,)
        ).fetchone()
    assert row is not None
    return row


def staged_files(vault: Vault) -> list[str]:
    return sorted(path.name for path in vault.layout.staging.iterdir())


def blob_files(vault: Vault) -> list[str]:
    return sorted(path.name for path in vault.layout.blobs.glob("*/*"))


def settle(vault: Vault, intake: Intake, content: bytes = CONTENT) -> None:
    with vault.transaction() as tx:
        intake.settle(tx, digests_of(content), an_examination())
        tx.record(an_entry())


def read(vault: Vault, media: MediaId) -> bytes:
    with vault.reader() as reader:
        return b"".join(vault.blobs.read(reader, media))


def finish(vault: Vault, media: MediaId, content: bytes = CONTENT) -> None:
    """Fetch what is missing and settle."""
    intake = vault.intake(media)
    intake.write(content[intake.offset :])
    assert b"".join(intake.read()) == content
    settle(vault, intake, content)
    intake.close()


def test_a_file_that_arrived_whole_is_held_with_all_that_was_found(vault):
    media = announce_media(vault, 1, CONTENT)
    finish(vault, media)
    digests = digests_of(CONTENT)
    assert state_of(vault, media) == ("held", None, digests.sha256, '[["Software", "SYNTHETIC"]]')
    assert read(vault, media) == CONTENT
    assert staged_files(vault) == []


def test_all_that_is_here_can_be_read_before_it_is_settled(vault):
    intake = vault.intake(announce_media(vault, 1, CONTENT))
    for start in range(0, len(CONTENT), 7001):
        intake.write(CONTENT[start : start + 7001])
        if start % 5 == 0:
            assert b"".join(intake.read()) == CONTENT[: start + 7001]
    assert intake.offset == len(CONTENT)
    intake.close()


@pytest.mark.parametrize("arrived", [0, 1, CHUNK - 1, CHUNK, 5 * CHUNK + 17, len(CONTENT)])
def test_a_cut_costs_less_than_one_chunk(closed_vault, arrived):
    with reopened(closed_vault) as vault:
        media = announce_media(vault, 1, CONTENT)
        intake = vault.intake(media)
        intake.write(CONTENT[:arrived])
        assert intake.offset == arrived
        intake.close()
    with reopened(closed_vault) as vault:
        intake = vault.intake(media)
        assert intake.offset == arrived // CHUNK * CHUNK
        intake.close()
        finish(vault, media)
        assert read(vault, media) == CONTENT


def test_a_torn_chunk_is_fetched_again_under_another_key(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    intake.write(CONTENT[: 3 * CHUNK])
    intake.close()
    (name,) = staged_files(vault)
    path = vault.layout.staged(BlobId(name))
    os.truncate(path, path.stat().st_size - 100)
    intake = vault.intake(media)
    assert intake.offset == 2 * CHUNK
    intake.close()
    assert staged_files(vault) != [name]
    finish(vault, media)
    assert read(vault, media) == CONTENT


def test_bytes_that_changed_in_staging_are_fetched_again(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    intake.write(CONTENT[: 4 * CHUNK])
    intake.close()
    path = vault.layout.staged(BlobId(staged_files(vault)[0]))
    content = bytearray(path.read_bytes())
    content[60 + CHUNK + 20] ^= 1
    path.write_bytes(content)
    intake = vault.intake(media)
    assert intake.offset == CHUNK
    intake.close()


def test_a_settlement_that_was_rolled_back_costs_less_than_one_chunk(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    intake.write(CONTENT)

    def fail() -> None:
        with vault.transaction() as tx:
            intake.settle(tx, digests_of(CONTENT), an_examination())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    intake.close()
    assert state_of(vault, media)[0] == "wanted"
    again = vault.intake(media)
    assert again.offset == len(CONTENT) // CHUNK * CHUNK
    again.close()
    assert blob_files(vault) == []
    finish(vault, media)
    assert read(vault, media) == CONTENT
    assert len(blob_files(vault)) == 1


def test_a_refused_file_leaves_its_reason_and_nothing_else(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    intake.write(CONTENT[:100_000])
    with vault.transaction() as tx:
        intake.refuse(tx, "digest differs from the one announced")
        tx.record(an_entry())
    intake.close()
    assert state_of(vault, media)[:2] == ("refused", "digest differs from the one announced")
    assert staged_files(vault) == []
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT count(*) FROM blob").fetchone()
    assert rows == (0,)


def test_what_was_staged_for_another_announcement_is_not_used(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    intake.write(CONTENT)
    intake.close()
    with vault.transaction() as tx:
        tx.connection.execute("UPDATE media_item SET announced_sha256 = ?", ("ab" * 32,))
        tx.record(an_entry())
    intake = vault.intake(media)
    assert intake.offset == 0
    intake.close()


def test_a_second_settlement_of_an_item_changes_nothing(vault):
    media = hold_media(vault, 1, CONTENT)
    before = blob_files(vault)
    finish(vault, media)
    assert blob_files(vault) == before
    assert read(vault, media) == CONTENT


def test_digests_of_another_file_settle_nothing(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    intake.write(CONTENT[:-1])
    with pytest.raises(ValueError, match="another file"):
        settle(vault, intake)
    intake.close()
    assert state_of(vault, media)[0] == "wanted"


def test_an_item_that_nobody_announced_has_no_intake(vault):
    with pytest.raises(UnknownReference):
        vault.intake(99)
    with pytest.raises(UnknownReference):
        vault.intake(99)


def test_one_item_has_one_intake_at_a_time(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    with pytest.raises(RuntimeError, match="under way"):
        vault.intake(media)
    intake.close()
    vault.intake(media).close()


def test_what_nobody_waits_for_is_swept_away_at_the_next_opening(closed_vault):
    with reopened(closed_vault) as vault:
        wanted, given_up = (announce_media(vault, n, CONTENT) for n in (1, 2))
        for media in (wanted, given_up):
            intake = vault.intake(media)
            intake.write(CONTENT)
            intake.close()
        with vault.transaction() as tx:
            tx.connection.execute("UPDATE media_item SET state = 'refused' WHERE media_id = 2")
            tx.record(an_entry())
        (vault.layout.staging / "stray").write_bytes(b"x")
    with reopened(closed_vault) as vault:
        assert len(staged_files(vault)) == 1
        assert vault.intake(wanted).offset > 0


@contextmanager
def files_no_longer_than(limit: int) -> Iterator[None]:
    """A medium that takes so much of a file and, of the write that crosses it, a part."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [57, 5000, 56 + 3 * SEALED_CHUNK, 56 + 3 * SEALED_CHUNK + 5000])
def test_a_full_disk_is_named_and_the_file_goes_on_when_there_is_room(vault, room):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    with pytest.raises(StorageFull), files_no_longer_than(room):
        intake.write(CONTENT)
    with pytest.raises(RuntimeError, match="broken"):
        intake.write(b"more")
    intake.close()
    again = vault.intake(media)
    assert again.offset == (room - 56) // SEALED_CHUNK * CHUNK
    again.close()
    finish(vault, media)
    assert read(vault, media) == CONTENT


def test_a_disk_that_fills_up_at_the_last_moment_settles_nothing(vault):
    media = announce_media(vault, 1, CONTENT)
    intake = vault.intake(media)
    intake.write(CONTENT)
    with pytest.raises(StorageFull), files_no_longer_than(56 + 10 * SEALED_CHUNK + 50):
        settle(vault, intake)
    intake.close()
    assert state_of(vault, media)[0] == "wanted"
    finish(vault, media)
    assert read(vault, media) == CONTENT


def fetch_until_killed(directory: Path, *, after: float | None) -> None:
    """Another process fetches, and is killed so many seconds after it has begun."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.vault.fetching_child", str(directory)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child.stdout as told:
        assert told.readline() == b"ready\n"
        if after is not None:
            time.sleep(after)
            child.kill()
        assert child.wait() in (0, -signal.SIGKILL)


@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.faults)])
def test_killed_at_any_moment_no_held_file_is_ever_missing_or_wrong(closed_vault, kills):
    with reopened(closed_vault) as vault:
        for number in NUMBERS:
            announce_media(vault, number, content_of(number))
    for kill in range(kills):
        fetch_until_killed(closed_vault, after=0.003 + 0.0007 * (kill * 37 % 101))
        with reopened(closed_vault) as vault:
            assert inspection.check(vault, deep=True, announce=silent, is_cancelled=never) == ()
    fetch_until_killed(closed_vault, after=None)
    with reopened(closed_vault) as vault:
        assert inspection.status(vault).media_held == len(NUMBERS)
        assert inspection.check(vault, deep=True, announce=silent, is_cancelled=never) == ()
        assert staged_files(vault) == []
        assert len(blob_files(vault)) == len(NUMBERS)


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param((400, 1200, 300), id="a few"),
        pytest.param((40, 2400, 24), id="many", marks=pytest.mark.faults),
    ],
)
def test_on_a_disk_too_small_nothing_acknowledged_is_lost_and_work_goes_on_with_room(
    tmp_path, sizes
):
    alone = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("this machine gives no mount namespace to a user")
    module = [sys.executable, "-m", "tests.vault.full_disk_child", str(tmp_path)]
    child = subprocess.run(
        [*alone, *module, *map(str, sizes)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
