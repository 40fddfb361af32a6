"""What is said about saved searches and the builder of queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

SUBJECTS: Final[Mapping[str, str]] = {
    "reports": tr("Reports"),
    "media": tr("Media"),
    "contents": tr("Content items"),
}

NO_SEARCHES: Final = tr("No search is kept yet: cport searches save NAME QUERY")
OWN: Final = tr_in("whose search", "own")
UNITS: Final = tr_in("whose search", "unit")
NOT_UNDERSTOOD: Final = tr("cannot be read any more")
KEPT_BACK: Final = tr("kept back by the agreement")


def numbered(name: str, number: int, longest: int) -> str:
    """`Name (2)`, not longer than a name may be."""
    behind = f" ({number})"
    return name[: longest - len(behind)] + behind


def new_since(count: int | None, *, is_more: bool, fault: str) -> str:
    """How many are new, as a cell of a table."""
    if count is None:
        return KEPT_BACK if fault.startswith("refused") else NOT_UNDERSTOOD
    return (
        tr_many("more than {count}", "more than {count}", count) if is_more else f"{amount(count)}"
    )


def saved(name: str) -> str:
    return tr("The search “{name}” is kept.", name=name)


def renamed(name: str) -> str:
    return tr("The search is called “{name}” now.", name=name)


def removed(name: str) -> str:
    return tr("The search “{name}” is kept no more.", name=name)


def put_back(name: str) -> str:
    return tr("The search “{name}” is kept again, as it was.", name=name)


def pinned(name: str, place: int) -> str:
    return tr("The search “{name}” stands on the rail, at place {place}.", name=name, place=place)


def unpinned(name: str) -> str:
    return tr("The search “{name}” does not stand on the rail any more.", name=name)


def exported(count: int, path: str) -> str:
    searches = tr_many("{count} search", "{count} searches", count)
    return tr("{searches} written to {path}, in the clear.", searches=searches, path=path)


def imported(kept: int, renamed: int, duplicates: int, unread: int) -> str:
    return tr(
        "Kept from the file: {kept}. Of these, under another name since theirs was taken: {renamed}; cannot be read here: {unread}. Here already: {duplicates}.",
        kept=amount(kept),
        renamed=amount(renamed),
        unread=amount(unread),
        duplicates=amount(duplicates),
    )


EXPORT_CLEAR: Final = tr("What was typed in these searches leaves in the clear, into {path}.")
EXPORT_CARE: Final = tr("Give the file to nobody who may not know what is searched for here.")

# -- in the window

SHELF: Final = tr("Searches")
SHELF_KEY: Final = "Ctrl+Shift+Q"
SHELF_NAME: Final = tr("Searches that are kept")
PINNED: Final = tr("Searches")
NO_SEARCHES_TITLE: Final = tr("No search is kept yet")
NO_SEARCHES_HELP: Final = tr(
    "Give the query in the line a name and keep it; pinned, it stands on the rail."
)
NAME: Final = tr("Name")
NAME_PLACEHOLDER: Final = tr("name of the search")
QUERY: Final = tr("Query")
WHAT: Final = tr("What")
PLACE: Final = tr_in("the pages on the left", "Rail")
FOR_UNIT: Final = tr("for the unit")
KEEP: Final = tr("Keep the line")
REPLACE: Final = tr("Replace it")
RUN: Final = tr_in("act", "Search")
RENAME: Final = tr("Rename")
REMOVE: Final = tr("Remove")
PIN: Final = tr("Pin")
UNPIN: Final = tr("Unpin")
FILE: Final = tr("File of searches")
FILE_PLACEHOLDER: Final = tr("path of a .json file")
WRITE_FILE: Final = tr("Write all")
READ_FILE: Final = tr("Read in")
FILE_WARNING: Final = tr("What was typed in searches leaves in the clear in such a file.")
MORE: Final = "+"


def counter(count: int | None, *, is_more: bool) -> str:
    """Beside the name of a pinned search; nothing where nothing is new."""
    if not count:
        return "" if count == 0 else "!"
    return f"{amount(count)}{MORE}" if is_more else f"{amount(count)}"


def counter_spoken(count: int | None, *, is_more: bool, fault: str) -> str:
    """The same, read aloud."""
    if count is None:
        return new_since(count, is_more=is_more, fault=fault)
    if is_more:
        return tr_many("more than {count} new", "more than {count} new", count)
    return tr_many("{count} new", "{count} new", count) if count else ""


def cannot_be_asked(fault: str) -> str:
    """On hover over a search that cannot be asked any more."""
    if fault.startswith("refused"):
        return tr("The agreement does not allow what this search asks. It is kept as it is.")
    return tr(
        "This search cannot be read any more. It is kept as it is: run it, mend the line, keep it again."
    )
