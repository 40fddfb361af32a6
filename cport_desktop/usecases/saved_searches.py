"""Searches that are kept: named, asked again, pinned to the rail, given to another vault.

An analyst keeps their own; those of the unit, which all see, are a supervisor's matter. Running one is a
search like any other; that somebody looked is kept so that what is new since can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from cport_desktop.domain import query_language
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.query import Query
from cport_desktop.domain.query_lexer import LONGEST_QUERY
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import ReportSort
from cport_desktop.domain.saved_search import (
    LONGEST_NAME,
    MOST_KEPT,
    MOST_NEW,
    NewSince,
    RemovedSearch,
    SavedSearch,
    SearchSubject,
    SearchTerms,
)
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import (
    AgreementForbids,
    AgreementLapsed,
    QueryError,
    SearchesFull,
    SearchExists,
    TextUnfit,
    ValueUnknown,
)
from cport_desktop.exports.output_files import write_new
from cport_desktop.formats.saved_search_file import LARGEST_FILE, parse_searches, print_searches
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.asking import asked_of
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.withhold import without_asking
from cport_desktop.vault import arrivals, content_listing, media_items, reports
from cport_desktop.vault import saved_searches as kept
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words.searches import numbered

_SORTS: Final = tuple(sorted(sort.value for sort in ReportSort))


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file of searches. `renamed`: kept under another name, since theirs was taken;
    `duplicates`: here already; `unread`: kept, though their text is not understood here.
    """

    kept: tuple[SavedSearch, ...]
    renamed: int
    duplicates: int
    unread: int


def list_searches(vault: Vault) -> tuple[SavedSearch, ...]:
    """One's own and the unit's: what is pinned first, in its order, then by name."""
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return kept.listing(reader, vault.analyst.analyst_id)


def save_search(
    vault: Vault,
    terms: SearchTerms,
    *,
    is_units: bool,
    replaces: bool,
    taxonomy: Taxonomy,
    new_id: UUID,
) -> SavedSearch:
    """A search of this name is kept. What it finds now has been looked at.

    Raises:
        RoleMissing: the unit's are a supervisor's matter.
        QueryError: the text does not parse.
        TextUnfit: the name is empty or too long, or the text is.
        ValueUnknown: it cannot be sorted so.
        SearchExists: there is one of this name, and it is not to be replaced.
        SearchesFull: so many are kept already.
    """
    require(vault, Role.ANALYST)
    _require_owner(vault, is_units=is_units)
    terms = _fit(terms)
    query_language.parse(terms.text, taxonomy=taxonomy, now=vault.now())
    owner = kept.UNIT if is_units else vault.analyst.analyst_id
    with vault.transaction() as tx:
        there = kept.called(tx, owner, terms.name)
        if there is not None and not replaces:
            raise SearchExists(name=terms.name)
        if there is None:
            search_id = _insert(tx, owner, terms, new_id)
        else:
            search_id = there.search_id
            kept.change(tx, search_id, terms)
        kept.look(tx, search_id, vault.analyst.analyst_id, arrivals.latest(tx))
        tx.record(_entry("save", search_id, terms))
        return kept.find(tx, vault.analyst.analyst_id, search_id)


def rename_search(vault: Vault, named: str, new_name: str) -> SavedSearch:
    """It has this name from now on.

    Raises:
        RoleMissing, UnknownReference, TextUnfit, SearchExists: as the names give reason.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        search = _own(vault, tx, named)
        terms = _fit(replace(search.terms, name=new_name))
        owner = kept.UNIT if search.is_units else vault.analyst.analyst_id
        there = kept.called(tx, owner, terms.name)
        if there is not None and there.search_id != search.search_id:
            raise SearchExists(name=terms.name)
        kept.change(tx, search.search_id, terms)
        tx.record(_entry("rename", search.search_id, terms))
        return kept.find(tx, vault.analyst.analyst_id, search.search_id)


def remove_search(vault: Vault, named: str) -> RemovedSearch:
    """It is kept no more; what it was, for `put_back_search`.

    Raises:
        RoleMissing, UnknownReference: whose it is, or that there is none.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        search = _own(vault, tx, named)
        removed = kept.remove(tx, search)
        _close_gaps(vault, tx)
        tx.record(_entry("remove", search.search_id, search.terms))
    return removed


