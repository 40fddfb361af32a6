"""The trace that every look and act leaves (Directive (EU) 2016/680, Art. 25).

An entry says who did what to which object, when, why and for whom. The log is an append-only
Merkle tree after RFC 6962: the leaf of an entry is SHA-256(0x00 | canonical bytes), where the
canonical bytes carry a salted digest of the personal payload and never the payload itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import Actor


class AuditAction(StrEnum):
    """The closed list of Art. 25, and two kinds for the log's own keeping."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    ACCESS = "access"
    """The vault was created, opened or closed."""


class ObjectKind(StrEnum):
    VAULT = "vault"
    REPORT = "report"
    MEDIA = "media"
    SEARCH = "search"
    BATCH = "batch"
    OPERATION = "operation"
    PACKAGE = "package"
    AUDIT_LOG = "audit_log"
    HOTLINES = "hotlines"
    ANALYST = "analyst"
    KEY_SLOT = "key_slot"
    AGREEMENT = "agreement"
    DISCLOSURE = "disclosure"
    UNIT_RULE = "unit_rule"
    HASH_LIST = "hash_list"
    TABLE = "table"
    SAVED_SEARCH = "saved_search"
    CASE = "case"
    CONTENT = "content"
    DOMAIN = "domain"
    HOTLINE = "hotline"
    TASK = "task"
    SIGNER = "signer"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class AuditDraft:
    """What a use case wants to be remembered; the vault adds actor, time and sequence.

    `verb` is a short stable word (`open`, `search`, `reveal`, `apply`, `compose` …).
    `payload` are pairs of plain text that may hold personal data (a query, a file name).
    """

    action: AuditAction
    verb: str
    object_kind: ObjectKind
    object_reference: str
    reason: str | None = None
    recipient: str | None = None
    payload: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log. `leaf` is the RFC 6962 leaf hash in hex.

    `erased_by` is the entry that says that the particulars were erased.
    """

    sequence: int
    at: datetime
    actor: Actor
    draft: AuditDraft
    leaf: str
    erased_by: int | None = None


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """One entry as it leaves for somebody who does not have this product.

    `canonical` is the text of which the leaf is the hash; `salt` and `payload` (JSON text) are
    what `payload_digest` in it commits to, unless entry `erased_by` says that they were erased.
    """

    entry: AuditEntry
    canonical: str
    salt: bytes | None
    payload: str | None


class AnchorKind(StrEnum):
    """Where a head of the log is known too, apart from the vault."""

    PORTAL = "portal"
    """With the portal, which co-signed it."""
    EXPORT = "export"
    """In a signed package or an export of the log."""
    FILE = "file"
    """In a file that somebody asked for."""
    CODE = "code"
    """In a diary on paper."""
    SESSION = "session"
    """In the high-water mark of this machine."""


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """`head` is the tree's root in hex over `entries` leaves; `fault` says what is wrong.

    `faults` are all that were found, up to a bound, and `fault` the first of them. `erased`:
    entries whose particulars were erased on record. `anchors`: heads known elsewhere that were
    compared. `remarks`: what else is worth knowing, in sentences.
    """

    entries: int
    head: str
    fault: str | None
    faults: tuple[str, ...] = ()
    erased: int = 0
    anchors: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def is_verified(self) -> bool:
        return self.fault is None
