"""Who has this item? Asked of a report, a media item, an operation, or the digest of a file.

Whoever got it from here by the register, and whoever handed it to us in a package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.disclosure import MEDIA, REPORT, Holding
from cport_desktop.domain.ids import (
    media_reference,
    parse_media_reference,
    parse_report_reference,
    report_reference,
)
from cport_desktop.domain.imported import ImportRecord
from cport_desktop.domain.roles import Role
from cport_desktop.errors import UnknownReference
from cport_desktop.usecases.permission import require
from cport_desktop.vault import holdings, senders
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

_DIGEST: Final = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody asked for: an item by kind and reference, or bytes by their SHA-256."""

    reference: str
    kind: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Holders:
    """`copies`: one for each recipient and item, the newest first. A media item is found in every copy of
    the same bytes as well. `senders`: packages of colleagues that brought it, the newest first.
    """

    named: Named
    copies: tuple[Holding, ...]
    senders: tuple[ImportRecord, ...] = ()

    @property
    def recipients(self) -> tuple[str, ...]:
        """Each once, the newest first."""
        return tuple(dict.fromkeys(copy.recipient.name for copy in self.copies))


def who_has(vault: Vault, text: str) -> Holders:
    """Everybody who got what `text` names: `HL-…`, `M-…`, or an MD5, SHA-1 or SHA-256 in hex. That it was
    asked is on record.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: it names nothing of the kind, or, as an MD5 or SHA-1, no file that is here.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        named = _named(reader, text.strip())
        copies = _copies(reader, named)
        brought = senders.of_item(reader, named.kind, named.reference, named.sha256)
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="who_has",
                object_kind=ObjectKind.DISCLOSURE,
                object_reference=named.reference,
            )
        )
    return Holders(named, copies, brought)


def _named(reader: Reader, text: str) -> Named:
    digest = text.lower()
    if _DIGEST.fullmatch(digest):
        sha256 = digest if len(digest) == 64 else holdings.digest_named(reader, digest)
        if sha256 is None:
            raise UnknownReference(kind="file", reference=text)
        return Named(digest, sha256=sha256)
    if text[:2].upper() == "M-" and (media := parse_media_reference(text)) is not None:
        return Named(media_reference(media), MEDIA, holdings.digest_of(reader, media))
    if (report := parse_report_reference(text)) is not None:
        return Named(report_reference(report), REPORT)
    raise UnknownReference(kind="report", reference=text)


def _copies(reader: Reader, named: Named) -> tuple[Holding, ...]:
    found: tuple[Holding, ...] = ()
    if named.kind is not None:
        found = holdings.of_item(reader, named.kind, named.reference)
    if named.sha256 is not None:
        found = (*found, *holdings.of_bytes(reader, named.sha256))
    return tuple(sorted(dict.fromkeys(found), key=lambda copy: copy.at, reverse=True))
