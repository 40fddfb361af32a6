"""Draft a notice to the provider that hosts a content item, as XARF v4, for another channel to carry.

The classification comes from a table that is data, or from a person, and never silently; the agreement
is asked; the notice is in the register before its file is written.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import (
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Recipient,
    report_item,
)
from cport_desktop.domain.hosts import host_of, is_address
from cport_desktop.domain.ids import ContentId, ReportId, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.provider_notice import (
    MEDIA_TYPES,
    MIXED,
    Detection,
    ProviderNotice,
    Sender,
    XarfClass,
    XarfCodes,
    located,
)
from cport_desktop.domain.report import ContentItem, ReportStatus, source_item
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Dossier
from cport_desktop.errors import (
    CportError,
    NotEnrolled,
    NoticeUnfit,
    OutputExists,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.exports.signed_mail import write_and_confirm
from cport_desktop.formats.xarf import print_xarf
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.withhold import dossier_without
from cport_desktop.vault import agreements, disclosures, reports
from cport_desktop.vault.vault import Vault
from cport_desktop.words import provider_notices as words

_MAIL: Final = re.compile(r"[^@\s\x00-\x1f]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")

_COUNTRY: Final = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class NoticeOrder:
    """Which content item of which report (None: the reported page), where the file shall be, whom the
    provider can answer. `recipient`: the provider, if another than the report names; `classification`:
    chosen by a person where the table says nothing.
    """

    report_id: ReportId
    path: Path
    contact: str
    content_id: ContentId | None = None
    recipient: str | None = None
    classification: XarfClass | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DraftedNotice:
    """`is_chosen`: a person chose the classification, and no table gave it."""

    disclosure_id: DisclosureId
    path: Path
    sha256: str
    recipient: str
    notice: ProviderNotice
    is_chosen: bool
    clause: str | None
    changes: Changes


def draft_provider_notice(vault: Vault, order: NoticeOrder, codes: XarfCodes) -> DraftedNotice:
    """The notice stands at `order.path`, read back, and in the register. Nobody has sent it.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        ValueUnknown: the contact is no address for mail.
        UnknownReference, ItemErased: there is no such report or content item.
        NotEnrolled, AgreementForbids, AgreementLapsed: the agreement does not allow it.
        NoticeUnfit: nobody knows who hosts it, it was withdrawn, or no table and no person says what its
            classification is in XARF.
        OutputExists, OutputUnwritable, StorageFull, DigestMismatch: nothing is left of the file.
    """
    require(vault, Role.EXPORTER)
    if order.path.exists():
        raise OutputExists(path=str(order.path))
    if not _MAIL.fullmatch(order.contact):
        raise ValueUnknown(what="contact", value=order.contact, accepted="unit@agency.example")
    with vault.reader() as reader:
        dossier = reports.dossier(reader, order.report_id)
        version = agreements.current(reader, now=vault.now())
    if version is None:
        raise NotEnrolled
    recipient = order.recipient or _hosted_by(dossier, order)
    question = Question(Function.PROVIDER_NOTIFY, recipient=recipient)
    allowed = require_answer(vault, question, reports=[order.report_id], reason=order.reason)
    sender = Sender(version.signed.agreement.agency, order.contact)
    dossier = dossier_without(dossier, allowed.withheld)
    notice = _notice(vault, order, dossier, sender, codes)
    entered = Disclosure(
        disclosure_id=new_disclosure_id(),
        kind=DisclosureKind.PROVIDER_NOTICE,
        title=order.path.name,
        recipients=(Recipient(recipient),),
        items=(report_item(order.report_id, dossier.report.revision),),
        clause=", ".join(allowed.clauses) or None,
        reason=order.reason,
    )
    sha256 = _written(vault, order, entered, notice)
    return DraftedNotice(
        disclosure_id=entered.disclosure_id,
        path=order.path,
        sha256=sha256,
        recipient=recipient,
        notice=notice,
        is_chosen=order.classification is not None,
        clause=entered.clause,
        changes=Changes.DISCLOSURES | Changes.AUDIT,
    )


def _written(vault: Vault, order: NoticeOrder, entered: Disclosure, notice: ProviderNotice) -> str:
    number, recipient = entered.disclosure_id, entered.recipients[0].name
    how = "chosen" if order.classification is not None else "table"
    with vault.transaction() as tx:
        disclosures.enter(tx, entered)
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb="notify_provider",
                object_kind=ObjectKind.REPORT,
                object_reference=report_reference(order.report_id),
                reason=order.reason,
                recipient=recipient,
                payload=(
                    ("disclosure", number),
                    ("file", order.path.name),
                    ("classification", notice.classification.value),
                    ("classified_by", how),
                ),
            )
        )
    try:
        sha256 = write_and_confirm(order.path, print_xarf(notice))
    except CportError as error:
        with vault.transaction() as tx:
            disclosures.mark_not_left(tx, number)
            tx.record(_outcome("notice_not_written", number, recipient, error.code))
        raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, number, sha256=sha256)
        tx.record(_outcome("notice_written", number, recipient, sha256))
    return sha256


def _notice(
    vault: Vault, order: NoticeOrder, dossier: Dossier, sender: Sender, codes: XarfCodes
) -> ProviderNotice:
    item, reference = _meant(dossier, order), report_reference(order.report_id)
    if dossier.row.status is ReportStatus.WITHDRAWN:
        raise NoticeUnfit(reference=reference, cause=words.WITHDRAWN)
    host, hosting = host_of(item.url), item.hosting
    source = hosting.ip_address or host
    if not item.url or not source:
        raise NoticeUnfit(reference=reference, cause=words.NO_SOURCE)
    last = item.assessments[-1] if item.assessments else None
    media = _media_of(dossier, item)
    return ProviderNotice(
        notice_id=str(uuid.uuid4()),
        received_at=dossier.report.received_at,
        sender=sender,
        source=source,
        url=located(item.url),
        domain="" if is_address(host) else host,
        classification=_classification(order, item, codes, reference),
        detection=Detection.USER_REPORT if last is None else Detection.MANUAL_REVIEW,
        is_synthetic=vault.nature.is_synthetic,
        provider=hosting.provider or hosting.organization,
        autonomous_system=hosting.autonomous_system,
        country=hosting.country if _COUNTRY.fullmatch(hosting.country or "") else None,
        media_type=_media_type(media),
        digests=_digests(media),
        verified_at=None if last is None else last.made_at,
    )


def _classification(
    order: NoticeOrder, item: ContentItem, codes: XarfCodes, reference: str
) -> XarfClass:
    found = order.classification or codes.class_of(current_classification(item))
    if found is None:
        accepted = ", ".join(one.value for one in XarfClass)
        raise NoticeUnfit(reference=reference, cause=words.no_class(codes.version, accepted))
    return found


def _meant(dossier: Dossier, order: NoticeOrder) -> ContentItem:
    if order.content_id is None:
        found = source_item(dossier.report)
    else:
        named = [one for one in dossier.report.contents if one.content_id == order.content_id]
        found = named[0] if named else None
    if found is None:
        raise UnknownReference(kind="content item", reference=str(order.content_id or ""))
    return found


def _hosted_by(dossier: Dossier, order: NoticeOrder) -> str:
    hosting = _meant(dossier, order).hosting
    named = hosting.provider or hosting.organization
    if not named:
        raise NoticeUnfit(reference=report_reference(order.report_id), cause=words.NO_PROVIDER)
    return named


def _media_of(dossier: Dossier, item: ContentItem) -> tuple[MediaItem, ...]:
    places = dict(dossier.media_of).get(item.content_id, ())
    return tuple(dossier.media[place] for place in places)


def _media_type(media: tuple[MediaItem, ...]) -> str | None:
    kinds = {item.kind.value for item in media if item.kind is not None} & MEDIA_TYPES
    return next(iter(kinds)) if len(kinds) == 1 else MIXED if kinds else None


def _digests(media: tuple[MediaItem, ...]) -> tuple[tuple[str, str], ...]:
    """Of the one file: a notice has room for no more."""
    if len(media) != 1:
        return ()
    digests = media[0].digests
    if digests is None:
        return (("sha256", media[0].announced_sha256),)
    return (("md5", digests.md5), ("sha1", digests.sha1), ("sha256", digests.sha256))


def _outcome(verb: str, number: DisclosureId, recipient: str, outcome: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.DISCLOSURE,
        object_reference=number,
        recipient=recipient,
        payload=(("outcome", outcome),),
    )
