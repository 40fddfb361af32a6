"""Take in what a portal said, by whichever road it came: check, apply, count.

A message is a batch, which is applied in one transaction with its place in the chain, or the
portal's word that nothing more is waiting. Nothing of a message that is malformed, not for us or
not for now is applied; it is kept aside, sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import Batch, Standing
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.known import HitTally
from cport_desktop.domain.operation import Receipt
from cport_desktop.domain.roles import Role
from cport_desktop.errors import UntrustedData
from cport_desktop.formats import portal_messages
from cport_desktop.formats.message_kind import MessageKind, kind_of
from cport_desktop.sync import exchange
from cport_desktop.usecases.keep_aside import keep_aside
from cport_desktop.usecases.permission import require
from cport_desktop.vault import outbox, replica
from cport_desktop.vault.replica import StreamState
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Tally:
    """What an exchange brought so far."""

    reports_new: int = 0
    reports_changed: int = 0
    reports_withdrawn: int = 0
    reports_dropped: int = 0
    """Changes of reports that were erased here, and do not come back."""
    records_changed: int = 0
    """Things other than reports: hotlines, lists, decisions, agreements."""
    copies_affected: int = 0
    """Copies that somebody has of what was corrected or withdrawn (`vault.chasing`)."""
    operations_settled: int = 0
    operations_rejected: int = 0
    bytes: int = 0
    hits_new: int = 0
    """Contents that were found on hash lists."""
    hits_ended: int = 0
    """Hits that stand no more, since an entry or a list was corrected or withdrawn."""

    def with_batch(self, applied: replica.Applied, size: int) -> Tally:
        """After one batch more, of `size` bytes."""
        return replace(
            self,
            reports_new=self.reports_new + applied.reports_new,
            reports_changed=self.reports_changed + applied.reports_changed,
            reports_withdrawn=self.reports_withdrawn + applied.reports_withdrawn,
            reports_dropped=self.reports_dropped + applied.dropped,
            records_changed=self.records_changed + applied.records_changed,
            copies_affected=self.copies_affected + applied.copies_affected,
            operations_settled=self.operations_settled + applied.operations_settled,
            operations_rejected=self.operations_rejected + applied.operations_rejected,
            bytes=self.bytes + size,
            hits_ended=self.hits_ended + applied.hits_ended,
        )

    def with_hits(self, hits: HitTally) -> Tally:
        """After matching."""
        return replace(
            self, hits_new=self.hits_new + hits.new, hits_ended=self.hits_ended + hits.ended
        )

    def with_receipts(self, settled: int, rejected: int, size: int) -> Tally:
        """After a message of receipts."""
        return replace(
            self,
            operations_settled=self.operations_settled + settled,
            operations_rejected=self.operations_rejected + rejected,
            bytes=self.bytes + size,
        )


@dataclass(frozen=True, slots=True)
class Road:
    """How a message came. `name` as people know it (`https`, `courier`); `is_live`: the portal
    answered while we waited, so that what it says must be of this hour.
    """

    name: str
    is_live: bool


HTTPS = Road("https", is_live=True)
COURIER = Road("courier", is_live=False)


def take_in(
    vault: Vault, enrolment: Enrolment, message: bytes, *, road: Road, tally: Tally
) -> tuple[Batch | Standing, Tally]:
    """What `message` was, applied and on record, and `tally` with its counts added.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UntrustedData: it may not be used; it is kept aside and nothing of it applied.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        state = replica.stream(reader)
    heard = _accepted(vault, enrolment, message, road, state)
    if isinstance(heard, Standing):
        hear_standing(vault, heard, road)
        return heard, replace(tally, bytes=tally.bytes + len(message))
    with vault.transaction() as tx:
        applied = replica.apply(tx, heard, road=road.name)
    return heard, tally.with_batch(applied, len(message))


def take_in_receipts(
    vault: Vault, enrolment: Enrolment, message: bytes, *, tally: Tally
) -> tuple[int, Tally]:
    """How many operations the receipts in `message` settled or rejected just now.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UntrustedData: as `take_in`.
    """
    require(vault, Role.ANALYST)
    try:
        payload = portal_messages.unseal(message, enrolment.answer.portal_key)
        receipts = exchange.accept_receipts(payload, enrolment=enrolment)
    except UntrustedData as error:
        keep_aside(vault, "receipts", error, message)
        raise
    settled, rejected = _settle(vault, receipts)
    return settled + rejected, tally.with_receipts(settled, rejected, len(message))


def hear_standing(vault: Vault, standing: Standing, road: Road) -> None:
    """The portal was heard to the end: from now on this is how fresh the vault is."""
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        replica.hear_standing(tx, standing)
        replica.mark_exchange(tx, road.name)
        tx.record(
            AuditDraft(
                action=AuditAction.COLLECTION,
                verb="exchange",
                object_kind=ObjectKind.VAULT,
                object_reference=vault.identity,
                recipient=standing.portal,
                payload=(("road", road.name),),
            )
        )


def _accepted(
    vault: Vault, enrolment: Enrolment, message: bytes, road: Road, state: StreamState
) -> Batch | Standing:
    now: datetime | None = vault.now() if road.is_live else None
    try:
        payload = portal_messages.unseal(message, enrolment.answer.portal_key)
        if kind_of(payload) is MessageKind.STANDING:
            return exchange.accept_standing(
                payload,
                enrolment=enrolment,
                position=state.position,
                now=now,
                issued_after=state.issued_at,
            )
        return exchange.accept_batch(
            payload,
            enrolment=enrolment,
            position=state.position,
            now=now,
            issued_after=state.issued_at,
        )
    except UntrustedData as error:
        keep_aside(vault, "batch", error, message)
        raise


def _settle(vault: Vault, receipts: tuple[Receipt, ...]) -> tuple[int, int]:
    with vault.transaction() as tx:
        settled, rejected = outbox.settle(tx, receipts)
        tx.record(
            AuditDraft(
                action=AuditAction.COLLECTION,
                verb="settle",
                object_kind=ObjectKind.OPERATION,
                object_reference=f"{len(receipts)} receipts",
            )
        )
    return settled, rejected
