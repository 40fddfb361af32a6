"""Reading, exporting, anchoring by file and code, and erasing: who may, for what, with what trace."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.crypto.signed_note import parse_note, print_note
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditEntry, ObjectKind
from cport_desktop.domain.hold import HeldItem, HeldKind, HoldId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.errors import (
    CheckpointMalformed,
    ItemHeld,
    OutputExists,
    OutputUnwritable,
    PurposeMissing,
    RoleMissing,
    UnknownReference,
)
from cport_desktop.usecases.erase_particulars import erase_particulars
from cport_desktop.usecases.export_audit import AuditOrder, export_audit
from cport_desktop.usecases.keep_checkpoint import give_diary_code, write_checkpoint
from cport_desktop.usecases.read_audit import latest_anchors, list_audit, verify_audit
from cport_desktop.vault import audit_log, holds
from cport_desktop.vault.vault import Vault
from cport_desktop.words.audit_export import SCRIPT_BEGINS, SCRIPT_ENDS
from tests.builders import an_entry, make_vault, reopened

SECRET = "größe \N{SNOWMAN} “x”"


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> dict[Nature, Path]:
    folder = tmp_path_factory.mktemp("newborn")
    return {nature: make_vault(folder / nature.value, nature=nature) for nature in Nature}


@pytest.fixture
def live(newborn: dict[Nature, Path], tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(newborn[Nature.LIVE], tmp_path / "live"))) as vault:
        yield vault


@pytest.fixture
def demo(newborn: dict[Nature, Path], tmp_path: Path) -> Iterator[Vault]:
    with reopened(Path(shutil.copytree(newborn[Nature.DEMO], tmp_path / "demo"))) as vault:
        yield vault


def without(vault: Vault, role: Role) -> None:
    """The analyst has every role but one from the next opening on; here, at once."""
    vault._analyst = replace(vault.analyst, roles=EVERY_ROLE - {role})


def newest(vault: Vault, count: int = 1) -> tuple[AuditEntry, ...]:
    with vault.reader() as reader:
        return tuple(audit_log.page(reader, limit=count).rows)


def record_search(vault: Vault, words: str = SECRET) -> int:
    with vault.transaction() as tx:
        return tx.record(an_entry(payload=(("query", words),)))


class TestReading:
    def test_is_on_record_with_its_purpose_before_anything_is_shown(self, live: Vault):
        page = list_audit(live, limit=10, after=None, purpose="  complaint 12 ")
        first = page.rows[0].draft
        assert (first.verb, first.reason) == ("read", "complaint 12")
        assert first.action is AuditAction.CONSULTATION
        assert first.object_kind is ObjectKind.AUDIT_LOG

    @pytest.mark.parametrize("purpose", [None, "", "   "])
    def test_without_a_purpose_shows_nothing_and_records_nothing(self, live: Vault, purpose):
        before = newest(live)
        with pytest.raises(PurposeMissing):
            list_audit(live, limit=10, after=None, purpose=purpose)
        assert newest(live) == before

    def test_needs_no_purpose_in_a_demo_vault_and_leaves_its_trace_all_the_same(self, demo: Vault):
        assert list_audit(demo, limit=10, after=None).rows[0].draft.verb == "read"

    def test_needs_the_role_of_an_auditor(self, live: Vault):
        without(live, Role.AUDITOR)
        before = newest(live)
        with pytest.raises(RoleMissing):
            list_audit(live, limit=10, after=None, purpose="curiosity")
        assert newest(live) == before

    def test_leaves_a_trace_for_every_page_for_a_cursor_can_be_made_up(self, live: Vault):
        page = list_audit(live, limit=2, after=None, purpose="audit 1")
        assert page.next_cursor is not None
        list_audit(live, limit=2, after=page.next_cursor, purpose="audit 2")
        assert [entry.draft.reason for entry in newest(live, 2)] == ["audit 2", "audit 1"]
        with pytest.raises(PurposeMissing):
            list_audit(live, limit=2, after=page.next_cursor)

    def test_goes_forth_as_well_as_back_without_gap_or_repetition(self, demo: Vault):
        seen: list[int] = []
        after = None
        while True:
            page = list_audit(demo, limit=3, after=after, oldest_first=True)
            seen += [entry.sequence for entry in page.rows]
            after = page.next_cursor
            if after is None:
                break
        assert seen == list(range(1, newest(demo)[0].sequence + 1))
        back = list_audit(demo, limit=3, after=None)
        with pytest.raises(UnknownReference):
            list_audit(demo, limit=3, after=back.next_cursor, oldest_first=True)


class TestHeadsHandedOut:
    def test_a_file_holds_the_signed_head_and_verifies(self, demo: Vault, tmp_path: Path):
        path = tmp_path / "checkpoint.txt"
        handed_out = write_checkpoint(demo, path)
        assert print_note(parse_note(path.read_bytes())) == path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        record_search(demo)
        verdict = verify_audit(demo, against=path.read_bytes(), code=handed_out.code)
        assert verdict.is_verified
        assert latest_anchors(demo)[AnchorKind.FILE].holder == "checkpoint.txt"
        assert str(handed_out.size).encode() in path.read_bytes().splitlines()

    def test_tells_nothing_of_what_is_in_the_log(self, demo: Vault, tmp_path: Path):
        record_search(demo)
        write_checkpoint(demo, tmp_path / "checkpoint.txt")
        assert SECRET.encode() not in (tmp_path / "checkpoint.txt").read_bytes()
        assert len((tmp_path / "checkpoint.txt").read_bytes()) < 300

    def test_a_file_is_never_written_over(self, demo: Vault, tmp_path: Path):
        path = tmp_path / "mine.txt"
        path.write_text("mine")
        before = newest(demo)
        with pytest.raises(OutputExists):
            write_checkpoint(demo, path)
        assert path.read_text() == "mine"
        assert newest(demo) == before

    def test_a_file_that_cannot_be_written_is_said_and_on_record(self, demo: Vault, tmp_path: Path):
        with pytest.raises(OutputUnwritable):
            write_checkpoint(demo, tmp_path / "no such folder" / "checkpoint.txt")
        assert newest(demo)[0].draft.verb == "checkpoint_not_written"

    def test_a_code_is_one_for_the_diary_and_on_record(self, demo: Vault):
        handed_out = give_diary_code(demo)
        assert newest(demo)[0].draft.verb == "diary_code"
        assert verify_audit(demo, code=handed_out.code.lower().replace("-", " ")).is_verified
        assert latest_anchors(demo)[AnchorKind.CODE].size == handed_out.size

    def test_a_code_of_another_vault_does_not_agree(self, demo: Vault, live: Vault):
        assert not verify_audit(demo, code=give_diary_code(live).code).is_verified

    @pytest.mark.parametrize("code", ["", "rubbish", "0000-0000-0000-0000-0000-0000-000"])
    def test_what_is_no_code_is_refused(self, demo: Vault, code: str):
        if code.startswith("0"):
            assert not verify_audit(demo, code=code).is_verified
            return
        with pytest.raises(CheckpointMalformed):
            verify_audit(demo, code=code)

    def test_what_is_no_checkpoint_is_refused(self, demo: Vault):
        with pytest.raises(CheckpointMalformed):
            verify_audit(demo, against=b"rubbish")


@pytest.fixture(scope="module")
def exported(newborn: dict[Nature, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of a log in which there is some of everything, unpacked."""
    folder = tmp_path_factory.mktemp("exported")
    directory = Path(shutil.copytree(newborn[Nature.DEMO], folder / "vault"))
    reopened(directory).close()
    with reopened(directory) as vault:
        assert AnchorKind.SESSION in latest_anchors(vault)
        record_search(vault)
        record_search(vault, "=cmd|' /C calc'!A0")
        erased = record_search(vault, "erased words")
        with vault.transaction() as tx:
            tx.record(an_entry("plain"))
        write_checkpoint(vault, folder / "checkpoint.txt")
        erase_particulars(vault, erased, reason="request 9")
        order = AuditOrder(folder / "log.zip", recipient="Authority", purpose="request 7")
        export_audit(vault, order)
    with zipfile.ZipFile(folder / "log.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def verify_script(folder: Path) -> str:
    text = (folder / "HOW-TO-VERIFY.txt").read_text("utf-8")
    return text.split(f"{SCRIPT_BEGINS}\n")[1].split(SCRIPT_ENDS)[0]


def run_script(folder: Path, unpacked: Path) -> subprocess.CompletedProcess[str]:
    """As the text says: the lines between the marks, with a plain Python and nothing of ours."""
    (folder / "verify.py").write_text(verify_script(unpacked))
    return subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class TestExport:
    def test_verifies_with_the_standard_library_alone(self, exported: Path):
        done = run_script(exported, exported)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.startswith("VERIFIED: ")
        assert "1 with erased particulars" in done.stdout
        assert "import cport" not in verify_script(exported)

    @pytest.mark.parametrize(
        ("name", "before", "after"),
        [
            ("entries.jsonl", r"\"verb\":\"search\"", r"\"verb\":\"nothing\""),
            ("entries.jsonl", "größe", "grösse"),
            ("entries.jsonl", '"salt": "', '"salt": "00'),
            ("entries.jsonl", r"\"sequence\":3,", r"\"sequence\":4,"),
            ("checkpoint.txt", "/1\n", "/1\n9"),
            ("anchors.jsonl", '"root": "', '"root": "00'),
        ],
    )
    def test_that_was_changed_does_not(
        self, exported: Path, tmp_path: Path, name: str, before: str, after: str
    ):
        changed = Path(shutil.copytree(exported, tmp_path / "changed"))
        content = (changed / name).read_text("utf-8")
        assert before in content
        (changed / name).write_text(content.replace(before, after, 1), "utf-8")
        done = run_script(changed, exported)
        assert done.returncode != 0
        assert "VERIFIED" not in done.stdout.replace("NOT VERIFIED", "")

    @pytest.mark.parametrize("drop", [0, 3, -1])
    def test_from_which_an_entry_was_taken_does_not(
        self, exported: Path, tmp_path: Path, drop: int
    ):
        changed = Path(shutil.copytree(exported, tmp_path / "changed"))
        lines = (changed / "entries.jsonl").read_text("utf-8").splitlines(keepends=True)
        del lines[drop]
        (changed / "entries.jsonl").write_text("".join(lines), "utf-8")
        assert run_script(changed, exported).returncode != 0

    @pytest.mark.skipif(
        shutil.which("openssl") is None, reason="no openssl here: apt-get install openssl"
    )
    def test_is_signed_as_openssl_can_see(self, exported: Path, tmp_path: Path):
        text = (exported / "HOW-TO-VERIFY.txt").read_text("utf-8")
        commands = [
            line.strip()
            for line in text.splitlines()
            if line.startswith(("    openssl ", "    cmp "))
        ]
        assert len(commands) == 2
        for command in commands:
            done = subprocess.run(["sh", "-c", command], cwd=exported, check=False)
            assert done.returncode == 0, command
        changed = Path(shutil.copytree(exported, tmp_path / "changed"))
        text_file = changed / "checkpoint-text.txt"
        text_file.write_bytes(text_file.read_bytes().replace(b"cport", b"xport"))
        for command in commands:
            assert subprocess.run(["sh", "-c", command], cwd=changed, check=False).returncode != 0

    def test_has_every_entry_up_to_its_own(self, exported: Path):
        with (exported / "entries.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [int(row["entry"]) for row in rows] == list(range(1, len(rows) + 1))
        own = rows[-1]
        assert (own["verb"], own["reason"], own["recipient"]) == (
            "export", "request 7", "Authority",
        )  # fmt: skip
        assert any(SECRET in row["particulars"] for row in rows)
        erased = [row for row in rows if row["particulars_erased_by"]]
        assert [row["particulars"] for row in erased] == [""]
        lines = (exported / "entries.jsonl").read_text("utf-8").splitlines()
        assert len(lines) == len(rows)
        assert "erased words" not in "".join(lines)

    def test_is_no_formula_to_a_spreadsheet(self, exported: Path):
        with (exported / "entries.csv").open(newline="", encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]

    def test_names_the_heads_that_others_keep_and_not_this_machines_own(self, exported: Path):
        lines = (exported / "anchors.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line)["kind"] for line in lines] == ["file", "export"]

    def test_is_a_disclosure_on_record_and_needs_role_and_purpose(
        self, live: Vault, tmp_path: Path
    ):
        path = tmp_path / "log.zip"
        with pytest.raises(PurposeMissing):
            export_audit(live, AuditOrder(path, recipient="Authority"))
        export_audit(live, AuditOrder(path, "Authority", "request 7"))
        done, begun = newest(live, 2)
        draft = begun.draft
        assert done.draft.verb == "export_written"
        assert (draft.action, draft.verb) == (AuditAction.DISCLOSURE, "export")
        assert (draft.recipient, draft.reason) == ("Authority", "request 7")
        without(live, Role.AUDITOR)
        with pytest.raises(RoleMissing):
            export_audit(live, AuditOrder(tmp_path / "other.zip", "Authority", "request 7"))
        assert sorted(p.name for p in tmp_path.iterdir()) == ["live", "log.zip"]

    def test_is_private_and_never_written_over(self, demo: Vault, tmp_path: Path):
        path = tmp_path / "log.zip"
        export_audit(demo, AuditOrder(path))
        content = path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(OutputExists):
            export_audit(demo, AuditOrder(path))
        assert path.read_bytes() == content

    def test_that_cannot_be_written_leaves_nothing_but_its_record(
        self, demo: Vault, tmp_path: Path
    ):
        with pytest.raises(OutputUnwritable):
            export_audit(demo, AuditOrder(tmp_path / "nowhere" / "log.zip"))
        assert [entry.draft.verb for entry in newest(demo, 2)] == ["export_not_written", "export"]


class TestErasingParticulars:
    def test_takes_the_words_and_leaves_the_entry_provable(self, live: Vault, tmp_path: Path):
        sequence = record_search(live)
        path = tmp_path / "checkpoint.txt"
        write_checkpoint(live, path)
        erase_particulars(live, sequence, reason="request 9")
        verdict = verify_audit(live, against=path.read_bytes())
        assert verdict.is_verified
        assert verdict.erased == 1
        with live.reader() as reader:
            entry = audit_log.entry(reader, sequence)
        assert entry.draft.payload == ()
        assert entry.draft.verb == "search"
        by = newest(live)[0]
        assert entry.erased_by == by.sequence
        assert by.draft.action is AuditAction.ERASURE
        assert by.draft.reason == "request 9"
        assert by.draft.object_reference == f"entry {sequence}"

    def test_leaves_no_word_or_salt_in_the_database(self, live: Vault):
        sequence = record_search(live)
        with live.reader() as reader:
            before = reader.connection.execute(
                "SELECT salt FROM audit_payload WHERE sequence = ?", (sequence,)
            ).fetchone()
        assert before is not None
        erase_particulars(live, sequence, reason="request 9")
        with live.reader() as reader:
            rows = reader.connection.execute("SELECT salt, payload FROM audit_payload").fetchall()
        assert before[0] not in [salt for salt, _ in rows]
        assert not [payload for _, payload in rows if SECRET.encode() in payload]

    def test_happens_once(self, live: Vault):
        sequence = record_search(live)
        erase_particulars(live, sequence, reason="request 9")
        before = newest(live)
        with pytest.raises(UnknownReference):
            erase_particulars(live, sequence, reason="again")
        assert newest(live) == before

    def test_of_an_entry_that_has_none_or_is_not_there_is_refused(self, live: Vault):
        with live.transaction() as tx:
            plain = tx.record(an_entry("plain"))
        for sequence in (plain, 9999, 0):
            with pytest.raises(UnknownReference):
                erase_particulars(live, sequence, reason="request 9")

    @pytest.mark.parametrize("reason", [None, "", " "])
    def test_needs_a_reason_in_a_demo_vault_too(self, demo: Vault, reason):
        sequence = record_search(demo)
        with pytest.raises(PurposeMissing):
            erase_particulars(demo, sequence, reason=reason)
        assert verify_audit(demo).erased == 0

    def test_needs_the_role_of_a_supervisor(self, live: Vault):
        sequence = record_search(live)
        without(live, Role.SUPERVISOR)
        with pytest.raises(RoleMissing):
            erase_particulars(live, sequence, reason="request 9")
        assert verify_audit(live).erased == 0

    def test_stops_at_a_legal_hold_on_what_the_entry_is_about(self, live: Vault):
        with live.transaction() as tx:
            tx.connection.execute(
                "INSERT INTO media_item (media_id, state, size, announced_sha256, newest_received)"
                " VALUES (7, 'wanted', 1, ?, 0)",
                ("a" * 64,),
            )
            sequence = tx.record(
                replace(
                    an_entry("reveal", payload=(("level", "grey"),)),
                    object_kind=ObjectKind.MEDIA,
                    object_reference="M-7",
                )
            )
            hold = holds.place(
                tx,
                HeldItem(HeldKind.MEDIA, 7),
                hold_id=HoldId("H-000000000001"),
                reason="court order",
            )
        with pytest.raises(ItemHeld):
            erase_particulars(live, sequence, reason="request 9")
        with live.transaction() as tx:
            holds.release(tx, hold.hold_id, reason="done")
            tx.record(an_entry("release"))
        erase_particulars(live, sequence, reason="request 9")
        assert verify_audit(live).erased == 1
