"""Withdraw a hash list of our own, or entries of it: hits end, what left is chased, what changed is told.

What it would reach can be asked before (`foresee_withdrawal`): which files are known by it no more, who
has a copy of the list, which packages left with such a file since it was known, which contributions gave
its digests away. Copies are then open in the register (`disclosures affected`), for notices to those who
have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.known import HitTally, KnownList, ListOrigin
from cport_desktop.domain.roles import Role
from cport_desktop.errors import EntriesUnfit, ListKept
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.vault import chasing, hash_lists, list_listing, list_withdrawal
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.list_removal import empty_list
from cport_desktop.vault.list_withdrawal import Reach
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words

MOST_ENTRIES: Final = 20_000
"""Entries that are withdrawn in one act; a list of which more are wrong is withdrawn as a whole."""
_OURSELVES: Final = ""
"""Whoever has a copy did not tell us of it."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a withdrawal would reach. `unknown`: lines that name no entry that stands."""

    known: KnownList
    reach: Reach
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal changed. `copies` are open now, each of one recipient."""

    known: KnownList
    reach: Reach
    unknown: tuple[str, ...]
    hits: HitTally
    copies: int


def foresee_withdrawal(
    vault: Vault, list_id: str, *, entries: Sequence[str] | None = None
) -> Foreseen:
    """What `take_back` would change; nothing is changed or recorded.

    Raises:
        RoleMissing, UnknownReference, ListKept, EntriesUnfit: as `take_back`.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        known = _ours(reader, list_id)
        named, unknown = _named(reader, known, entries)
        found = list_withdrawal.reach(reader, known, named)
    return Foreseen(known, found, unknown)


def take_back(
    vault: Vault, list_id: str, *, reason: str | None, entries: Sequence[str] | None = None
) -> Withdrawn:
    """The list, or those of its entries that these lines name (by name on the list, or by digest), stand
    no more. What ended hits speak of stays; all else that was on a list that is withdrawn is gone.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        PurposeMissing: no reason in a vault with real content.
        UnknownReference: no such list.
        ListKept: it is the portal's, which alone withdraws it; or it is withdrawn already.
        EntriesUnfit: no entry that stands is named, or more than one act takes.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    stated = require_purpose(vault, reason, what=words.WITHDRAWAL)
    with vault.transaction() as tx:
        known = _ours(tx, list_id)
        named, unknown = _named(tx, known, entries)
        found = list_withdrawal.reach(tx, known, named)
        at = microseconds(tx.now)
        items = list_withdrawal.changed(tx, known, named, stated)
        if named is None:
            ended = hash_lists.withdraw_list(tx.connection, known.number, stated, at=at)
            hash_lists.count_digests(tx.connection, known.entries)
        else:
            ended = sum(
                hash_lists.withdraw_entry(tx.connection, entry, stated, at=at) for entry in named
            )
        copies = chasing.chase(tx, items, told_by=_OURSELVES)
        tx.record(_entry(known, stated, found, ended, copies, is_whole=named is None))
        withdrawn = list_listing.find(tx, list_id)
    if named is None:
        empty_list(vault, known.number)
    return Withdrawn(withdrawn, found, unknown, HitTally(ended=ended), copies)


def withdraw_hash_list(
    vault: Vault, list_id: str, *, reason: str | None
) -> tuple[KnownList, HitTally]:
    """The whole list as it is now, and how many hits ended. Raises as `take_back`."""
    require(vault, Role.ANALYST)
    done = take_back(vault, list_id, reason=reason)
    return done.known, done.hits


def _ours(reader: Reader, list_id: str) -> KnownList:
    known = list_listing.find(reader, list_id)
    if known.origin is ListOrigin.PORTAL:
        raise ListKept(rule=words.PORTAL_LIST)
    if not known.is_standing:
        raise ListKept(rule=words.WITHDRAWN_ALREADY)
    return known


def _named(
    reader: Reader, known: KnownList, lines: Sequence[str] | None
) -> tuple[dict[int, str] | None, tuple[str, ...]]:
    """The entries that lines name, by their numbers, and lines that name none; None: all of them."""
    if lines is None:
        return None, ()
    told = list(dict.fromkeys(stripped for line in lines if (stripped := line.strip())))
    if not told or len(told) > MOST_ENTRIES:
        raise EntriesUnfit(count=len(told), limit=MOST_ENTRIES)
    found: dict[int, str] = {}
    unknown: list[str] = []
    for text in told:
        there = list_withdrawal.entries_named(reader, known, text)
        found |= there
        if not there:
            unknown.append(text)
    if not found or len(found) > MOST_ENTRIES:
        raise EntriesUnfit(count=len(found), limit=MOST_ENTRIES)
    return found, tuple(unknown)


def _entry(
    known: KnownList, stated: str | None, found: Reach, ended: int, copies: int, *, is_whole: bool
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb="withdraw_list" if is_whole else "withdraw_entries",
        object_kind=ObjectKind.HASH_LIST,
        object_reference=known.list_id,
        reason=stated,
        payload=(
            ("name", known.name),
            ("entries", str(found.entries)),
            ("hits_ended", str(ended)),
            ("copies_affected", str(copies)),
        ),
    )
