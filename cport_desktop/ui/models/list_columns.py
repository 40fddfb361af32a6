"""The columns of the hotlines and of the audit log; an operation in a few words."""

from __future__ import annotations

from cport_desktop.domain.audit import AuditEntry
from cport_desktop.domain.operation import (
    GiveAssessment,
    GiveFeedback,
    OperationRow,
)
from cport_desktop.domain.rows import HotlineRow
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats.operation_record import body_record
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import window as say
from cport_desktop.words.operations import summary

_LONGEST_CELL = 400


def hotline_columns() -> tuple[Column[HotlineRow], ...]:
    return (
        Column(say.COUNTRY, lambda row: one_line(row.hotline.country), width=80),
        Column(say.NAME, lambda row: _cell(row.hotline.name)),
        Column(say.CONTACT, lambda row: _cell(row.hotline.contact), tone=lambda _row: "muted"),
        Column(say.REPORT_COUNT, lambda row: figures.count(row.reports), width=96, is_number=True),
        Column(
            say.LAST_RECEIVED,
            lambda row: figures.moment(row.last_received) if row.last_received else say.DASH,
            width=150,
            hover=lambda row: figures.universal(row.last_received) if row.last_received else "",
        ),
    )


def operation_words(row: OperationRow, taxonomy: Taxonomy) -> str:
    """What was done: `Assessed Baseline`, `Feedback`."""
    body = row.operation.body
    if isinstance(body, GiveAssessment):
        return say.assessed_as(taxonomy["classification"].label(body.classification))
    if isinstance(body, GiveFeedback):
        return say.FEEDBACK_GIVEN
    return summary(body_record(body))


def audit_columns() -> tuple[Column[AuditEntry], ...]:
    return (
        Column(say.NUMBER, lambda row: figures.count(row.sequence), width=72, is_number=True),
        Column(
            say.AT,
            lambda row: figures.moment(row.at),
            width=138,
            hover=lambda row: figures.universal(row.at),
        ),
        Column(say.ACTOR, lambda row: _cell(row.actor), width=140),
        Column(say.ACTION, lambda row: say.AUDIT_ACTIONS[row.draft.action.value], width=104),
        Column(say.VERB, lambda row: _cell(row.draft.verb), width=118),
        Column(say.OBJECT, _object),
        Column(say.RECIPIENT, _recipient_and_reason, hover=_recipient_and_reason),
        Column(
            say.LEAF, lambda row: row.leaf[:12], width=116, tone=lambda _row: "muted", is_mono=True
        ),
    )


def _object(row: AuditEntry) -> str:
    draft = row.draft
    return _cell(f"{say.OBJECT_KINDS[draft.object_kind.value]} {draft.object_reference}".strip())


def _recipient_and_reason(row: AuditEntry) -> str:
    parts = (row.draft.recipient, row.draft.reason)
    return _cell("; ".join(part for part in parts if part))


def _cell(text: str | None) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else ""
