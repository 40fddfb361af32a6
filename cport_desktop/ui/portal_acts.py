"""What the window may tell the portal beside a report: a domain for the list of the worst, digests
for a hash list, a false positive, a case for another agency.

`PortalActs` belongs to an open vault and is filled by `ui.portal_acts_opening`. Every act queues one
operation and answers what changed; it may be called from any thread and raises errors of the family
`CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import (
    HashAlgorithm,
    HashEntry,
    NotifyFalsePositive,
    SuggestDomain,
)


@dataclass(frozen=True, slots=True)
class ToldList:
    """A hash list that the portal told of. `algorithms` are the words of the digests it holds."""

    list_id: str
    name: str
    algorithms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContributionOrder:
    """`reason`: what for, where the vault demands one."""

    list_id: str
    entries: tuple[HashEntry, ...]
    note: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ListContribution:
    """A list that is here, for a shared one. `algorithms`: which of its digests."""

    from_list: str
    list_id: str
    algorithms: tuple[HashAlgorithm, ...]
    note: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class HandOverOrder:
    """`recipient`: the name of the agency. `reason`: what for, where the vault demands one."""

    case_reference: str
    recipient: str
    reports: tuple[ReportId, ...]
    note: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PortalActs:
    """Intentions toward the portal."""

    suggest: Callable[[SuggestDomain], Changes]
    contribute: Callable[[ContributionOrder], Changes]
    digests_of_list: Callable[[str], tuple[HashEntry, ...]]
    """All of a list that is here that one contribution can carry."""
    contribute_list: Callable[[ListContribution], Changes]
    doubt: Callable[[NotifyFalsePositive], Changes]
    hand_over: Callable[[HandOverOrder], Changes]
    hash_lists: Callable[[], tuple[ToldList, ...]]
    """Those that stand, the first `MOST_LISTS` by their ids; that they were listed is on record."""
    recipients: Callable[[], tuple[str, ...]]
    """Whom the agreement names; it says whether a case may go there."""


MOST_LISTS = 200
"""More than a network keeps; a list beyond them is named by hand."""
