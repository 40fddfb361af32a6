"""What the window may ask about the “Worst of” list.

`Worst` belongs to an open vault and is filled by `ui.worst_opening`. Every callable may be called from
any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.rows import Page
from cport_desktop.domain.worst_of import Candidate, CandidateOrder, Suggestion
from cport_desktop.ui.dossiers import Dossiers


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What the portal told of a domain; `state` is None once it withdrew its word."""

    domain: str
    state: str | None
    criteria_version: str
    decided_by: str
    decided_at: datetime | None
    note: str
    told_at: datetime
    road: str


@dataclass(frozen=True, slots=True)
class Worst:
    candidates: Callable[[str, CandidateOrder, int, str | None], Page[Candidate]]
    """(query text, order, limit, cursor)"""
    suggestions: Callable[[int, str | None], Page[Suggestion]]
    decisions: Callable[[int, str | None], Page[DecisionLine]]
    dossiers: Dossiers
