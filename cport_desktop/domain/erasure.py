"""Erasure: what was destroyed, by which rule, and the statement about it that can be handed out.

A certificate names numbers and never content: a report by the portal's number, a media item by
its number and the SHA-256 of the key that sealed its file. That key was random and is gone, so
its digest says nothing of the file; it lets somebody who has an old copy of the vault show that
the key in it is the one that was destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from cport_desktop.domain.ids import Actor, MediaId, ReportId, VaultId

ErasureId = NewType("ErasureId", str)
"""`E-` and 12 lower-case hex digits, random."""

BY_ORDER: Final = "order"
"""The rule of an erasure that a person ordered; otherwise a scope of `retention`."""

LARGEST_ERASURE: Final = 10_000
"""Reports in one erasure. It is one transaction, all or nothing, and others wait for it:
some seconds for so many."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why: a `rule` (`order`, or the scope of a period) with its `clause`, and a reason."""

    rule: str
    clause: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ErasedMedia:
    """`key_digest`: SHA-256 in hex of the key that was destroyed; None where no file was here,
    or where another item has the same bytes and keeps them.
    """

    media_id: MediaId
    key_digest: str | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was erased. `log_size` and `log_root` (hex) are the head of the audit log when it
    was certified: behind every entry about this erasure.
    """

    vault: VaultId
    erasure_id: ErasureId
    at: datetime
    actor: Actor
    ground: Ground
    reports: tuple[ReportId, ...]
    media: tuple[ErasedMedia, ...]
    log_size: int
    log_root: str


@dataclass(frozen=True, slots=True)
class ErasureRecord:
    """One line of the list of erasures. `is_finished`: nothing of it is left anywhere in the
    vault's files, and it is certified.
    """

    erasure_id: ErasureId
    at: datetime
    actor: Actor
    ground: Ground
    reports: int
    media: int
    is_finished: bool
