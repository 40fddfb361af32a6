from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.domain.audit import AuditAction, AuditDraft, AuditEntry, AuditVerdict, ObjectKind
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import audit_log
from cport_desktop.vault.audit_trail import ENTRY_COLUMNS, canonical_bytes
from cport_desktop.vault.database import Connection, connect
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from tests.builders import ANALYST, a_clock, an_entry, database_key, make_vault, reopened

SEARCH = AuditDraft(
    action=AuditAction.CONSULTATION,
    verb="search",
    object_kind=ObjectKind.SEARCH,
    object_reference="reports",
    reason="case 12",
    recipient="unit 3",
    payload=(("query", "größe “x”\x00"), ("found", "17")),
)


def record(vault: Vault, *drafts: AuditDraft) -> list[int]:
    with vault.transaction() as tx:
        return [tx.record(draft) for draft in drafts]


def verdict_of(vault: Vault) -> AuditVerdict:
    with vault.reader() as reader:
        return audit_log.verify(reader)


def with_a_database_tool(directory: Path) -> Connection:
    """What somebody with the keys and a database tool could do."""
    tool = connect(directory / "vault.db", database_key(directory))
    triggers = tool.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'audit%'"
    ).fetchall()
    for (name,) in triggers:
        tool.execute(f"DROP TRIGGER {name}")
    tool.execute("PRAGMA foreign_keys = OFF")
    return tool


@pytest.fixture(scope="module")
def tool(tmp_path_factory):
    directory = make_vault(tmp_path_factory.mktemp("tampered") / "vault")
    with reopened(directory) as vault:
        record(vault, SEARCH)
    connection = with_a_database_tool(directory)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def append_only(tmp_path_factory):
    with reopened(make_vault(tmp_path_factory.mktemp("append_only") / "vault")) as vault:
        record(vault, SEARCH)
        yield vault


def test_an_entry_is_read_back_as_it_was_recorded(vault):
    (sequence,) = record(vault, SEARCH)
    with vault.reader() as reader:
        entry = audit_log.page(reader, limit=1).rows[0]
    assert entry.draft == SEARCH
    assert entry.sequence == sequence
    assert entry.actor == ANALYST


def test_pages_follow_each_other_without_gap_or_repetition(vault):
    record(vault, *[an_entry(f"verb{number}") for number in range(10)])
    with vault.reader() as reader:
        everything = audit_log.page(reader, limit=100)
        assert everything.next_cursor is None
        walked: list[AuditEntry] = []
        after = None
        while True:
            page = audit_log.page(reader, limit=3, after=after)
            walked += page.rows
            if page.next_cursor is None:
                break
            after = page.next_cursor
    assert walked == list(everything.rows)
    sequences = [entry.sequence for entry in walked]
    assert sequences == sorted(sequences, reverse=True)


def test_a_cursor_of_another_list_is_refused(vault):
    with vault.reader() as reader, pytest.raises(UnknownReference):
        audit_log.page(reader, limit=3, after="rubbish")


def test_an_untouched_log_verifies_and_its_head_is_the_one_given_out(vault):
    record(vault, SEARCH, an_entry())
    verdict = verdict_of(vault)
    with vault.reader() as reader:
        head = audit_log.head(reader)
    assert verdict.is_verified
    assert head == (verdict.entries, verdict.head)


