"""A person's word on stacks: take some contents out of one, or put two together.

What a person said outranks what is computed and survives it. Each act is a deed, undone like any other.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import StackUnfit
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.vault import deed_rows, likeness_stacks, stack_listing
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import stacks as words


def split_stack(vault: Vault, media_ids: Sequence[MediaId]) -> tuple[int, Changes]:
    """The contents of these items are a stack of their own, and what is left of theirs stays
    together; nothing brings them together again but a person. How many contents were taken out.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: one is not here.
        StackUnfit: they are not of one stack, or nothing would be left of it.
    """
    require(vault, Role.ANALYST)
    catch_up(vault, announce=silent, is_cancelled=never)
    with vault.transaction() as tx:
        stacks = {_stack_of(tx, media_id) for media_id in media_ids}
        if len(stacks) != 1:
            raise StackUnfit(rule=words.NOT_ONE_STACK)
        (stack,) = stacks
        whole = set(likeness_stacks.contents_of_stack(tx.connection, stack))
        taken = {stack_listing.content_of(tx, media_id) for media_id in media_ids}
        if len(whole) == 1:
            raise StackUnfit(rule=words.ALONE)
        if taken >= whole:
            raise StackUnfit(rule=words.WHOLE_STACK)
        placed = [(taken, _mark()), (whole - taken, _mark())]
        with _undoable(vault, tx, DeedKind.STACK_SPLIT, media_ids[0], (stack,)):
            likeness_stacks.place(tx, placed, vault.analyst.analyst_id)
        tx.record(_entry("split_stack", media_ids))
    return len(taken), Changes.MEDIA | Changes.AUDIT


def merge_stacks(vault: Vault, one: MediaId, other: MediaId) -> tuple[int, Changes]:
    """The stacks of these two items are one, whatever is computed; how many contents it has.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: one is not here.
        StackUnfit: they are in one stack already.
    """
    require(vault, Role.ANALYST)
    catch_up(vault, announce=silent, is_cancelled=never)
    with vault.transaction() as tx:
        first, second = _stack_of(tx, one), _stack_of(tx, other)
        if first == second:
            raise StackUnfit(rule=words.ONE_STACK)
        both = {
            content
            for stack in (first, second)
            for content in likeness_stacks.contents_of_stack(tx.connection, stack)
        }
        with _undoable(vault, tx, DeedKind.STACKS_MERGED, one, (first, second)):
            likeness_stacks.place(tx, [(both, _mark())], vault.analyst.analyst_id)
        tx.record(_entry("merge_stacks", (one, other)))
    return len(both), Changes.MEDIA | Changes.AUDIT


def _undoable(
    vault: Vault, tx: Transaction, kind: DeedKind, named: MediaId, stacks: Sequence[int]
) -> AbstractContextManager[None]:
    """What is said of the contents of these stacks is a deed, with a step for each content."""
    deed = OneDeed(vault.analyst.analyst_id, kind, media_reference(named))
    digests = [
        digest
        for stack in stacks
        for digest in likeness_stacks.contents_of_stack(tx.connection, stack).values()
    ]
    contents = [About(AboutKind.CONTENT, digest) for digest in digests]
    return deed_rows.undoable(tx, deed, ["stack_word"], contents)


def _stack_of(tx: Transaction, media_id: MediaId) -> int:
    stack = stack_listing.stack_of(tx, media_id)
    if stack is None:
        raise StackUnfit(rule=words.NOT_HERE)
    return stack


def _mark() -> str:
    return secrets.token_hex(8)


def _entry(verb: str, media_ids: Sequence[MediaId]) -> AuditDraft:
    first, *others = map(media_reference, media_ids)
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.MEDIA,
        object_reference=first,
        payload=(("with", " ".join(others)),) if others else (),
    )
