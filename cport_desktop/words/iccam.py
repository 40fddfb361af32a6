"""Why a file of reports in the ICCAM dialect is not taken, in sentences. None repeats a value of it."""

from __future__ import annotations

from typing import Final

NOT_RESERVED: Final = (
    "a demo portal takes synthetic material only: names under .example, .test or .invalid, addresses"
    " and AS numbers set aside for documentation"
)
SAID_TWICE: Final = "another file, or another place, says something else of the same thing"
REPORT_UNKNOWN: Final = "no report that it belongs to is here or among these files"
OF_ANOTHER_REPORT: Final = "this content item belongs to another report already"
WITHDRAWN: Final = "the report was withdrawn and stays so"
TOO_LARGE: Final = "longer or fuller than a report may be"
UNREADABLE: Final = "the file cannot be read"


def own_number(reference: str) -> str:
    """`reference`: of the portal's own report or item."""
    return f"{reference} is a number of the portal's own"


def summary(imported: int, corrected: int, unchanged: int, refused: int) -> str:
    """One line for a person."""
    return (
        f"{imported} imported, {corrected} corrected, {unchanged} unchanged,"
        f" {refused} file{'' if refused == 1 else 's'} refused."
    )


def unknown_code(code_list: str, number: int, count: int) -> str:
    """A code that is on no list of this version."""
    return f"code {number} of {code_list} is on no list ({count} times); it is kept as it is"