def put_back_search(vault: Vault, removed: RemovedSearch) -> SavedSearch:
    """It is kept as it was, at its place on the rail and as far as everybody had looked at what it finds:
    the way back of `remove_search`.

    Raises:
        RoleMissing: the unit's are a supervisor's matter.
        SearchExists: there is another one of its name by now.
        SearchesFull: so many are kept already.
    """
    require(vault, Role.ANALYST)
    search, analyst = removed.search, vault.analyst.analyst_id
    _require_owner(vault, is_units=search.is_units)
    owner = kept.UNIT if search.is_units else analyst
    with vault.transaction() as tx:
        if kept.called(tx, owner, search.name) is not None:
            raise SearchExists(name=search.name)
        if kept.count(tx, owner) >= MOST_KEPT:
            raise SearchesFull(limit=MOST_KEPT)
        kept.put_back(tx, owner, removed)
        if search.place is not None:
            others = _pinned(vault, tx, search)
            at = search.place - 1
            kept.pin(tx, [*others[:at], search, *others[at:]])
        tx.record(_entry("put_back", search.search_id, search.terms))
        return kept.find(tx, analyst, search.search_id)


def pin_search(vault: Vault, named: str, place: int | None) -> tuple[SavedSearch, ...]:
    """It stands on the rail at `place` (from 1; beyond the last it is the last), or nowhere; all that
    there are, in their order.

    Raises:
        RoleMissing, UnknownReference: whose it is, or that there is none.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        search = _own(vault, tx, named)
        others = [each for each in _pinned(vault, tx, search) if each != search]
        kept.unpin(tx, search.search_id)
        if place is not None:
            at = max(0, place - 1)
            others = [*others[:at], search, *others[at:]]
        kept.pin(tx, others)
        tx.record(_entry("unpin" if place is None else "pin", search.search_id, search.terms))
        return kept.listing(tx, vault.analyst.analyst_id)


def look_at_search(vault: Vault, named: str) -> SavedSearch:
    """What it asks. From now on only what comes or changes later is new to this analyst.

    Raises:
        UnknownReference: there is none.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        search = kept.find(tx, vault.analyst.analyst_id, named)
        kept.look(tx, search.search_id, vault.analyst.analyst_id, arrivals.latest(tx))
        tx.record(_entry("run", search.search_id, search.terms, AuditAction.CONSULTATION))
    return search


def new_in_search(
    vault: Vault, search: SavedSearch, *, taxonomy: Taxonomy, now: datetime
) -> NewSince:
    """How much of what it finds came or changed since this analyst last looked, counted up to
    `MOST_NEW`. What cannot be asked any more is told as such, and stays kept.
    """
    require(vault, Role.ANALYST)
    try:
        allowed = require_allowed(vault, Function.REPORTS_READ)
        query = without_asking(asked_of(vault, search.terms.text, taxonomy, now), allowed)
    except (QueryError, AgreementForbids, AgreementLapsed) as error:
        return NewSince(None, fault=error.code)
    with vault.reader() as reader:
        if search.looked_at and search.looked_at >= arrivals.latest(reader):
            return NewSince(0)
        found = _counted(reader, search.terms.subject, replace(query, since=search.looked_at))
    return NewSince(min(found, MOST_NEW), is_more=found > MOST_NEW)


