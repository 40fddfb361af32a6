"""What later changes do to a report: additions, corrections, outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Final

from cport_desktop.demo import names, proportions
from cport_desktop.demo.dice import Dice, Table, weighted
from cport_desktop.demo.stream import Event, Step
from cport_desktop.demo.verdicts import action, assessment
from cport_desktop.domain.report import ContentItem, Report


class Turn(Enum):
    """What a step comes to."""

    ADDED = "added"
    HOSTING = "hosting"
    SITE_TYPE = "site_type"
    MEMO = "memo"
    WITHDRAWN = "withdrawn"


_CORRECTIONS: Final[Table[Turn]] = weighted(
    [(Turn.HOSTING, 40), (Turn.SITE_TYPE, 35), (Turn.MEMO, 25)]
)
_OUTCOMES: Final[Table[Turn]] = weighted(
    [(Turn.ADDED, 45), (Turn.WITHDRAWN, 35), (Turn.HOSTING, 12), (Turn.MEMO, 8)]
)
_REASONS: Final = dict(
    zip((Turn.HOSTING, Turn.SITE_TYPE, Turn.MEMO), names.CORRECTION_REASONS, strict=True)
)


def turn_of(seed: int, step: Step) -> Turn:
    """What `step`, which is not a report's first, comes to."""
    dice = Dice(seed, "turn", step.position)
    match step.event:
        case Event.CORRECTION:
            return dice.pick(_CORRECTIONS)
        case Event.OUTCOME:
            return dice.pick(_OUTCOMES)
        case _:
            return Turn.ADDED


def reason_of(seed: int, step: Step) -> str | None:
    """The reason that the hotline gave for `step`; additions need none."""
    turn = turn_of(seed, step)
    if turn is Turn.WITHDRAWN:
        return Dice(seed, "reason", step.position).of(names.WITHDRAWAL_REASONS)
    return _REASONS.get(turn)


def changed(seed: int, report: Report, step: Step, moment: datetime) -> Report:
    """`report` after `step` happened to it at `moment`: one revision on."""
    dice = Dice(seed, "change", step.position)
    raised = replace(report, revision=report.revision + 1, updated_at=moment)
    match turn_of(seed, step):
        case Turn.ADDED:
            return _with_additions(raised, dice, moment)
        case Turn.HOSTING:
            return _with_other_hosting(raised, dice)
        case Turn.SITE_TYPE:
            return replace(raised, site_type=_other_site_type(dice, raised.site_type))
        case Turn.MEMO:
            return replace(raised, memo=f"{raised.memo or 'synthetic report'}; completed")
        case Turn.WITHDRAWN:
            return raised


def _other_site_type(dice: Dice, current: int | None) -> int:
    drawn = dice.pick(proportions.SITE_TYPES)
    faces = proportions.SITE_TYPES.faces
    return drawn if drawn != current else faces[faces.index(drawn) - 1]


def _with_additions(report: Report, dice: Dice, moment: datetime) -> Report:
    contents = tuple(_with_addition(item, report, dice, moment) for item in report.contents)
    return replace(report, contents=contents)


def _with_addition(item: ContentItem, report: Report, dice: Dice, moment: datetime) -> ContentItem:
    """An assessment where there is none and no action yet; else an action."""
    if not item.assessments and not item.actions:
        return replace(item, assessments=(assessment(dice, report.hotline, moment),))
    table = proportions.AFTER_ACTION if item.actions else proportions.ACTIONS
    added = action(dice, report.hotline, moment, table=table)
    return replace(item, actions=(*item.actions, added))


def _with_other_hosting(report: Report, dice: Dice) -> Report:
    """The source URL turned out to lie with another provider."""
    source, *others = report.contents
    number = dice.between(1, 24)
    hosting = replace(
        source.hosting,
        provider=f"Test Net {number}",
        ip_address=f"203.0.113.{dice.between(1, 254)}",
        organization=f"Test Net {number} Hosting B.V.",
    )
    return replace(report, contents=(replace(source, hosting=hosting), *others))
