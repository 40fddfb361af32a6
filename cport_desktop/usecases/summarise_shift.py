"""What one leaves open at the end of a shift: one's own, and nobody else's."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cport_desktop.domain.draft import DraftKind, place_named
from cport_desktop.domain.roles import Role
from cport_desktop.domain.shift import MOST_LINES, ShiftSummary
from cport_desktop.usecases.permission import require
from cport_desktop.vault import holds, open_ends
from cport_desktop.vault.vault import Vault

_NO_TEXT: Final = frozenset({DraftKind.WINDOW, DraftKind.LAYOUT, DraftKind.PREFERENCES})
"""Where the window stands, how its tables look and what one likes: nothing that anybody has to finish."""


def summarise_shift(vault: Vault, *, now: datetime) -> ShiftSummary:
    """What the analyst who opened the vault has in hand, unfinished or unsent at `now`. No entry in
    the log: it tells nobody else, and of no report more than that it is somewhere in hand.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    analyst = vault.analyst
    with vault.reader() as reader:
        leases, leases_count = open_ends.leases(
            reader, analyst.analyst_id, now=now, limit=MOST_LINES
        )
        operations, operations_count = open_ends.operations(reader, analyst.name, limit=MOST_LINES)
        tasks, tasks_count, overdue_count = open_ends.open_tasks(
            reader, analyst.analyst_id, now=now, limit=MOST_LINES
        )
        assigned, assigned_count = open_ends.assigned(reader, analyst.analyst_id, limit=MOST_LINES)
        own_holds = [hold for hold in holds.listing(reader) if hold.placed_by == analyst.name]
    places = [place for name in vault.drafts.load() if (place := place_named(name)) is not None]
    return ShiftSummary(
        analyst=analyst.name,
        at=now,
        leases=leases,
        leases_count=leases_count,
        drafts=tuple(place for place in places if place.kind not in _NO_TEXT),
        drafts_kept=vault.drafts.can_keep,
        operations=operations,
        operations_count=operations_count,
        holds=tuple(own_holds[:MOST_LINES]),
        holds_count=len(own_holds),
        tasks=tasks,
        tasks_count=tasks_count,
        overdue_count=overdue_count,
        assigned=assigned,
        assigned_count=assigned_count,
    )
