from __future__ import annotations

import json
from pathlib import Path

import pytest

from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.ids import BlobId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.errors import Cancelled
from cport_desktop.vault import inspection, quarantine
from cport_desktop.vault.database import connect
from cport_desktop.vault.vault import Vault
from cport_desktop.words import vault_faults as words
from tests.builders import (
    ANALYST,
    an_entry,
    an_examination,
    announce_media,
    database_key,
    digests_of,
    hold_media,
    make_vault,
    noise,
    reopened,
)

CONTENT = noise(100_000, seed=5)


def found_in(vault: Vault, *, deep: bool = True) -> tuple[inspection.Finding, ...]:
    return inspection.check(vault, deep=deep, announce=silent, is_cancelled=never)


def digest_of(vault: Vault) -> str:
    with vault.reader() as reader:
        return inspection.digest(reader)


def blob_path(vault: Vault, media: int) -> Path:
    with vault.reader() as reader:
        row = reader.connection.execute(
            "SELECT blob_id FROM media_item WHERE media_id = ?", (media,)
        ).fetchone()
    assert row is not None
    return vault.layout.blob(BlobId(row[0]))


def write(vault: Vault, statement: str, *parameters: object) -> None:
    with vault.transaction() as tx:
        tx.connection.execute(statement, parameters)
        tx.record(an_entry())


def test_the_status_counts_what_is_here(vault):
    hold_media(vault, 1, CONTENT)
    announce_media(vault, 2, CONTENT)
    with vault.transaction() as tx:
        quarantine.keep_aside(tx, "batch", "cause", b"rubbish")
        tx.record(an_entry())
    status = inspection.status(vault)
    assert (status.media_held, status.media_wanted, status.media_refused) == (1, 1, 0)
    assert status.media_bytes == len(CONTENT)
    assert status.kept_aside == 1
    assert status.nature is Nature.DEMO
    assert status.analyst == ANALYST
    assert [(slot.name, slot.kind, slot.cost) for slot in status.slots] == [
        ("passphrase", "passphrase", FLOOR)
    ]
    assert status.portal is None
    assert status.cursor is None
    assert status.database_bytes > 0
    assert status.audit_entries > 0


def test_a_sound_vault_has_no_findings_and_says_how_far_it_is(vault):
    for number in range(3):
        hold_media(vault, number, CONTENT + bytes([number]))
    told: list[Progress] = []
    assert inspection.check(vault, deep=True, announce=told.append, is_cancelled=never) == ()
    assert told[-1] == Progress(Phase.CHECKING, 3, 3)


def test_a_check_can_be_stopped(vault):
    with pytest.raises(Cancelled):
        inspection.check(vault, deep=True, announce=silent, is_cancelled=lambda: True)


def test_a_missing_file_is_found(vault):
    blob_path(vault, hold_media(vault, 1, CONTENT)).unlink()
    assert [finding.what for finding in found_in(vault, deep=False)] == [words.FILE_MISSING]


def test_a_cut_file_is_found(vault):
    path = blob_path(vault, hold_media(vault, 1, CONTENT))
    path.write_bytes(path.read_bytes()[:-1])
    assert [finding.what for finding in found_in(vault, deep=False)] == [words.FILE_LENGTH]


def test_a_changed_byte_in_the_middle_is_found_by_a_deep_check(vault):
    media = hold_media(vault, 1, CONTENT)
    hold_media(vault, 2, CONTENT)
    path = blob_path(vault, media)
    content = bytearray(path.read_bytes())
    content[50_000] ^= 1
    path.write_bytes(content)
    assert found_in(vault, deep=False) == ()
    (finding,) = found_in(vault)
    assert finding.what == words.FILE_CHANGED
    assert path.name in finding.where


def test_a_file_that_nobody_knows_is_found(vault):
    hold_media(vault, 1, CONTENT)
    (vault.layout.blobs / "00").mkdir(exist_ok=True)
    (vault.layout.blobs / "00" / ("00" * 16)).write_bytes(b"x")
    assert [finding.what for finding in found_in(vault)] == [words.FILE_STRAY]


def test_a_held_item_without_a_file_on_record_is_found(vault):
    hold_media(vault, 7, CONTENT)
    write(vault, "DELETE FROM blob")
    findings = [finding.what for finding in found_in(vault)]
    assert f"M-7: {words.FILE_UNKNOWN}" in findings


def test_a_file_with_other_content_than_its_row_says_is_found(vault):
    hold_media(vault, 1, CONTENT)
    write(vault, "UPDATE blob SET sha256 = ?", "00" * 32)
    write(vault, "UPDATE media_item SET sha256 = ?", "00" * 32)
    assert [finding.what for finding in found_in(vault)] == [words.FILE_DIGEST]


