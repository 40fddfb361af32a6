"""What a unit sets for everybody who works with its vault: a closed list of names, each with a value
of its own kind.

A supervisor sets them; everybody may read them. Nothing here loosens what the settings of a machine
demand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.breaks import BreakFigures
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.media_item import OptionalFormat
from cport_desktop.domain.priority import BORN_WITH, PriorityRule

RuleValue = bool | int | str | tuple[str, ...] | None


class RuleName(StrEnum):
    FORMATS = "media.formats"
    """Which of `OptionalFormat` are decoded; none, unless the unit wants them."""
    CONFINEMENT = "media.confinement"
    """The least level (`media.sandbox.SandboxLevel`) at which a file is decoded; what a machine's
    settings demand stays the floor.
    """
    BREAK_AFTER = "exposure.break_after"
    BREAK_WITHIN = "exposure.break_within"
    BREAK_MINUTES = "exposure.break_minutes"
    DAY_CAP = "exposure.day_cap"
    BINDING = "exposure.binding"
    """Whether the figures of `exposure` bind: no analyst's own may be looser, and what is due stops
    looks.
    """
    OVERDUE_AFTER = "work.overdue_after"
    """Days after its assignment for which a report may stay undecided."""
    TYPED_ABOVE = "work.typed_above"
    """Items of one act above which their count has to be typed."""
    LEASE_MINUTES = "work.lease_minutes"
    """How long a report stays in the hands of who works on it."""
    PRIORITY_HOTLINE_WAITS = "priority.hotline_waits"
    PRIORITY_GRAVE_ELSEWHERE = "priority.grave_elsewhere"
    PRIORITY_FLAGGED = "priority.flagged"
    PRIORITY_GIVEN_TO_ME = "priority.given_to_me"
    PRIORITY_OVERDUE = "priority.overdue"
    PRIORITY_KNOWN = "priority.known"
    PRIORITY_UNSEEN_MEDIA = "priority.unseen_media"
    PRIORITY_HOSTED_HERE = "priority.hosted_here"
    PRIORITY_BUSY_DOMAIN = "priority.busy_domain"
    PRIORITY_FRESH = "priority.fresh"
    """Points of `domain.priority.PriorityRule`, each under its own word; 0: it does not count."""


@dataclass(frozen=True, slots=True)
class WorkRules:
    """How the work in hand is measured. `overdue_after`: days. `typed_above`: items of one act above
    which their count is typed. `lease_minutes`: how long a report stays in somebody's hands.
    """

    overdue_after: int = 14
    typed_above: int = 10
    lease_minutes: int = 15


@dataclass(frozen=True, slots=True)
class MediaRules:
    """What the confined child may decode, and how well it must be confined (None: as the settings
    have it).
    """

    formats: frozenset[OptionalFormat] = frozenset()
    confinement: str | None = None


AS_THE_SETTINGS: Final = MediaRules()
"""Where no vault is open that could say more."""


@dataclass(frozen=True, slots=True)
class UnitRules:
    """All of them, as they stand."""

    media: MediaRules = field(default_factory=MediaRules)
    breaks: BreakFigures = field(default_factory=BreakFigures)
    work: WorkRules = field(default_factory=WorkRules)
    priority: Mapping[PriorityRule, int] = field(default_factory=lambda: BORN_WITH)
    """Points of each rule of the queue."""


@dataclass(frozen=True, slots=True)
class SetRule:
    """One name with its value. `set_by` and `set_at` are None while nobody has set it."""

    name: RuleName
    value: RuleValue
    set_by: Actor | None = None
    set_at: datetime | None = None


PRIORITIES: Final[Mapping[RuleName, PriorityRule]] = {
    RuleName(f"priority.{rule.value}"): rule for rule in PriorityRule
}
"""Names under which the points of the queue are set."""


def rule_named(text: str) -> RuleName | None:
    """The rule of this name; None if there is none."""
    wanted = text.strip().lower()
    return next((each for each in RuleName if each.value == wanted), None)
