"""Anchoring the audit log with a portal: what is handed over, what is answered, what came of it.

The portal keeps, for each station, the longest head of the log that it has co-signed. It
co-signs a head only if it is proved to go on from that one (a witness, c2sp.org/tlog-witness).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import PortalId, StationId, VaultId
from cport_desktop.domain.nature import Nature

_ORIGIN = re.compile(r"cport\.vault/([0-9a-f]{32})/([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class LogOrigin:
    """Which log a head is of. `lineage` grows each time the vault is put back on purpose."""

    vault: VaultId
    lineage: int

    def __str__(self) -> str:
        return f"cport.vault/{self.vault}/{self.lineage}"


def parse_origin(text: str) -> LogOrigin | None:
    """The inverse of `str`; None if it is not the origin of a vault's log."""
    match = _ORIGIN.fullmatch(text)
    return None if match is None else LogOrigin(VaultId(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class AnchorRequest:
    """A head of the station's log. `log_key` is its verifier key, `checkpoint` the signed note.

    `proof` shows that the head goes on from one of `old_size` entries; empty if that is 0.
    """

    station: StationId
    log_key: str
    checkpoint: bytes
    old_size: int
    proof: tuple[bytes, ...]


class AnchorOutcome(StrEnum):
    """What the portal made of it."""

    COSIGNED = "cosigned"
    OTHER_SIZE = "otherSize"
    """It holds a head of another size than `old_size`: prove again from there."""
    ROLLED_BACK = "rolledBack"
    """It has co-signed a longer log of this vault, or a later lineage."""
    INCONSISTENT = "inconsistent"
    """The head does not go on from the one it holds, or is signed with another key."""


@dataclass(frozen=True, slots=True)
class AnchorAnswer:
    """`lineage`, `size` and `root` are those of the head that the portal holds now; 0, 0 and
    None if it holds none. `cosignature` is one line of a signed note.
    """

    portal: PortalId
    station: StationId
    nature: Nature
    issued_at: datetime
    outcome: AnchorOutcome
    lineage: int
    size: int
    root: bytes | None
    cosignature: str | None


class AnchorState(StrEnum):
    """What came of the attempt to anchor the log with the portal."""

    COSIGNED = "cosigned"
    NOT_OFFERED = "not_offered"
    """An older portal, which keeps no heads."""
    ROLLED_BACK = "rolled_back"
    INCONSISTENT = "inconsistent"
    FAILED = "failed"
    """The road or the answer; the next exchange tries again."""


@dataclass(frozen=True, slots=True)
class Anchoring:
    """`size` and `lineage` are ours; `held_*` are those of the portal where it said so.

    `error` is the code of what failed.
    """

    state: AnchorState
    size: int
    lineage: int
    held_size: int | None = None
    held_lineage: int | None = None
    error: str | None = None

    @property
    def is_alarming(self) -> bool:
        """The log is not the one that the portal knows."""
        return self.state in (AnchorState.ROLLED_BACK, AnchorState.INCONSISTENT)
