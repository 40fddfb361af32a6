"""Hash lists as they are here, whoever they came from, and what is on one."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.disclosure import DisclosureId
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Hit, KnownList
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.domain.roles import Role
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import Page
from cport_desktop.domain.short_lists import HASH_LISTS
from cport_desktop.errors import UnknownReference
from cport_desktop.usecases import read_disclosures
from cport_desktop.usecases.permission import require
from cport_desktop.vault import hits, list_listing, list_versions
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class KnownContent:
    """A content that is on a list, by the newest item that has it."""

    media_id: MediaId
    sha256: str
    hit: Hit


def list_known_lists(
    vault: Vault, *, limit: int, after: str | None = None, text: str = ""
) -> Page[KnownList]:
    """A page of the lists that `text` asks for, by their ids; `limit` at most, and fewer where few of those
    that were read are asked for.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave.
        QueryError: `text` does not parse, or asks for what is not known of a list.
    """
    require(vault, Role.ANALYST)
    is_asked_for = row_test(text, HASH_LISTS, now=vault.now())
    _record(vault, ObjectKind.SEARCH, "hash lists")
    elapsed = 0.0
    while True:
        with vault.reader() as reader:
            page = list_listing.page(reader, limit=limit, after=after)
        elapsed += page.elapsed_ms
        rows = tuple(filter(is_asked_for, page.rows))
        if rows or page.next_cursor is None:
            return Page(rows, page.next_cursor, elapsed)
        after = page.next_cursor


def show_known_list(
    vault: Vault, list_id: str, *, limit: int
) -> tuple[KnownList, tuple[KnownContent, ...]]:
    """One list, and the newest of its standing hits.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is none of that id.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        known = list_listing.find(reader, list_id)
        found = hits.contents_on_list(reader, known.number, limit=limit)
    _record(vault, ObjectKind.HASH_LIST, list_id)
    return known, tuple(KnownContent(*each) for each in found)


def versions_of(vault: Vault, list_id: str) -> tuple[ListVersion, ...]:
    """The versions of a list that there were here, the newest first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is none of that id.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        found = list_versions.versions(reader, list_listing.find(reader, list_id).number)
    _record(vault, ObjectKind.HASH_LIST, list_id)
    return found


def list_that_left(vault: Vault, disclosure_id: DisclosureId) -> KnownList:
    """The list that left as this number of the register, as it is now; looking at it is on record.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such number, no list left as it, or the list is not here any more.
    """
    require(vault, Role.ANALYST)
    record = read_disclosures.show_disclosure(vault, disclosure_id)
    lists = [item.reference for item in record.items if item.kind == Subject.HASH_LIST.value]
    if not lists:
        raise UnknownReference(kind="hash list", reference=disclosure_id)
    with vault.reader() as reader:
        return list_listing.find(reader, lists[0])


def _record(vault: Vault, kind: ObjectKind, reference: str) -> None:
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="list",
                object_kind=kind,
                object_reference=reference,
            )
        )
