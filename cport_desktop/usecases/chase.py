"""Chase copies: tell a recipient what became of something they have, and settle it.

    open ─▶ notice written ─▶ handed over ─▶ acknowledged
      └──────────┴─────────────┴──────────▶ not needed, with a reason

A notice asks no clause of the agreement: the law demands it (`domain.notice`). It is a disclosure
all the same: it is entered and on record before its file is written, at a path that a person named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Handling,
    Recipient,
)
from cport_desktop.domain.notice import DUTY, MOST_COPIES, Notice, NoticedCopy
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    CopySettled,
    CportError,
    NotEnrolled,
    OutputExists,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.exports.signed_mail import Letter, signed_mail, write_and_confirm
from cport_desktop.formats.notice_message import notice_text, print_notice
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.permission import require, stated_reason
from cport_desktop.vault import affected, agreements, disclosures
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import disclosures as words

SETTLED_AS = (Handling.HANDED_OVER, Handling.ACKNOWLEDGED, Handling.NOT_NEEDED)
"""What a person can say of a copy."""


@dataclass(frozen=True, slots=True)
class NoticeOrder:
    """Whom to tell, where the file shall be, signed by whom. `again`: also of copies about which
    a notice was written, if it was lost before it was handed over.
    """

    recipient: str
    path: Path
    signer: Signer
    again: bool = False


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """`left_open`: whether this recipient has more copies than one notice takes."""

    notice_id: DisclosureId
    path: Path
    sha256: str
    copies: tuple[AffectedId, ...]
    left_open: bool
    signer: str
    changes: Changes


def write_notice(vault: Vault, order: NoticeOrder) -> WrittenNotice:
    """A notice about every open copy of this recipient stands at `order.path`, signed and read
    back, and that it was written is on record.

    Raises:
        RoleMissing: not this analyst.
        NotEnrolled: nobody knows in whose name.
        UnknownReference: this recipient has no open copy.
        OutputExists, OutputUnwritable, StorageFull, DigestMismatch: nothing is left of the file, and
            the copies are open.
    """
    require(vault, Role.EXPORTER)
    if order.path.exists():
        raise OutputExists(path=str(order.path))
    notice_id = new_disclosure_id()
    with vault.transaction() as tx:
        copies = affected.open_of(tx, order.recipient, limit=MOST_COPIES + 1, again=order.again)
        if not copies:
            raise UnknownReference(kind=words.OPEN_COPIES, reference=order.recipient)
        told, left_open = copies[:MOST_COPIES], len(copies) > MOST_COPIES
        content = signed_mail(_letter(_notice(tx, vault, order, notice_id, told)), order.signer)
        _enter(tx, order, notice_id, told)
    try:
        sha256 = write_and_confirm(order.path, content)
    except CportError as error:
        with vault.transaction() as tx:
            disclosures.mark_not_left(tx, notice_id)
            affected.reopen(tx, notice_id)
            tx.record(_entry("notice_not_written", notice_id, order.recipient, error.code))
        raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, notice_id, sha256=sha256)
        tx.record(_entry("notice_written", notice_id, order.recipient, sha256))
    return WrittenNotice(
        notice_id=notice_id,
        path=order.path,
        sha256=sha256,
        copies=tuple(copy.affected_id for copy in told),
        left_open=left_open,
        signer=order.signer.name,
        changes=Changes.DISCLOSURES | Changes.AUDIT,
    )


def settle(
    vault: Vault, copies: Sequence[AffectedId], handling: Handling, *, reason: str | None = None
) -> Changes:
    """It is on record what became of these copies.

    Raises:
        RoleMissing: not this analyst.
        ValueUnknown: nothing that a person can say of a copy.
        PurposeMissing: “not needed” without a reason.
        UnknownReference: there is no such copy.
        CopySettled: of one it was said before how it ended.
    """
    require(vault, Role.EXPORTER)
    if handling not in SETTLED_AS:
        accepted = ", ".join(one.value for one in SETTLED_AS)
        raise ValueUnknown(what="settling", value=handling.value, accepted=accepted)
    note = (reason or "").strip() or None
    if note is not None or handling is Handling.NOT_NEEDED:
        note = stated_reason(reason, what=words.SETTLING)
    with vault.transaction() as tx:
        for copy_id in copies:
            found = affected.find(tx, copy_id)
            if found.handling.is_settled:
                raise CopySettled(reference=copy_id, handling=words.HANDLINGS[found.handling.value])
        affected.move(tx, copies, handling, note=note)
        for copy_id in copies:
            tx.record(
                AuditDraft(
                    action=AuditAction.ALTERATION,
                    verb="settle",
                    object_kind=ObjectKind.DISCLOSURE,
                    object_reference=copy_id,
                    reason=note,
                    payload=(("as", handling.value),),
                )
            )
    return Changes.DISCLOSURES | Changes.AUDIT


def _notice(
    tx: Transaction,
    vault: Vault,
    order: NoticeOrder,
    notice_id: DisclosureId,
    told: Sequence[Affected],
) -> Notice:
    version = agreements.current(tx, now=tx.now)
    if version is None:
        raise NotEnrolled
    files = affected.files_with(tx, told)
    digests = disclosures.digests_of(tx, {copy.disclosure_id for copy in told})
    return Notice(
        notice_id=notice_id,
        made_at=tx.now,
        nature=vault.nature,
        agency=version.signed.agreement.agency,
        recipient=order.recipient,
        copies=tuple(
            NoticedCopy(copy, digests.get(copy.disclosure_id), files.get(copy.affected_id, ()))
            for copy in told
        ),
    )


def _letter(notice: Notice) -> Letter:
    return Letter(
        subject=words.notice_subject(notice.notice_id),
        at=notice.made_at,
        text=notice_text(notice),
        record=print_notice(notice),
        name="notice.json",
    )


def _enter(
    tx: Transaction, order: NoticeOrder, notice_id: DisclosureId, told: Sequence[Affected]
) -> None:
    entered = Disclosure(
        disclosure_id=notice_id,
        kind=DisclosureKind.NOTICE,
        title=order.path.name,
        recipients=(Recipient(order.recipient),),
        clause=DUTY,
    )
    disclosures.enter(tx, entered)
    numbers = [copy.affected_id for copy in told]
    affected.move(tx, numbers, Handling.NOTICE_WRITTEN, notice=notice_id)
    tx.record(
        AuditDraft(
            action=AuditAction.DISCLOSURE,
            verb="notice",
            object_kind=ObjectKind.DISCLOSURE,
            object_reference=notice_id,
            recipient=order.recipient,
            payload=(("file", order.path.name), *(("copy", number) for number in numbers)),
        )
    )


def _entry(verb: str, notice_id: DisclosureId, recipient: str, outcome: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.DISCLOSURE,
        object_reference=notice_id,
        recipient=recipient,
        payload=(("outcome", outcome),),
    )
