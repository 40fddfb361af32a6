"""Sentences about what other reports have in common with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

TITLE: Final = "Seen before, or since"
KEY: Final = "Alt+M"
NOTHING: Final = "No other report here has anything in common with it."
NOT_WHOLE: Final = (
    "Not every report has been compared yet: more may be told once that is done. It is done behind each"
    " exchange."
)
LOADING: Final = "Comparing with the other reports…"
UNDECIDED: Final = "undecided"
WITHDRAWN: Final = "withdrawn"

_BECAUSE: Final[Mapping[str, tuple[str, str]]] = {
    "same_bytes": (
        "One other report has a file of it, byte for byte.",
        "{} other reports have a file of it, byte for byte.",
    ),
    "looks_alike": (
        "One other report has a file that looks like one of its files.",
        "{} other reports have a file that looks like one of its files.",
    ),
    "same_host": (
        "One other report is about the same host.",
        "{} other reports are about the same host.",
    ),
    "same_referrer": (
        "One other report came by the same referrer.",
        "{} other reports came by the same referrer.",
    ),
    "same_domain": (
        "One other report is about the same domain.",
        "{} other reports are about the same domain.",
    ),
    "same_layout": (
        "One other report has a path of the same pattern in the same AS.",
        "{} other reports have a path of the same pattern in the same AS.",
    ),
    "same_payment": (
        "One other report has the same kind of site and ways to pay.",
        "{} other reports have the same kind of site and ways to pay.",
    ),
}


def because(reason: str, reports: int, *, is_more: bool) -> str:
    """Why they belong together, and how many they are."""
    one, many = _BECAUSE[reason]
    if reports == 1 and not is_more:
        return one
    counted = f"{reports:,}"
    return many.format(f"More than {counted}" if is_more else counted)


def decided(classes: Sequence[tuple[str, int]], undecided: int, *, is_more: bool) -> str:
    """What became of them; `classes`: labels with how many reports have each."""
    told = [f"{label} {count:,}" for label, count in classes]
    if undecided:
        told.append(f"{UNDECIDED} {undecided:,}")
    line = " · ".join(told)
    return f"Of those that were counted: {line}" if is_more else line


def outcome(classification: str, action: str | None, acted_on: str | None) -> str:
    """What came of one report: its assessment, its last action, and when."""
    if action is None:
        return f"{classification}, no action"
    return f"{classification}, {action}" + (f" on {acted_on}" if acted_on else "")


def open_spoken(reference: str) -> str:
    return f"Open the report {reference}"
