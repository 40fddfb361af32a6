"""Fills `ui.likening.Likening` from the workstation and an open vault: each intention is one use case,
its answer in the window's terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.likeness import Stack
from cport_desktop.domain.rows import Page
from cport_desktop.ui.likening import (
    DecisionLines,
    Extent,
    KnownLines,
    LeftReport,
    Likening,
    Seen,
    SimilarLines,
    StackDecision,
    StackLines,
)
from cport_desktop.usecases import (
    browse_stacks,
    decide_stack,
    exposure,
    media_badges,
    provenance,
    similar_media,
    stack_words,
)
from cport_desktop.usecases.decide_stack import Decision, RefusedReport
from cport_desktop.vault.vault import Vault


def likening_of(workstation: Workstation, vault: Vault) -> Likening:
    """All that may be asked about what is known and alike in one open vault, from any lane."""
    told = _Alike(workstation, vault)
    return Likening(
        badges=partial(media_badges.badges_of, vault),
        provenance=told.provenance,
        similar=told.similar,
        stacks=told.stacks,
        stack=told.stack,
        split=partial(stack_words.split_stack, vault),
        merge=partial(stack_words.merge_stacks, vault),
        foresee=told.foresee,
        decide=told.decide,
        avoided=told.avoided,
    )


class _Alike:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def provenance(self, media_id: MediaId) -> KnownLines:
        found = provenance.provenance(self._vault, media_id)
        sighting, extent = found.sighting, found.extent
        return KnownLines(
            media_id,
            found.known,
            found.hits,
            Seen(
                sighting.reports,
                sighting.hotlines,
                sighting.first_received,
                sighting.last_received,
                sighting.decisions,
                sighting.undecided,
            ),
            Extent(extent.lists, extent.entries, extent.newest, extent.is_compared),
        )

    def similar(self, media_id: MediaId, limit: int) -> SimilarLines:
        found = similar_media.similar_media(self._vault, media_id, limit=limit, after=None)
        return SimilarLines(tuple(one for one, _item in found.rows), found.total)

    def stacks(self, text: str, limit: int, after: str | None) -> Page[Stack]:
        return browse_stacks.list_stacks(
            self._vault,
            text,
            limit=limit,
            after=after,
            taxonomy=self._workstation.taxonomy,
            now=self._workstation.clock.now(),
        )

    def stack(self, media_id: MediaId) -> StackLines:
        found = browse_stacks.show_stack(self._vault, media_id)
        return StackLines(found.stack, found.members)

    def foresee(self, decision: StackDecision) -> DecisionLines:
        found = decide_stack.foresee_decision(self._vault, _decision(decision))
        return DecisionLines(len(found.reports), found.contents, _left(found.refused))

    def decide(self, decision: StackDecision, count: int) -> tuple[DecisionLines, Changes]:
        done, changes = decide_stack.decide_stack(
            self._vault, _decision(decision), count=count, new_id=self._workstation.new_id
        )
        lines = DecisionLines(done.reports, len(done.operations), _left(done.refused))
        return lines, changes

    def avoided(self, why: Avoided, count: int) -> None:
        exposure.avoided(self._vault, why, count, now=self._workstation.clock.now())


def _decision(decision: StackDecision) -> Decision:
    return Decision(decision.media_id, decision.classification, decision.reason)


def _left(refused: Sequence[RefusedReport]) -> tuple[LeftReport, ...]:
    return tuple(LeftReport(one.report_id, one.reason) for one in refused)
