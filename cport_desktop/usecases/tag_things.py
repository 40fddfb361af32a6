"""Put a tag on things and take it off; each is the other's way back."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.domain.about import About
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.kept_text import LONGEST_TAG, one_line
from cport_desktop.domain.roles import Role
from cport_desktop.domain.tag import Tag
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.work_record import chosen_things, record_each
from cport_desktop.vault import tags
from cport_desktop.vault.deed_rows import undoable
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import cases as words


def tag(vault: Vault, abouts: Sequence[About], name: str) -> tuple[tuple[About, ...], Changes]:
    """All of these have the tag; those that had it not.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        KeptTextUnfit: the name is empty or too long.
        ActTooLarge: no thing, or more than one act takes.
        ItemErased, UnknownReference: one of them is not here; nothing was tagged.
    """
    require(vault, Role.ANALYST)
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.TAGGED, tag_name(name))
    with vault.transaction() as tx, undoable(tx, deed, ("tag", "tagged"), abouts):
        return tag_within(vault, tx, abouts, name), Changes.WORK


def untag(vault: Vault, abouts: Sequence[About], name: str) -> tuple[tuple[About, ...], Changes]:
    """None of these has the tag; those that had it.

    Raises:
        As `tag`.
    """
    require(vault, Role.ANALYST)
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.UNTAGGED, tag_name(name))
    with vault.transaction() as tx, undoable(tx, deed, ("tag", "tagged"), abouts):
        return untag_within(vault, tx, abouts, name), Changes.WORK


def tag_within(
    vault: Vault, tx: Transaction, abouts: Sequence[About], name: str
) -> tuple[About, ...]:
    """As `tag`, once the transaction commits."""
    require(vault, Role.ANALYST)
    word = tag_name(name)
    number, tagged = tags.put(tx, word, chosen_things(vault, tx, abouts))
    record_each(vault, tx, "tag", tagged, (("tag", str(number)),))
    return tagged


def untag_within(
    vault: Vault, tx: Transaction, abouts: Sequence[About], name: str
) -> tuple[About, ...]:
    """As `untag`, once the transaction commits."""
    require(vault, Role.ANALYST)
    word = tag_name(name)
    number, untagged = tags.take(tx, word, chosen_things(vault, tx, abouts))
    record_each(vault, tx, "untag", untagged, (("tag", str(number)),))
    return untagged


def list_tags(vault: Vault, *, beginning: str = "", limit: int) -> tuple[tuple[Tag, ...], int]:
    """The most used tags that begin like this, and how many do.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        total = tags.count(reader, beginning=beginning)
        return tags.listing(reader, beginning=beginning, limit=limit), total


def tag_name(text: str) -> str:
    """The name as it is kept: one line, without what nobody sees.

    Raises:
        KeptTextUnfit: it is empty or too long.
    """
    return one_line(text, what=words.A_TAG, limit=LONGEST_TAG)