def test_a_changed_page_is_found_and_the_rest_is_still_looked_at(closed_vault):
    with reopened(closed_vault) as vault:
        for number in range(400):
            write(vault, "INSERT INTO hotline (name, country) VALUES (?, 'NL')", "x" * 500)
            if number == 0:
                missing = blob_path(vault, hold_media(vault, 1, CONTENT))
    missing.unlink()
    database = closed_vault / "vault.db"
    content = bytearray(database.read_bytes())
    page = _a_page_of(closed_vault, "hotline")
    content[(page - 1) * 4096 + 100] ^= 1
    database.write_bytes(content)
    with reopened(closed_vault) as vault:
        whats = [finding.what for finding in found_in(vault)]
    assert any(f"page {page}" in what for what in whats)
    assert words.FILE_MISSING in whats


def _a_page_of(directory: Path, table: str) -> int:
    """A page that no opening of the vault needs: the table's own root."""
    connection = connect(directory / "vault.db", database_key(directory))
    (page,) = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
    ).fetchone() or (0,)
    connection.close()
    return int(page)


def test_damaged_pictures_are_found(vault):
    media = announce_media(vault, 1, CONTENT)
    examination = an_examination()
    for number in range(2, 60):
        announce_media(vault, number, CONTENT + bytes([number]))
        vault.derivatives.put(number, examination)
    vault.derivatives.put(media, examination)
    vault.close()
    file = vault.layout.derivatives
    content = bytearray(file.read_bytes())
    content[4096 + 100] ^= 1
    file.write_bytes(content)
    with reopened(vault.directory) as again:
        assert [finding.what for finding in found_in(again)] == [words.PICTURES_DAMAGED]


def test_two_vaults_that_hold_the_same_have_the_same_digest(vault, tmp_path):
    with reopened(make_vault(tmp_path / "other")) as other:
        assert digest_of(other) == digest_of(vault)
        hold_media(vault, 1, CONTENT)
        assert digest_of(other) != digest_of(vault)
        media = announce_media(other, 1, CONTENT)
        intake = other.intake(media)
        intake.write(CONTENT[:50_000])
        intake.close()
        assert digest_of(other) != digest_of(vault)
        intake = other.intake(media)
        intake.write(CONTENT[intake.offset :])
        with other.transaction() as tx:
            intake.settle(tx, digests_of(CONTENT), an_examination())
            tx.record(an_entry())
        intake.close()
        assert digest_of(other) == digest_of(vault)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO hotline (hotline_id, name, country) VALUES (9, 'nine', 'NL')",
        "INSERT INTO report_document (report_id, document) VALUES (9, x'7b7d')",
        "INSERT INTO withdrawal (report_id, made_at, reason) VALUES (9, 5, 'why')",
        "INSERT INTO unknown_change (digest, kind, document, kept_at) VALUES ('9', 'k', x'00', 1)",
        "UPDATE media_item SET state = 'refused'",
        "UPDATE media_item SET announced_sha256 = 'x'",
    ],
)
def test_whatever_the_portal_said_is_in_the_digest(vault, statement):
    announce_media(vault, 1, CONTENT)
    before = digest_of(vault)
    write(vault, statement)
    assert digest_of(vault) != before


OPERATION = (
    "INSERT INTO operation (operation_id, report_id, actor, made_at, kind, body, state)"
    " VALUES (?, 1, 'Ada', ?, 'feedback', CAST(json_object('text', 'thanks') AS BLOB), ?)"
)


def test_operations_are_in_the_digest_without_their_random_names_and_times(vault, tmp_path):
    write(vault, OPERATION, "one", 1, "queued")
    with reopened(make_vault(tmp_path / "other")) as other:
        assert digest_of(other) != digest_of(vault)
        write(other, OPERATION, "two", 2, "sending")
        assert digest_of(other) == digest_of(vault)
        write(other, "UPDATE operation SET state = 'settled', settled_at = 3")
        assert digest_of(other) != digest_of(vault)


def test_opening_and_looking_change_nothing_in_the_digest(closed_vault):
    with reopened(closed_vault) as vault:
        before = digest_of(vault)
        write(vault, "INSERT INTO exchange (only, made_at, road) VALUES (1, 5, 'courier')")
    with reopened(closed_vault) as vault:
        found_in(vault)
        assert digest_of(vault) == before


def test_what_is_kept_aside_is_bounded_and_the_newest_stays(vault):
    with vault.transaction() as tx:
        for number in range(quarantine.MOST_KEPT + 5):
            last = quarantine.keep_aside(tx, "batch", "x" * 1000, b"%d" % number)
        big = quarantine.keep_aside(tx, "batch", "big", bytes(quarantine.LONGEST_KEPT + 1))
        tx.record(an_entry())
    with vault.reader() as reader:
        kept = quarantine.listing(reader)
        assert len(kept) == quarantine.MOST_KEPT
        assert [kept[0].number, kept[1].number] == [big, last]
        assert kept[0].size == quarantine.LONGEST_KEPT + 1
        assert len(quarantine.content(reader, big)) == quarantine.LONGEST_KEPT
        assert quarantine.content(reader, last) == b"%d" % (quarantine.MOST_KEPT + 4)
        assert len(kept[1].cause) == 400
    assert json.dumps(kept[0].sha256)
