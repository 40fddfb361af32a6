"""Vaults for workflows: opened in a millisecond, since 160 random bits need no dear derivation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.clock import Clock
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import never, silent
from cport_desktop.vault import inspection
from cport_desktop.vault.database import Row
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode
from cport_desktop.vault.state_digest import digest
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault, create_vault, open_vault
from tests.builders import ANALYST, a_clock
from tests.hostile.faults.workflows.workflow import Place, Seen

CODE = bytes(range(20))
SECRET = RecoveryCode(CODE)


def create(directory: Path) -> None:
    create_vault(
        directory,
        nature=Nature.DEMO,
        analyst=ANALYST,
        slots=[NewSlot("recovery", NewRecoveryCode(CODE))],
        clock=a_clock(),
    )


def opened(directory: Path, *, clock: Clock | None = None) -> Vault:
    """Open, with this machine's high-water marks beside the vault: a mark that a power cut could
    leave ahead of the vault would call an honest vault rolled back.
    """
    return open_vault(
        directory,
        secret=SECRET,
        clock=clock or a_clock(),
        program="faults",
        marks=directory.parent / "marks",
    )


def rows(vault: Vault, query: str) -> list[Row]:
    with vault.reader() as reader:
        return reader.connection.execute(query).fetchall()


def seen(vault: Vault, *facts: str) -> Seen:
    return Seen(identity_of(vault), frozenset(facts) | media_facts(vault) | report_facts(vault))


@contextmanager
def checked(place: Place) -> Iterator[Vault]:
    """The vault, open, after everything about it was found sound."""
    with opened(place.vault) as vault:
        require_sound(vault)
        require_no_stray(vault)
        yield vault


def require_sound(vault: Vault) -> None:
    findings = inspection.check(vault, deep=True, announce=silent, is_cancelled=never)
    assert findings == (), findings


_OF_A_VAULT = frozenset(
    {
        "header-a.json", "header-b.json", "lock",
        "vault.db", "vault.db-wal", "vault.db-shm",
        "derivatives.db", "derivatives.db-wal", "derivatives.db-shm",
    }
)  # fmt: skip


def require_no_stray(vault: Vault) -> None:
    """Nothing lies in the vault's folder that does not belong there, and nothing is missing."""
    directory = vault.directory
    blobs = {row[0] for row in rows(vault, "SELECT blob_id FROM blob")}
    for path in directory.rglob("*"):
        if path.is_dir():
            continue
        name = str(path.relative_to(directory))
        is_known = name in _OF_A_VAULT or (
            name.startswith(("blobs/", "staging/")) and path.name in blobs
        )
        assert is_known, f"a stray file: {name}"
    first, second = vault.layout.headers
    assert first.read_bytes() == second.read_bytes(), "the copies of the header differ"


def identity_of(vault: Vault) -> str:
    """What the vault holds and all that was ever recorded before it was opened now."""
    with vault.reader() as reader:
        return hashlib.sha256(f"{digest(reader)} {_log(reader)}".encode()).hexdigest()


def _log(reader: Reader) -> str:
    """Every entry but those that this opening added."""
    entries = reader.connection.execute(
        "SELECT leaf FROM audit_entry WHERE session <> ("
        " SELECT session FROM audit_entry ORDER BY sequence DESC LIMIT 1) ORDER BY sequence"
    ).fetchall()
    return hashlib.sha256(b"".join(bytes(leaf) for (leaf,) in entries)).hexdigest()


def media_facts(vault: Vault) -> frozenset[str]:
    return frozenset(
        f"media {number} {state}"
        for number, state in rows(vault, "SELECT media_id, state FROM media_item")
    )


def report_facts(vault: Vault) -> frozenset[str]:
    return frozenset(f"report {n}" for (n,) in rows(vault, "SELECT report_id FROM report"))
