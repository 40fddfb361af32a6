"""Sentences about a received list of domains beside what is known here of the Worst-of list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

NOT_UTF8: Final = tr("the file is no text in UTF-8")
NO_DOMAIN: Final = tr("no line of it names a domain")
SIDES: Final[Mapping[str, str]] = {
    "only_there": tr("● in the file alone"),
    "only_here": tr("◆ told by the portal alone"),
    "both": tr("○ on both"),
}
SIDE: Final = tr("Where it stands")
DECIDED: Final = tr("Told by the portal")
COMPARING: Final = tr("a received list, and the Worst-of list")
COMPARE: Final = tr("Compare with a file…")
COMPARE_KEY: Final = "Alt+F"
COMPARE_INTRO: Final = tr(
    "A list as access providers get it: a domain in each line. It is compared with what the portal told, and not kept."
)
COMPARE_NOW: Final = tr("Compare")
FILE: Final = tr("File of the received list")
FILE_PLACEHOLDER: Final = "/media/stick/domains.txt"
NEEDS_FILE: Final = tr("Choose the file.")
DIFFERENCES: Final = tr("Differences")
NO_DIFFERENCE: Final = tr("They are the same.")
KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (COMPARE_KEY, tr("On the comparison: compare with a received list in a file"), "analyst"),
)
"""For the key list."""


def too_large(limit: int) -> str:
    return tr_many(
        "the file has more than {count} byte", "the file has more than {count} bytes", limit
    )


def too_many(limit: int) -> str:
    return tr_many(
        "the list has more than {count} name", "the list has more than {count} names", limit
    )


def counted(there: int, here: int, both: int) -> str:
    """How many on each side."""
    return tr(
        "In the file alone: {there}. Told by the portal alone: {here}. On both: {both}.",
        there=amount(there),
        here=amount(here),
        both=amount(both),
    )


def doubled(count: int) -> str:
    return tr_many(
        "{count} line names a domain once more.", "{count} lines name a domain once more.", count
    )


def unlisted(count: int) -> str:
    return tr_many(
        "{count} line names nothing that could be blocked:",
        "{count} lines name nothing that could be blocked:",
        count,
    )


def unlisted_line(line: int, rule: str) -> str:
    return tr("line {line}: {rule}", line=amount(line), rule=rule)


def row(domain: str, side: str, reports: int) -> str:
    """One domain that differs."""
    return tr_many(
        "{domain}: {side}, {count} report here",
        "{domain}: {side}, {count} reports here",
        reports,
        domain=domain,
        side=side,
    )


def more(count: int) -> str:
    return tr_many("and {count} more", "and {count} more", count)
