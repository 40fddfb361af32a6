"""Compose intelligence packages: choose, record the disclosure, write, read back, name them.

The order matters to a court: the disclosure is on record (with every report and recipient)
before the first byte is written, the package carries the log's head with that record in it,
and the file gets its final name only after it was read back from the medium and agreed.

Where recipients get different things one act composes one package for each variant, each with its own
entry in the register. All departures are allowed and on record before the first is written; one that
fails leaves those that were written, says what became of the others, and ends the act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.package import ComposedPackage
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.redaction import PictureRedaction, as_listed
from cport_desktop.domain.roles import Role
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import CportError, NotEnrolled
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.package_choice import Chosen, chosen_reports, chosen_without
from cport_desktop.usecases.package_entries import departure_entry
from cport_desktop.usecases.package_forecast import Forecast, foreseen_package
from cport_desktop.usecases.package_leave import Parcel, foresee, kinds_of, leave_for
from cport_desktop.usecases.package_order import (
    LARGEST_PACKAGE,
    Choice,
    Order,
    require_sound,
)
from cport_desktop.usecases.package_redacting import Drawn, applied, draw_anew
from cport_desktop.usecases.package_signers import require_current
from cport_desktop.usecases.package_standing import files_there, standing_package
from cport_desktop.usecases.package_writing import (
    Departure,
    Writing,
    require_free,
    written_package,
)
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.redaction_reach import NOTHING, Reach, reach_of, reaches_nothing
from cport_desktop.vault import agreements, bond, checkpoints, disclosures
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault

__all__ = [
    "LARGEST_PACKAGE",
    "Choice",
    "Order",
    "Preview",
    "compose_package",
    "foresee_package",
    "own_signer",
    "preview_package",
]

_NO_SANDBOX: Final = RefusingSandbox()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a package of this choice would carry; `omitted` media cannot go."""

    reports: int
    media: int
    media_bytes: int
    omitted: int


def preview_package(vault: Vault, choice: Choice, *, taxonomy: Taxonomy, now: datetime) -> Preview:
    """What a package would carry, counted before anything is written or recorded.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        QueryError, UnknownReference, ChoiceUnfit: as the choice gives reason.
    """
    require(vault, Role.EXPORTER)
    chosen = chosen_reports(vault, choice, taxonomy=taxonomy, now=now)
    return Preview(
        reports=len(chosen.dossiers),
        media=len(chosen.media),
        media_bytes=sum(item.size for item in chosen.media),
        omitted=len(chosen.omitted),
    )


def foresee_package(vault: Vault, order: Order, *, taxonomy: Taxonomy, now: datetime) -> Forecast:
    """Who would get what of `order`, by which clause, what stays out, and about how large it becomes;
    nothing is drawn, written or recorded.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        NotEnrolled: there is no agreement.
        QueryError, UnknownReference, ChoiceUnfit: as the choice gives reason.
        ValueUnknown, TextUnfit, ActTooLarge, PurposeMissing, RedactionUnfit: as `require_sound` and
            `reach_of`.
    """
    require(vault, Role.EXPORTER)
    require_sound(order)
    whole = chosen_reports(vault, order.choice, taxonomy=taxonomy, now=now)
    reach = reach_of(vault, whole, order)
    chosen = applied(whole, reach.redactions, {})
    parcel = _parcel(order, chosen)
    foreseen = foresee(vault, parcel)
    may = {each.recipient for each in foreseen if each.refusal is None}
    shares = tuple(share for share in parcel.shares if share[0] in may)
    variants = leave_for(vault, replace(parcel, shares=shares))
    redrawn = frozenset(
        each.media_id for each in reach.redactions if isinstance(each, PictureRedaction)
    )
    return Forecast(
        foreseen,
        tuple(
            foreseen_package(
                variant,
                chosen_without(chosen, variant.left_out),
                path=path,
                part_size=order.part_size,
                redrawn=redrawn,
            )
            for variant, path in zip(variants, _paths(order, len(variants)), strict=True)
        ),
        tuple(as_listed(each) for each in reach.redactions),
        reach.kept,
    )


