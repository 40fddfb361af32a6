"""One decision on many reports: the source item of each is assessed, in pieces and as one deed.

1. More than the unit's rule says need their count typed.
2. Of each report all or nothing; what a rule, the agreement or a colleague's lease refuses is named with
   the reason and stays as it was.
3. An assessment of the same item that waits is revised; one that says the same, or is on its way, stays.
4. A piece of `PIECE` reports is one transaction. Whoever stops it keeps what was decided, and one undo
   takes back all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.deed import DeedKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.lease import Lease
from cport_desktop.domain.operation import GiveAssessment, OperationRow
from cport_desktop.domain.operation_reason import Reason, ReportNow, assessment_doubt
from cport_desktop.domain.progress import Phase, Progress
from cport_desktop.domain.report import source_item
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    CountDiffers,
    EntriesUnfit,
    NotEnrolled,
    OperationClosed,
    Refused,
    ReportInHand,
)
from cport_desktop.usecases.beside_another import beside
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.queue_act import Act, queue_examined, require_agreed
from cport_desktop.usecases.turn_deeds import Means
from cport_desktop.vault import agreements, leases, outbox, reports, unit_rules
from cport_desktop.vault.deeds import OneDeed
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as operation_words
from cport_desktop.words import triage as words
from cport_desktop.words.colleagues import who
from cport_desktop.words.errors import explain

MOST: Final = 10_000
"""Reports of one act: a minute or two, that can be stopped at any time."""


@dataclass(frozen=True, slots=True)
class ManyDecision:
    """What is said of these reports. `typed`: their count as a person typed it. `reason`: why, where
    the agreement demands one. `despite_leases`: also of those that a colleague has in hand.
    """

    report_ids: tuple[ReportId, ...]
    classification: int
    typed: int | None = None
    reason: str | None = None
    despite_leases: bool = False


@dataclass(frozen=True, slots=True)
class LeftAsItWas:
    """A report that was not decided, and why. `code`: of the error, where it is one."""

    report_id: ReportId
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ManyDecided:
    """`decided`: reports with an assessment queued. `not_reached`: it was stopped before them. `deed`:
    what takes all of it back.
    """

    decided: tuple[ReportId, ...]
    refused: tuple[LeftAsItWas, ...]
    not_reached: int = 0
    deed: int | None = None


def decide_reports(
    vault: Vault, decision: ManyDecision, means: Means
) -> tuple[ManyDecided, Changes]:
    """The source items of these reports are assessed, as far as rules allow.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled: the vault has no jurisdiction yet.
        EntriesUnfit: no report, or more than `MOST`.
        CountDiffers: more than the unit's rule says, and another count was typed.
    """
    require(vault, Role.ANALYST)
    wanted = tuple(dict.fromkeys(decision.report_ids))
    require_typed(vault, len(wanted), decision.typed)
    deed = OneDeed(vault.analyst.analyst_id, DeedKind.ASSESSED, str(decision.classification))
    decided, refused, changes = list[ReportId](), list[LeftAsItWas](), Changes.NOTHING
    reached = 0
    while reached < len(wanted) and not means.is_cancelled():
        piece = wanted[reached : reached + means.piece]
        found, touched = _queued(vault, decision, piece, means, deed)
        changes |= touched
        decided += [act.report_id for act in found.acts if act.report_id is not None]
        refused += found.refused
        reached += len(piece)
        means.announce(Progress(Phase.DECIDING, reached, len(wanted)))
    left = len(wanted) - reached
    return ManyDecided(tuple(decided), tuple(refused), left, deed.number), changes


def foresee_reports(vault: Vault, decision: ManyDecision, means: Means) -> ManyDecided:
    """What `decide_reports` would do; nothing is changed.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled: the vault has no jurisdiction yet.
    """
    require(vault, Role.ANALYST)
    wanted = tuple(dict.fromkeys(decision.report_ids))
    decided, refused = list[ReportId](), list[LeftAsItWas]()
    for start in range(0, len(wanted), means.piece):
        if means.is_cancelled():
            break
        found = _examined(vault, decision, wanted[start : start + means.piece])
        decided += [act.report_id for act in found.acts if act.report_id is not None]
        refused += found.refused
        means.announce(Progress(Phase.DECIDING, min(start + means.piece, len(wanted)), len(wanted)))
    return ManyDecided(tuple(decided), tuple(refused), len(wanted) - len(decided) - len(refused))


def typed_above(vault: Vault) -> int:
    """Above so many items of one act their count is typed.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return unit_rules.load(reader).work.typed_above


