"""A table that leaves as a file: what it lists, in which form, and what its cells hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

Row = TypeVar("Row")


class TableSubject(StrEnum):
    """What the rows of a table are."""

    REPORTS = "reports"
    MEDIA = "media"
    HOTLINES = "hotlines"
    OPERATIONS = "operations"
    CASES = "cases"


class TableFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


Cell = str | int | bool | datetime | tuple[str, ...] | None
"""None where it is not known, or there is none."""


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[Row]):
    """`name` is stable. `member`: of a report's JSON, by which the agreement withholds it."""

    name: str
    value: Callable[[Row], Cell]
    member: str | None = None


@dataclass(frozen=True, slots=True)
class TableForm:
    """How a table is written. `columns`: their names in order, all of them if empty. `is_exact`: URLs
    and host names as they are, and not defanged. `has_mark`: a byte order mark, which some
    spreadsheets need to read a CSV file as UTF-8.
    """

    format: TableFormat
    columns: tuple[str, ...] = ()
    is_exact: bool = False
    has_mark: bool = False


@dataclass(frozen=True, slots=True)
class TableHead:
    """What a table says of itself. `rows`: how many there are. `asked`: the query that found them.
    `is_synthetic`: nothing in it is real, which every row says.
    """

    subject: TableSubject
    columns: tuple[str, ...]
    rows: int
    asked: str
    made_at: datetime
    agreement: str | None
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class WithheldColumn:
    """A column that stays out. `clause`: of the agreement that withholds it; None: no clause grants
    it.
    """

    name: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What would leave: `rows`, `columns`, by which `clauses`; and what stays out."""

    rows: int
    columns: tuple[str, ...]
    withheld: tuple[WithheldColumn, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table that left, read back and agreed."""

    sha256: str
    size: int
    rows: int
    columns: tuple[str, ...]
    withheld: tuple[WithheldColumn, ...]
    sheets: int = 1
    shortened: int = 0
    """Cells that were longer than a spreadsheet takes, and were cut."""
