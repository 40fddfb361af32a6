"""What is said of tables in the window: their columns, copying, choosing across pages, exporting."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tables import (
    cells_shortened,
    columns_withheld,
    in_the_clear,
    on_sheets,
)
from cport_desktop.words.tongue import tr, tr_in, tr_many

__all__ = ("cells_shortened", "columns_withheld", "in_the_clear", "on_sheets")

# -- columns of reports that are shown when they are asked for

UPDATED: Final = tr("Updated")
ASSIGNED_AT: Final = tr("Assigned on")
ASSIGNED_COUNTRY: Final = tr("Assigned to")
HOTLINE: Final = tr("Hotline")
URL: Final = tr("URL")
HOST_NAME: Final = tr("Host name")
IP_ADDRESS: Final = tr("IP address")
NETWORK: Final = tr_in("autonomous system", "AS")
SITE_TYPE: Final = tr("Site type")
COMMERCIAL: Final = tr("Commerciality")
LAST_ACTION: Final = tr("Last action")
CONTENTS: Final = tr("Items")
AGE: Final = tr("Age")
GENDER: Final = tr("Gender")
STATUS: Final = tr("Status")
TAGS: Final = tr("Tags")
FLAG: Final = tr("Flag")
FLAGGED: Final = tr("★ flagged")

# -- choosing columns

COLUMNS: Final = tr("Columns")
COLUMNS_KEY: Final = "Ctrl+Shift+O"
COLUMNS_TITLE: Final = tr("Columns of this table")
COLUMNS_INTRO: Final = tr(
    "Space shows or hides a column. What you choose is kept for you alone, in the vault."
)
CHOOSE_COLUMNS: Final = tr("Choose columns…")
USUAL: Final = tr("Usual columns")
USUAL_KEY: Final = "Alt+U"
COMPACT: Final = tr("Rows closer together")
COMPACT_KEY: Final = "Alt+C"
MOVE_UP: Final = tr("Further left")
MOVE_UP_KEY: Final = "Alt+Up"
MOVE_DOWN: Final = tr("Further right")
MOVE_DOWN_KEY: Final = "Alt+Down"
NARROWER: Final = tr("Narrower")
NARROWER_KEY: Final = "Alt+Left"
WIDER: Final = tr("Wider")
WIDER_KEY: Final = "Alt+Right"


def column_line(title: str, *, is_shown: bool, width: int | None) -> str:
    """A column in the list of them: with a mark whether it is shown, and how wide."""
    mark = "☑" if is_shown else "☐"
    return f"{mark}  {title}" if width is None or not is_shown else f"{mark}  {title}  · {width} px"


def column_spoken(title: str, *, is_shown: bool) -> str:
    return tr("{title}, shown", title=title) if is_shown else tr("{title}, hidden", title=title)


# -- copying

COPY_KEY: Final = "Ctrl+C"
COPY_AS_KEY: Final = "Ctrl+Shift+C"
COPY_ROWS: Final = tr("Copy rows, addresses defanged")
COPY_ROWS_EXACT: Final = tr("Copy rows, addresses as they are")
COPY_CELL: Final = tr("Copy the cells of this column, defanged")
COPY_CELL_EXACT: Final = tr("Copy the cells of this column as they are")
COPY_HEADED: Final = tr("Copy rows with the titles of columns")


# -- choosing across pages


def all_loaded_chosen(chosen: str) -> str:
    """All rows that are loaded are chosen, and there are more."""
    return tr("{chosen} rows are chosen: all that are loaded.", chosen=chosen)


def choose_all(found: str) -> str:
    return tr("Choose all {found}", found=found)


CHOOSE_ALL_KEY: Final = "Ctrl+A"
UNCHOOSE: Final = tr("Choose none")
UNCHOOSE_KEY: Final = "Esc"


def all_found_chosen(found: str, without: str | None) -> str:
    """Every report that the query finds is chosen, but for some."""
    if without is None:
        return tr(
            "All {found} reports that the query finds are chosen, loaded or not.", found=found
        )
    return tr(
        "All reports that the query finds are chosen but {without}: {found} reports.",
        without=without,
        found=found,
    )


# -- exporting

EXPORT: Final = tr("Export…")
EXPORT_KEY: Final = "Ctrl+Shift+E"
EXPORT_TITLE: Final = tr("Export a table")
NO_TABLE: Final = tr(
    "There is no table to export here. Reports, media, cases, hotlines and the outbox have one."
)
EXPORT_NOW: Final = tr("Write the file")
EXPORT_CLOSE: Final = tr("Close")
EXPORT_STOP: Final = tr("Stop")
WHAT: Final = tr("What leaves")
FORMAT: Final = tr("Format")
FORMATS: Final = {
    "csv": tr("CSV, for spreadsheets and programs"),
    "xlsx": tr("XLSX, for spreadsheets"),
    "json": tr("JSON, for programs"),
}
WITH_MARK: Final = tr("CSV: begin with a mark that some spreadsheets need")
WHICH_COLUMNS: Final = tr("Columns")
COLUMNS_SHOWN: Final = tr("Those that the table shows")
COLUMNS_ALL: Final = tr("All that there are")
EXACT: Final = tr("Write addresses as they are, and not defanged")
WHERE: Final = tr("File")
WHERE_HINT: Final = tr("/path/of/a/new/file.csv")
FOR_WHOM: Final = tr("For whom (by name)")
WHAT_FOR: Final = tr("What for")
COUNTING: Final = tr("Counting…")
NEEDS_PATH: Final = tr("Say where the file is to be written.")
STOPPED: Final = tr("Stopped. Nothing was written.")
WRITTEN: Final = tr("Written, read back and as it should be.")
COPY_DIGEST: Final = tr("Copy digest")
DIGEST: Final = tr("SHA-256 of the file")
_ALL: Final = {
    "reports": tr("All reports"),
    "media": tr("All media items, without pictures"),
    "hotlines": tr("All hotlines"),
    "operations": tr("All operations"),
    "cases": tr("All cases, with their counts"),
}
_ALL_FOUND: Final = {
    "reports": tr("All reports that this query finds: {query}"),
    "media": tr("All media items, without pictures, that this query finds: {query}"),
    "hotlines": tr("All hotlines that this query finds: {query}"),
    "operations": tr("All operations that this query finds: {query}"),
    "cases": tr("All cases, with their counts, that this query finds: {query}"),
}


def asked(subject: str, query: str) -> str:
    """What a table lists: `All reports that this query finds: host:NL`."""
    return _ALL_FOUND[subject].format(query=query) if query else _ALL[subject]


def chosen_rows(count: int) -> str:
    return tr_many(
        "The {count} report that is chosen", "The {count} reports that are chosen", count
    )


def all_but(query: str, without: str) -> str:
    if query:
        return tr(
            "All reports but {without} that this query finds: {query}", without=without, query=query
        )
    return tr("All reports but {without} that there are", without=without)


def foreseen(rows: int, columns: int, clauses: str) -> str:
    """What would leave, and by which clauses of the agreement."""
    listed = tr_many("{count} column", "{count} columns", columns)
    if not clauses:
        return tr_many(
            "{count} row with {columns} would leave.",
            "{count} rows with {columns} would leave.",
            rows,
            columns=listed,
        )
    return tr_many(
        "{count} row with {columns} would leave, by clause {clauses} of the agreement.",
        "{count} rows with {columns} would leave, by clause {clauses} of the agreement.",
        rows,
        columns=listed,
        clauses=clauses,
    )


def columns_listed(names: str) -> str:
    return tr("Columns: {names}.", names=names)


def written(rows: int, size: str, file: str) -> str:
    return tr_many(
        "{count} row, {size}, in {file}",
        "{count} rows, {size}, in {file}",
        rows,
        size=size,
        file=file,
    )


IN_THE_CLEAR: Final = tr(
    "The file is not encrypted. That it left, with every report in it, goes on record."
)
