"""What tests arrange with: a real vault, as cheap as a vault accepts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cport_desktop.clock import Clock, SteppingClock
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.nature import Nature
from cport_desktop.vault.vault import Vault, create_vault, open_vault

ANALYST = "Ada Example"
PASSPHRASE = b"correct horse battery staple"
NOON = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)


def a_clock() -> SteppingClock:
    return SteppingClock(NOON)


def make_vault(
    directory: Path, *, nature: Nature = Nature.DEMO, clock: Clock | None = None
) -> Path:
    """A new, closed vault in `directory`, opened by `PASSPHRASE`."""
    create_vault(
        directory,
        nature=nature,
        analyst=ANALYST,
        passphrase=PASSPHRASE,
        cost=FLOOR,
        clock=clock or a_clock(),
    )
    return directory


def reopened(directory: Path, *, clock: Clock | None = None, program: str = "tests") -> Vault:
    """The vault in `directory`, open."""
    return open_vault(directory, passphrase=PASSPHRASE, clock=clock or a_clock(), program=program)


@contextmanager
def a_vault(
    directory: Path, *, nature: Nature = Nature.DEMO, clock: Clock | None = None
) -> Iterator[Vault]:
    """A new, open vault; closed afterwards."""
    clock = clock or a_clock()
    with reopened(make_vault(directory, nature=nature, clock=clock), clock=clock) as vault:
        yield vault


def an_entry(verb: str = "search", *, payload: tuple[tuple[str, str], ...] = ()) -> AuditDraft:
    """An entry for the audit log, where the test is about something else."""
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb=verb,
        object_kind=ObjectKind.SEARCH,
        object_reference="test",
        payload=payload,
    )
