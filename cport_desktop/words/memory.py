"""Sentences about what other reports have in common with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr

TITLE: Final = tr("Seen before, or since")
KEY: Final = "Alt+M"
NOTHING: Final = tr("No other report here has anything in common with it.")
NOT_WHOLE: Final = tr(
    "Not every report has been compared yet: more may be told once that is done. It is done behind each exchange."
)
LOADING: Final = tr("Comparing with the other reports…")
UNDECIDED: Final = tr("undecided")
WITHDRAWN: Final = tr("withdrawn")

_BECAUSE: Final[Mapping[str, tuple[str, str]]] = {
    "same_bytes": (
        tr("One other report has a file of it, byte for byte."),
        tr("{} other reports have a file of it, byte for byte."),
    ),
    "looks_alike": (
        tr("One other report has a file that looks like one of its files."),
        tr("{} other reports have a file that looks like one of its files."),
    ),
    "same_host": (
        tr("One other report is about the same host."),
        tr("{} other reports are about the same host."),
    ),
    "same_referrer": (
        tr("One other report came by the same referrer."),
        tr("{} other reports came by the same referrer."),
    ),
    "same_domain": (
        tr("One other report is about the same domain."),
        tr("{} other reports are about the same domain."),
    ),
    "same_layout": (
        tr("One other report has a path of the same pattern in the same AS."),
        tr("{} other reports have a path of the same pattern in the same AS."),
    ),
    "same_payment": (
        tr("One other report has the same kind of site and ways to pay."),
        tr("{} other reports have the same kind of site and ways to pay."),
    ),
}


def because(reason: str, reports: int, *, is_more: bool) -> str:
    """Why they belong together, and how many they are."""
    one, many = _BECAUSE[reason]
    if reports == 1 and not is_more:
        return one
    counted = f"{amount(reports)}"
    return many.format(tr("More than {counted}", counted=counted) if is_more else counted)


def decided(classes: Sequence[tuple[str, int]], undecided: int, *, is_more: bool) -> str:
    """What became of them; `classes`: labels with how many reports have each."""
    told = [f"{label} {amount(count)}" for label, count in classes]
    if undecided:
        told.append(f"{UNDECIDED} {amount(undecided)}")
    line = " · ".join(told)
    return tr("Of those that were counted: {line}", line=line) if is_more else line


def outcome(classification: str, action: str | None, acted_on: str | None) -> str:
    """What came of one report: its assessment, its last action, and when."""
    if action is None:
        return tr("{classification}, no action", classification=classification)
    return f"{classification}, {action}" + (
        tr(" on {acted_on}", acted_on=acted_on) if acted_on else ""
    )


def open_spoken(reference: str) -> str:
    return tr("Open the report {reference}", reference=reference)
