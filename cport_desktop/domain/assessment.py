"""The workflow rules of ICCAM for assessments (as its public client states them).

1. A Baseline assessment is final; afterwards only actions may be added.
2. Only a National assessment may be overruled, by the hosting or assigned country's side.
3. No new assessment once actions exist.
4. Content must be assigned to one's own country before it can be assessed.
"""

from __future__ import annotations

from enum import StrEnum

from cport_desktop.domain.report import ContentItem
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, UNDECIDED


class WorkflowRule(StrEnum):
    BASELINE_IS_FINAL = "baseline_is_final"
    ONLY_NATIONAL_OVERRULED = "only_national_overruled"
    ACTIONS_EXIST = "actions_exist"
    NOT_ASSIGNED_HERE = "not_assigned_here"


def current_classification(item: ContentItem) -> int:
    """The classification that counts: the last assessment's, or `UNDECIDED`."""
    return item.assessments[-1].classification if item.assessments else UNDECIDED


def refusal(item: ContentItem, *, jurisdiction: str) -> WorkflowRule | None:
    """The rule that forbids a new assessment of `item`, or None if it may be assessed."""
    if item.assigned_country != jurisdiction:
        return WorkflowRule.NOT_ASSIGNED_HERE
    if item.actions:
        return WorkflowRule.ACTIONS_EXIST
    current = current_classification(item)
    if current == BASELINE:
        return WorkflowRule.BASELINE_IS_FINAL
    if current not in (UNDECIDED, NATIONAL):
        return WorkflowRule.ONLY_NATIONAL_OVERRULED
    return None


_SEVERITY = {BASELINE: 0, NATIONAL: 1}


def gravest_classification(items: tuple[ContentItem, ...]) -> int:
    """One classification for a whole report: the gravest of its content items'.

    Baseline before National before any other code before undecided.
    """
    codes = [code for item in items if (code := current_classification(item)) != UNDECIDED]
    return min(codes, key=lambda code: (_SEVERITY.get(code, 2), code)) if codes else UNDECIDED
