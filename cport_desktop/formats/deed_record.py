"""How a step of a deed is kept: JSON with one shape for each kind of step.

{"type": "operation", "operation": "3f0c…", "before": [2, 1, null]}
{"type": "reading", "operation": "3f0c…", "before": null,
 "after": ["5b1e…", 1778000000000000, 2, "confirmed", null]}
{"type": "rows", "changes": [["flag", null, [["kind", "report"], ["reference", 17], …]]]}
"""

from __future__ import annotations

import msgspec

from cport_desktop.domain.deed import (
    Codes,
    Image,
    OperationStep,
    ReadingStep,
    RowChange,
    RowsStep,
    Step,
)
from cport_desktop.domain.ids import AnalystId, OperationId
from cport_desktop.domain.second_reading import SecondWord, Verdict


class _Operation(msgspec.Struct, frozen=True, tag="operation", tag_field="type"):
    operation: str
    before: tuple[int, int | None, int | None] | None = None
    instead: str | None = None


_Word = tuple[str, int, int, Verdict, str | None]
"""Reader, moment, classification, verdict, reason."""


class _Reading(msgspec.Struct, frozen=True, tag="reading", tag_field="type"):
    operation: str
    before: _Word | None
    after: _Word


class _Rows(msgspec.Struct, frozen=True, tag="rows", tag_field="type"):
    changes: tuple[tuple[str, Image | None, Image | None], ...]


def print_step(step: Step) -> str:
    """What `parse_step` reads back."""
    record: _Operation | _Reading | _Rows
    if isinstance(step, ReadingStep):
        stood = None if step.before is None else _word(step.before)
        record = _Reading(step.operation_id, stood, _word(step.after))
    elif isinstance(step, OperationStep):
        codes = step.before
        before = None if codes is None else (codes.classification, codes.age, codes.gender)
        record = _Operation(step.operation_id, before, step.instead)
    else:
        record = _Rows(tuple((each.table, each.before, each.after) for each in step.changes))
    return msgspec.json.encode(record).decode()


def parse_step(stored: str) -> Step:
    """The step that was kept.

    Raises:
        ValueError: it is none.
    """
    record = msgspec.json.decode(stored, type=_Operation | _Reading | _Rows)
    if isinstance(record, _Reading):
        stood = None if record.before is None else _said(record.before)
        return ReadingStep(OperationId(record.operation), stood, _said(record.after))
    if isinstance(record, _Operation):
        before = None if record.before is None else Codes(*record.before)
        instead = None if record.instead is None else OperationId(record.instead)
        return OperationStep(OperationId(record.operation), before, instead)
    return RowsStep(tuple(RowChange(*each) for each in record.changes))


def _word(said: SecondWord) -> _Word:
    return said.reader, said.at_us, said.said, said.verdict, said.reason


def _said(word: _Word) -> SecondWord:
    reader, at_us, said, verdict, reason = word
    return SecondWord(AnalystId(reader), at_us, said, verdict, reason)
