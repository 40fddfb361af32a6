"""How old what is here is, in words, and what that implies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

TABLES: Mapping[str, str] = {
    "reports": "Reports",
    "media": "Media",
    "hotlines": "Hotlines",
    "operations": "Answers to operations",
    "hash_lists": "Hash lists",
    "iwol": "Worst-of list",
    "taxonomies": "Code lists",
    "agreement": "Agreement",
}

_ROADS: Mapping[str, str] = {
    "https": "by HTTPS",
    "courier": "by courier",
    "enrolment": "with the enrolment",
}

_IMPLIES: Mapping[str, str] = {
    "reports": (
        "Hotlines may have corrected, withdrawn or acted on reports since: look again before you"
        " rely on one."
    ),
    "media": "Files may have been added to reports since, or reports taken back with theirs.",
    "hotlines": "A hotline may have another contact by now.",
    "operations": "The portal may have answered what you sent.",
    "hash_lists": (
        "Entries may have come or been taken back since: what matches nothing may be known by now,"
        " and what matched may have been withdrawn."
    ),
    "iwol": "Domains may have been listed or taken off since.",
    "taxonomies": "A code that has no label here may have one by now.",
    "agreement": "The portal may have narrowed or ended it since.",
}

_DOUBTS: Mapping[str, str] = {
    "behind_portal": (
        "This machine's clock is behind the time that the portal has signed: set it. Until then"
        " nobody can tell how old this is."
    ),
    "behind_log": (
        "This machine's clock is behind what this vault wrote itself: set it. Until then nobody can"
        " tell how old this is."
    ),
}


def by_road(road: str) -> str:
    """By which road, within a sentence. A road of a later version keeps its own name."""
    return _ROADS.get(road, f"by {road}")


def age(span: timedelta) -> str:
    """`31 days`, `5 hours`, `less than an hour`."""
    if span >= timedelta(days=1):
        return _counted(span.days, "day")
    hours = int(span.total_seconds() // 3600)
    return _counted(hours, "hour") if hours else "less than an hour"


def freshness(
    grade: str,
    *,
    span: timedelta | None,
    road: str | None,
    doubt: str | None,
    table: str | None = None,
) -> str:
    """How fresh it is, by which road it was heard last, and what that implies for `table`."""
    if grade == "never":
        return "Nothing was heard from the portal yet: sync, or take in a bundle."
    if grade == "partial":
        return "Older reports are still to come: the portal has not been heard to the end yet."
    if span is None:
        return _DOUBTS[doubt or "behind_portal"]
    heard = "" if road is None else f"; heard last {by_road(road)}"
    told = f"{age(span).capitalize()} old{heard}."
    implied = _IMPLIES.get(table or "") if grade == "old" else None
    return told if implied is None else f"{told} {implied}"


def news(at: str, road: str) -> str:
    """When there was news of a kind of thing last, behind how fresh it is."""
    return f" Last news of it: {at}, {by_road(road)}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
