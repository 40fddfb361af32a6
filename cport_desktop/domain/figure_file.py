"""A figure that leaves as a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cport_desktop.domain.figure import FigureQuestion


class FigureFormat(StrEnum):
    PNG = "png"
    SVG = "svg"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class CaseTimeWanted:
    """The moments of this case."""

    case: int


@dataclass(frozen=True, slots=True)
class CaseLinksWanted:
    """What the reports of this case share."""

    case: int


Wanted = FigureQuestion | CaseTimeWanted | CaseLinksWanted


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure that left, read back and agreed."""

    sha256: str
    size: int
    clauses: tuple[str, ...]
