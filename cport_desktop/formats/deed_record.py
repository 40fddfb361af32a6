"""How a step of a deed is kept: JSON with one shape for each kind of step.

{"type": "operation", "operation": "3f0c…", "before": [2, 1, null]}
{"type": "rows", "changes": [["flag", null, [["kind", "report"], ["reference", 17], …]]]}
"""

from __future__ import annotations

import msgspec

from cport_desktop.domain.deed import (
    Codes,
    Image,
    OperationStep,
    RowChange,
    RowsStep,
    Step,
)
from cport_desktop.domain.ids import OperationId


class _Operation(msgspec.Struct, frozen=True, tag="operation", tag_field="type"):
    operation: str
    before: tuple[int, int | None, int | None] | None = None
    instead: str | None = None


class _Rows(msgspec.Struct, frozen=True, tag="rows", tag_field="type"):
    changes: tuple[tuple[str, Image | None, Image | None], ...]


def print_step(step: Step) -> str:
    """What `parse_step` reads back."""
    record: _Operation | _Rows
    if isinstance(step, OperationStep):
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
    record = msgspec.json.decode(stored, type=_Operation | _Rows)
    if isinstance(record, _Operation):
        before = None if record.before is None else Codes(*record.before)
        instead = None if record.instead is None else OperationId(record.instead)
        return OperationStep(OperationId(record.operation), before, instead)
    return RowsStep(tuple(RowChange(*each) for each in record.changes))
