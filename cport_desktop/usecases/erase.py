"""Erase reports: looked at first, then done by whoever typed how many they are.

    preview   what would go, what stands in the way, what else may speak of it
    erase     rows and keys in one transaction, then files and indexes, then the certificate

What stands in the way (a legal hold; an operation without the portal's answer) refuses the whole
of it, so that nobody believes to have erased what is still there. What else may hold words about
these reports, texts of searches in the log, searches that are kept and messages that were kept
aside, is offered and never guessed: it goes only if it is asked for.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import Disclosure, DisclosureKind, Outcome
from cport_desktop.domain.erasure import (
    BY_ORDER,
    LARGEST_ERASURE,
    ErasureId,
    ErasureRecord,
    Ground,
)
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.roles import Role
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import (
    CountDiffers,
    ErasureTooLarge,
    ItemErased,
    KeepingUnderWay,
    StorageFull,
    UnknownReference,
    VaultDamaged,
)
from cport_desktop.usecases.asking import asked_of
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.permission import require, stated_reason
from cport_desktop.vault import (
    disclosures,
    erased,
    erasure,
    erasure_register,
    holds,
    payload_erasure,
    quarantine,
    reports,
    saved_searches,
    search_texts,
)
from cport_desktop.vault.erasure import Erasing
from cport_desktop.vault.erasure_register import RegisterApplied
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import disclosures as words_of_register
from cport_desktop.words import retention as words

Choice = tuple[ReportId, ...] | str
"""Reports one by one, or every report that a query finds."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure of these reports would take, and what stands in its way.

    `media_kept` have another report or a hold that keeps them. `searches` are entries of the log
    whose search texts name one of the reports, `kept_searches` how many searches that are kept, by
    whomever, do; `kept_aside` how many refused messages are kept.
    """

    reports: tuple[ReportId, ...]
    media: int
    media_bytes: int
    media_kept: int
    held: tuple[ReportId, ...]
    unsettled: int
    searches: tuple[int, ...]
    kept_searches: int
    kept_aside: int


@dataclass(frozen=True, slots=True)
class Order:
    """`count` is what the person typed. `takes_back_unsettled`: operations that wait are given
    up. `with_searches`, `with_kept_searches`, `with_kept_aside`: what was offered goes as well.
    """

    reports: tuple[ReportId, ...]
    ground: Ground
    count: int
    takes_back_unsettled: bool = False
    with_searches: bool = False
    with_kept_searches: bool = False
    with_kept_aside: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """`certificate` is None as long as something of it is left in a file: the next opening of the
    vault finishes it. `is_known_here`: this machine's own register has it.
    """

    erasure_id: ErasureId
    reports: int
    media: int
    searches: int
    kept_searches: int
    certificate: bytes | None
    is_known_here: bool
    changes: Changes


def choose(
    vault: Vault, choice: Choice, *, taxonomy: Taxonomy, now: datetime
) -> tuple[ReportId, ...]:
    """The reports that are meant, each once.

    Raises:
        RoleMissing: not this analyst.
        QueryError: the query does not parse.
        ErasureTooLarge: more than one erasure takes.
        ItemErased, UnknownReference: one that was named is not here.
    """
    require(vault, Role.SUPERVISOR)
    if isinstance(choice, str):
        query = asked_of(vault, choice, taxonomy, now)
        with vault.reader() as reader:
            count = reports.count(reader, query)
            if count > LARGEST_ERASURE:
                raise ErasureTooLarge(count=count, limit=LARGEST_ERASURE)
            return reports.matching(reader, query, limit=LARGEST_ERASURE)
    with vault.reader() as reader:
        wanted = tuple(dict.fromkeys(choice))
        here = erased.reports_here(reader.connection, wanted)
        gone = erased.erased_reports(reader.connection, wanted)
    for number in wanted:
        if number in gone:
            raise ItemErased(reference=report_reference(number))
        if number not in here:
            raise UnknownReference(kind="report", reference=report_reference(number))
    return wanted


def preview_erasure(vault: Vault, report_ids: Sequence[ReportId]) -> Preview:
    """What erasing these reports would come to. Nothing is changed or recorded.

    Raises:
        RoleMissing: not this analyst.
    """
    require(vault, Role.SUPERVISOR)
    with vault.reader() as reader:
        media = erasure.media_that_would_go(reader.connection, report_ids)
        return Preview(
            reports=tuple(report_ids),
            media=media.going,
            media_bytes=media.bytes_going,
            media_kept=media.staying,
            held=holds.held_reports(reader.connection, report_ids),
            unsettled=erasure.unsettled_on(reader.connection, report_ids)[0],
            searches=search_texts.naming(reader, report_ids),
            kept_searches=len(search_texts.kept_naming(reader, report_ids)),
            kept_aside=len(quarantine.listing(reader)),
        )


def by_order(reason: str | None) -> Ground:
    """The ground of an erasure that a person orders.

    Raises:
        PurposeMissing, TextUnfit: no reason, or one too long.
    """
    return Ground(BY_ORDER, None, stated_reason(reason, what=words.AN_ERASURE))


def erase(vault: Vault, ordered: Order) -> Done:
    """Nothing of these reports can be read any more; a certificate says so, if nothing stood in
    the way of finishing.

    Raises:
        RoleMissing: not this analyst.
        CountDiffers: another number was typed; nothing was erased.
        ItemHeld, ItemUnsettled, ItemErased, UnknownReference, ErasureTooLarge: nothing was erased.
    """
    require(vault, Role.SUPERVISOR)
    if ordered.count != len(ordered.reports):
        raise CountDiffers(typed=ordered.count, found=len(ordered.reports))
    erasure_id = new_erasure_id()
    with vault.reader() as reader:
        searches = search_texts.naming(reader, ordered.reports) if ordered.with_searches else ()
    with vault.transaction() as tx:
        # Before the reports are gone, since their hosts and URLs are looked for; one may be kept meanwhile.
        kept = search_texts.kept_naming(tx, ordered.reports) if ordered.with_kept_searches else ()
        gone = erasure.erase(
            tx,
            Erasing(erasure_id, ordered.reports, ordered.ground, ordered.takes_back_unsettled),
        )
        silenced = [_silence(tx, sequence, ordered.ground) for sequence in searches]
        _erase_kept(tx, kept, ordered.ground)
        if ordered.with_kept_aside:
            quarantine.clear(tx)
    is_finished = finish(vault)
    with vault.reader() as reader:
        certificate = erased.certificate(reader, erasure_id)
    return Done(
        erasure_id=erasure_id,
        reports=gone.reports,
        media=gone.media,
        searches=len(silenced),
        kept_searches=len(kept),
        certificate=certificate,
        is_known_here=is_finished and _keep_register(vault),
        changes=Changes.REPORTS | Changes.MEDIA | Changes.OPERATIONS | Changes.AUDIT,
    )


def finish(vault: Vault) -> bool:
    """Whether nothing that was erased is left in any file of the vault. What could not be
    finished now (a backup or a long reading is under way, the disk is full) is later.
    """
    try:
        vault.finish_erasures()
    except (KeepingUnderWay, StorageFull):
        return False
    return True


def list_erasures(vault: Vault) -> tuple[ErasureRecord, ...]:
    """Every erasure, the newest first."""
    with vault.reader() as reader:
        return erased.listing(reader)


def certificate_of(vault: Vault, erasure_id: ErasureId) -> tuple[ErasureRecord, bytes | None]:
    """One erasure and its certificate, if it is finished.

    Raises:
        UnknownReference: there was none of this number.
    """
    with vault.reader() as reader:
        return erased.record(reader, erasure_id), erased.certificate(reader, erasure_id)


def hand_out(vault: Vault, erasure_ids: Sequence[ErasureId]) -> tuple[bytes, ...]:
    """Certificates for a file that a person asked for; that they leave is on record.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: there was no erasure of such a number.
        KeepingUnderWay: one is not finished, so that nothing certifies it yet.
    """
    require(vault, Role.SUPERVISOR)
    with vault.reader() as reader:
        found = [erased.certificate(reader, erasure_id) for erasure_id in erasure_ids]
    notes = tuple(note for note in found if note is not None)
    if len(notes) < len(found):
        raise KeepingUnderWay(what=words.FINISHING)
    with vault.transaction() as tx:
        _enter(tx, words_of_register.certificates(len(notes)))
        for erasure_id in erasure_ids:
            tx.record(_disclosure("export_certificate", erasure_id))
    return notes


def export_register(vault: Vault) -> bytes:
    """Every finished erasure in one signed file: numbers, rules, reasons, and no content.

    Raises:
        RoleMissing: not this analyst.
    """
    require(vault, Role.SUPERVISOR)
    with vault.transaction() as tx:
        _enter(tx, words_of_register.REGISTER)
        tx.record(_disclosure("export_register", vault.identity))
    with vault.reader() as reader:
        return erasure_register.make_register(reader)


def apply_register(vault: Vault, untrusted: bytes) -> tuple[RegisterApplied, Changes]:
    """What the register of this vault names is not here any more, and does not come.

    Raises:
        RoleMissing: not this analyst.
        CheckpointMalformed, SignatureInvalid: it is none, or not this vault's.
        KeepingUnderWay, StorageFull: not all of it is finished; call it again.
    """
    require(vault, Role.SUPERVISOR)
    applied = erasure_register.apply_register(vault, untrusted, new_id=new_erasure_id)
    _keep_register(vault)
    return applied, Changes.REPORTS | Changes.MEDIA | Changes.OPERATIONS | Changes.AUDIT


def new_erasure_id() -> ErasureId:
    """A number that no erasure has."""
    return ErasureId(f"E-{secrets.token_hex(6)}")


def _keep_register(vault: Vault) -> bool:
    """Whether this machine has the register beside the high-water mark, as it is now. It does
    not undo what was done if that cannot be written: the next erasure writes all of it.
    """
    folder = vault.marks.folder
    if folder is None:
        return False
    try:
        erasure_register.keep_outside(vault, folder)
    except (StorageFull, VaultDamaged):
        return False
    return True


def _enter(tx: Transaction, title: str) -> None:
    """Numbers of what was erased leave for whoever gets the file."""
    entered = Disclosure(new_disclosure_id(), DisclosureKind.CERTIFICATE, title, recipients=())
    disclosures.enter(tx, entered, outcome=Outcome.LEFT)


def _disclosure(verb: str, reference: str) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.VAULT,
        object_reference=reference,
    )


def _erase_kept(tx: Transaction, search_ids: Sequence[str], ground: Ground) -> None:
    """Searches that were kept are gone, with an entry for each that has nothing of their words."""
    saved_searches.erase(tx, search_ids)
    for search_id in search_ids:
        tx.record(
            AuditDraft(
                action=AuditAction.ERASURE,
                verb="erase",
                object_kind=ObjectKind.SAVED_SEARCH,
                object_reference=search_id,
                reason=ground.reason,
            )
        )


def _silence(tx: Transaction, sequence: int, ground: Ground) -> int:
    """The text of a search is gone from the log; the entry and its leaf stay."""
    erased_by = tx.record(
        AuditDraft(
            action=AuditAction.ERASURE,
            verb="erase_particulars",
            object_kind=ObjectKind.AUDIT_LOG,
            object_reference=f"entry {sequence}",
            reason=ground.reason,
        )
    )
    payload_erasure.erase(tx, sequence, erased_by=erased_by)
    return sequence