def export_searches(vault: Vault, path: Path, *, named: tuple[str, ...] = ()) -> int:
    """Those of these names, or all that this analyst sees, are in a new file; how many.

    The file holds what a person typed, and nothing that the portal shared. It leaves in the clear, so
    it is on record before it is written.

    Raises:
        UnknownReference: there is none of a name.
        OutputExists, OutputUnwritable, StorageFull: the file; nothing is left of it.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        analyst = vault.analyst.analyst_id
        every = kept.listing(reader, analyst)
        chosen = [kept.find(reader, analyst, name) for name in named] if named else every
    by_name = {search.name.casefold(): search.terms for search in reversed(chosen)}
    content = print_searches(reversed(by_name.values()))
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb="export",
                object_kind=ObjectKind.SAVED_SEARCH,
                object_reference=path.name,
                payload=tuple((terms.name, terms.text) for terms in by_name.values()),
            )
        )
    write_new(path, content)
    return len(by_name)


def import_searches(
    vault: Vault, untrusted: bytes, *, is_units: bool, taxonomy: Taxonomy, ids: tuple[UUID, ...]
) -> Brought:
    """The searches of a file are kept, pinned nowhere and never looked at, all or none. `ids`: new
    ones, `MOST_KEPT` of them.

    Raises:
        RoleMissing: the unit's are a supervisor's matter.
        SearchFileUnreadable: it is no such file.
        SearchesFull: more than are kept.
    """
    require(vault, Role.ANALYST)
    _require_owner(vault, is_units=is_units)
    brought = parse_searches(untrusted[: LARGEST_FILE + 1])
    owner = kept.UNIT if is_units else vault.analyst.analyst_id
    done: list[str] = []
    renamed = duplicates = unread = 0
    with vault.transaction() as tx:
        for terms, new_id in zip(brought, ids, strict=False):
            there = kept.called(tx, owner, terms.name)
            if there is not None and there.terms == terms:
                duplicates += 1
                continue
            named = terms if there is None else _free_name(tx, owner, terms)
            renamed += there is not None
            unread += not _is_read(terms.text, taxonomy, tx.now)
            done.append(_insert(tx, owner, named, new_id))
            tx.record(_entry("import", done[-1], named))
        if not done:
            tx.record(_entry("import", "", SearchTerms("", "")))
        found = tuple(kept.find(tx, vault.analyst.analyst_id, each) for each in done)
    return Brought(found, renamed, duplicates, unread)


def _counted(reader: Reader, subject: SearchSubject, query: Query) -> int:
    limit = MOST_NEW + 1
    match subject:
        case SearchSubject.REPORTS:
            return len(reports.matching(reader, query, limit=limit))
        case SearchSubject.MEDIA:
            return media_items.count_up_to(reader, query, limit=limit)
        case SearchSubject.CONTENTS:
            return content_listing.count_up_to(reader, query, limit=limit)


def _require_owner(vault: Vault, *, is_units: bool) -> None:
    if is_units:
        require(vault, Role.SUPERVISOR)


def _own(vault: Vault, reader: Reader, named: str) -> SavedSearch:
    """The one of this name, which this analyst may change."""
    search = kept.find(reader, vault.analyst.analyst_id, named)
    _require_owner(vault, is_units=search.is_units)
    return search


def _pinned(vault: Vault, reader: Reader, like: SavedSearch) -> list[SavedSearch]:
    """What is pinned of the same owner, in its order."""
    return [
        each
        for each in kept.listing(reader, vault.analyst.analyst_id)
        if each.place is not None and each.is_units == like.is_units
    ]


def _close_gaps(vault: Vault, tx: Transaction) -> None:
    every = kept.listing(tx, vault.analyst.analyst_id)
    for is_units in (True, False):
        kept.pin(tx, [each for each in every if each.place and each.is_units == is_units])


def _insert(tx: Transaction, owner: str, terms: SearchTerms, new_id: UUID) -> str:
    if kept.count(tx, owner) >= MOST_KEPT:
        raise SearchesFull(limit=MOST_KEPT)
    kept.insert(tx, new_id.hex, owner, terms)
    return new_id.hex


def _fit(terms: SearchTerms) -> SearchTerms:
    """With the blanks in its name as one would write them.

    Raises:
        TextUnfit, ValueUnknown: a name, a text or an order that cannot be kept.
    """
    name, text = " ".join(terms.name.split()), terms.text.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise TextUnfit(length=len(name), limit=LONGEST_NAME)
    if len(text) > LONGEST_QUERY:
        raise TextUnfit(length=len(text), limit=LONGEST_QUERY)
    if terms.sort.removeprefix("-") not in _SORTS:
        raise ValueUnknown(what="column to sort by", value=terms.sort, accepted=", ".join(_SORTS))
    return replace(terms, name=name, text=text)


def _free_name(reader: Reader, owner: str, terms: SearchTerms) -> SearchTerms:
    number = 2
    while kept.called(reader, owner, numbered(terms.name, number, LONGEST_NAME)) is not None:
        number += 1
    return replace(terms, name=numbered(terms.name, number, LONGEST_NAME))


def _is_read(text: str, taxonomy: Taxonomy, now: datetime) -> bool:
    try:
        query_language.parse(text, taxonomy=taxonomy, now=now)
    except QueryError:
        return False
    return True


def _entry(
    verb: str, search_id: str, terms: SearchTerms, action: AuditAction = AuditAction.ALTERATION
) -> AuditDraft:
    return AuditDraft(
        action=action,
        verb=verb,
        object_kind=ObjectKind.SAVED_SEARCH,
        object_reference=search_id or "none",
        payload=(("name", terms.name), ("query", terms.text)),
    )
