"""One decision serves a stack: every undecided report that has an item of it is assessed.

Each assessment is an operation of its own, under the same rules as one by hand, and concerns the
content items that announce an item of the stack. Of one report all are queued or none; what a rule or
the agreement refuses, what a colleague has in hand, and what a second reader has yet to confirm, is named
with the reason and stays undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cport_desktop.clock import iso_utc
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import ContentId, MediaId, ReportId
from cport_desktop.domain.lease import Lease
from cport_desktop.domain.operation import GiveAssessment, Operation, OperationRow
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CountDiffers, CportError, Refused, StackUnfit, UsageError
from cport_desktop.usecases.act_fitness import require_fit
from cport_desktop.usecases.beside_another import beside
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_together, require_agreed
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.vault import leases, outbox, stack_listing
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import stacks as words
from cport_desktop.words import triage as triage_words
from cport_desktop.words.colleagues import who
from cport_desktop.words.errors import explain


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of every report with an item of this stack. `reason`: as for `assess`."""

    media_id: MediaId
    classification: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RefusedReport:
    """A report that stays undecided, and why."""

    report_id: ReportId
    reason: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would be queued, report by report, and reports of which nothing would be."""

    acts: tuple[tuple[ReportId, tuple[Act, ...]], ...]
    refused: tuple[RefusedReport, ...]

    @property
    def reports(self) -> tuple[tuple[ReportId, tuple[ContentId, ...]], ...]:
        """Reports that would be assessed, each with its content items."""
        return tuple((report_id, tuple(map(_content, acts))) for report_id, acts in self.acts)

    @property
    def contents(self) -> int:
        """How many content items would be assessed."""
        return sum(len(acts) for _, acts in self.acts)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was queued, and what was not."""

    operations: tuple[Operation, ...]
    reports: int
    refused: tuple[RefusedReport, ...]


def foresee_decision(vault: Vault, decision: Decision) -> Foreseen:
    """What `decide_stack` would do; nothing is changed.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such item here.
        StackUnfit: its file is not here.
    """
    require(vault, Role.ANALYST)
    catch_up(vault, announce=silent, is_cancelled=never)
    with vault.reader() as reader:
        stack = stack_listing.stack_of(reader, decision.media_id)
        if stack is None:
            raise StackUnfit(rule=words.NOT_HERE)
        found = stack_listing.undecided_contents(reader, stack)
        here = _here(vault, reader, tuple(map(ReportId, found)))
    acts: list[tuple[ReportId, tuple[Act, ...]]] = []
    refused: list[RefusedReport] = []
    for number, contents in found.items():
        report_id = ReportId(number)
        told = _acts(vault, decision, report_id, tuple(map(ContentId, contents)), here)
        reason = told if isinstance(told, str) else _refusal(vault, report_id, told)
        if reason is not None:
            refused.append(RefusedReport(report_id, reason))
        elif not isinstance(told, str):
            acts.append((report_id, told))
    return Foreseen(tuple(acts), tuple(refused))


def decide_stack(
    vault: Vault, decision: Decision, *, count: int, new_id: Callable[[], UUID]
) -> tuple[Decided, Changes]:
    """Every undecided report with an item of the stack is assessed, as far as rules allow. `count`:
    how many that are, as a person typed it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such item here.
        StackUnfit: its file is not here.
        CountDiffers: it is another number of reports.
    """
    require(vault, Role.ANALYST)
    foreseen = foresee_decision(vault, decision)
    if count != len(foreseen.acts):
        raise CountDiffers(typed=count, found=len(foreseen.acts))
    operations: list[Operation] = []
    refused = list(foreseen.refused)
    reports, changes = 0, Changes.NOTHING
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.ASSESSED, str(decision.classification))
    for report_id, acts in foreseen.acts:
        try:
            queued, touched = queue_together(vault, [(act, new_id()) for act in acts], deed=deed)
        except (Refused, UsageError) as error:  # It came to stand otherwise meanwhile.
            refused.append(RefusedReport(report_id, _sentence(error)))
            continue
        operations += queued
        reports, changes = reports + 1, changes | touched
    return Decided(tuple(operations), reports, tuple(refused)), changes


@dataclass(frozen=True, slots=True)
class _Here:
    """What colleagues are at: assessments that wait, and who has a report in hand."""

    waiting: Mapping[tuple[ReportId, int], OperationRow]
    held: Mapping[ReportId, Lease]


def _here(vault: Vault, reader: Reader, reports: tuple[ReportId, ...]) -> _Here:
    mine, now = vault.analyst.analyst_id, vault.now()
    held = leases.in_others_hands(reader, mine, now=now, reports=reports)
    return _Here(outbox.waiting_assessments(reader, reports), held)


def _acts(
    vault: Vault,
    decision: Decision,
    report_id: ReportId,
    contents: Sequence[ContentId],
    here: _Here,
) -> tuple[Act, ...] | str:
    """An act for each content item of which nothing says the same already; or why the report stays."""
    if (lease := here.held.get(report_id)) is not None:
        return triage_words.in_hand(who(lease.holder, lease.station), iso_utc(lease.until))
    acts: list[Act] = []
    for content in contents:
        body = GiveAssessment(content, decision.classification, None, None)
        other = beside(vault, body, here.waiting.get((report_id, content)))
        if other.stays is None:
            acts.append(Act(body, report_id, reason=decision.reason, revises=other.revises))
        elif not other.is_same:
            return other.stays
    return tuple(acts) or triage_words.STANDS_ALREADY


def _content(act: Act) -> ContentId:
    assert isinstance(act.body, GiveAssessment)
    return act.body.content_id


def _refusal(vault: Vault, report_id: ReportId, acts: Sequence[Act]) -> str | None:
    try:
        for act in acts:
            require_agreed(vault, act.body, [report_id], reason=act.reason)
            require_fit(vault, act.body, report_id)
    except (Refused, UsageError) as error:
        return _sentence(error)
    return None


def _sentence(error: CportError) -> str:
    return explain(error).message
