"""What the portal told of beside reports, as lists that people read: hash lists, decisions about
domains, code lists. Only what was told: importing, matching and own suggestions are no part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.portal_records import HashList, IwolDecision
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats.record_message import record_value
from cport_desktop.usecases.permission import require
from cport_desktop.vault import portal_records
from cport_desktop.vault.portal_records import KeptRecord
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ToldHashList:
    """`content` is None once the list was withdrawn. `entries` stand here, `withdrawn` were taken
    back.
    """

    record: KeptRecord
    content: HashList | None
    entries: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """`content` is None once the decision was withdrawn."""

    record: KeptRecord
    content: IwolDecision | None


@dataclass(frozen=True, slots=True)
class ToldTaxonomy:
    """`content` is None once it was withdrawn. `is_in_use`: it is the version by which this
    program names codes; another one is kept, and comes into use with an update.
    """

    record: KeptRecord
    content: Taxonomy | None
    is_in_use: bool
    codes_new: int
    """Codes that the one in use has not."""


def list_hash_lists(vault: Vault, *, limit: int, after: str | None = None) -> Page[ToldHashList]:
    """Hash lists that the portal told of, by their ids.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    _record(vault, "hash lists")

    return _page(vault, Subject.HASH_LIST, _told_list, limit=limit, after=after)


def hash_lists_told(vault: Vault, list_ids: Sequence[str]) -> dict[str, ToldHashList]:
    """What the portal told of those of these lists of which it told anything."""
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        found = [
            portal_records.find(reader, Subject.HASH_LIST.value, list_id) for list_id in list_ids
        ]
        return {record.reference: _told_list(reader, record) for record in found if record}


def list_decisions(vault: Vault, *, limit: int, after: str | None = None) -> Page[ToldDecision]:
    """Decisions about domains that the portal told of, by domain.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    _record(vault, "decisions about domains")

    def told(reader: Reader, record: KeptRecord) -> ToldDecision:
        del reader
        value = _value(record)
        return ToldDecision(record, value if isinstance(value, IwolDecision) else None)

    return _page(vault, Subject.IWOL_DECISION, told, limit=limit, after=after)


def list_taxonomies(
    vault: Vault, in_use: Taxonomy, *, limit: int, after: str | None = None
) -> Page[ToldTaxonomy]:
    """Code lists that the portal told of, each held against the one in use.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: a cursor that this list never gave.
    """
    require(vault, Role.ANALYST)
    _record(vault, "code lists")

    def told(reader: Reader, record: KeptRecord) -> ToldTaxonomy:
        del reader
        value = _value(record)
        content = value if isinstance(value, Taxonomy) else None
        is_in_use = content is not None and content.version == in_use.version
        new = 0 if content is None else _codes_beyond(content, in_use)
        return ToldTaxonomy(record, content, is_in_use, new)

    return _page(vault, Subject.TAXONOMY, told, limit=limit, after=after)


def _told_list(reader: Reader, record: KeptRecord) -> ToldHashList:
    value = _value(record)
    entries, withdrawn = portal_records.entries_of_list(reader, record.reference)
    content = value if isinstance(value, HashList) else None
    return ToldHashList(record, content, entries, withdrawn)


def _page(
    vault: Vault,
    subject: Subject,
    told: Callable[[Reader, KeptRecord], Row],
    *,
    limit: int,
    after: str | None,
) -> Page[Row]:
    with vault.reader() as reader:
        page = portal_records.page(reader, subject.value, limit=limit, after=after)
        rows = tuple(told(reader, record) for record in page.rows)
    return Page(rows, page.next_cursor, page.elapsed_ms)


def _value(record: KeptRecord) -> object | None:
    if not record.document:
        return None
    return record_value(record.subject, record.reference, record.document, "$")


def _codes_beyond(newer: Taxonomy, in_use: Taxonomy) -> int:
    known = {(name, code.number) for name, codes in in_use.lists.items() for code in codes.codes}
    return sum(
        (name, code.number) not in known
        for name, codes in newer.lists.items()
        for code in codes.codes
    )


def _record(vault: Vault, what: str) -> None:
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="list",
                object_kind=ObjectKind.SEARCH,
                object_reference=what,
            )
        )
