"""What the window may ask for about tables: their export, and the numbers of what is chosen across pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Order
from cport_desktop.domain.table import TableForm, TablePreview, TableSubject, WrittenTable


@dataclass(frozen=True, slots=True)
class TableWish:
    """A table that somebody wants as a file. `chosen`: reports, or what a query over `subject` finds.
    `recipient` and `reason` as they were typed.
    """

    subject: TableSubject
    chosen: Chosen
    form: TableForm
    order: Order
    path: Path
    recipient: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tabling:
    foresee: Callable[[TableWish], TablePreview]
    """What would leave, and what stays out; nothing is written. `path` is not looked at."""
    export: Callable[[TableWish, Announce, IsCancelled], WrittenTable]
    """Never writes over a file (`OutputExists`)."""
    numbers: Callable[[Chosen, int], tuple[ReportId, ...]]
    """The reports that are chosen, no more than so many (`ChoiceUnfit`)."""
