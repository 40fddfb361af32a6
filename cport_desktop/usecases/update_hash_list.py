"""Read a newer version of a list of our own in: what came and what went is told, and hits follow.

The list keeps its name, so that the register still knows who has it; whoever has an earlier version, or a
package with a file that was known by an entry which went, is chased. The version before it stays listed as withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import ChangeKind, Subject
from cport_desktop.domain.known import MADE_HERE, HitTally, KnownList, ListOrigin
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled, HashListUnreadable, KeepingUnderWay, ListKept
from cport_desktop.formats.region_profiles import named_region
from cport_desktop.usecases.import_hash_list import Imported, ListOrder, read_in
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.show_list import ReadFile
from cport_desktop.vault import (
    chasing,
    list_listing,
    list_succession,
    list_versions,
    list_withdrawal,
    listed_entries,
)
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.chasing import ChangedItem
from cport_desktop.vault.list_reading import ListReading
from cport_desktop.vault.list_removal import empty_list, remove_unfinished
from cport_desktop.vault.list_succession import Difference
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import hash_list_export as words
from cport_desktop.words import known as known_words
from cport_desktop.words import list_manifests as manifest_words


@dataclass(frozen=True, slots=True)
class Updated:
    """The list as it is now, what was read, how it differs from the version before it, and what became
    of hits. `copies` of earlier versions are open now.
    """

    known: KnownList
    read: Imported
    difference: Difference
    hits: HitTally
    copies: int


def update_hash_list(
    vault: Vault, list_id: str, order: ListOrder, *, announce: Announce, is_cancelled: IsCancelled
) -> Updated:
    """The file is the next version of the list. Name, source and handling stay where `order` says nothing.

    Raises:
        RoleMissing, InputUnreadable, ValueUnknown, TextUnfit, HashListUnreadable, KeepingUnderWay,
            StorageFull, VaultDamaged: as `import_hash_list`.
        HashListUnreadable: it is a version that the list had, has categories of another region, or
            is of harmless files where the list is not, or the other way round.
        UnknownReference: no such list.
        ListKept: it is the portal's, was made here of contents, or was withdrawn.
        Cancelled: it was asked to stop. Whatever is raised, the list is as it was.
    """
    require(vault, Role.ANALYST)
    remove_unfinished(vault)
    with vault.reader() as reader:
        older = _ours(reader, list_id)
        region = listed_entries.region(reader, older)
    wanted = replace(
        order,
        name=order.name or older.name,
        source=order.source or older.source,
        handling=order.handling or older.handling,
        is_negative=older.is_negative,
        is_rehearsal=False,
        profile=order.profile or named_region(region),
    )
    told: list[_Told] = []

    def show(vault: Vault, reading: ListReading, read: ReadFile) -> None:
        told.append(_succeed(vault, older, reading, read, _Watch(announce, is_cancelled)))

    read = read_in(vault, wanted, show, announce=announce, is_cancelled=is_cancelled)
    (done,) = told
    empty_list(vault, older.number)
    return Updated(
        done.known,
        replace(read, list_id=list_id),
        done.difference,
        HitTally(read.hits.new, done.ended),
        done.copies,
    )


@dataclass(frozen=True, slots=True)
class _Watch:
    announce: Announce
    is_cancelled: IsCancelled


@dataclass(frozen=True, slots=True)
class _Told:
    """`ended` hits, and `copies` that are open now."""

    known: KnownList
    difference: Difference
    ended: int
    copies: int


def _succeed(
    vault: Vault, older: KnownList, reading: ListReading, read: ReadFile, watch: _Watch
) -> _Told:
    """What was read is the list, in its next version; in one transaction."""
    version = read.new.version
    _require_newer(vault, older, read)
    found, at = Difference(0, 0), microseconds(vault.now())
    for found in list_succession.compare(vault, older, reading.number, at=at):
        if watch.is_cancelled():
            raise Cancelled
        watch.announce(Progress(Phase.IMPORTING, found.added + found.removed, None))
    reason = words.superseded(version)
    with vault.transaction() as tx:
        # Meanwhile it may have been withdrawn, or another file may have become its next version.
        if _ours(tx, older.list_id).number != older.number:
            raise KeepingUnderWay(what=known_words.AN_IMPORT)
        entries = reading.show(tx, file_sha256=read.sha256)
        newer = list_listing.find(tx, read.new.list_id)
        known_in = list_withdrawal.left_with_gone(tx, older, newer)
        ordinal, ended = list_succession.succeed(tx, older, newer, found, reason)
        changed = ChangedItem(
            Subject.HASH_LIST.value,
            older.list_id,
            ChangeKind.CORRECTED,
            ordinal,
            tx.now,
            reason,
            known_in=known_in,
        )
        copies = chasing.chase(tx, [changed], told_by="")
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb="update_list",
                object_kind=ObjectKind.HASH_LIST,
                object_reference=older.list_id,
                payload=(
                    ("version", version),
                    *read.particulars(entries),
                    ("added", str(found.added)),
                    ("removed", str(found.removed)),
                    ("hits_ended", str(ended)),
                    ("copies_affected", str(copies)),
                ),
            )
        )
        known = list_listing.find(tx, older.list_id)
    return _Told(known, found, ended, copies)


def _require_newer(vault: Vault, older: KnownList, read: ReadFile) -> None:
    """Nothing, if the file can be the next version: who hands an old one out again, signed as it is,
    would undo what came since; and a list of known material never becomes one of harmless files.
    """
    if read.new.is_negative != older.is_negative:
        raise HashListUnreadable(cause=manifest_words.OTHER_SIDE)
    with vault.reader() as reader:
        there = list_versions.versions(reader, older.number)
    if any(one.file_sha256 == read.sha256 for one in there):
        raise HashListUnreadable(cause=manifest_words.WAS_THERE)


def _ours(reader: Reader, list_id: str) -> KnownList:
    known = list_listing.find(reader, list_id)
    if known.origin is ListOrigin.PORTAL:
        raise ListKept(rule=known_words.PORTAL_LIST)
    if known.format == MADE_HERE:
        raise ListKept(rule=words.MADE_HERE)
    if not known.is_standing:
        raise ListKept(rule=known_words.WITHDRAWN_ALREADY)
    return known
