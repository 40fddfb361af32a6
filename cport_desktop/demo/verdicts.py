"""Assessments and actions as hotline analysts give them: codes by their proportions."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.demo import names, proportions
from cport_desktop.demo.dice import Dice, Table
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.report import Action, Assessment


def assessment(dice: Dice, hotline: HotlineId, made_at: datetime) -> Assessment:
    """One assessment by an analyst of `hotline`."""
    return Assessment(
        classification=dice.pick(proportions.CLASSIFICATIONS),
        age=None if dice.happens(0.03) else dice.pick(proportions.AGES),
        gender=None if dice.happens(0.03) else dice.pick(proportions.GENDERS),
        is_virtual=dice.happens(0.05),
        is_user_generated=dice.happens(0.22),
        is_modeling=dice.happens(0.04),
        analyst=names.analyst(dice, hotline),
        hotline=hotline,
        made_at=made_at,
    )


def action(
    dice: Dice,
    hotline: HotlineId,
    made_at: datetime,
    *,
    table: Table[int] = proportions.ACTIONS,
) -> Action:
    """One action by an analyst of `hotline`, with its reason where one is due."""
    kind = dice.pick(table)
    has_reason = kind >= proportions.FIRST_ACTION_WITH_REASON
    reason = dice.pick(proportions.ACTION_REASONS) if has_reason else None
    has_text = has_reason and (reason == 1 or dice.happens(0.2))
    return Action(
        type=kind,
        analyst=names.analyst(dice, hotline),
        made_at=made_at,
        reason=reason,
        reason_text="synthetic remark on the action" if has_text else None,
    )
