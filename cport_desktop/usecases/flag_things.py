"""Flag things, so that somebody comes back to them, and take the flag off; each is the other's way back."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.domain.about import About
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.work_record import chosen_things, record_each
from cport_desktop.vault import flags
from cport_desktop.vault.deed_rows import undoable
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


def flag(vault: Vault, abouts: Sequence[About]) -> tuple[tuple[About, ...], Changes]:
    """All of these are flagged; those that were not.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        ActTooLarge: no thing, or more than one act takes.
        ItemErased, UnknownReference: one of them is not here; nothing was flagged.
    """
    require(vault, Role.ANALYST)
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.FLAGGED)
    with vault.transaction() as tx, undoable(tx, deed, ("flag",), abouts):
        return flag_within(vault, tx, abouts), Changes.WORK


def unflag(vault: Vault, abouts: Sequence[About]) -> tuple[tuple[About, ...], Changes]:
    """None of these is flagged; those that were.

    Raises:
        As `flag`.
    """
    require(vault, Role.ANALYST)
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.UNFLAGGED)
    with vault.transaction() as tx, undoable(tx, deed, ("flag",), abouts):
        return unflag_within(vault, tx, abouts), Changes.WORK


def flag_within(vault: Vault, tx: Transaction, abouts: Sequence[About]) -> tuple[About, ...]:
    """As `flag`, once the transaction commits."""
    require(vault, Role.ANALYST)
    flagged = flags.put(tx, chosen_things(vault, tx, abouts))
    record_each(vault, tx, "flag", flagged)
    return flagged


def unflag_within(vault: Vault, tx: Transaction, abouts: Sequence[About]) -> tuple[About, ...]:
    """As `unflag`, once the transaction commits."""
    require(vault, Role.ANALYST)
    unflagged = flags.take(tx, chosen_things(vault, tx, abouts))
    record_each(vault, tx, "unflag", unflagged)
    return unflagged