def require_typed(vault: Vault, count: int, typed: int | None) -> None:
    """Nothing, if so many things may be acted on at once with this count typed.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        EntriesUnfit: none, or more than `MOST`.
        CountDiffers: another count was typed, or none where the unit's rule wants one.
    """
    require(vault, Role.ANALYST)
    if not 1 <= count <= MOST:
        raise EntriesUnfit(count=count, limit=MOST)
    if (typed is None and count > typed_above(vault)) or (typed is not None and typed != count):
        raise CountDiffers(typed=typed or 0, found=count)


@dataclass(frozen=True, slots=True)
class _Here:
    """What is known of the reports of a piece."""

    reports: Mapping[ReportId, ReportNow]
    waiting: Mapping[tuple[ReportId, int], OperationRow]
    leases: Mapping[ReportId, Lease]
    jurisdiction: str


@dataclass(slots=True)
class _Examined:
    acts: list[Act] = field(default_factory=list)
    refused: list[LeftAsItWas] = field(default_factory=list)


def _queued(
    vault: Vault,
    decision: ManyDecision,
    piece: Sequence[ReportId],
    means: Means,
    deed: OneDeed,
) -> tuple[_Examined, Changes]:
    """What of a piece is queued. Where an exchange took something of it away in this moment, it is looked
    at once more: then that is on its way.
    """
    for is_last in (False, True):
        found = _examined(vault, decision, piece)
        if not found.acts:
            break
        try:
            _, touched = queue_examined(vault, [(a, means.new_id()) for a in found.acts], deed=deed)
        except OperationClosed:
            if is_last:
                raise
        else:
            return found, touched
    return found, Changes.NOTHING


def _examined(vault: Vault, decision: ManyDecision, piece: Sequence[ReportId]) -> _Examined:
    """Acts that are fit and allowed, and what is not, each with its reason."""
    with vault.reader() as reader:
        here = _here(vault, reader, piece)
    found = _Examined()
    for report_id in piece:
        act = _act(vault, decision, report_id, here)
        if isinstance(act, LeftAsItWas):
            found.refused.append(act)
        else:
            found.acts.append(act)
    if found.acts and _objection(vault, found.acts) is not None:
        allowed = list(_allowed(vault, found))
        found.acts = allowed
    return found


def _here(vault: Vault, reader: Reader, piece: Sequence[ReportId]) -> _Here:
    agreement = agreements.current(reader, now=vault.now())
    if agreement is None:
        raise NotEnrolled
    mine = vault.analyst.analyst_id
    return _Here(
        reports.as_they_stand(reader, piece),
        outbox.waiting_assessments(reader, piece),
        leases.in_others_hands(reader, mine, now=vault.now(), reports=piece),
        agreement.signed.agreement.jurisdiction,
    )


def _act(  # noqa: PLR0911 - one answer for each rule
    vault: Vault, decision: ManyDecision, report_id: ReportId, here: _Here
) -> Act | LeftAsItWas:
    now = here.reports.get(report_id)
    if now is None:
        return LeftAsItWas(report_id, words.NOT_HERE)
    if now.is_withdrawn:
        return LeftAsItWas(report_id, operation_words.reason_sentence(Reason.WITHDRAWN))
    item = source_item(now.report)
    if item is None:
        return LeftAsItWas(report_id, words.NO_SOURCE)
    lease = here.leases.get(report_id)
    if lease is not None and not decision.despite_leases:
        return _in_hand(lease)
    rule = assessment_doubt(now.report, item.content_id, here.jurisdiction)
    if rule is not None:
        return LeftAsItWas(report_id, operation_words.reason_sentence(rule))
    body = GiveAssessment(item.content_id, decision.classification)
    other = beside(vault, body, here.waiting.get((report_id, item.content_id)))
    if other.stays is not None:
        return LeftAsItWas(report_id, other.stays, other.code)
    return Act(body, report_id, decision.reason, revises=other.revises)


def _in_hand(lease: Lease) -> LeftAsItWas:
    sentence = words.in_hand(who(lease.holder, lease.station), iso_utc(lease.until))
    return LeftAsItWas(lease.report_id, sentence, ReportInHand.code)


def _allowed(vault: Vault, found: _Examined) -> Iterator[Act]:
    """Those that the agreement allows, asked one by one; the others are named."""
    for act in found.acts:
        error = _objection(vault, [act])
        if error is None:
            yield act
        elif act.report_id is not None:
            found.refused.append(LeftAsItWas(act.report_id, explain(error).message, error.code))


def _objection(vault: Vault, acts: Sequence[Act]) -> Refused | None:
    about = [act.report_id for act in acts if act.report_id is not None]
    try:
        require_agreed(vault, acts[0].body, about, reason=acts[0].reason)
    except Refused as error:
        return error
    return None
