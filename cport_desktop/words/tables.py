"""What is said of tables that leave as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr

EXPORTING: Final = tr("Exporting a table")
UNNAMED: Final = tr("recipient not named")
"""Stands in the register where nobody said for whom a table is."""

SUBJECTS: Final[Mapping[str, str]] = {
    "reports": tr("reports"),
    "media": tr("media items"),
    "hotlines": tr("hotlines"),
    "operations": tr("operations"),
    "cases": tr("cases"),
}


def title(subject: str, rows: int, file: str) -> str:
    """How a table is known in the register."""
    return tr(
        "{rows} {subjects} in {file}",
        rows=amount(rows),
        subjects=SUBJECTS.get(subject, subject),
        file=file,
    )


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
    return tr(
        "{count} cells are longer than a spreadsheet takes, and were cut: JSON and CSV hold them whole.",
        count=amount(count),
    )


def on_sheets(count: int) -> str:
    return tr("A sheet holds 1,048,576 rows: there are {count} sheets.", count=count)
