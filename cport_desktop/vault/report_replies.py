"""What the portal told back of what was asked for on a report: its takedown hold, its answers.

They are records like others (`vault.portal_records`), found by the report's number, and erased
with the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from cport_desktop.domain.answer import Answer
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import HoldTakedown, LiftTakedownHold
from cport_desktop.domain.takedown import NOBODY_WAITS, TakedownHold, TakedownMark
from cport_desktop.formats.operation_body import parse_body
from cport_desktop.formats.report_record import (
    parse_answer,
    parse_takedown_hold,
    takedown_reference,
)
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.portal_records import find
from cport_desktop.vault.transaction import Reader

_ON_REPORT: Final = "subject = ?1 AND reference >= ?2 || '/' AND reference < ?2 || '0'"
"""Behind the slash of a reference; «0» is the sign that follows the slash."""


MARK_COLUMNS: Final = """
    CASE WHEN EXISTS (SELECT 1 FROM portal_record WHERE subject = 'takedownHold') THEN
        (SELECT p.document FROM portal_record AS p
         WHERE p.subject = 'takedownHold' AND p.reference = CAST(v.report_id AS TEXT)) END,
    CASE WHEN EXISTS (SELECT 1 FROM operation WHERE state IN ('queued', 'sending')) THEN
        (SELECT o.body FROM operation AS o
         WHERE o.report_id = v.report_id AND o.state IN ('queued', 'sending')
           AND o.kind IN ('takedownHold', 'takedownLift')
         ORDER BY o.sequence DESC LIMIT 1) END
"""
"""Two columns for the rows of a list of reports `v`, which `mark` reads. While nobody waits anywhere
and nothing is on its way, they cost a row nothing."""


def mark(report_id: ReportId, told: bytes | None, asked: bytes | None) -> TakedownMark:
    """What `MARK_COLUMNS` say of a report."""
    if not told and asked is None:
        return NOBODY_WAITS
    hold = parse_takedown_hold(takedown_reference(report_id), bytes(told), "$") if told else None
    body = None if asked is None else parse_body(bytes(asked))
    return TakedownMark(
        None if hold is None else hold.until,
        body if isinstance(body, HoldTakedown | LiftTakedownHold) else None,
    )


def takedown_hold(reader: Reader, report_id: ReportId) -> TakedownHold | None:
    """What the portal says of a report's takedown hold; None if there is none, or it was lifted."""
    kept = find(reader, Subject.TAKEDOWN_HOLD, takedown_reference(report_id))
    if kept is None or not kept.document:
        return None
    return parse_takedown_hold(kept.reference, kept.document, "$")


def answers(reader: Reader, report_id: ReportId) -> tuple[Answer, ...]:
    """What hotlines answered on a report, in the order of their numbers."""
    found = reader.connection.execute(
        f"SELECT reference, document, made_at FROM portal_record WHERE {_ON_REPORT}",  # noqa: S608 - constant text
        (Subject.ANSWER.value, str(report_id)),
    )
    told = [
        replace(parse_answer(name, bytes(text), "$"), told_at=moment_of(made_at))
        for name, text, made_at in found
        if text
    ]
    return tuple(sorted(told, key=lambda answer: answer.number))


def forget(connection: Connection, report_ids: Iterable[ReportId]) -> None:
    """Nothing of it is left for these reports."""
    numbers = [str(number) for number in report_ids]
    connection.executemany(
        "DELETE FROM portal_record WHERE subject = ? AND reference = ?",
        [(Subject.TAKEDOWN_HOLD.value, number) for number in numbers],
    )
    connection.executemany(
        f"DELETE FROM portal_record WHERE {_ON_REPORT}",  # noqa: S608 - constant text
        [(Subject.ANSWER.value, number) for number in numbers],
    )
