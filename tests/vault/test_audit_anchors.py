"""What somebody with the keys and a database tool can do to the log, and what finds it.

Each forger here makes leaves and head fit again, so that the log alone looks whole. Only a head
that was known elsewhere shows it. What no test can show: a change behind the last head that
anybody else keeps is found by nobody.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cport_desktop.crypto.checkpoint import DiaryCode, diary_code, parse_diary_code
from cport_desktop.crypto.merkle import Frontier, leaf_hash
from cport_desktop.crypto.message_keys import generate_ed25519, signing_with
from cport_desktop.crypto.signed_note import SignedNote, VerifierKey, sign_note
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditVerdict
from cport_desktop.errors import CheckpointMalformed
from cport_desktop.vault import audit_check, checkpoints, payload_erasure
from cport_desktop.vault.audit_check import Comparison
from cport_desktop.vault.audit_trail import ENTRY_COLUMNS, canonical_bytes
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.database import Connection, connect
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, database_key, make_vault, reopened

FIRST, SECOND = 10, 20
"""Entries recorded before the first and before the second head that is handed out."""


def record(vault: Vault, *verbs: str) -> None:
    with vault.transaction() as tx:
        for verb in verbs:
            tx.record(an_entry(verb, payload=(("query", verb),)))


def hand_out(vault: Vault, kind: AnchorKind = AnchorKind.FILE, holder: str = "a.txt") -> SignedHead:
    with vault.transaction() as tx:
        tx.record(an_entry("checkpoint"))
        return checkpoints.anchor_head(tx, kind, holder)


@dataclass(frozen=True)
class Log:
    """The folder of a closed vault, and two heads of its log that were handed out."""

    directory: Path
    first: SignedHead
    second: SignedHead
    key: bytes

    def copy(self, to: Path) -> Log:
        return replace(self, directory=Path(shutil.copytree(self.directory, to)))

    def tool(self) -> Connection:
        """What somebody with the keys and a database tool would work with."""
        tool = connect(self.directory / "vault.db", self.key)
        triggers = tool.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            tool.execute(f"DROP TRIGGER {name}")
        tool.execute("PRAGMA foreign_keys = OFF")
        return tool


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Log:
    directory = make_vault(tmp_path_factory.mktemp("original") / "vault")
    with reopened(directory) as vault:
        record(vault, *[f"early{number}" for number in range(FIRST)])
        first = hand_out(vault)
        record(vault, *[f"late{number}" for number in range(SECOND)])
        second = hand_out(vault)
        record(vault, "last")
    return Log(directory, first, second, database_key(directory))


@pytest.fixture
def log(original: Log, tmp_path: Path) -> Log:
    return original.copy(tmp_path / "vault")


def make_fit_again(tool: Connection) -> None:
    """Leaves and head are what the rows say, as a forger with the keys would leave them, and
    nothing is left of the vault's own memory of earlier heads.
    """
    tree = Frontier()
    for row in tool.execute(
        f"SELECT {ENTRY_COLUMNS} FROM audit_entry ORDER BY sequence"
    ).fetchall():
        leaf = leaf_hash(canonical_bytes(row))
        tool.execute("UPDATE audit_entry SET leaf = ? WHERE sequence = ?", (leaf, row[0]))
        tree.append(leaf)
    tool.execute(
        "UPDATE audit_head SET size = ?, peaks = ?, root = ?",
        (tree.size, tree.serialise(), tree.root()),
    )
    tool.execute("DELETE FROM anchor")


def change(tool: Connection, at: int) -> None:
    tool.execute("UPDATE audit_entry SET verb = 'harmless' WHERE sequence = ?", (at,))


def remove(tool: Connection, at: int) -> None:
    tool.execute("DELETE FROM audit_payload WHERE sequence = ?", (at,))
    tool.execute("DELETE FROM audit_entry WHERE sequence = ?", (at,))
    for table in ("audit_entry", "audit_payload"):
        # One after the other: a number may stand only once.
        for (sequence,) in tool.execute(
            f"SELECT sequence FROM {table} WHERE sequence > ? ORDER BY sequence", (at,)
        ).fetchall():
            tool.execute(
                f"UPDATE {table} SET sequence = ? WHERE sequence = ?", (sequence - 1, sequence)
            )


def swap(tool: Connection, at: int) -> None:
    for table in ("audit_entry", "audit_payload"):
        for old, new in ((at, -1), (at + 1, at), (-1, at + 1)):
            tool.execute(f"UPDATE {table} SET sequence = ? WHERE sequence = ?", (new, old))


FORGERS: dict[str, Callable[[Connection, int], None]] = {
    "changed": change,
    "removed": remove,
    "reordered": swap,
}


def verdict_on(tool: Connection, *, against: SignedHead | None = None) -> AuditVerdict:
    reader = Reader(tool)
    given = Comparison() if against is None else audit_check.against_note(reader, against.note)
    return audit_check.verify(reader, given)


@pytest.mark.parametrize("forger", FORGERS)
@pytest.mark.parametrize("at", [1, FIRST // 2, FIRST + SECOND // 2])
def test_a_log_that_was_forged_with_the_keys_is_found_by_a_head_kept_elsewhere(log, forger, at):
    tool = log.tool()
    FORGERS[forger](tool, at)
    make_fit_again(tool)
    alone = verdict_on(tool)
    compared = verdict_on(tool, against=log.second)
    tool.close()
    assert alone.is_verified, "the forger did his work well"
    assert not compared.is_verified
    assert str(log.second.checkpoint.size) in str(compared.fault)


@pytest.mark.parametrize("forger", FORGERS)
def test_a_shorter_head_narrows_down_where_the_forged_entry_lies(log, forger):
    tool = log.tool()
    FORGERS[forger](tool, log.first.checkpoint.size + 5)
    make_fit_again(tool)
    reader = Reader(tool)
    both = audit_check.against_note(reader, log.first.note)
    both += audit_check.against_note(reader, log.second.note)
    verdict = audit_check.verify(reader, both)
    tool.close()
    first, second = log.first.checkpoint.size, log.second.checkpoint.size
    assert len(verdict.faults) == 1
    assert f"among entries {first + 1} to {second} " in str(verdict.fault)


def test_the_vaults_own_memory_of_heads_finds_a_forger_who_forgot_it(log):
    tool = log.tool()
    change(tool, 3)
    kept = tool.execute("SELECT * FROM anchor").fetchall()
    make_fit_again(tool)
    for row in kept:
        tool.execute("INSERT INTO anchor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    verdict = verdict_on(tool)
    tool.close()
    assert not verdict.is_verified
    assert "among entries 1 to" in str(verdict.fault)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE anchor SET root = zeroblob(32) WHERE kind = 'file'",
        "UPDATE anchor SET peaks = zeroblob(length(peaks)) WHERE kind = 'file'",
        "UPDATE anchor SET size = size - 1 WHERE kind = 'file'",
        "UPDATE anchor SET lineage = 7 WHERE kind = 'file'",
        "UPDATE anchor SET note = 'rubbish' WHERE kind = 'file'",
        "UPDATE anchor SET note = replace(note, ' ', '') WHERE kind = 'file'",
    ],
)
def test_a_changed_memory_of_a_head_is_itself_a_fault(log, statement):
    tool = log.tool()
    assert verdict_on(tool).is_verified
    tool.execute(statement)
    verdict = verdict_on(tool)
    tool.close()
    assert not verdict.is_verified


@pytest.mark.parametrize("left", [0, 1, FIRST])
def test_a_log_whose_end_was_cut_off_is_found_and_says_what_is_missing(log, left):
    tool = log.tool()
    for table in ("audit_payload", "audit_entry"):
        tool.execute(f"DELETE FROM {table} WHERE sequence > ?", (left,))
    make_fit_again(tool)
    alone, compared = verdict_on(tool), verdict_on(tool, against=log.first)
    tool.close()
    assert alone.is_verified
    size = log.first.checkpoint.size
    assert f"Entries {left + 1} to {size} are missing" in str(compared.fault)


def test_a_vault_put_back_to_an_older_copy_is_found_even_if_it_was_worked_with_since(
    original, tmp_path
):
    older = make_vault(tmp_path / "vault")
    with reopened(older) as vault:
        record(vault, "before")
    kept = shutil.copytree(older, tmp_path / "copy")
    with reopened(older) as vault:
        record(vault, "hidden later")
        head = hand_out(vault)
    shutil.rmtree(older)
    shutil.copytree(kept, older)
    with reopened(older) as vault:
        record(vault, *["busy"] * 20)
        with vault.reader() as reader:
            verdict = audit_check.verify(reader, audit_check.against_note(reader, head.note))
    assert not verdict.is_verified
    assert "earlier copy" in str(verdict.fault)


def test_a_log_that_is_as_it_was_agrees_with_every_head_that_was_handed_out(log):
    tool = log.tool()
    for head in (log.first, log.second):
        verdict = verdict_on(tool, against=head)
        assert verdict.is_verified
        assert verdict.remarks[0].startswith(f"The first {head.checkpoint.size} of ")
    tool.close()


def code_of(head: SignedHead) -> DiaryCode:
    return parse_diary_code(diary_code(head.checkpoint))


def test_a_code_from_the_diary_finds_what_a_file_would(log):
    tool = log.tool()
    reader, code = Reader(tool), code_of(log.second)
    assert audit_check.verify(reader, audit_check.against_code(reader, code)).is_verified
    change(tool, 4)
    make_fit_again(tool)
    verdict = audit_check.verify(reader, audit_check.against_code(reader, code))
    tool.close()
    assert "the code from the diary" in str(verdict.fault)


@pytest.fixture
def opened(log: Log) -> Iterator[Vault]:
    with reopened(log.directory) as vault:
        yield vault


def faults_of(vault: Vault, note: SignedNote) -> tuple[str, ...]:
    with vault.reader() as reader:
        return audit_check.against_note(reader, note).faults


def test_a_checkpoint_of_another_vault_is_told_apart(opened, tmp_path):
    with reopened(make_vault(tmp_path / "other")) as other:
        foreign = hand_out(other)
    assert "another vault" in faults_of(opened, foreign.note)[0]


def test_a_checkpoint_signed_with_another_key_proves_nothing_and_says_so(opened, log):
    pair = generate_ed25519()
    key = VerifierKey(log.second.key.name, log.second.key.kind, pair.public)
    text = log.second.checkpoint.text
    forged = SignedNote(text, (sign_note(text, key, signing_with(pair.private)),))
    assert "not signed by this log" in faults_of(opened, forged)[0]
    assert "not signed by this log" in faults_of(opened, SignedNote(text, ()))[0]


def test_a_checkpoint_of_a_later_lineage_means_an_older_copy(opened, log):
    with opened.transaction() as tx:
        checkpoints.begin_lineage(tx, opened.identity, verb="restore", reason="test")
        tx.record(an_entry())
        later = checkpoints.sign_head(tx)
    tool = connect(log.directory / "vault.db", log.key)
    tool.execute("UPDATE log_identity SET lineage = 1, origin = ?", (log.first.checkpoint.origin,))
    faults = audit_check.against_note(Reader(tool), later.note).faults
    tool.close()
    assert "lineage 2" in faults[0]


def test_a_checkpoint_of_an_earlier_lineage_is_compared_and_the_new_one_explained(opened, log):
    with opened.transaction() as tx:
        checkpoints.begin_lineage(tx, opened.identity, verb="restore", reason="test")
        tx.record(an_entry())
    with opened.reader() as reader:
        given = audit_check.against_note(reader, log.second.note)
        verdict = audit_check.verify(reader, given)
    assert verdict.is_verified
    assert any("lineage 2 since entry" in remark for remark in verdict.remarks)


def test_what_is_a_note_and_no_checkpoint_is_refused(opened):
    with pytest.raises(CheckpointMalformed):
        faults_of(opened, SignedNote("hello\n", ()))


# Particulars that were erased on record.


def particulars(vault: Vault) -> list[int]:
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT sequence FROM audit_payload").fetchall()
    return [sequence for (sequence,) in rows]


def erase(vault: Vault, sequence: int) -> int:
    with vault.transaction() as tx:
        entry = tx.record(replace(an_entry("erase"), action=AuditAction.ERASURE))
        payload_erasure.erase(tx, sequence, erased_by=entry)
    return entry


def test_erased_particulars_leave_a_leaf_that_still_proves(opened, log):
    sequence = particulars(opened)[3]
    erased_by = erase(opened, sequence)
    with opened.reader() as reader:
        verdict = audit_check.verify(reader, audit_check.against_note(reader, log.second.note))
    assert verdict.is_verified
    assert verdict.erased == 1
    assert sequence not in particulars(opened)
    assert erased_by > sequence


def test_particulars_that_are_gone_without_a_record_are_a_fault(log):
    tool = log.tool()
    tool.execute("DELETE FROM audit_payload WHERE sequence = 5")
    verdict = verdict_on(tool)
    tool.close()
    assert "The particulars of entry 5" in str(verdict.fault)


@pytest.mark.parametrize("erased_by", [3, 9, 9999])
def test_a_record_of_erasure_that_no_entry_bears_out_is_a_fault(log, erased_by):
    tool = log.tool()
    tool.execute("DELETE FROM audit_payload WHERE sequence = 6")
    tool.execute("INSERT INTO payload_erasure VALUES (6, ?)", (erased_by,))
    verdict = verdict_on(tool)
    tool.close()
    assert f"entry {erased_by}, which should say why" in str(verdict.fault)


def test_an_erasure_cannot_speak_for_entries_that_came_after_it(log):
    with reopened(log.directory) as vault:
        erased_by = erase(vault, particulars(vault)[0])
        record(vault, "afterwards")
        later = particulars(vault)[-1]
    assert later > erased_by
    tool = log.tool()
    tool.execute("DELETE FROM audit_payload WHERE sequence = ?", (later,))
    tool.execute("INSERT INTO payload_erasure VALUES (?, ?)", (later, erased_by))
    verdict = verdict_on(tool)
    tool.close()
    assert f"The particulars of entry {later} are gone" in str(verdict.fault)


def test_particulars_that_came_back_after_their_erasure_are_a_fault(log):
    with reopened(log.directory) as vault:
        kept = particulars(vault)[2]
        with vault.reader() as reader:
            row = reader.connection.execute(
                "SELECT * FROM audit_payload WHERE sequence = ?", (kept,)
            ).fetchone()
        erase(vault, kept)
    tool = log.tool()
    assert row is not None
    tool.execute("INSERT INTO audit_payload VALUES (?, ?, ?)", row)
    verdict = verdict_on(tool)
    tool.close()
    assert "are there, although" in str(verdict.fault)


def test_the_list_of_faults_is_bounded(log):
    tool = log.tool()
    tool.execute("UPDATE audit_payload SET payload = x'00'")
    tool.execute("UPDATE audit_entry SET verb = 'x'")
    verdict = verdict_on(tool)
    tool.close()
    assert 10 < len(verdict.faults) <= audit_check.MOST_FAULTS
