"""What the register and the log have of a package: that it leaves, and what became of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.disclosure import (
    DisclosedItem,
    Disclosure,
    DisclosureKind,
    media_item,
    report_item,
)
from cport_desktop.domain.disclosure import Recipient as Holder
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.errors import CportError
from cport_desktop.usecases.package_order import Order
from cport_desktop.usecases.package_writing import Departure
from cport_desktop.vault import disclosures
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


def enter_departure(
    tx: Transaction, order: Order, departure: Departure, undone: Sequence[MediaId]
) -> None:
    """It is in the register and in the log, with every report and recipient, and with every item that goes
    as it is although a redaction of it is kept (`undone`).
    """
    disclosures.enter(tx, _entered(order, departure))
    recipients = ", ".join(departure.names)
    for number in departure.chosen.reports:
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb="pack",
                object_kind=ObjectKind.REPORT,
                object_reference=report_reference(number),
                reason=order.reason,
                recipient=recipients,
            )
        )
    goes = {item.media_id for item in departure.chosen.media}
    for media_id in (each for each in undone if each in goes):
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb="pack_unredacted",
                object_kind=ObjectKind.MEDIA,
                object_reference=media_reference(media_id),
                reason=order.reason,
                recipient=recipients,
            )
        )
    tx.record(
        AuditDraft(
            action=AuditAction.DISCLOSURE,
            verb="compose",
            object_kind=ObjectKind.PACKAGE,
            object_reference=order.title,
            reason=order.reason,
            recipient=recipients,
            payload=(
                ("file", departure.path.name),
                ("reports", str(len(departure.chosen.dossiers))),
                ("media", departure.variant.media.value),
                ("redactions", str(len(departure.chosen.redactions))),
            ),
        )
    )


def _entered(order: Order, departure: Departure) -> Disclosure:
    """For the register: which reports in which revision, with which of their files."""
    chosen = departure.chosen
    goes = departure.variant.media is PackageMedia.ORIGINAL
    sha256 = {each.media_id: each.digests.sha256 for each in chosen.media if goes and each.digests}
    items: list[DisclosedItem] = []
    for dossier in chosen.dossiers:
        report = dossier.report
        items.append(report_item(report.report_id, report.revision))
        items += [
            media_item(item.media_id, sha256[item.media_id], within=report.report_id)
            for item in dossier.media
            if item.media_id in sha256
        ]
    return Disclosure(
        disclosure_id=departure.disclosure_id,
        kind=DisclosureKind.PACKAGE,
        title=order.title,
        recipients=tuple(Holder(one.name, one.public) for one in departure.variant.recipients),
        items=tuple(items),
        clause=departure.variant.clause,
        reason=order.reason,
    )


def note_not_left(
    vault: Vault, order: Order, departures: Sequence[Departure], error: CportError
) -> None:
    """It is on record that none of these was written, and why."""
    for departure in departures:
        with outcome_of(vault, order, departure, "package_not_written", error.code) as tx:
            disclosures.mark_not_left(tx, departure.disclosure_id)


@contextmanager
def outcome_of(
    vault: Vault, order: Order, departure: Departure, verb: str, outcome: str
) -> Iterator[Transaction]:
    """On record, with what the block writes to the register: it was announced as leaving."""
    with vault.transaction() as tx:
        yield tx
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb=verb,
                object_kind=ObjectKind.PACKAGE,
                object_reference=order.title,
                recipient=", ".join(departure.names),
                payload=(("outcome", outcome),),
            )
        )