def compose_package(
    vault: Vault,
    order: Order,
    *,
    documents: DocumentMaker,
    taxonomy: Taxonomy,
    announce: Announce,
    is_cancelled: IsCancelled,
    sandbox: Sandbox = _NO_SANDBOX,
) -> tuple[ComposedPackage, ...]:
    """A package for each variant stands at its path, complete, read back, and its departure on record.
    Where there is one variant its path is `order.path`; `sandbox` draws redacted pictures anew.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        SignerExpired: the signer's certificate is not valid now.
        OutputExists: a file of that name is there; it is never overwritten.
        NotEnrolled: without an agreement nothing may leave.
        AgreementForbids, AgreementLapsed: the agreement does not allow it, for one of the recipients
            or one of the reports; nothing is recorded then.
        SandboxRefused, RedactionUnfit: something cannot be redacted as ordered.
        PackageOvertaken: something was erased or withdrawn meanwhile.
        Cancelled, StorageFull, OutputUnwritable, DigestMismatch …: nothing of the package that was
            being written is left.
    """
    require(vault, Role.EXPORTER)
    require_sound(order)
    announce(Progress(Phase.COMPOSING, 0, None))
    with vault.reader() as reader:
        version = agreements.current(reader, now=vault.now())
    if version is None:
        raise NotEnrolled
    reach, drawn = _drawn(vault, order, sandbox, taxonomy)
    lying = files_there(order, (order.path, *_paths(order, len(order.recipients))))
    with vault.transaction() as tx:
        now = tx.now
        whole = chosen_reports(vault, order.choice, taxonomy=taxonomy, now=now)
        departures = _departures(vault, order, applied(whole, reach.redactions, drawn))
        require_current(order.signer.certificate, name=order.signer.name, now=now)
        there = {
            each.path: standing_package(
                tx, order, each.path, lying.get(each.path), departure_entry(order, each)
            )
            for each in departures
        }
        left = [each for each in departures if there[each.path] is None]
        if not left:
            # All of it stands there: nothing leaves, and nothing is on record twice.
            return tuple(made for made in there.values() if made is not None)
        for departure in left:
            require_free(departure.path, order.part_size)
            _record(tx, order, departure, reach.undone)
        holders = ", ".join(recipient.name for recipient, _ in order.given_each())
        signed = checkpoints.anchor_head(tx, AnchorKind.EXPORT, holders)
    vault.marks.write(signed)
    writing = Writing(
        order=order,
        agreement=version.signed.agreement,
        signed=signed,
        composed_at=now,
        documents=documents,
        taxonomy=taxonomy,
        announce=announce,
        is_cancelled=is_cancelled,
    )
    written: dict[Path, ComposedPackage] = {}
    for place, departure in enumerate(left):
        try:
            composed = written_package(vault, departure, drawn, writing)
        except CportError as error:
            _note_not_left(vault, order, left[place:], error)
            raise
        written[departure.path] = composed
        with _outcome(vault, order, departure, "package_written", composed.sha256) as tx:
            disclosures.mark_left(tx, departure.disclosure_id, sha256=composed.sha256)
    return tuple(there[each.path] or written[each.path] for each in departures)


def _drawn(vault: Vault, order: Order, sandbox: Sandbox, taxonomy: Taxonomy) -> tuple[Reach, Drawn]:
    """The redactions of all that they concern, and the pictures that are drawn anew; nothing is drawn of
    what would not be allowed to leave.
    """
    if reaches_nothing(vault, order):
        return NOTHING, {}
    whole = chosen_reports(vault, order.choice, taxonomy=taxonomy, now=vault.now())
    reach = reach_of(vault, whole, order)
    if not reach.redactions:
        return reach, {}
    leave_for(vault, _parcel(order, applied(whole, reach.redactions, {})))
    sizes = {item.media_id: item.size for item in whole.media}
    return reach, draw_anew(vault, sandbox, reach.redactions, sizes)


def _parcel(order: Order, chosen: Chosen) -> Parcel:
    kinds = [None if item.kind is None else item.kind.value for item in chosen.media]
    return Parcel(tuple(order.given_each()), chosen.reports, kinds_of(kinds), order.reason)


def _paths(order: Order, count: int) -> tuple[Path, ...]:
    """One for each of `count` variants; the only one has the name that was asked for."""
    if count == 1:
        return (order.path,)
    stem, suffix = order.path.stem, order.path.suffix
    return tuple(order.path.with_name(f"{stem}-{n}{suffix}") for n in range(1, count + 1))


def _departures(vault: Vault, order: Order, chosen: Chosen) -> tuple[Departure, ...]:
    variants = leave_for(vault, _parcel(order, chosen))
    return tuple(
        Departure(variant, chosen_without(chosen, variant.left_out), path, new_disclosure_id())
        for variant, path in zip(variants, _paths(order, len(variants)), strict=True)
    )


def _record(tx: Transaction, order: Order, departure: Departure, undone: Sequence[MediaId]) -> None:
    """It is in the register and in the log, with every report and recipient, and with every item that goes
    as it is although a redaction of it is kept (`undone`).
    """
    disclosures.enter(tx, departure_entry(order, departure))
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
                ("signer", order.signer.name),
            ),
        )
    )


def _note_not_left(
    vault: Vault, order: Order, departures: Sequence[Departure], error: CportError
) -> None:
    """It is on record that none of these was written, and why."""
    for departure in departures:
        with _outcome(vault, order, departure, "package_not_written", error.code) as tx:
            disclosures.mark_not_left(tx, departure.disclosure_id)


@contextmanager
def _outcome(
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


def own_signer(vault: Vault, make: Callable[[bytes, bytes], Signer]) -> Signer:
    """The signer whose certificate the portal issued to this station.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        NotEnrolled: there is none yet.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    if enrolment is None:
        raise NotEnrolled
    return make(enrolment.signing_private_key, enrolment.answer.signing_certificate)
