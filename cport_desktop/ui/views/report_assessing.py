"""Assessing one content item of a report: a button for each classification, or why there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cport_desktop.domain import assessment
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.operation import UNANSWERED, GiveAssessment
from cport_desktop.domain.report import ContentItem
from cport_desktop.domain.rows import Dossier
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.acts import AssessRow
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import labels
from cport_desktop.words import window as say


def assessing(
    item: ContentItem,
    dossier: Dossier,
    seat: Seat,
    *,
    chosen: Callable[[int], None],
    has_keys: bool,
) -> QWidget:
    """`chosen` is told the classification; `has_keys`: the keys for it are this item's."""
    refusal = why_not(item, dossier, seat)
    if refusal is not None:
        return PlainLabel(refusal, role="caption", wraps=True)
    row = AssessRow(item.content_id, seat.taxonomy, has_keys=has_keys)
    row.chosen.connect(chosen)
    return row


def why_not(item: ContentItem, dossier: Dossier, seat: Seat) -> str | None:
    """Why the item cannot be assessed now, in a sentence; None if it can."""
    jurisdiction = seat.allowed.jurisdiction
    if jurisdiction is None:
        return say.NOT_ENROLLED
    if Function.ASSESSMENT_GIVE.value in seat.allowed.absent:
        return seat.allowed.absent[Function.ASSESSMENT_GIVE.value]
    for row in dossier.operations:
        body = row.operation.body
        if (
            isinstance(body, GiveAssessment)
            and body.content_id == item.content_id
            and row.state in UNANSWERED
        ):
            return say.OVERLAID
    rule = assessment.refusal(item, jurisdiction=jurisdiction)
    return None if rule is None else say.cannot_assess(labels.workflow_rule(rule.value))
