"""What the window may ask about what an analyst did, and about second readings.

`Recalling` belongs to an open vault and is filled by `ui.recalling_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.ui.triaging import TurnedLines


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One act. `told`: what was done, without a full stop; `report_id`: the first report it was done to,
    None where that was none. `is_done`: it is not undone as a whole; `is_partly`: some of it is.
    """

    number: int
    at: datetime
    told: str
    report_id: ReportId | None
    is_done: bool
    is_partly: bool


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """An assessment that waits for a second reader, or was contradicted. `first` and `second` are
    labels of classifications, empty as long as the one who asks may not know them; `reader` is who
    contradicted, `reason` why.
    """

    operation_id: OperationId
    report_id: ReportId
    by: str
    asked_at: datetime
    is_own: bool
    is_contradicted: bool
    first: str
    second: str
    reader: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recalling:
    deeds: Callable[[int, str | None], Page[DeedLine]]
    """(limit, cursor): one's own, the newest first."""
    undo: Callable[[int, Announce, IsCancelled], tuple[TurnedLines, Changes]]
    """The deed of this number, as far as it can be."""
    redo: Callable[[Announce, IsCancelled], tuple[TurnedLines, Changes]]
    """What was undone last."""
    readings: Callable[[int, str | None], Page[ReadingLine]]
    """(limit, cursor): the oldest first."""
