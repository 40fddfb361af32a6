"""A session that was cut off is on record when the vault is next opened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cport_desktop.vault import audit_log
from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened

CHILD = """
import os, sys
from pathlib import Path
from tests.builders import an_entry, reopened
vault = reopened(Path(sys.argv[1]))
with vault.transaction() as tx:
    tx.record(an_entry())
os._exit(9)
"""


def cut_off(directory: Path) -> None:
    """Open the vault in another process, do something, and end without a farewell."""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, directory],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == 9


def told(vault: Vault) -> list[tuple[str, dict[str, str]]]:
    """Verbs and payloads, oldest first."""
    with vault.reader() as reader:
        entries = audit_log.page(reader, limit=100).rows
    return [(entry.draft.verb, dict(entry.draft.payload)) for entry in reversed(entries)]


def test_a_session_that_was_closed_needs_no_word(tmp_path: Path) -> None:
    directory = make_vault(tmp_path / "vault")
    reopened(directory).close()
    with reopened(directory) as vault:
        assert "cut_off" not in [verb for verb, _ in told(vault)]


def test_a_session_that_was_cut_off_is_named_with_its_last_entry(tmp_path: Path) -> None:
    directory = make_vault(tmp_path / "vault")
    cut_off(directory)
    with reopened(directory) as vault:
        entries = told(vault)
        verbs = [verb for verb, _ in entries]
        assert verbs[-4:] == ["open", "search", "cut_off", "open"]
        facts = entries[-2][1]
        assert facts["last_entry"] == str(len(entries) - 2)
        with vault.reader() as reader:
            row = reader.connection.execute(
                "SELECT session FROM audit_entry WHERE sequence = ?", (facts["last_entry"],)
            ).fetchone()
            assert audit_log.verify(reader).is_verified
        assert row == (facts["session"],)


def test_it_is_said_once(tmp_path: Path) -> None:
    directory = make_vault(tmp_path / "vault")
    cut_off(directory)
    reopened(directory).close()
    with reopened(directory) as vault:
        assert [verb for verb, _ in told(vault)].count("cut_off") == 1


def test_each_session_that_was_cut_off_is_told(tmp_path: Path) -> None:
    directory = make_vault(tmp_path / "vault")
    cut_off(directory)
    cut_off(directory)
    with reopened(directory) as vault:
        assert [verb for verb, _ in told(vault)].count("cut_off") == 2
