"""What was asked for on a report, as the portal tells it back: it goes where the report goes.

    "subject":"takedownHold","reference":"17",
     "record":{"reportId":17,"until":…,"reason":…,"agency":…}
    "subject":"answer","reference":"17/1",
     "record":{"reportId":17,"number":1,"question":…,"text":…,"hotline":…}

The reference names the report, so that a record is known to belong to one that was erased even
when it says no more than that it was withdrawn.
"""

from __future__ import annotations

from typing import Final

import msgspec

from cport_desktop.domain.answer import Answer
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode
from cport_desktop.formats.wire_bounds import utc

TAKEDOWN_HOLD: Final = "takedownHold"
ANSWER: Final = "answer"
_LONGEST_NUMBER: Final = len(str(bounds.LARGEST_ID))


class WireTakedownHold(msgspec.Struct, rename="camel", gc=False):
    report_id: bounds.Identifier
    until: bounds.Moment
    reason: bounds.Reason
    agency: bounds.Name


class WireAnswer(msgspec.Struct, rename="camel", gc=False):
    report_id: bounds.Identifier
    number: bounds.Count
    question: bounds.Reason
    text: bounds.Memo
    hotline: bounds.Name


_TAKEDOWN_HOLD = msgspec.json.Decoder(WireTakedownHold)
_ANSWER = msgspec.json.Decoder(WireAnswer)


def print_takedown_hold(hold: TakedownHold) -> bytes:
    """The document of a takedown hold."""
    return msgspec.json.encode(
        WireTakedownHold(hold.report_id, hold.until, hold.reason, hold.agency)
    )


def parse_takedown_hold(reference: str, document: bytes, where: str) -> TakedownHold:
    """The hold that a sound document tells of.

    Raises:
        MalformedMessage: it has not the shape, or is about another report.
    """
    wire = decode(_TAKEDOWN_HOLD, document, where)
    number = ReportId(wire.report_id)
    if reference != takedown_reference(number):
        raise MalformedMessage(where=f"{where}.reportId", cause="another than the reference")
    return TakedownHold(number, utc(wire.until, f"{where}.until"), wire.reason, wire.agency)


def print_answer(answer: Answer) -> bytes:
    """The document of an answer."""
    return msgspec.json.encode(
        WireAnswer(answer.report_id, answer.number, answer.question, answer.text, answer.hotline)
    )


def parse_answer(reference: str, document: bytes, where: str) -> Answer:
    """The answer that a sound document gives.

    Raises:
        MalformedMessage: it has not the shape, or is about another report.
    """
    wire = decode(_ANSWER, document, where)
    number = ReportId(wire.report_id)
    if reference != answer_reference(number, wire.number):
        raise MalformedMessage(where=f"{where}.reportId", cause="another than the reference")
    return Answer(number, wire.number, wire.question, wire.text, wire.hotline)


def takedown_reference(report_id: ReportId) -> str:
    """Under which the portal speaks of a report's takedown hold: there is one at a time."""
    return str(report_id)


def answer_reference(report_id: ReportId, number: int) -> str:
    """Under which the portal gives its `number`-th answer on a report."""
    return f"{report_id}/{number}"


def report_spoken_of(subject: str, reference: str, where: str = "$") -> ReportId | None:
    """The report that a record belongs to; None for one that stands for itself.

    Raises:
        MalformedMessage: if it should name a report and does not.
    """
    if subject not in (TAKEDOWN_HOLD, ANSWER):
        return None
    digits = reference.partition("/")[0]
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
        raise MalformedMessage(where=f"{where}.reference", cause="names no report")
    return ReportId(int(digits))
