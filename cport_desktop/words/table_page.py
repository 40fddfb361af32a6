"""What is said of tables in the window: their columns, copying, choosing across pages, exporting."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tables import (
    cells_shortened,
    columns_withheld,
    in_the_clear,
    on_sheets,
)

__all__ = ("cells_shortened", "columns_withheld", "in_the_clear", "on_sheets")

# -- columns of reports that are shown when they are asked for

UPDATED: Final = "Updated"
ASSIGNED_AT: Final = "Assigned on"
ASSIGNED_COUNTRY: Final = "Assigned to"
HOTLINE: Final = "Hotline"
URL: Final = "URL"
HOST_NAME: Final = "Host name"
IP_ADDRESS: Final = "IP address"
NETWORK: Final = "AS"
SITE_TYPE: Final = "Site type"
COMMERCIAL: Final = "Commerciality"
LAST_ACTION: Final = "Last action"
CONTENTS: Final = "Items"
AGE: Final = "Age"
GENDER: Final = "Gender"
STATUS: Final = "Status"
TAGS: Final = "Tags"
FLAG: Final = "Flag"
FLAGGED: Final = "⚑ flagged"

# -- choosing columns

COLUMNS: Final = "Columns"
COLUMNS_KEY: Final = "Ctrl+Shift+O"
COLUMNS_TITLE: Final = "Columns of this table"
COLUMNS_INTRO: Final = (
    "Space shows or hides a column. What you choose is kept for you alone, in the vault."
)
CHOOSE_COLUMNS: Final = "Choose columns…"
USUAL: Final = "Usual columns"
USUAL_KEY: Final = "Alt+U"
COMPACT: Final = "Rows closer together"
COMPACT_KEY: Final = "Alt+C"
MOVE_UP: Final = "Further left"
MOVE_UP_KEY: Final = "Alt+Up"
MOVE_DOWN: Final = "Further right"
MOVE_DOWN_KEY: Final = "Alt+Down"
NARROWER: Final = "Narrower"
NARROWER_KEY: Final = "Alt+Left"
WIDER: Final = "Wider"
WIDER_KEY: Final = "Alt+Right"


def column_line(title: str, *, is_shown: bool, width: int | None) -> str:
    """A column in the list of them: with a mark whether it is shown, and how wide."""
    mark = "☑" if is_shown else "☐"
    return f"{mark}  {title}" if width is None or not is_shown else f"{mark}  {title}  · {width} px"


def column_spoken(title: str, *, is_shown: bool) -> str:
    return f"{title}, shown" if is_shown else f"{title}, hidden"


# -- copying

COPY_KEY: Final = "Ctrl+C"
COPY_AS_KEY: Final = "Ctrl+Shift+C"
COPY_ROWS: Final = "Copy rows, addresses defanged"
COPY_ROWS_EXACT: Final = "Copy rows, addresses as they are"
COPY_CELL: Final = "Copy the cells of this column, defanged"
COPY_CELL_EXACT: Final = "Copy the cells of this column as they are"
COPY_HEADED: Final = "Copy rows with the titles of columns"


# -- choosing across pages


def all_loaded_chosen(chosen: str) -> str:
    """All rows that are loaded are chosen, and there are more."""
    return f"{chosen} rows are chosen: all that are loaded."


def choose_all(found: str) -> str:
    return f"Choose all {found}"


CHOOSE_ALL_KEY: Final = "Ctrl+A"
UNCHOOSE: Final = "Choose none"
UNCHOOSE_KEY: Final = "Esc"


def all_found_chosen(found: str, without: str | None) -> str:
    """Every report that the query finds is chosen, but for some."""
    if without is None:
        return f"All {found} reports that the query finds are chosen, loaded or not."
    return f"All reports that the query finds are chosen but {without}: {found} reports."


# -- exporting

EXPORT: Final = "Export…"
EXPORT_KEY: Final = "Ctrl+Shift+E"
EXPORT_TITLE: Final = "Export a table"
EXPORT_NOW: Final = "Write the file"
EXPORT_CLOSE: Final = "Close"
EXPORT_STOP: Final = "Stop"
WHAT: Final = "What leaves"
FORMAT: Final = "Format"
FORMATS: Final = {
    "csv": "CSV, for spreadsheets and programs",
    "xlsx": "XLSX, for spreadsheets",
    "json": "JSON, for programs",
}
WITH_MARK: Final = "CSV: begin with a mark that some spreadsheets need"
WHICH_COLUMNS: Final = "Columns"
COLUMNS_SHOWN: Final = "Those that the table shows"
COLUMNS_ALL: Final = "All that there are"
EXACT: Final = "Write addresses as they are, and not defanged"
WHERE: Final = "File"
WHERE_HINT: Final = "/path/of/a/new/file.csv"
CHOOSE_FILE: Final = "Choose…"
FOR_WHOM: Final = "For whom (by name)"
WHAT_FOR: Final = "What for"
COUNTING: Final = "Counting…"
NEEDS_PATH: Final = "Say where the file is to be written."
STOPPED: Final = "Stopped. Nothing was written."
WRITTEN: Final = "Written, read back and as it should be."
COPY_DIGEST: Final = "Copy digest"
DIGEST: Final = "SHA-256 of the file"
SUBJECTS: Final = {
    "reports": "reports",
    "media": "media items, without pictures",
    "hotlines": "hotlines",
    "operations": "operations",
    "cases": "cases, with their counts",
}


def asked(subject: str, query: str) -> str:
    """What a table lists: `reports that host:NL finds`."""
    named = SUBJECTS.get(subject, subject)
    return f"All {named} that this query finds: {query}" if query else f"All {named}"


def chosen_rows(count: str) -> str:
    return f"The {count} reports that are chosen"


def all_but(query: str, without: str) -> str:
    found = f"this query finds: {query}" if query else "there are"
    return f"All reports but {without} that {found}"


def foreseen(rows: str, columns: int, clauses: str) -> str:
    """What would leave, and by which clauses of the agreement."""
    by = f", by clause {clauses} of the agreement" if clauses else ""
    listed = "1 column" if columns == 1 else f"{columns} columns"
    return f"{rows} rows with {listed} would leave{by}."


def columns_listed(names: str) -> str:
    return f"Columns: {names}."


def written(rows: str, size: str, file: str) -> str:
    return f"{rows} rows, {size}, in {file}"


IN_THE_CLEAR: Final = (
    "The file is not encrypted. That it left, with every report in it, goes on record."
)
