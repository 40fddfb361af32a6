"""Sentences of figures: charts of reports, a case along time, and what its reports share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

TITLE: Final = tr("Figures")
KEY: Final = "Alt+End"
SHOW: Final = tr("Figures")
SHOW_KEY: Final = "Ctrl+Shift+G"
REFRESH_KEY: Final = "Ctrl+R"
REFRESH: Final = tr("Refresh")
KIND: Final = tr("What is counted")
KIND_KEY: Final = "Alt+K"
STEP: Final = tr("How long a time a bar stands for")
STEP_KEY: Final = "Alt+T"
QUERY: Final = tr("Of the reports that this query finds; all of them without one")
QUERY_HINT: Final = tr("all reports")
SAVE_PICTURE: Final = tr("Save picture…")
SAVE_PICTURE_KEY: Final = "Ctrl+Shift+I"
SAVE_TABLE: Final = tr("Save table…")
SAVE_TABLE_KEY: Final = "Ctrl+Shift+T"
COUNTING: Final = tr("Counting…")
NOTHING: Final = tr("There is nothing to draw")
NOTHING_HELP: Final = tr("No report that this query finds tells this.")
PICTURE: Final = tr("Picture")
TABLE: Final = tr("Table")
NAME: Final = tr_in("column of a figure", "Name")
SORT_KEY: Final = "Ctrl+O"
AS_LISTS: Final = tr("Lists")
AS_LISTS_KEY: Final = "Alt+1"
AS_TIME: Final = tr("Timeline")
AS_TIME_KEY: Final = "Alt+2"
AS_LINKS: Final = tr("Links")
AS_LINKS_KEY: Final = "Alt+3"

KINDS: Final[Mapping[str, str]] = {
    "received": tr("Reports over time"),
    "host": tr("Reports by hosting country"),
    "site": tr("Reports by kind of site"),
    "hotline": tr("Reports by hotline"),
    "removal": tr("Time until removal"),
}
STEPS: Final[Mapping[str, str]] = {
    "day": tr_in("bars of a figure", "By day"),
    "week": tr_in("bars of a figure", "By week"),
    "month": tr_in("bars of a figure", "By month"),
}
REPORTS: Final = tr("Reports")
SHARE: Final = tr("Share")


def span(value: str) -> str:
    """Days until a removal: `0`, `3-6`, `90-`."""
    first, dash, last = value.partition("-")
    if first == "0":
        return tr("within a day")
    if dash and not last:
        return tr("{first} days or more", first=amount(int(first)))
    if dash:
        return tr("{first} to {last} days", first=amount(int(first)), last=amount(int(last)))
    return tr_many("{count} day", "{count} days", int(first))


def share(part: float) -> str:
    """A part of all, from 0 to 1."""
    return tr("{percent} %", percent=amount(part * 100, 1))


def summary(kind: str, reports: int, most: tuple[str, int] | None) -> str:
    """What a picture shows, in one sentence."""
    if most is None:
        return tr_many(
            "{title}: {count} report, and nothing to count it by.",
            "{title}: {count} reports, and nothing to count them by.",
            reports,
            title=KINDS[kind],
        )
    name, number = most
    return tr_many(
        "{title}: {count} report. The longest bar is {name} with {number}.",
        "{title}: {count} reports. The longest bar is {name} with {number}.",
        reports,
        title=KINDS[kind],
        name=name,
        number=amount(number),
    )


def median(days: int) -> str:
    """Half of all removals came within so many days."""
    if days == 0:
        return tr("Half of the removals came within a day.")
    return tr_many(
        "Half of the removals came within {count} day and the hours after it.",
        "Half of the removals came within {count} days and the hours after them.",
        days,
    )


def unknown(kind: str, reports: int) -> str:
    """How many reports are in no bar."""
    if kind == "removal":
        return tr_many(
            "{count} report has no dated removal.",
            "{count} reports have no dated removal.",
            reports,
        )
    return tr_many("{count} report does not say.", "{count} reports do not say.", reports)


def left_out(reports: int) -> str:
    return tr_many(
        "{count} report lies outside of what is shown.",
        "{count} reports lie outside of what is shown.",
        reports,
    )


def only_drawn(drawn: int, rows: int) -> str:
    return tr(
        "The picture shows the {drawn} longest of {rows} bars; the table has all.",
        drawn=amount(drawn),
        rows=amount(rows),
    )


def asked(query: str) -> str:
    """Of which reports."""
    return tr("Of what {query} finds.", query=query)


def file_title(title: str, file: str) -> str:
    """How a figure that left is known in the register."""
    return tr("{title} in {file}", title=title, file=file)


# -- a case along time

NO_MOMENTS_HELP: Final = tr("What happens to the case and to what is in it is drawn here.")
TIME: Final = tr("Timeline of a case")
LANES: Final[Mapping[str, str]] = {
    "case": tr("The case"),
    "reports": tr("Reports"),
    "hotlines": tr("Hotlines"),
    "ours": tr("Done by us"),
    "notes": tr("Notes and tasks"),
}


def time_summary(case: str, moments: int, first: str, last: str) -> str:
    return tr_many(
        "{case}: {count} moment, on {first}.",
        "{case}: {count} moments, from {first} to {last}.",
        moments,
        case=case,
        first=first,
        last=last,
    )


def no_moments(case: str) -> str:
    return tr("{case}: nothing has happened.", case=case)


def newest_only(count: int) -> str:
    return tr("Only the newest {count} moments are shown.", count=amount(count))


# -- what reports share

LINKS: Final = tr("What the reports of a case share")
THINGS: Final[Mapping[str, str]] = {
    "file": tr("Same file"),
    "stack": tr("Alike files"),
    "host": tr("Host"),
    "referrer": tr("Referrer"),
    "domain": tr("Domain"),
    "layout": tr("Path pattern"),
    "payment": tr("Ways to pay"),
}
LETTERS: Final[Mapping[str, str]] = {
    "file": tr_in("mark of a same file", "F"),
    "stack": tr_in("mark of alike files", "A"),
    "host": tr_in("mark of a host", "H"),
    "referrer": tr_in("mark of a referrer", "R"),
    "domain": tr_in("mark of a domain", "D"),
    "layout": tr_in("mark of a path pattern", "P"),
    "payment": tr_in("mark of ways to pay", "€"),
}
THING: Final = tr("What is shared")
SORT: Final = tr("Kind")
IN_CASE: Final = tr("In the case")
ELSEWHERE: Final = tr("Elsewhere")
WHICH: Final = tr("Reports that are shown")
NO_LINKS: Final = tr("Nothing links its reports")
NO_LINKS_HELP: Final = tr("No two reports of this case share a file, a host, a domain or a trait.")


def stack_named(number: str) -> str:
    return tr("stack {number}", number=number)


def elsewhere(count: int, *, is_more: bool) -> str:
    if is_more:
        return tr("more than {number}", number=amount(count))
    return amount(count)


def links_summary(case: str, linked: int, size: int, things: int) -> str:
    if not things:
        return tr(
            "{case}: no two of its {size} reports share anything.", case=case, size=amount(size)
        )
    return tr(
        "{case}: {linked} of {size} reports are linked, by {things}.",
        case=case,
        linked=amount(linked),
        size=amount(size),
        things=tr_many("{count} shared thing", "{count} shared things", things),
    )


def links_left_out(reports: int, linked: int, links: int, things: int) -> str:
    return tr(
        "{reports} of {linked} linked reports and {links} of {things} shared things are shown.",
        reports=amount(reports),
        linked=amount(linked),
        links=amount(links),
        things=amount(things),
    )


def read_only(read: int, size: int) -> str:
    return tr(
        "The newest {read} of its {size} reports were compared.",
        read=amount(read),
        size=amount(size),
    )


# -- leaving

EXPORTING: Final = tr("Exporting a figure")
EXPORT_TITLE: Final = tr("Save a figure")
EXPORT_INTRO: Final = tr(
    "What is shown leaves the vault as a file in the clear, and that is on record. It is counted anew, without what the agreement withholds from tables."
)
EXPORT_ACT: Final = tr_in("act", "Save")
FORMAT: Final = tr("Format")
WHERE: Final = tr("Where")
WHERE_HINT: Final = tr("a new file; it never takes the place of another")
FOR_WHOM: Final = tr("For whom")
WHAT_FOR: Final = tr("What for")
NEEDS_PATH: Final = tr("Say where the file is to be.")
FORMATS: Final[Mapping[str, str]] = {
    "png": tr("Picture (PNG)"),
    "svg": tr("Drawing (SVG)"),
    "csv": tr("Table (CSV)"),
}
WRITTEN: Final = tr("The figure is written")


def written(size: str, file: str) -> str:
    return tr("{file} holds it, {size}, read back and compared.", file=file, size=size)


def digest(sha256: str) -> str:
    return tr("SHA-256 {digest}", digest=sha256)


KEY_LIST: Final[tuple[tuple[str, str, str], ...]] = (
    (KEY, tr("Figures: charts of what the query finds, each with its table"), "analyst"),
    (SHOW_KEY, tr("In Reports and in the overview: figures of what is listed"), "analyst"),
    (
        f"{KIND_KEY}, {STEP_KEY}",
        tr("In Figures: what is counted, and how long a time a bar stands for"),
        "analyst",
    ),
    (
        f"{SAVE_PICTURE_KEY}, {SAVE_TABLE_KEY}",
        tr("Save the picture of a figure, or its table, as a file"),
        "exporter",
    ),
    (
        f"{AS_LISTS_KEY}, {AS_TIME_KEY}, {AS_LINKS_KEY}",
        tr("In a case: its lists, its timeline as a picture, what its reports share"),
        "analyst",
    ),
)
"""Keys, what they do, and the role without which they do nothing."""
