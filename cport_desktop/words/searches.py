"""What is said about saved searches and the builder of queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SUBJECTS: Final[Mapping[str, str]] = {
    "reports": "Reports",
    "media": "Media",
    "contents": "Content items",
}

SEARCHES: Final = "Saved searches"
NO_SEARCHES: Final = "No search is kept yet: cport searches save NAME QUERY"
OWN: Final = "own"
UNITS: Final = "unit"
NOT_UNDERSTOOD: Final = "cannot be read any more"
KEPT_BACK: Final = "kept back by the agreement"


def numbered(name: str, number: int, longest: int) -> str:
    """`Name (2)`, not longer than a name may be."""
    behind = f" ({number})"
    return name[: longest - len(behind)] + behind


def new_since(count: int | None, *, is_more: bool, fault: str) -> str:
    """How many are new, as a cell of a table."""
    if count is None:
        return KEPT_BACK if fault.startswith("refused") else NOT_UNDERSTOOD
    return f"more than {count:,}" if is_more else f"{count:,}"


def saved(name: str) -> str:
    return f"The search “{name}” is kept."


def renamed(name: str) -> str:
    return f"The search is called “{name}” now."


def removed(name: str) -> str:
    return f"The search “{name}” is kept no more."


def pinned(name: str, place: int) -> str:
    return f"The search “{name}” stands on the rail, at place {place}."


def unpinned(name: str) -> str:
    return f"The search “{name}” does not stand on the rail any more."


def exported(count: int, path: str) -> str:
    searches = "1 search" if count == 1 else f"{count} searches"
    return f"{searches} written to {path}, in the clear."


def imported(kept: int, renamed: int, duplicates: int, unread: int) -> str:
    return (
        f"Kept from the file: {kept}. Of these, under another name since theirs was taken: {renamed};"
        f" cannot be read here: {unread}. Here already: {duplicates}."
    )


EXPORT_CLEAR: Final = "What was typed in these searches leaves in the clear, into {path}."
EXPORT_CARE: Final = "Give the file to nobody who may not know what is searched for here."

# -- in the window

SHELF: Final = "Searches"
SHELF_KEY: Final = "Ctrl+Shift+Q"
SHELF_NAME: Final = "Searches that are kept"
PINNED: Final = "Searches"
NO_SEARCHES_TITLE: Final = "No search is kept yet"
NO_SEARCHES_HELP: Final = (
    "Give the query in the line a name and keep it; pinned, it stands on the rail."
)
NAME: Final = "Name"
NAME_PLACEHOLDER: Final = "name of the search"
QUERY: Final = "Query"
WHAT: Final = "What"
NEW: Final = "New"
PLACE: Final = "Rail"
FOR_UNIT: Final = "for the unit"
KEEP: Final = "Keep the line"
REPLACE: Final = "Replace it"
RUN: Final = "Search"
RENAME: Final = "Rename"
REMOVE: Final = "Remove"
PIN: Final = "Pin"
UNPIN: Final = "Unpin"
FILE: Final = "File of searches"
FILE_PLACEHOLDER: Final = "path of a .json file"
WRITE_FILE: Final = "Write all"
READ_FILE: Final = "Read in"
FILE_WARNING: Final = "What was typed in searches leaves in the clear in such a file."
MORE: Final = "+"


def counter(count: int | None, *, is_more: bool) -> str:
    """Beside the name of a pinned search; nothing where nothing is new."""
    if not count:
        return "" if count == 0 else "!"
    return f"{count:,}{MORE}" if is_more else f"{count:,}"


def counter_spoken(count: int | None, *, is_more: bool, fault: str) -> str:
    """The same, read aloud."""
    if count is None:
        return new_since(count, is_more=is_more, fault=fault)
    if is_more:
        return f"more than {count:,} new"
    return f"{count:,} new" if count else ""


def cannot_be_asked(fault: str) -> str:
    """On hover over a search that cannot be asked any more."""
    if fault.startswith("refused"):
        return "The agreement does not allow what this search asks. It is kept as it is."
    return "This search cannot be read any more. It is kept as it is: run it, mend the line, keep it again."
