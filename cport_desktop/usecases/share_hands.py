"""Tell the agency's other stations what is in hand here, and hear what they have: at each exchange.

    agreement asked → what stands here, by pseudonym or name → on record if it names a report → the portal
    its word of the others → takes the place of what was heard before

By removable media the same takes two steps: `told_here` for the bundle that goes, `hear_elsewhere` with
the answer that comes back. Whatever becomes of it, the rest of the exchange stands: it is advice. What a
colleague has decided comes with the reports themselves, and takes them out of every queue.
"""

from __future__ import annotations

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import Actor, AnalystId
from cport_desktop.domain.in_hand import InHandHere, SharedAs, Sharing, pseudonym
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    AgreementForbids,
    AgreementLapsed,
    Cancelled,
    RoadError,
    UnknownReference,
    UntrustedData,
)
from cport_desktop.formats import portal_messages
from cport_desktop.sync import exchange
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.keep_aside import keep_aside
from cport_desktop.usecases.permission import require
from cport_desktop.vault import in_hand
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


def share_with_portal(
    vault: Vault, transport: Transport, enrolment: Enrolment
) -> tuple[Sharing, bool]:
    """What became of it, and whether anything is known now that was not before.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        Cancelled: it was asked to stop.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    told = told_here(vault, enrolment)
    if told is None:
        return Sharing.NOT_GRANTED, in_hand.forget_elsewhere(vault)
    if told.entries:
        with vault.transaction() as tx:
            put_on_record(tx, enrolment, told)
    try:
        message = transport.in_hand(portal_messages.print_in_hand(told))
        return Sharing.SHARED, hear_elsewhere(vault, enrolment, message)
    except UnknownReference:
        return Sharing.NOT_OFFERED, False
    except Cancelled:
        raise
    except (RoadError, UntrustedData):
        return Sharing.FAILED, False


def put_on_record(tx: Transaction, enrolment: Enrolment, told: InHandHere) -> None:
    """That these reports are named to the portal, as in hand, if any are."""
    if not told.entries:
        return
    named = tuple(("report", str(each.report_id)) for each in told.entries[:_MOST_NAMED])
    tx.record(
        AuditDraft(
            action=AuditAction.DISCLOSURE,
            verb="tell_in_hand",
            object_kind=ObjectKind.REPORT,
            object_reference=f"{len(told.entries)} in hand",
            recipient=enrolment.answer.portal,
            payload=named,
        )
    )


def told_here(vault: Vault, enrolment: Enrolment) -> InHandHere | None:
    """What is in hand here, as the agreement lets it be told; None where it does not. The caller puts on
    record that it is told.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    called_as = _granted(vault)
    if called_as is None:
        return None
    station = enrolment.answer.station

    def called(analyst_id: AnalystId, name: Actor) -> Actor:
        return name if called_as is SharedAs.NAME else pseudonym(station, analyst_id)

    now = vault.now()
    with vault.reader() as reader:
        return InHandHere(station, now, in_hand.here(reader, now=now, called=called))


def hear_elsewhere(vault: Vault, enrolment: Enrolment, message: bytes) -> bool:
    """What other stations have in hand is known here; whether it is something else than before. Where the
    agreement does not grant to share work, nothing is known any more; where something newer was heard,
    nothing is taken in.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UntrustedData: it may not be used; it is kept aside.
    """
    require(vault, Role.ANALYST)
    try:
        payload = portal_messages.unseal(message, enrolment.answer.portal_key)
        told = exchange.accept_elsewhere(payload, enrolment=enrolment)
    except UntrustedData as error:
        keep_aside(vault, "in hand elsewhere", error, message)
        raise
    if _granted(vault) is None:
        return in_hand.forget_elsewhere(vault)
    with vault.reader() as reader:
        if not in_hand.is_news(reader, told):
            return False
        is_else = in_hand.says_something_else(reader, told)
    if not is_else:
        in_hand.hear_again(vault, told)
        return False
    with vault.transaction() as tx:
        in_hand.hear(tx, told)
        tx.record(
            AuditDraft(
                action=AuditAction.COLLECTION,
                verb="hear_in_hand",
                object_kind=ObjectKind.REPORT,
                object_reference=f"{len(told.entries)} in hand elsewhere",
                recipient=enrolment.answer.portal,
            )
        )
    return True


_MOST_NAMED = 200
"""Reports that one entry of the log names; of more it has the count."""


def _granted(vault: Vault) -> SharedAs | None:
    """What the agreement lets people be called toward other stations: names, before pseudonyms."""
    for level in SharedAs:
        try:
            require_answer(vault, Question(Function.WORK_SHARE, level=level.value))
        except (AgreementForbids, AgreementLapsed):
            continue
        return level
    return None
