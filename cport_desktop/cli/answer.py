"""What a command answers: one JSON object and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cport_desktop.errors import CheckFailed

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
Record = Mapping[str, Json]

CHECK_FAILED = CheckFailed.exit_status
"""A check ran to its end and found something wrong."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`fields` go to stdout with `--json`, `text` without. `exit_status` is 0, 7, or 6
    where a part of what was brought was refused and the answer says which.

    `is_said`: the verb has printed its answer itself (a server, when it was ready).
    """

    fields: Record
    text: str
    exit_status: int = 0
    is_said: bool = False


def listing(
    items: Sequence[Record],
    *,
    text: str,
    total: int | None,
    next_cursor: str | None,
    elapsed_ms: float,
    more: Record | None = None,
) -> Answer:
    """The shape of every list: items, total (if counted), cursor to the next page, time."""
    fields: dict[str, Json] = {
        "items": list(items),
        "total": total,
        "next": next_cursor,
        "elapsed_ms": round(elapsed_ms, 3),
    }
    fields.update(more or {})
    return Answer(fields, text)
