"""Look at the register: what left, to whom, and which copies are affected.

Whoever works on a report must know who has a copy of it, so this needs no more than the role
“analyst”. Who let something leave stands with the one disclosure that is looked at, as in the log;
no list shows, filters or counts it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.disclosure import (
    REPORT,
    Affected,
    DisclosureId,
    DisclosureRecord,
    EnteredDisclosure,
)
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.usecases.permission import require
from cport_desktop.vault import affected, disclosures, receipts
from cport_desktop.vault.affected import OpenCount
from cport_desktop.vault.disclosures import Wanted
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Register:
    """A page of what left. `since`: from then on nothing leaves without being entered; what left
    earlier is here as far as the audit log tells.
    """

    page: Page[EnteredDisclosure]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class AffectedCopies:
    """A page of copies, and how many each recipient has that are not settled."""

    page: Page[Affected]
    by_recipient: tuple[OpenCount, ...]


def list_disclosures(
    vault: Vault, wanted: Wanted, *, limit: int, after: str | None = None
) -> Register:
    """What left, the newest first.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    _record(vault, "list", _said(wanted))
    with vault.reader() as reader:
        page = disclosures.page(reader, wanted, limit=limit, after=after)
        return Register(page, disclosures.known_since(reader))


def show_disclosure(vault: Vault, disclosure_id: DisclosureId) -> DisclosureRecord:
    """One of them whole: who, what, when, why, by which clause.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: there was none of this number.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        found = disclosures.find(reader, disclosure_id)
        received = receipts.of_id(reader, disclosure_id)
    _record(vault, "show", disclosure_id)
    return replace(found, received=received)


def copies_of(vault: Vault, report_id: ReportId) -> tuple[EnteredDisclosure, ...]:
    """Every disclosure in which this report left, the newest first.

    Raises:
        RoleMissing: not this analyst.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return disclosures.of_item(reader, REPORT, report_reference(report_id))


def list_affected(
    vault: Vault,
    *,
    limit: int,
    after: str | None = None,
    recipient: str | None = None,
    with_settled: bool = False,
) -> AffectedCopies:
    """Copies of what was corrected or withdrawn since, the newest first.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    _record(vault, "list_affected", recipient or "all")
    with vault.reader() as reader:
        page = affected.page(
            reader, limit=limit, after=after, recipient=recipient, with_settled=with_settled
        )
        return AffectedCopies(page, affected.open_by_recipient(reader))


def _said(wanted: Wanted) -> str:
    parts = [
        wanted.recipient or "",
        "" if wanted.kind is None else wanted.kind.value,
        "" if wanted.item is None else wanted.item[1],
    ]
    return ", ".join(part for part in parts if part) or "all"


def _record(vault: Vault, verb: str, reference: str) -> None:
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb=verb,
                object_kind=ObjectKind.DISCLOSURE,
                object_reference=reference,
            )
        )
