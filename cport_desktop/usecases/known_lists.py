"""Hash lists as they are here, whoever they came from, and what is on one."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Hit, KnownList
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.usecases.permission import require
from cport_desktop.vault import hits, list_listing
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class KnownContent:
    """A content that is on a list, by the newest item that has it."""

    media_id: MediaId
    sha256: str
    hit: Hit


def list_known_lists(vault: Vault, *, limit: int, after: str | None = None) -> Page[KnownList]:
    """A page of all lists, by their ids.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    _record(vault, ObjectKind.SEARCH, "hash lists")
    with vault.reader() as reader:
        return list_listing.page(reader, limit=limit, after=after)


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
