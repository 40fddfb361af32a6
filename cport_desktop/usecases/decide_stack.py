"""One decision serves a stack: every undecided report that has an item of it is assessed.

Each assessment is an operation of its own, under the same rules as one by hand, and concerns the
content items that announce an item of the stack. Of one report all are queued or none; what a rule
or the agreement refuses is named with the reason and stays undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import ContentId, MediaId, ReportId
from cport_desktop.domain.operation import GiveAssessment, Operation
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CountDiffers, CportError, Refused, StackUnfit, UsageError
from cport_desktop.usecases.act_fitness import require_fit
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_together, require_agreed
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.vault import stack_listing
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.vault import Vault
from cport_desktop.words import stacks as words
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
    """Reports that would be assessed, each with its content items, and those that would not."""

    reports: tuple[tuple[ReportId, tuple[ContentId, ...]], ...]
    refused: tuple[RefusedReport, ...]

    @property
    def contents(self) -> int:
        """How many content items would be assessed."""
        return sum(len(contents) for _, contents in self.reports)


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
    reports: list[tuple[ReportId, tuple[ContentId, ...]]] = []
    refused: list[RefusedReport] = []
    for number, contents in found.items():
        report_id, items = ReportId(number), tuple(map(ContentId, contents))
        reason = _refusal(vault, decision, report_id, items)
        if reason is None:
            reports.append((report_id, items))
        else:
            refused.append(RefusedReport(report_id, reason))
    return Foreseen(tuple(reports), tuple(refused))


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
    if count != len(foreseen.reports):
        raise CountDiffers(typed=count, found=len(foreseen.reports))
    operations: list[Operation] = []
    refused = list(foreseen.refused)
    reports, changes = 0, Changes.NOTHING
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.ASSESSED, str(decision.classification))
    for report_id, contents in foreseen.reports:
        acts = list(_acts(decision, report_id, contents))
        try:
            queued, touched = queue_together(vault, [(act, new_id()) for act in acts], deed=deed)
        except (Refused, UsageError) as error:  # It came to stand otherwise meanwhile.
            refused.append(RefusedReport(report_id, _sentence(error)))
            continue
        operations += queued
        reports, changes = reports + 1, changes | touched
    return Decided(tuple(operations), reports, tuple(refused)), changes


def _acts(decision: Decision, report_id: ReportId, contents: Sequence[ContentId]) -> Iterator[Act]:
    for content in contents:
        body = GiveAssessment(content, decision.classification, None, None)
        yield Act(body, report_id, reason=decision.reason)


def _refusal(
    vault: Vault, decision: Decision, report_id: ReportId, contents: Sequence[ContentId]
) -> str | None:
    try:
        for act in _acts(decision, report_id, contents):
            require_agreed(vault, act.body, [report_id], reason=act.reason)
            require_fit(vault, act.body, report_id)
    except (Refused, UsageError) as error:
        return _sentence(error)
    return None


def _sentence(error: CportError) -> str:
    return explain(error).message
