"""Contribute digests to a hash list that hotlines and agencies share."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.operation import (
    MOST_HASHES,
    ContributeHashes,
    HashAlgorithm,
    HashEntry,
    Operation,
)
from cport_desktop.domain.roles import Role
from cport_desktop.errors import EntriesUnfit, ListKept, UnknownReference
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.usecases.queue_act import Act, queue_act
from cport_desktop.vault import list_listing, listed_entries
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as known_words
from cport_desktop.words import known_acts
from cport_desktop.words import operations as words


def contribute_hashes(
    vault: Vault,
    list_id: str,
    entries: Iterable[HashEntry],
    *,
    operation_id: UUID,
    note: str = "",
    reason: str | None = None,
) -> tuple[Operation, Changes]:
    """Queue the entries, each once, in the order given.

    Raises:
        RoleMissing, NotEnrolled, AgreementLapsed, AgreementForbids: as `queue_act`.
        PurposeMissing: no reason in a vault with real content.
        EntriesUnfit: no entry, or more than one contribution takes.
        ValueUnknown: no name of a list, or the digest of an empty file.
        TextUnfit: too long a note.
    """
    require(vault, Role.ANALYST)
    purpose = require_purpose(vault, reason, what=words.A_CONTRIBUTION)
    body = ContributeHashes(list_id, tuple(dict.fromkeys(entries)), note.strip())
    return queue_act(vault, Act(body, reason=purpose), operation_id=operation_id)


def entries_of_list(vault: Vault, list_id: str, *, to: str | None = None) -> tuple[HashEntry, ...]:
    """Every digest of a standing list that a contribution can carry, in the order of the list. `to`: the
    shared list that would get them. What is known to be harmless never goes to a list of known material,
    nor the other way round; a shared list of which nothing is known here is one of known material.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such list. ListKept: it was withdrawn, or the two mean different things.
        EntriesUnfit: more than one contribution takes.
    """
    require(vault, Role.ANALYST)
    words_of = {algorithm.value: algorithm for algorithm in HashAlgorithm}
    found: list[HashEntry] = []
    with vault.reader() as reader:
        known = list_listing.find(reader, list_id)
        if not known.is_standing:
            raise ListKept(rule=known_words.WITHDRAWN_ALREADY)
        if to is not None and known.is_negative != _is_negative(reader, to):
            raise ListKept(rule=known_acts.SENSES_DIFFER)
        for entry in listed_entries.standing(reader, known):
            found += [
                HashEntry(words_of[word], text) for word, text in entry.digests if word in words_of
            ]
            if len(found) > MOST_HASHES:
                raise EntriesUnfit(count=known.entries, limit=MOST_HASHES)
    return tuple(found)


def _is_negative(reader: Reader, list_id: str) -> bool:
    try:
        return list_listing.find(reader, list_id).is_negative
    except UnknownReference:
        return False
