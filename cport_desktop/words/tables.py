"""What is said of tables that leave as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

EXPORTING: Final = tr("Exporting a table")
UNNAMED: Final = "recipient not named"
"""Stands in the register where nobody said for whom a table is. The register is English, like the
audit log: one of many years shall be readable by one reader.
"""

_SUBJECTS: Final[Mapping[str, str]] = {
    "reports": "reports",
    "media": "media items",
    "hotlines": "hotlines",
    "operations": "operations",
    "cases": "cases",
}


def title(subject: str, rows: int, file: str) -> str:
    """How a table is known in the register, which is written in English."""
    return f"{rows:,} {_SUBJECTS.get(subject, subject)} in {file}"


def columns_withheld(names: Sequence[str], clause: str | None) -> str:
    """Why these columns are not in a table."""
    listed = ", ".join(names)
    if clause is None:
        return tr(
            "Not in it, since no clause of the agreement grants them: {listed}.", listed=listed
        )
    return tr(
        "Not in it, by clause {clause} of the agreement: {listed}.", clause=clause, listed=listed
    )


def in_the_clear(path: str) -> str:
    """What a person who wrote a table should know."""
    return tr(
        "{path} holds this in the clear. Keep it where it belongs, and remove it when it is not needed.",
        path=path,
    )


def cells_shortened(count: int) -> str:
    """A limit of the format."""
    return tr_many(
        "{count} cell is longer than a spreadsheet takes, and was cut: JSON and CSV hold it whole.",
        "{count} cells are longer than a spreadsheet takes, and were cut: JSON and CSV hold them whole.",
        count,
    )


def on_sheets(count: int) -> str:
    return tr_many(
        "A sheet holds {rows} rows: there is {count} sheet.",
        "A sheet holds {rows} rows: there are {count} sheets.",
        count,
        rows=amount(_ROWS_OF_A_SHEET),
    )


_ROWS_OF_A_SHEET: Final = 1_048_576
"""Of a spreadsheet (ECMA-376 as the common programs read it)."""
