"""Export a hash list: whole, or as the difference since one of its versions, with a signed manifest.

The order is that of everything that leaves: role, agreement, register and audit entry before the first
byte; the file beside its place, flushed, read back; then its name. What the format cannot carry is
counted, told, and stands in the manifest. Memory does not grow with the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.disclosure import (
    DisclosedItem,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Recipient,
)
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.domain.listed import ListedEntry, ListHead, Source, WrittenList
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled, CportError, ListKept, NotEnrolled, ValueUnknown
from cport_desktop.exports.hash_lists.formats import FORMATS
from cport_desktop.exports.hash_lists.list_file import ListFile
from cport_desktop.exports.hash_lists.side_manifest import Departure, print_manifest
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.vault import (
    agreements,
    disclosures,
    list_listing,
    list_versions,
    listed_entries,
    made_lists,
)
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import hash_list_export as words
from cport_desktop.words import known as known_words
from cport_desktop.words import tables as table_words

_TOLD_EVERY: Final = 1_000
"""Entries after which somebody who looks on is told."""


@dataclass(frozen=True, slots=True)
class ListExportOrder:
    """What leaves, how, and to whom. `since`: a version, for the difference to what is now;
    `recipients`: who gets it, by name; `signer` None: the manifest is not signed.
    """

    list_id: str
    form: str
    path: Path
    since: str | None = None
    recipients: Sequence[str] = ()
    signer: Signer | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What would leave. `clauses` allow it; `entries` are those that stand, and `versions` those from
    which a difference can be told.
    """

    known: KnownList
    clauses: tuple[str, ...]
    versions: tuple[ListVersion, ...]