def test_anyone_can_compute_a_leaf_from_the_documented_bytes(vault):
    record(vault, SEARCH)
    with vault.reader() as reader:
        row = reader.connection.execute(
            "SELECT e.*, p.salt, p.payload FROM audit_entry AS e"
            " JOIN audit_payload AS p USING (sequence) ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
    names = [name.strip() for name in ENTRY_COLUMNS.split(",")]
    facts = dict(zip(names, row, strict=False))
    leaf, salt, payload = row[12:]
    facts["payload_digest"] = hashlib.sha256(salt + payload).hexdigest()
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(b"\x00" + text.encode()).digest() == leaf


def test_the_personal_payload_is_not_among_the_hashed_bytes(vault):
    record(vault, SEARCH)
    with vault.reader() as reader:
        row = reader.connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM audit_entry ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
    hashed = json.loads(canonical_bytes(row))
    assert hashed["reason"] == "case 12"
    assert set(hashed) == {name.strip() for name in ENTRY_COLUMNS.split(",")}
    assert not any("gr" in str(value) for value in hashed.values())


def test_equal_payloads_cannot_be_told_by_their_digests(vault):
    record(vault, SEARCH, SEARCH)
    with vault.reader() as reader:
        digests = reader.connection.execute(
            "SELECT payload_digest FROM audit_entry ORDER BY sequence DESC LIMIT 2"
        ).fetchall()
    assert digests[0] != digests[1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
        "UPDATE audit_payload SET payload = x'5b5d'",
        "DELETE FROM audit_payload",
        "INSERT OR REPLACE INTO audit_payload SELECT * FROM audit_payload",
        "DELETE FROM audit_head",
        "INSERT OR REPLACE INTO audit_head SELECT * FROM audit_head",
        "UPDATE audit_head SET size = size - 1",
    ],
)
def test_the_program_itself_cannot_alter_the_log(append_only, statement):
    refused = pytest.raises(dbapi2.IntegrityError, match="append-only")
    with refused, append_only.transaction() as tx:
        tx.connection.execute(statement)
    assert verdict_of(append_only).is_verified


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entry SET verb = 'x' WHERE sequence = 3", "Entry 3 was altered."),
        ("UPDATE audit_entry SET at_us = at_us + 1 WHERE sequence = 2", "Entry 2 was altered."),
        ("UPDATE audit_entry SET actor = 'Eve' WHERE sequence = 4", "Entry 4 was altered."),
        ("UPDATE audit_entry SET reason = NULL WHERE verb = 'search'", "was altered."),
        ("UPDATE audit_entry SET payload_digest = NULL WHERE verb = 'search'", "was altered."),
        ("UPDATE audit_entry SET leaf = zeroblob(32) WHERE sequence = 3", "Entry 3 was altered."),
        ("UPDATE audit_payload SET payload = x'5b5d'", "particulars"),
        ("UPDATE audit_payload SET salt = zeroblob(16)", "particulars"),
        ("DELETE FROM audit_payload", "particulars"),
        ("DELETE FROM audit_entry WHERE sequence = 2", "Entry 2 is missing."),
        (
            "DELETE FROM audit_entry WHERE sequence = (SELECT max(sequence) FROM audit_entry)",
            "head",
        ),
        ("UPDATE audit_entry SET sequence = 1000 WHERE sequence = 2", "missing"),
        ("INSERT INTO audit_payload VALUES (9999, x'00', x'00')", "does not exist"),
        ("UPDATE audit_head SET root = zeroblob(32)", "head"),
        ("UPDATE audit_head SET size = size + 1, peaks = zeroblob(9999)", "head"),
        ("DELETE FROM audit_head", "head"),
    ],
)
def test_whatever_is_altered_behind_its_back_is_found(tool, statement, fault):
    assert audit_log.verify(Reader(tool)).is_verified
    tool.execute("BEGIN")
    tool.execute(statement)
    verdict = audit_log.verify(Reader(tool))
    tool.execute("ROLLBACK")
    assert not verdict.is_verified
    assert fault in str(verdict.fault)


def test_the_log_goes_on_over_many_sessions(closed_vault):
    for _ in range(3):
        with reopened(closed_vault) as vault:
            record(vault, SEARCH)
    with reopened(closed_vault) as vault, vault.reader() as reader:
        verdict = audit_log.verify(reader)
        sessions = reader.connection.execute(
            "SELECT count(DISTINCT session) FROM audit_entry"
        ).fetchone()
    assert verdict.is_verified
    assert sessions == (5,)


def test_a_clock_that_was_set_back_is_seen_and_not_refused(closed_vault):
    clock = a_clock()
    with reopened(closed_vault, clock=clock) as vault:
        record(vault, an_entry("before"))
        clock.advance(-timedelta(days=400))
        record(vault, an_entry("after"))
        with vault.reader() as reader:
            after, before = audit_log.page(reader, limit=2).rows
            assert audit_log.verify(reader).is_verified
    assert after.at < before.at
    assert after.sequence > before.sequence
