"""What is said of tables that leave as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

EXPORTING: Final = "Exporting a table"
UNNAMED: Final = "recipient not named"
"""Stands in the register where nobody said for whom a table is."""

SUBJECTS: Final[Mapping[str, str]] = {
    "reports": "reports",
    "media": "media items",
    "hotlines": "hotlines",
    "operations": "operations",
    "cases": "cases",
}


def title(subject: str, rows: int, file: str) -> str:
    """How a table is known in the register."""
    return f"{rows:,} {SUBJECTS.get(subject, subject)} in {file}"


def columns_withheld(names: Sequence[str], clause: str | None) -> str:
    """Why these columns are not in a table."""
    listed = ", ".join(names)
    if clause is None:
        return f"Not in it, since no clause of the agreement grants them: {listed}."
    return f"Not in it, by clause {clause} of the agreement: {listed}."


def in_the_clear(path: str) -> str:
    """What a person who wrote a table should know."""
    return f"{path} holds this in the clear. Keep it where it belongs, and remove it when it is not needed."


def cells_shortened(count: int) -> str:
    """A limit of the format."""
    return f"{count:,} cells are longer than a spreadsheet takes, and were cut: JSON and CSV hold them whole."


def on_sheets(count: int) -> str:
    return f"A sheet holds 1,048,576 rows: there are {count} sheets."
