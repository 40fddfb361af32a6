"""Say of an entry of a hash list that it is right, or that it is not: seen wherever it hits.

A word of one's own changes no hit: whoever disputes an entry of the portal tells the portal too
(`notify_false_positive`), and an entry of one's own list is withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.portal_records import entry_reference
from cport_desktop.domain.roles import Role
from cport_desktop.errors import TextUnfit
from cport_desktop.usecases.permission import require
from cport_desktop.vault import entry_words, list_listing
from cport_desktop.vault.vault import Vault

LONGEST_NOTE: Final = 1_000


class EntryWord(StrEnum):
    CONFIRM = "confirm"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class Said:
    """How many say what of the entry here, this word among them."""

    reference: str
    confirming: int
    disputing: int


def say_of_entry(
    vault: Vault, list_id: str, entry_id: str, word: EntryWord, *, note: str = ""
) -> Said:
    """The word stands in the place of an earlier one of the same person.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such list, or no such entry that stands.
        TextUnfit: the note is too long, or a dispute has none.
    """
    require(vault, Role.ANALYST)
    told = note.strip()
    if len(told) > LONGEST_NOTE or (word is EntryWord.DISPUTE and not told):
        raise TextUnfit(length=len(told), limit=LONGEST_NOTE)
    reference = entry_reference(list_id, entry_id)
    with vault.transaction() as tx:
        known = list_listing.find(tx, list_id)
        entry = entry_words.entry_number(tx, known, entry_id)
        entry_words.say(tx, entry, vault.analyst.analyst_id, word.value, told)
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb=f"{word.value}_entry",
                object_kind=ObjectKind.HASH_LIST,
                object_reference=reference,
                reason=told or None,
            )
        )
        confirming, disputing = entry_words.said(tx, entry)
    return Said(reference, confirming, disputing)
