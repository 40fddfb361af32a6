"""The high-water mark of this machine against vaults that were put back.

What it cannot see is in the docstring of the room: a mark that went away with the newer copy.
"""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.signed_note import parse_note, print_note
from cport_desktop.domain.audit import AnchorKind
from cport_desktop.errors import VaultRolledBack
from cport_desktop.vault import audit_check, audit_log, checkpoints, log_identity
from cport_desktop.vault.audit_trail import load_frontier
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from cport_desktop.vault.water_mark import SECONDS_BETWEEN_MARKS, mark_path, marked_lineage
from tests.builders import PASSPHRASE, a_clock, an_entry


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    return tmp_path / "state" / "marks"


def opened(
    directory: Path,
    marks: Path | None,
    *,
    acknowledge: str | None = None,
    clock: SteppingClock | None = None,
) -> Vault:
    return open_vault(
        directory,
        secret=Passphrase(PASSPHRASE),
        clock=clock or a_clock(),
        program="tests",
        marks=marks,
        acknowledge_rollback=acknowledge,
    )


def work(directory: Path, marks: Path | None, times: int = 1) -> None:
    with opened(directory, marks) as vault, vault.transaction() as tx:
        for _ in range(times):
            tx.record(an_entry())


def entries(vault: Vault) -> int:
    with vault.reader() as reader:
        return audit_log.head(reader)[0]


def put_back(copy: Path, directory: Path) -> None:
    shutil.rmtree(directory)
    shutil.copytree(copy, directory)


def the_mark(vault: Vault, marks: Path) -> Path:
    return mark_path(marks, vault.identity, 1)


@pytest.fixture
def older(closed_vault: Path, marks: Path, tmp_path: Path) -> Path:
    """A copy of the vault, taken before it was worked with once more."""
    work(closed_vault, marks)
    copy = Path(shutil.copytree(closed_vault, tmp_path / "older"))
    work(closed_vault, marks, times=3)
    return copy


def test_the_mark_is_the_signed_head_of_the_closed_log_and_nothing_else(closed_vault, marks):
    with opened(closed_vault, marks) as vault:
        mark = the_mark(vault, marks)
    with opened(closed_vault, None) as vault, vault.reader() as reader:
        note = parse_note(mark.read_bytes())
        head = checkpoints.checkpoint_of(note)
        assert audit_check.against_note(reader, note).faults == ()
        assert head.size == entries(vault) - 1
    assert print_note(note) == mark.read_bytes()
    assert len(mark.read_bytes()) < 400
    assert mark.stat().st_mode & 0o777 == 0o600
    assert mark.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in marks.iterdir()] == [mark.name]


def test_a_vault_that_only_grew_opens(closed_vault, marks):
    for _ in range(3):
        work(closed_vault, marks)
    work(closed_vault, None)
    work(closed_vault, marks)


def test_a_vault_put_back_to_an_older_copy_is_refused_with_both_lengths(closed_vault, marks, older):
    put_back(older, closed_vault)
    with pytest.raises(VaultRolledBack) as caught:
        opened(closed_vault, marks)
    with opened(closed_vault, None) as vault:
        found = entries(vault) - 1
    facts = caught.value.facts
    assert facts["found"] == found
    assert isinstance(facts["known"], int)
    assert facts["known"] > found
    assert caught.value.exit_status == 4


def test_a_refused_vault_is_free_and_untouched(closed_vault, marks, older):
    put_back(older, closed_vault)
    before = (closed_vault / "vault.db").read_bytes()
    for _ in range(2):
        with pytest.raises(VaultRolledBack):
            opened(closed_vault, marks)
    assert (closed_vault / "vault.db").read_bytes() == before


def test_an_older_copy_that_was_worked_with_elsewhere_until_it_was_longer_is_refused(
    closed_vault, marks, older
):
    put_back(older, closed_vault)
    work(closed_vault, None, times=40)
    with pytest.raises(VaultRolledBack) as caught:
        opened(closed_vault, marks)
    facts = caught.value.facts
    assert int(str(facts["found"])) > int(str(facts["known"]))


