"""How old what is here is, in words, and what that implies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from cport_desktop.words.tongue import tr, tr_many

TABLES: Mapping[str, str] = {
    "reports": tr("Reports"),
    "media": tr("Media"),
    "hotlines": tr("Hotlines"),
    "operations": tr("Answers to operations"),
    "hash_lists": tr("Hash lists"),
    "iwol": tr("Worst-of list"),
    "taxonomies": tr("Code lists"),
    "agreement": tr("Agreement"),
}

_ROADS: Mapping[str, str] = {
    "https": tr("by HTTPS"),
    "courier": tr("by courier"),
    "enrolment": tr("with the enrolment"),
}

_IMPLIES: Mapping[str, str] = {
    "reports": (
        tr(
            "Hotlines may have corrected, withdrawn or acted on reports since: look again before you rely on one."
        )
    ),
    "media": tr("Files may have been added to reports since, or reports taken back with theirs."),
    "hotlines": tr("A hotline may have another contact by now."),
    "operations": tr("The portal may have answered what you sent."),
    "hash_lists": (
        tr(
            "Entries may have come or been taken back since: what matches nothing may be known by now, and what matched may have been withdrawn."
        )
    ),
    "iwol": tr("Domains may have been listed or taken off since."),
    "taxonomies": tr("A code that has no label here may have one by now."),
    "agreement": tr("The portal may have narrowed or ended it since."),
}

_DOUBTS: Mapping[str, str] = {
    "behind_portal": (
        tr(
            "This machine’s clock is behind the time that the portal has signed: set it. Until then nobody can tell how old this is."
        )
    ),
    "behind_log": (
        tr(
            "This machine’s clock is behind what this vault wrote itself: set it. Until then nobody can tell how old this is."
        )
    ),
}


def by_road(road: str) -> str:
    """By which road, within a sentence. A road of a later version keeps its own name."""
    return _ROADS.get(road, tr("by {road}", road=road))


def age(span: timedelta) -> str:
    """`31 days`, `5 hours`, `less than an hour`."""
    if span >= timedelta(days=1):
        return tr_many("{count} day", "{count} days", span.days)
    hours = _hours(span)
    return tr_many("{count} hour", "{count} hours", hours) if hours else tr("less than an hour")


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
        return tr("Nothing was heard from the portal yet: sync, or take in a bundle.")
    if grade == "partial":
        return tr("Older reports are still to come: the portal has not been heard to the end yet.")
    if span is None:
        return _DOUBTS[doubt or "behind_portal"]
    told = _old(span) if road is None else _old_by_road(span, by_road(road))
    implied = _IMPLIES.get(table or "") if grade == "old" else None
    return told if implied is None else f"{told} {implied}"


def news(at: str, road: str) -> str:
    """When there was news of a kind of thing last, behind how fresh it is."""
    told = tr("Last news of it: {at}, {by_road}.", at=at, by_road=by_road(road))
    return f" {told}"


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


def _old(span: timedelta) -> str:
    """How old, as a sentence."""
    if span >= timedelta(days=1):
        return tr_many("{count} day old.", "{count} days old.", span.days)
    if hours := _hours(span):
        return tr_many("{count} hour old.", "{count} hours old.", hours)
    return tr("Less than an hour old.")


def _old_by_road(span: timedelta, road: str) -> str:
    """How old, and by which road it was heard last, as a sentence."""
    if span >= timedelta(days=1):
        return tr_many(
            "{count} day old; heard last {by_road}.",
            "{count} days old; heard last {by_road}.",
            span.days,
            by_road=road,
        )
    if hours := _hours(span):
        return tr_many(
            "{count} hour old; heard last {by_road}.",
            "{count} hours old; heard last {by_road}.",
            hours,
            by_road=road,
        )
    return tr("Less than an hour old; heard last {by_road}.", by_road=road)
