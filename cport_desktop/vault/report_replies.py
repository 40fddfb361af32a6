"""What the portal told back of what was asked for on a report: its takedown hold, its answers.

They are records like others (`vault.portal_records`), found by the report's number, and erased
with the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cport_desktop.domain.answer import Answer
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.formats.report_record import (
    parse_answer,
    parse_takedown_hold,
    takedown_reference,
)
from cport_desktop.vault.database import Connection
from cport_desktop.vault.portal_records import find
from cport_desktop.vault.transaction import Reader

_ON_REPORT: Final = "subject = ?1 AND reference >= ?2 || '/' AND reference < ?2 || '0'"
"""Behind the slash of a reference; «0» is the sign that follows the slash."""


def takedown_hold(reader: Reader, report_id: ReportId) -> TakedownHold | None:
    """What the portal says of a report's takedown hold; None if there is none, or it was lifted."""
    kept = find(reader, Subject.TAKEDOWN_HOLD, takedown_reference(report_id))
    if kept is None or not kept.document:
        return None
    return parse_takedown_hold(kept.reference, kept.document, "$")


def answers(reader: Reader, report_id: ReportId) -> tuple[Answer, ...]:
    """What hotlines answered on a report, in the order of their numbers."""
    found = reader.connection.execute(
        f"SELECT reference, document FROM portal_record WHERE {_ON_REPORT}",  # noqa: S608 - constant text
        (Subject.ANSWER.value, str(report_id)),
    )
    told = [parse_answer(name, bytes(text), "$") for name, text in found if text]
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