def test_the_older_of_two_copies_on_one_machine_is_refused(closed_vault, marks, older):
    with pytest.raises(VaultRolledBack):
        opened(older, marks)
    work(closed_vault, marks)


def test_with_a_reason_it_opens_begins_a_new_lineage_and_says_so(closed_vault, marks, older):
    put_back(older, closed_vault)
    with opened(closed_vault, marks, acknowledge="disk restored") as vault:
        with vault.reader() as reader:
            identity = log_identity.load(reader.connection)
            recorded = audit_log.page(reader, limit=6).rows
        assert identity.lineage == 2
        assert marked_lineage(marks, vault.identity) == 2
    by_verb = {entry.draft.verb: entry.draft for entry in recorded}
    acknowledged = by_verb["acknowledge_rollback"]
    assert acknowledged.reason == "disk restored"
    assert {name for name, _ in acknowledged.payload} == {"found", "known"}
    assert by_verb["begin_lineage"].object_reference == "lineage 2"
    work(closed_vault, marks)
    with opened(closed_vault, marks) as vault, vault.reader() as reader:
        assert audit_check.verify(reader).is_verified


def test_after_that_the_abandoned_newer_copy_is_the_old_one(closed_vault, marks, older):
    newer = Path(shutil.copytree(closed_vault, closed_vault.parent / "newer"))
    put_back(older, closed_vault)
    opened(closed_vault, marks, acknowledge="disk restored").close()
    with pytest.raises(VaultRolledBack):
        opened(newer, marks)


def test_a_copy_that_began_a_lineage_of_its_own_leaves_the_other_usable_and_on_notice(
    closed_vault, marks, older
):
    """As a restored backup does: both may be used, and each opening of the earlier says so."""
    with opened(older, None) as vault, vault.transaction() as tx:
        checkpoints.begin_lineage(tx, vault.identity, verb="restore", reason="restored")
    work(older, marks)
    with opened(closed_vault, marks) as vault, vault.reader() as reader:
        assert vault.marks.later_lineage == 2
        verbs = [entry.draft.verb for entry in audit_log.page(reader, limit=3).rows]
    assert "other_copy" in verbs
    with opened(older, marks) as vault:
        assert vault.marks.later_lineage is None
    work(closed_vault, marks)


def test_each_of_two_copies_is_still_held_to_its_own_mark(closed_vault, marks, older, tmp_path):
    with opened(older, None) as vault, vault.transaction() as tx:
        checkpoints.begin_lineage(tx, vault.identity, verb="restore", reason="restored")
    work(older, marks)
    earlier = [
        Path(shutil.copytree(directory, tmp_path / f"earlier {directory.name}"))
        for directory in (closed_vault, older)
    ]
    work(older, marks)
    work(closed_vault, marks)
    for copy in earlier:
        with pytest.raises(VaultRolledBack):
            opened(copy, marks)


def test_a_reason_given_where_nothing_was_rolled_back_changes_nothing(closed_vault, marks):
    with (
        opened(closed_vault, marks, acknowledge="to be sure") as vault,
        vault.reader() as reader,
    ):
        assert log_identity.load(reader.connection).lineage == 1


def test_a_mark_signed_with_another_key_means_another_history(closed_vault, marks, older):
    work(older, None)
    with opened(older, None) as vault, vault.transaction() as tx:
        tx.connection.execute("DELETE FROM log_identity")
        log_identity.begin(tx.connection, vault.identity)
        tx.record(an_entry())
    with pytest.raises(VaultRolledBack):
        opened(older, marks)


def test_a_longer_log_whose_key_was_replaced_is_refused_too(closed_vault, marks):
    work(closed_vault, marks)
    with opened(closed_vault, None) as vault, vault.transaction() as tx:
        tx.connection.execute("DELETE FROM log_identity")
        log_identity.begin(tx.connection, vault.identity)
        tx.record(an_entry())
    with pytest.raises(VaultRolledBack):
        opened(closed_vault, marks)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"text\n\n\xe2\x80\x94 a MTIzNDU=\n"])
