"""Acts toward the portal over plain values in memory: they remember what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.operation import (
    HashAlgorithm,
    HashEntry,
    NotifyFalsePositive,
    SuggestDomain,
)
from cport_desktop.errors import CportError
from cport_desktop.ui.portal_acts import (
    ContributionOrder,
    HandOverOrder,
    ListContribution,
    PortalActs,
    ToldList,
)

LISTS = (
    ToldList("synthetic-noise", "Synthetic list of noise", ("sha256",)),
    ToldList("synthetic-pictures", "Synthetic list of generated pictures", ("md5", "pdq")),
)
AGENCIES = ("Partner Agency Example", "Example Press Office")

ON_A_LIST = (
    HashEntry(HashAlgorithm.SHA256, "ab" * 32),
    HashEntry(HashAlgorithm.SHA256, "cd" * 32),
    HashEntry(HashAlgorithm.MD5, "ef" * 16),
)

Asked = SuggestDomain | ContributionOrder | ListContribution | NotifyFalsePositive | HandOverOrder


@dataclass
class MemoryPortalActs:
    """`refuse`: what the next act is refused with."""

    asked: list[Asked] = field(default_factory=list)
    lists: tuple[ToldList, ...] = LISTS
    refuse: CportError | None = None

    def intentions(self) -> PortalActs:
        return PortalActs(
            suggest=self._note,
            contribute=self._note,
            digests_of_list=self._digests,
            contribute_list=self._note,
            doubt=self._note,
            hand_over=self._note,
            hash_lists=lambda: self.lists,
            recipients=lambda: AGENCIES,
        )

    def _digests(self, list_id: str) -> tuple[HashEntry, ...]:
        del list_id
        if self.refuse is not None:
            error, self.refuse = self.refuse, None
            raise error
        return ON_A_LIST

    def _note(self, asked: Asked) -> Changes:
        self.asked.append(asked)
        if self.refuse is not None:
            error, self.refuse = self.refuse, None
            raise error
        return Changes.OPERATIONS
