"""Why a file of reports in the ICCAM dialect is not taken, in sentences. None repeats a value of it."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

NOT_RESERVED: Final = tr(
    "a demo portal takes synthetic material only: names under .example, .test or .invalid, addresses and AS numbers set aside for documentation"
)
SAID_TWICE: Final = tr("another file, or another place, says something else of the same thing")
REPORT_UNKNOWN: Final = tr("no report that it belongs to is here or among these files")
OF_ANOTHER_REPORT: Final = tr("this content item belongs to another report already")
WITHDRAWN: Final = tr("the report was withdrawn and stays so")
TOO_LARGE: Final = tr("longer or fuller than a report may be")
UNREADABLE: Final = tr("the file cannot be read")


def own_number(reference: str) -> str:
    """`reference`: of the portal's own report or item."""
    return tr("{reference} is a number of the portal’s own", reference=reference)


def summary(imported: int, corrected: int, unchanged: int, refused: int) -> str:
    """One line for a person."""
    return tr(
        "{imported} imported, {corrected} corrected, {unchanged} unchanged, {files_refused}.",
        imported=amount(imported),
        corrected=amount(corrected),
        unchanged=amount(unchanged),
        files_refused=tr_many("{count} file refused", "{count} files refused", refused),
    )


def unknown_code(code_list: str, number: int, count: int) -> str:
    """A code that is on no list of this version."""
    return tr_many(
        "code {number} of {code_list} is on no list ({count} time); it is kept as it is",
        "code {number} of {code_list} is on no list ({count} times); it is kept as it is",
        count,
        number=number,
        code_list=code_list,
    )
