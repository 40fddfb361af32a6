"""Receipts for packages: written for a colleague's, and taken in, or noted by hand, for one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cport_desktop.crypto.authority_path import verify_detached
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import (
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Recipient,
)
from cport_desktop.domain.imported import ImportedPackage
from cport_desktop.domain.nature import require_same_nature
from cport_desktop.domain.receipt import PackageReceipt
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    CportError,
    InputUnreadable,
    NotEnrolled,
    OutputExists,
    UnknownReference,
)
from cport_desktop.exports.signed_mail import Letter, signed_mail, write_and_confirm
from cport_desktop.formats.receipt_message import (
    LONGEST,
    NAME,
    parse_receipt,
    print_receipt,
    receipt_text,
)
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.permission import require, stated_reason
from cport_desktop.vault import agreements, disclosures, receipts
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import receipts as words


@dataclass(frozen=True, slots=True)
class Noted:
    """What is on record now: `recipient` of `disclosure_id` has it. `is_new`: it was not before."""

    disclosure_id: DisclosureId
    recipient: str
    received_by: str
    received_at: datetime
    signer: str | None
    is_new: bool


def write_receipt(vault: Vault, imported: ImportedPackage, path: Path, signer: Signer) -> str:
    """A signed receipt for the sender of this package stands at `path`, read back, and in the register; its
    SHA-256. The agreement need not allow it: it tells the sender what they know.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        NotEnrolled: nobody knows in whose name.
        OutputExists, OutputUnwritable, StorageFull, DigestMismatch: nothing is left of the file.
    """
    require(vault, Role.EXPORTER)
    if path.exists():
        raise OutputExists(path=str(path))
    disclosure_id = new_disclosure_id()
    with vault.transaction() as tx:
        version = agreements.current(tx, now=tx.now)
        if version is None:
            raise NotEnrolled
        receipt = _receipt(vault, tx, imported, version.signed.agreement.agency)
        entered = Disclosure(
            disclosure_id=disclosure_id,
            kind=DisclosureKind.RECEIPT,
            title=imported.facts.title,
            recipients=(Recipient(imported.facts.agency),),
            reason=words.DUTY,
        )
        disclosures.enter(tx, entered)
        tx.record(_entry("receipt", disclosure_id, recipient=imported.facts.agency))
    letter = Letter(
        subject=words.receipt_subject(),
        at=receipt.received_at,
        text=receipt_text(receipt),
        record=print_receipt(receipt),
        name=NAME,
    )
    try:
        sha256 = write_and_confirm(path, signed_mail(letter, signer))
    except CportError as error:
        with vault.transaction() as tx:
            disclosures.mark_not_left(tx, disclosure_id)
            tx.record(_entry("receipt_not_written", disclosure_id, ("outcome", error.code)))
        raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, disclosure_id, sha256=sha256)
        tx.record(_entry("receipt_written", disclosure_id, ("outcome", sha256)))
    return sha256


def take_in_receipt(
    vault: Vault, path: Path, *, trust: bytes, recipient: str | None = None
) -> tuple[Noted, Changes]:
    """The receipt in this file, signed under one of the authorities `trust`, is on record with the package
    that it is for. `recipient`: who of its recipients it is from; needed where it went to several and
    none is called as the receipt's agency.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        InputUnreadable, MalformedMessage, MessageTooLarge: the file is no receipt.
        SignatureInvalid: it is not signed by whom it claims, or not under these authorities.
        NatureRefused: it is for a synthetic package and the vault is live, or the other way round.
        UnknownReference: no such package left, or several recipients have it and none is named.
    """
    require(vault, Role.EXPORTER)
    document = _bytes_of(path)
    signed = parse_receipt(document)
    facts = verify_detached(signed.signature, signed.content, trust)
    receipt = signed.receipt
    by = f"{receipt.received_by} ({receipt.agency})"
    require_same_nature(vault.nature, receipt.nature)
    with vault.transaction() as tx:
        disclosure_id, name = _meant(tx, receipt, recipient)
        is_new = receipts.keep(
            tx,
            disclosure_id,
            recipient=name,
            received_by=by,
            received_at=receipt.received_at,
            signer=facts.name,
            document=document,
        )
        tx.record(_entry("take_in_receipt", disclosure_id, ("signer", facts.name), recipient=name))
    noted = Noted(disclosure_id, name, by, receipt.received_at, facts.name, is_new)
    return noted, Changes.DISCLOSURES | Changes.AUDIT


def note_receipt(
    vault: Vault,
    disclosure_id: DisclosureId,
    *,
    recipient: str | None,
    received_by: str,
    received_at: datetime,
) -> tuple[Noted, Changes]:
    """It is on record that `received_by`, a person, has it for `recipient`, as somebody was told.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        PurposeMissing, TextUnfit: no person was named, or at too great length.
        UnknownReference: there was no such disclosure, it did not go to this recipient, or it went to
            several and none is named.
    """
    require(vault, Role.EXPORTER)
    person = stated_reason(received_by, what=words.RECEIPT)
    with vault.transaction() as tx:
        name = recipient or _only(
            [one.name for one in disclosures.find(tx, disclosure_id).entered.recipients],
            disclosure_id,
        )
        is_new = receipts.keep(
            tx, disclosure_id, recipient=name, received_by=person, received_at=received_at
        )
        tx.record(_entry("note_receipt", disclosure_id, ("person", person), recipient=name))
    noted = Noted(disclosure_id, name, person, received_at, None, is_new)
    return noted, Changes.DISCLOSURES | Changes.AUDIT


def _receipt(
    vault: Vault, tx: Transaction, imported: ImportedPackage, agency: str
) -> PackageReceipt:
    return PackageReceipt(
        sha256=imported.facts.sha256,
        title=imported.facts.title,
        nature=vault.nature,
        agency=agency,
        received_by=tx.actor,
        received_at=tx.now.replace(microsecond=0),
        reports=imported.items,
        media=imported.media,
    )


def _meant(
    tx: Transaction, receipt: PackageReceipt, recipient: str | None
) -> tuple[DisclosureId, str]:
    found = receipts.disclosures_of_file(tx, receipt.sha256)
    if not found:
        raise UnknownReference(kind="disclosure", reference=receipt.sha256)
    names = [name for number, name in found if number == found[0][0]]
    named = recipient or (receipt.agency if receipt.agency in names else None)
    return found[0][0], named or _only(names, found[0][0])


def _only(names: list[str], disclosure_id: DisclosureId) -> str:
    if len(names) != 1:
        raise UnknownReference(kind="disclosure", reference=f"{disclosure_id}: {', '.join(names)}")
    return names[0]


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "") from error


def _entry(
    verb: str, disclosure_id: DisclosureId, *payload: tuple[str, str], recipient: str | None = None
) -> AuditDraft:
    is_leaving = verb.startswith("receipt")
    return AuditDraft(
        action=AuditAction.DISCLOSURE if is_leaving else AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.DISCLOSURE,
        object_reference=disclosure_id,
        recipient=recipient,
        payload=payload,
    )
