"""What the window may ask for about figures: charts of reports, a case as a picture, and their files.

`Charting` belongs to an open vault and is filled by `ui.charting_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.case_shown import CaseLinked, CaseTime
from cport_desktop.domain.figure import Figure, FigureQuestion
from cport_desktop.domain.figure_file import FigureFormat, Wanted, WrittenFigure
from cport_desktop.domain.progress import IsCancelled


@dataclass(frozen=True, slots=True)
class FigureWish:
    """A figure that somebody wants as a file; `recipient` and `reason` as they were typed."""

    wanted: Wanted
    format: FigureFormat
    path: Path
    recipient: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Charting:
    figure: Callable[[FigureQuestion, IsCancelled], Figure]
    """On record, as a search is. `QueryError` has `position` and `accepted`."""
    time: Callable[[int], CaseTime]
    """(number): a part of the look at the case."""
    links: Callable[[int], CaseLinked]
    """(number): on record."""
    export: Callable[[FigureWish], WrittenFigure]
    """Never writes over a file (`OutputExists`)."""
