"""Compose an intelligence package: choose, record the disclosure, write, read back, name it.

The order matters to a court: the disclosure is on record (with every report and recipient)
before the first byte is written, the package carries the log's head with that record in it,
and the file gets its final name only after it was read back from the medium and agreed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.agreement import Agreement
from cport_desktop.domain.audit import AnchorKind, AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.chosen import AllFound, chosen_of
from cport_desktop.domain.disclosure import (
    DisclosedItem,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    media_item,
    report_item,
)
from cport_desktop.domain.disclosure import Recipient as Holder
from cport_desktop.domain.ids import MediaId, ReportId, report_reference
from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.domain.package import ComposedPackage, PackageContent, PackagedMedia
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.domain.withholding import media_without
from cport_desktop.errors import CportError, NotEnrolled, OutputExists
from cport_desktop.exports import composition
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.output_files import growing_file
from cport_desktop.exports.seal_header import INTRODUCTION
from cport_desktop.usecases.choosing import numbers_chosen
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.package_leave import (
    Foreseen,
    Leave,
    Parcel,
    foresee,
    kinds_of,
    leave_for,
)
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.withhold import dossier_without
from cport_desktop.vault import (
    agreements,
    bond,
    checkpoints,
    disclosures,
    reports,
    second_readings,
)
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault

LARGEST_PACKAGE = 20_000
"""Reports in one package; more is split by the analyst, since nobody reads it in one piece."""

Choice = tuple[ReportId, ...] | str | AllFound
"""Reports one by one, or every report that a query finds, or all of these but some."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to leave, to whom, signed by whom, and where it is written."""

    choice: Choice
    title: str
    recipients: Sequence[Recipient]
    signer: Signer
    path: Path
    reason: str | None = None
    with_media: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    """What a package of this choice would carry; `omitted` media cannot go."""

    reports: int
    media: int
    media_bytes: int
    omitted: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The reports of a choice, and their media: those that can go, and those that cannot."""

    dossiers: tuple[Dossier, ...]
    media: tuple[MediaItem, ...]
    omitted: tuple[tuple[MediaId, str], ...]


def preview_package(vault: Vault, choice: Choice, *, taxonomy: Taxonomy, now: datetime) -> Preview:
    """What a package would carry, counted before anything is written or recorded.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        QueryError, UnknownReference, ChoiceUnfit: as the choice gives reason.
    """
    require(vault, Role.EXPORTER)
    chosen = _chosen(vault, choice, taxonomy=taxonomy, now=now)
    return Preview(
        reports=len(chosen.dossiers),
        media=len(chosen.media),
        media_bytes=sum(item.size for item in chosen.media),
        omitted=len(chosen.omitted),
    )


def foresee_package(
    vault: Vault, order: Order, *, taxonomy: Taxonomy, now: datetime
) -> tuple[Foreseen, ...]:
    """Who would get what of `order`, by which clause, and what stays out; nothing is written or
    recorded.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        NotEnrolled: there is no agreement.
        QueryError, UnknownReference, ChoiceUnfit: as the choice gives reason.
    """
    require(vault, Role.EXPORTER)
    chosen = _chosen(vault, order.choice, taxonomy=taxonomy, now=now)
    return foresee(vault, _parcel(order, chosen))


def compose_package(
    vault: Vault,
    order: Order,
    *,
    documents: DocumentMaker,
    taxonomy: Taxonomy,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> ComposedPackage:
    """The package stands at `order.path`, complete, read back, and its departure on record.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        OutputExists: a file of that name is there; it is never overwritten.
        NotEnrolled: without an agreement nothing may leave.
        AgreementForbids, AgreementLapsed: the agreement does not allow it, for one of the recipients
            or one of the reports; nothing is recorded then.
        Cancelled, StorageFull, OutputUnwritable, DigestMismatch …: nothing is left at `order.path`.
    """
    require(vault, Role.EXPORTER)
    if order.path.exists():
        raise OutputExists(path=str(order.path))
    announce(Progress(Phase.COMPOSING, 0, None))
    with vault.reader() as reader:
        version = agreements.current(reader, now=vault.now())
    if version is None:
        raise NotEnrolled
    agreement = version.signed.agreement
    disclosure_id = new_disclosure_id()
    with vault.transaction() as tx:
        now = tx.now
        chosen = _chosen(vault, order.choice, taxonomy=taxonomy, now=now)
        leave = leave_for(vault, _parcel(order, chosen))
        chosen = _without(chosen, leave)
        disclosures.enter(tx, replace(_entered(order, chosen, disclosure_id), clause=leave.clause))
        for draft in _disclosures(order, chosen):
            tx.record(draft)
        holder = ", ".join(recipient.name for recipient in order.recipients)
        signed = checkpoints.anchor_head(tx, AnchorKind.EXPORT, holder)
    vault.marks.write(signed)
    content = _content(vault, order, chosen, agreement, signed, composed_at=now)
    try:
        composed = _written(
            order,
            content,
            documents=documents,
            taxonomy=taxonomy,
            announce=announce,
            is_cancelled=is_cancelled,
        )
    except CportError as error:
        with _outcome(vault, order, "package_not_written", error.code) as tx:
            disclosures.mark_not_left(tx, disclosure_id)
        raise
    with _outcome(vault, order, "package_written", composed.sha256) as tx:
        disclosures.mark_left(tx, disclosure_id, sha256=composed.sha256)
    return composed


def _parcel(order: Order, chosen: Chosen) -> Parcel:
    kinds = [None if item.kind is None else item.kind.value for item in chosen.media]
    return Parcel(
        recipients=tuple(order.recipients),
        reports=tuple(dossier.report.report_id for dossier in chosen.dossiers),
        kinds=kinds_of(kinds, with_media=order.with_media),
        with_media=order.with_media,
        reason=order.reason,
    )


def _without(chosen: Chosen, leave: Leave) -> Chosen:
    """What is chosen, without what the agreement withholds from any of the recipients."""
    return Chosen(
        dossiers=tuple(dossier_without(each, leave.withheld) for each in chosen.dossiers),
        media=tuple(media_without(item, leave.withheld.fields) for item in chosen.media),
        omitted=chosen.omitted,
    )


def _chosen(vault: Vault, choice: Choice, *, taxonomy: Taxonomy, now: datetime) -> Chosen:
    chosen = chosen_of(choice)
    numbers = numbers_chosen(vault, chosen, limit=LARGEST_PACKAGE, taxonomy=taxonomy, now=now)
    with vault.reader() as reader:
        dossiers = tuple(_dossier(reader, number) for number in numbers)
    items = {item.media_id: item for dossier in dossiers for item in dossier.media}
    return Chosen(
        dossiers=dossiers,
        media=tuple(item for item in items.values() if _may_go(item)),
        omitted=tuple(
            (item.media_id, item.refusal or item.state.value)
            for item in items.values()
            if not _may_go(item)
        ),
    )


def _dossier(reader: Reader, number: ReportId) -> Dossier:
    """All of a report but what waits for a second reader: that is told to nobody yet."""
    dossier = reports.dossier(reader, number)
    named = [row.operation.operation_id for row in dossier.operations]
    held = second_readings.held_among(reader, named)
    left = tuple(row for row in dossier.operations if row.operation.operation_id not in held)
    return replace(dossier, operations=left) if held else dossier


def _may_go(item: MediaItem) -> bool:
    return item.state is MediaState.HELD and item.digests is not None


def _disclosures(order: Order, chosen: Chosen) -> Iterator[AuditDraft]:
    recipients = ", ".join(recipient.name for recipient in order.recipients)
    for dossier in chosen.dossiers:
        yield AuditDraft(
            action=AuditAction.DISCLOSURE,
            verb="pack",
            object_kind=ObjectKind.REPORT,
            object_reference=report_reference(dossier.report.report_id),
            reason=order.reason,
            recipient=recipients,
        )
    yield AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb="compose",
        object_kind=ObjectKind.PACKAGE,
        object_reference=order.title,
        reason=order.reason,
        recipient=recipients,
        payload=(("file", order.path.name), ("reports", str(len(chosen.dossiers)))),
    )


def _entered(order: Order, chosen: Chosen, disclosure_id: DisclosureId) -> Disclosure:
    """For the register: which reports in which revision, with which of their files."""
    sha256 = {item.media_id: item.digests.sha256 for item in chosen.media if item.digests}
    items: list[DisclosedItem] = []
    for dossier in chosen.dossiers:
        report = dossier.report
        items.append(report_item(report.report_id, report.revision))
        if order.with_media:
            items += [
                media_item(item.media_id, sha256[item.media_id], within=report.report_id)
                for item in dossier.media
                if item.media_id in sha256
            ]
    return Disclosure(
        disclosure_id=disclosure_id,
        kind=DisclosureKind.PACKAGE,
        title=order.title,
        recipients=tuple(Holder(one.name, one.public) for one in order.recipients),
        items=tuple(items),
        reason=order.reason,
    )


def _content(
    vault: Vault,
    order: Order,
    chosen: Chosen,
    agreement: Agreement,
    signed: SignedHead,
    *,
    composed_at: datetime,
) -> PackageContent:
    packed = tuple(_packaged(vault, item) for item in chosen.media) if order.with_media else ()
    left_out = () if order.with_media else tuple((i.media_id, "not chosen") for i in chosen.media)
    return PackageContent(
        title=order.title,
        composed_at=composed_at,
        composed_by=vault.actor,
        agency=agreement.agency,
        agreement=agreement.reference,
        nature=vault.nature,
        log_head=signed.checkpoint.root.hex(),
        log_size=signed.checkpoint.size,
        reports=chosen.dossiers,
        media=packed,
        omitted_media=chosen.omitted + left_out,
        log_checkpoint=signed.content,
        log_key=str(signed.key),
    )


def _packaged(vault: Vault, item: MediaItem) -> PackagedMedia:
    if item.digests is None:
        raise ValueError("only media that are held can be packed")
    return PackagedMedia(
        media_id=item.media_id,
        digests=item.digests,
        extension=item.format or "bin",
        read=_reading(vault, item.media_id),
    )


def _reading(vault: Vault, media_id: MediaId) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        with vault.reader() as reader:
            return vault.blobs.read(reader, media_id)

    return read


def _written(
    order: Order,
    content: PackageContent,
    *,
    documents: DocumentMaker,
    taxonomy: Taxonomy,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> ComposedPackage:
    with _beside(order.path) as (partial, out):
        composed = composition.compose(
            content,
            signer=order.signer,
            recipients=order.recipients,
            documents=documents,
            taxonomy=taxonomy,
            out=out,
            announce=announce,
            is_cancelled=is_cancelled,
        )
        out.flush()
        os.fsync(out.fileno())
        announce(Progress(Phase.CHECKING, 0, None))
        composition.confirm_written(partial, composed.sha256)
    return composed


@contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file beside `path` that gets its name if all goes well and vanishes otherwise; one that
    a killed process left there does not stand in the way.
    """
    with (
        growing_file(path, begins_with=INTRODUCTION) as (partial, descriptor),
        os.fdopen(descriptor, "wb", closefd=False) as out,
    ):
        yield partial, out


@contextmanager
def _outcome(vault: Vault, order: Order, verb: str, outcome: str) -> Iterator[Transaction]:
    """What became of it is on record with what is noted within."""
    with vault.transaction() as tx:
        yield tx
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb=verb,
                object_kind=ObjectKind.PACKAGE,
                object_reference=order.title,
                recipient=", ".join(recipient.name for recipient in order.recipients),
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