def test_a_mark_that_cannot_be_read_keeps_nobody_out_and_is_written_anew(
    closed_vault, marks, content
):
    with opened(closed_vault, marks) as vault:
        mark = the_mark(vault, marks)
    mark.write_bytes(content)
    work(closed_vault, marks)
    assert parse_note(mark.read_bytes())


def test_a_mark_whose_text_was_changed_is_not_believed(closed_vault, marks, older):
    with opened(closed_vault, None) as vault:
        mark = the_mark(vault, marks)
    good = mark.read_bytes()
    put_back(older, closed_vault)
    mark.write_bytes(good.replace(b"\n", b"0\n", 2))
    with pytest.raises(VaultRolledBack):
        opened(closed_vault, marks)


def test_work_that_goes_on_for_long_is_marked_while_it_lasts(closed_vault, marks):
    clock = a_clock()
    with opened(closed_vault, marks, clock=clock) as vault:
        mark = the_mark(vault, marks)
        with vault.transaction() as tx:
            tx.record(an_entry())
        assert not mark.exists()
        clock.advance(timedelta(seconds=SECONDS_BETWEEN_MARKS))
        with vault.transaction() as tx:
            tx.record(an_entry())
        head = checkpoints.checkpoint_of(parse_note(mark.read_bytes()))
        with vault.reader() as reader:
            assert head.root == load_frontier(reader.connection).root()
        with vault.transaction() as tx:
            tx.record(an_entry())
        assert checkpoints.checkpoint_of(parse_note(mark.read_bytes())) == head


@pytest.mark.parametrize("lost", ["whole", "flipped"])
def test_rows_that_were_lost_from_the_log_of_writes_are_missed(closed_vault, marks, tmp_path, lost):
    """Both integrity checks of SQLite pass on what is left."""
    with opened(closed_vault, marks) as vault:
        with vault.transaction() as tx:
            tx.record(an_entry())
            signed = checkpoints.anchor_head(tx, AnchorKind.FILE, "handed out")
        vault.marks.write(signed)
        cut_off = Path(shutil.copytree(closed_vault, tmp_path / "cut off"))
    writes = cut_off / "vault.db-wal"
    if lost == "whole":
        writes.unlink()
    else:
        content = bytearray(writes.read_bytes())
        content[40] ^= 1  # in the head of the first frame (sqlite.org/fileformat2.html, 4.2)
        writes.write_bytes(content)
    with pytest.raises(VaultRolledBack):
        opened(cut_off, marks)
    with opened(cut_off, None) as vault, vault.reader() as reader:
        assert reader.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert audit_check.verify(reader).is_verified


def test_a_transaction_that_failed_leaves_no_mark(closed_vault, marks):
    clock = a_clock()
    with opened(closed_vault, marks, clock=clock) as vault:
        clock.advance(timedelta(seconds=SECONDS_BETWEEN_MARKS))
        with pytest.raises(ZeroDivisionError), vault.transaction() as tx:
            tx.record(an_entry())
            raise ZeroDivisionError
        assert not the_mark(vault, marks).exists()


def test_a_folder_that_takes_no_mark_does_not_keep_the_vault_open(closed_vault, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"a file where a folder should be")
    vault = opened(closed_vault, blocked)
    vault.close()
    assert not vault.marks.is_kept
    assert blocked.read_bytes().startswith(b"a file")
    opened(closed_vault, None).close()


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be flushed there")
def test_a_mark_is_never_half_written(closed_vault, marks):
    work(closed_vault, marks)
    with opened(closed_vault, marks) as vault:
        mark = the_mark(vault, marks)
    left_over = mark.with_name(mark.name + ".new")
    left_over.write_bytes(b"half a ma")
    work(closed_vault, marks)
    assert not left_over.exists()
    assert parse_note(mark.read_bytes())


def test_without_a_folder_for_marks_a_vault_works_as_before(closed_vault, tmp_path):
    work(closed_vault, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vault"]
