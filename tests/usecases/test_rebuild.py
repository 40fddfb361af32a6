"""Lost or damaged pictures are made again from the originals, by the confined child."""

from __future__ import annotations

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.keeping import Rebuilt
from cport_desktop.domain.progress import Progress, never, silent
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.rebuild_derivatives import missing_of, rebuild_derivatives
from cport_desktop.vault.vault import Vault
from tests.usecases.conftest import Bench


def numbers_held(vault: Vault) -> list[MediaId]:
    with vault.reader() as reader:
        rows = reader.connection.execute(
            "SELECT media_id FROM media_item WHERE state = 'held' AND cannot_show IS NULL"
        ).fetchall()
    return [MediaId(row[0]) for row in rows]


@pytest.fixture
def synced(bench: Bench) -> Bench:
    bench.sync()
    return bench


def rebuilt(bench: Bench) -> Rebuilt:
    return rebuild_derivatives(bench.vault, bench.sandbox, announce=silent, is_cancelled=never)


def test_a_vault_with_all_its_pictures_needs_none(synced):
    assert missing_of(synced.vault) == 0
    assert rebuilt(synced) == Rebuilt(0, (), begun_anew=False)


def test_lost_pictures_are_made_again_as_they_were(synced):
    vault, held = synced.vault, numbers_held(synced.vault)
    before = vault.derivatives.veils(held)
    assert len(before) == len(held) > 5
    vault.derivatives.begin_anew()
    missing = missing_of(vault)
    assert missing
    done = rebuilt(synced)
    assert (done.made, done.failed) == (missing, ())
    assert vault.derivatives.veils(held) == before
    assert missing_of(vault) == 0


def test_a_damaged_file_of_pictures_is_begun_anew_and_filled(synced):
    vault, held = synced.vault, numbers_held(synced.vault)
    before = vault.derivatives.veils(held)
    path = vault.layout.derivatives
    with vault.derivatives._alone() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[3 * 4096 + 100] ^= 1
    path.write_bytes(content)
    done = rebuilt(synced)
    assert done.begun_anew
    assert not vault.derivatives.is_damaged()
    assert vault.derivatives.veils(held) == before


def test_an_interrupted_run_goes_on_where_it_was(synced):
    vault = synced.vault
    vault.derivatives.begin_anew()
    missing = missing_of(vault)
    told: list[Progress] = []
    with pytest.raises(Cancelled):
        rebuild_derivatives(
            vault, synced.sandbox, announce=told.append, is_cancelled=lambda: bool(told)
        )
    left = missing_of(vault)
    assert left is not None
    assert missing is not None
    assert 0 < left < missing
    assert rebuilt(synced).made == left


def test_a_damaged_original_costs_itself_only_and_is_named(synced):
    vault, held = synced.vault, numbers_held(synced.vault)
    with vault.reader() as reader:
        (blob,) = reader.connection.execute(
            "SELECT blob_id FROM media_item WHERE media_id = ?", (held[0],)
        ).fetchone()
    path = vault.layout.blob(blob)
    content = bytearray(path.read_bytes())
    content[60] ^= 1
    path.write_bytes(content)
    vault.derivatives.begin_anew()
    missing = missing_of(vault)
    assert missing is not None
    done = rebuilt(synced)
    assert (done.made, len(done.failed)) == (missing - 1, 1)
    assert missing_of(vault) == 1


def test_files_described_by_an_earlier_version_are_examined_and_compared_anew(synced):
    vault = synced.vault
    with vault.reader() as reader:
        before = reader.connection.execute(LIKENESS).fetchall()
    with vault.bookkeeping() as connection:
        for table in ("likeness", "likeness_detail", "likeness_link", "matching_state"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE media_item SET examined = 0, in_stack = 0")

    done = rebuilt(synced)

    assert done.made == len(before) > 5
    assert done.failed == ()
    with vault.reader() as reader:
        assert reader.connection.execute(LIKENESS).fetchall() == before
        stacked = reader.connection.execute("SELECT count(*) FROM likeness_link").fetchone()
    assert stacked is not None
    assert stacked[0] > 0
    assert rebuilt(synced).made == 0


LIKENESS = (
    "SELECT l.sha256, l.kind, l.pdq, l.dct, d.turned, d.frames FROM likeness AS l"
    " LEFT JOIN likeness_detail AS d ON d.content = l.content ORDER BY 1"
)
