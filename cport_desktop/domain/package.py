"""An intelligence package: what goes into it, and what a check of one says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.custody import Custody
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import Actor, MediaId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.redaction import Redacted
from cport_desktop.domain.region_profile import NO_CATEGORIES, RegionProfile
from cport_desktop.domain.rows import Dossier


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gets of what was chosen. `without`: fields of reports (`withholding.WITHHOLDABLE`)
    that stay out for them, beside those that the agreement withholds.
    """

    media: PackageMedia = PackageMedia.ORIGINAL
    without: frozenset[str] = frozenset()


ALL_OF_IT: Final = Given()
"""Originals, and every field that the agreement lets go."""


class Derived(StrEnum):
    """What a file of a package is made from an original, and not the original itself."""

    VEIL = "veil"
    REDACTED = "redacted"


@dataclass(frozen=True, slots=True)
class PackagedMedia:
    """A media file to be packed. `read` gives its plaintext in order, in bounded pieces."""

    media_id: MediaId
    digests: Digests
    extension: str
    read: Callable[[], Iterator[bytes]]
    derived: Derived | None = None
    """None: it is the original to the byte. The digests are those of the file that goes."""


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
    custody: Custody | None = None
    """What the log says of the reports and media under that head; None: nothing is told of it."""
    region_profile: RegionProfile = NO_CATEGORIES
    """By which table the list for other tools gives categories."""
    media_level: PackageMedia = PackageMedia.ORIGINAL
    redactions: tuple[Redacted, ...] = ()
    """What was destroyed on the way, for the list that travels along."""
    case: str = ""
    """The sender's number of the case whose reports these are; empty if they were not chosen by one."""


@dataclass(frozen=True, slots=True)
class ComposedPackage:
    """What was written; `sha256` of the sealed file, as it was read back from its medium."""

    sha256: str
    size: int
    items: int
    media: int
    recipients: tuple[str, ...]
    signer: str
    path: Path = Path()
    """Under which name it was written; of one in parts, the name that they have in common."""
    parts: tuple[str, ...] = ()
    """Names of its parts in their order, beside each other; none of a package in one file."""
    was_there: bool = False
    """It had been written before, and was read again and found whole."""


class StepState(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    CLAIMED = "claimed"
    """Neither shown nor contradicted: the package itself says so, and nobody else does."""


class Verdict(StrEnum):
    """What a verification comes to. An expired certificate is a matter of its own, since evidence is
    read years later.
    """

    VERIFIED = "verified"
    EXPIRED_PROVEN = "verified_expired_proven"
    """Every step passed; that it was signed before the certificate expired is proven."""
    EXPIRED_CLAIMED = "intact_expired_claimed"
    """Every step passed but that one: only the signer says so."""
    INCOMPLETE = "incomplete"
    REFUSED = "refused"


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
    """`is_expired`: the signer's certificate is not valid any more when this was made."""

    steps: tuple[VerificationStep, ...]
    is_expired: bool = False

    @property
    def is_verified(self) -> bool:
        """Every step passed: a skipped one proves nothing."""
        return bool(self.steps) and all(step.state is StepState.PASSED for step in self.steps)

    @property
    def verdict(self) -> Verdict:
        states = {step.state for step in self.steps}
        if StepState.FAILED in states:
            return Verdict.REFUSED
        if StepState.SKIPPED in states or not states:
            return Verdict.INCOMPLETE
        if StepState.CLAIMED in states:
            return Verdict.EXPIRED_CLAIMED
        return Verdict.EXPIRED_PROVEN if self.is_expired else Verdict.VERIFIED