def foresee_hash_list(vault: Vault, order: ListExportOrder) -> ListPreview:
    """What would leave, by which clauses; nothing is written or recorded.

    Raises:
        RoleMissing, NotEnrolled, AgreementForbids, AgreementLapsed, UnknownReference, ListKept: as
            `export_hash_list`.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        known = _known(reader, order.list_id)
        versions = list_versions.versions(reader, known.number)
    return ListPreview(known, _leave(vault, order, known), versions)


def export_hash_list(
    vault: Vault, order: ListExportOrder, *, announce: Announce, is_cancelled: IsCancelled
) -> WrittenList:
    """The list stands at `order.path` with its manifest beside it, read back, its departure on record.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        PurposeMissing: none was stated in a vault with real content.
        UnknownReference: no such list. ListKept: it was withdrawn.
        ValueUnknown: a format or a version that there is not.
        NotEnrolled, AgreementForbids, AgreementLapsed: the agreement does not allow it for somebody
            who would get it.
        OutputExists, OutputUnwritable, StorageFull, DigestMismatch: the files.
        Cancelled: as was asked. Whatever is raised, nothing is left of the files.
    """
    require(vault, Role.EXPORTER)
    purpose = require_purpose(vault, order.reason, what=words.EXPORTING)
    form = FORMATS.get(order.form)
    if form is None:
        accepted = ", ".join(FORMATS)
        raise ValueUnknown(what=words.A_FORMAT, value=order.form, accepted=accepted)
    file = ListFile(order.path, form, order.signer)
    file.require_room()
    disclosure_id = new_disclosure_id()
    with vault.reader() as reader:
        known = _known(reader, order.list_id)
        since = None if order.since is None else list_versions.find(reader, known, order.since)
        clauses = _leave(vault, order, known)
        entered = replace(
            _entered(order, known, disclosure_id, list_versions.revision(reader, known)),
            clause=", ".join(clauses) or None,
            reason=purpose,
        )
        with vault.transaction() as tx:
            version = agreements.current(tx, now=tx.now)
            if version is None:
                raise NotEnrolled
            disclosures.enter(tx, entered)
            tx.record(_entry("export_list", order, purpose, *_particulars(order, known)))
            made_at = tx.now
        agreement = version.signed.agreement
        left = Departure(
            made_at=made_at,
            agency=agreement.agency,
            agreement=agreement.reference,
            clauses=clauses,
            disclosure=disclosure_id,
            recipients=tuple(order.recipients),
            signer=None if order.signer is None else order.signer.name,
        )
        head = _head(vault, reader, known, since)
        try:
            written = file.write(
                head,
                _source(reader, known, since),
                manifest=lambda done: print_manifest(order.path, form.name, head, done, left),
                watch=_watch(known, announce, is_cancelled),
            )
        except CportError as error:
            with vault.transaction() as tx:
                disclosures.mark_not_left(tx, disclosure_id)
                tx.record(_entry("list_not_written", order, purpose, ("outcome", error.code)))
            raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, disclosure_id, sha256=written.sha256)
        tx.record(_entry("list_written", order, purpose, ("outcome", written.sha256)))
    return written


def _known(reader: Reader, list_id: str) -> KnownList:
    known = list_listing.find(reader, list_id)
    if not known.is_standing:
        raise ListKept(rule=known_words.WITHDRAWN_ALREADY)
    return known


def _leave(vault: Vault, order: ListExportOrder, known: KnownList) -> tuple[str, ...]:
    """The clauses that allow it, for everybody who gets it."""
    with vault.reader() as reader:
        countries = made_lists.countries(reader, known)
    clauses: dict[str, None] = {}
    for recipient in order.recipients or (None,):
        question = Question(Function.HASHLIST_EXPORT, recipient=recipient, originators=countries)
        clauses |= dict.fromkeys(require_answer(vault, question, reason=order.reason).clauses)
    return tuple(clauses)


def _source(reader: Reader, known: KnownList, since: ListVersion | None) -> Source:
    def entries() -> Iterator[ListedEntry]:
        if since is None:
            yield from listed_entries.standing(reader, known)
        else:
            yield from listed_entries.standing(reader, known, changed_after=since.came_at)
            yield from listed_entries.gone(reader, known, after=since.came_at)

    return entries


def _head(vault: Vault, reader: Reader, known: KnownList, since: ListVersion | None) -> ListHead:
    return ListHead(
        list_id=known.list_id,
        name=known.name,
        version=known.version,
        source=known.source,
        handling=known.handling,
        is_negative=known.is_negative,
        dated=(known.made_at or known.arrived_at).replace(microsecond=0),
        is_synthetic=vault.nature.is_synthetic,
        since=None if since is None else since.version,
        category_region=listed_entries.region(reader, known),
    )


class _Watch:
    """Tells how far it is, and stops it when somebody says so."""

    def __init__(self, total: int, announce: Announce, is_cancelled: IsCancelled) -> None:
        self._total = total
        self._announce = announce
        self._is_cancelled = is_cancelled
        self._told = -_TOLD_EVERY

    def __call__(self, entries: int) -> None:
        if self._is_cancelled():
            raise Cancelled
        if entries - self._told >= _TOLD_EVERY:
            self._told = entries
            done = min(entries, self._total)
            self._announce(Progress(Phase.EXPORTING, done, self._total))


def _watch(known: KnownList, announce: Announce, is_cancelled: IsCancelled) -> _Watch:
    return _Watch(known.entries, announce, is_cancelled)


def _entered(
    order: ListExportOrder, known: KnownList, disclosure_id: DisclosureId, revision: int | None
) -> Disclosure:
    """For the register: the list in the revision that leaves. Whoever has a list has its entries."""
    return Disclosure(
        disclosure_id=disclosure_id,
        kind=DisclosureKind.HASH_LIST,
        title=words.title(known.name, known.version, order.form),
        recipients=tuple(map(Recipient, order.recipients or (table_words.UNNAMED,))),
        items=(DisclosedItem(Subject.HASH_LIST.value, known.list_id, revision),),
    )


def _particulars(order: ListExportOrder, known: KnownList) -> tuple[tuple[str, str], ...]:
    return (
        ("file", order.path.name),
        ("format", order.form),
        ("version", known.version),
        ("since", order.since or ""),
        ("entries", str(known.entries)),
    )


def _entry(
    verb: str, order: ListExportOrder, purpose: str | None, *payload: tuple[str, str]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.HASH_LIST,
        object_reference=order.list_id,
        reason=purpose,
        recipient=", ".join(order.recipients) or None,
        payload=payload,
    )
