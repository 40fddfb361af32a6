"""What keeping a vault shows: findings of a check, backups, drills, restores, pictures made again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it is, and what is wrong there, in a sentence."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was read back. `faults`: what is wrong with the vault itself; sizes in bytes.

    `base`: the id of the backup that it builds on; `needed`: how many files a restore takes.
    `is_on_same_disk`: what takes the vault away takes the backup with it.
    """

    path: Path
    backup: str
    made_at: str
    sha256: str
    size: int
    blobs: int
    blobs_here: int
    base: str | None
    needed: int
    log_size: int
    log_root: str
    faults: tuple[str, ...]
    is_on_same_disk: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """`log_size`: entries that the backup brought. `findings`: what a deep check found.

    `erased_again`: reports that were erased after the backup was made and are gone here too.
    """

    directory: Path
    vault: str
    backup: str
    made_at: str
    blobs: int
    size: int
    log_size: int
    lineage: int
    state: str
    erased_again: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Drilled:
    """`proved`: what was shown, a sentence each; `findings`: what was wrong."""

    file: Path
    backup: str
    made_at: str
    blobs: int
    size: int
    proved: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`failed`: references of items whose pictures could not be made. `begun_anew`: the file of
    all pictures was damaged and is a new one.
    """

    made: int
    failed: tuple[str, ...]
    begun_anew: bool


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"
    """A hard requirement fails."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at. `code` is stable; `name`, `found` and `advice` are for people,
    and `advice` is empty where nothing is to be done.
    """

    code: str
    name: str
    verdict: Verdict
    found: str
    advice: str = ""
