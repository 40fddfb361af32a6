"""An intelligence package: what goes into it, and what a check of one says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import Actor, MediaId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.rows import Dossier


@dataclass(frozen=True, slots=True)
class PackagedMedia:
    """A media file to be packed. `read` gives its plaintext in order, in bounded pieces."""

    media_id: MediaId
    digests: Digests
    extension: str
    read: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class PackageContent:
    """What a package is made of, complete before the first byte is written."""

    title: str
    composed_at: datetime
    composed_by: Actor
    agency: str
    agreement: str
    nature: Nature
    log_head: str
    """Root of the audit log (hex) with the entry of this disclosure in it."""
    log_size: int
    reports: tuple[Dossier, ...]
    media: tuple[PackagedMedia, ...]
    omitted_media: tuple[tuple[MediaId, str], ...]
    """Media that could not be packed, each with its reason (a code of `words`)."""
    log_checkpoint: bytes = b""
    """The same head as a signed note, for others to keep; empty if there is none."""
    log_key: str = ""
    """The verifier key of that note."""


@dataclass(frozen=True, slots=True)
class ComposedPackage:
    """What was written; `sha256` of the sealed file, computed while sealing."""

    sha256: str
    size: int
    items: int
    media: int
    recipients: tuple[str, ...]
    signer: str


class StepState(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class VerificationStep:
    """One numbered step: what was checked, how it ended, and why (in a sentence).

    `cause` is the stable code of what a failed step found.
    """

    number: int
    name: str
    state: StepState
    detail: str
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    steps: tuple[VerificationStep, ...]

    @property
    def is_verified(self) -> bool:
        """Every step passed: a skipped one proves nothing."""
        return bool(self.steps) and all(step.state is StepState.PASSED for step in self.steps)
