"""Sentences about what other reports have in common with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_many

TITLE: Final = tr("Seen before, or since")
KEY: Final = "Alt+M"
NOTHING: Final = tr("No other report here has anything in common with it.")
NOT_WHOLE: Final = tr(
    "Not every report has been compared yet: more may be told once that is done. It is done behind each exchange."
)
LOADING: Final = tr("Comparing with the other reports…")
UNDECIDED: Final = tr("undecided")
WITHDRAWN: Final = tr("withdrawn")

_MORE: Final[Mapping[str, str]] = {
    "same_bytes": tr("More than {number} other reports have a file of it, byte for byte."),
    "looks_alike": tr(
        "More than {number} other reports have a file that looks like one of its files."
    ),
    "same_host": tr("More than {number} other reports are about the same host."),
    "same_referrer": tr("More than {number} other reports came by the same referrer."),
    "same_domain": tr("More than {number} other reports are about the same domain."),
    "same_layout": tr(
        "More than {number} other reports have a path of the same pattern in the same AS."
    ),
    "same_payment": tr(
        "More than {number} other reports have the same kind of site and ways to pay."
    ),
}


def because(reason: str, reports: int, *, is_more: bool) -> str:
    """Why they belong together, and how many they are."""
    if is_more:
        return _MORE[reason].format(number=amount(reports))
    return _counted(reason, reports)


def _counted(reason: str, reports: int) -> str:
    told = {
        "same_bytes": tr_many(
            "One other report has a file of it, byte for byte.",
            "{count} other reports have a file of it, byte for byte.",
            reports,
        ),
        "looks_alike": tr_many(
            "One other report has a file that looks like one of its files.",
            "{count} other reports have a file that looks like one of its files.",
            reports,
        ),
        "same_host": tr_many(
            "One other report is about the same host.",
            "{count} other reports are about the same host.",
            reports,
        ),
        "same_referrer": tr_many(
            "One other report came by the same referrer.",
            "{count} other reports came by the same referrer.",
            reports,
        ),
        "same_domain": tr_many(
            "One other report is about the same domain.",
            "{count} other reports are about the same domain.",
            reports,
        ),
        "same_layout": tr_many(
            "One other report has a path of the same pattern in the same AS.",
            "{count} other reports have a path of the same pattern in the same AS.",
            reports,
        ),
        "same_payment": tr_many(
            "One other report has the same kind of site and ways to pay.",
            "{count} other reports have the same kind of site and ways to pay.",
            reports,
        ),
    }
    return told[reason]


def decided(classes: Sequence[tuple[str, int]], undecided: int, *, is_more: bool) -> str:
    """What became of them; `classes`: labels with how many reports have each."""
    told = [f"{label} {amount(count)}" for label, count in classes]
    if undecided:
        told.append(f"{UNDECIDED} {amount(undecided)}")
    line = " · ".join(told)
    return tr("Of those that were counted: {decisions}", decisions=line) if is_more else line


def outcome(classification: str, action: str | None, acted_on: str | None) -> str:
    """What came of one report: its assessment, its last action, and when."""
    if action is None:
        return tr("{classification}, no action", classification=classification)
    if not acted_on:
        return f"{classification}, {action}"
    return tr(
        "{classification}, {action} on {day}",
        classification=classification,
        action=action,
        day=acted_on,
    )


def open_spoken(reference: str) -> str:
    return tr("Open the report {reference}", reference=reference)
