"""One's own looking: count it, see it, clear it. Nobody else's can be asked for.

No entry in the log: every look has its own already, and that somebody read or cleared what is only
theirs is nobody's business. Without a personal key nothing is counted, and it is said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cport_desktop.domain.breaks import BreakFigures, OwnFigures
from cport_desktop.domain.exposure import Avoided, Ledger, Look, with_avoided, with_look
from cport_desktop.errors import LedgerAbsent
from cport_desktop.vault import unit_rules
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class OwnExposure:
    """`ledger`: the days from `first` to `today` on which something was counted."""

    first: date
    today: date
    ledger: Ledger
    own: OwnFigures
    unit: BreakFigures


def count_look(vault: Vault, look: Look, *, now: datetime) -> None:
    """A look that ended at `now` is counted, durably.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    ended = now.astimezone()
    vault.exposure.change(ended.date(), lambda day: with_look(day, look, ended_at=ended))


def avoided(vault: Vault, why: Avoided, count: int, *, now: datetime) -> None:
    """So many items were settled without being looked at.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    if count > 0:
        vault.exposure.change(now.astimezone().date(), lambda day: with_avoided(day, why, count))


def own_exposure(vault: Vault, *, days: int, now: datetime) -> OwnExposure:
    """What was counted of the analyst who opened the vault, in the last `days`.

    Raises:
        LedgerAbsent: the slot carries no personal key.
    """
    require_ledger(vault)
    today = now.astimezone().date()
    first = today - timedelta(days=max(1, days) - 1)
    with vault.reader() as reader:
        unit = unit_rules.load(reader).breaks
    ledger = vault.exposure.days(first, today)
    return OwnExposure(first, today, ledger, vault.exposure.own_figures(), unit)


def clear(vault: Vault, *, before: date | None = None) -> int:
    """Nothing is kept of days before `before` (None: of any, nor of one's own figures); how many
    days it was.

    Raises:
        LedgerAbsent: the slot carries no personal key.
    """
    require_ledger(vault)
    return vault.exposure.clear(before)


def require_ledger(vault: Vault) -> None:
    """Nothing, if the slot that opened the vault carries a personal key.

    Raises:
        LedgerAbsent: it carries none.
    """
    if not vault.exposure.can_keep:
        raise LedgerAbsent
