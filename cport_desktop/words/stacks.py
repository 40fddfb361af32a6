"""Sentences about what is like what, and about stacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ALONE: Final = "this item stands alone."
NOT_ONE_STACK: Final = "these items are not of one stack."
WHOLE_STACK: Final = "nothing would be left of the stack."
ONE_STACK: Final = "they are one stack already."
NOT_HERE: Final = "the file of this item is not here, or has never been compared."

NOTHING_LIKE: Final = "Nothing here is like it."
NO_STACKS: Final = "No two items here are alike."
A_LEAD: Final = "began the stack"

_BECAUSE: Mapping[str, str] = {
    "same_bytes": "same bytes",
    "person": "put together by a person",
    "pdq": "looks the same",
    "pdq_turned": "looks the same, turned or mirrored",
    "video": "shares most frames",
    "dct": "resembles it (pHash alone)",
}
_TURNS: Mapping[str, str] = {
    "upright": "",
    "quarter": "turned by a quarter",
    "half": "upside down",
    "three_quarters": "turned by three quarters",
    "flipped": "top to bottom",
    "mirrored": "left to right",
    "transposed": "mirrored and turned by a quarter",
    "transversed": "mirrored and turned by three quarters",
}


def because(reason: str, distance: int, turn: str, share: int | None = None) -> str:
    """Why one content is like another, with how far apart they are."""
    said = _BECAUSE.get(reason, reason)
    way = _TURNS.get(turn, turn)
    parts = [f"{said} ({way})" if way else said]
    if share is not None:
        parts.append(f"{share} % of the frames")
    if reason not in ("same_bytes", "person"):
        parts.append(f"{distance} bits apart")
    return ", ".join(parts)


def split(items: int) -> str:
    """What a split came to."""
    return f"{items:,} contents are a stack of their own now. To undo it: cport media stack merge."


def merged(contents: int) -> str:
    """What a merge came to."""
    return f"{contents:,} contents are one stack now. To undo it: cport media stack split."


def restacked(contents: int) -> str:
    """What computing all stacks anew came to."""
    return f"{contents:,} contents were compared anew."


def would_decide(reports: int, items: int, refused: int) -> str:
    """What deciding a stack would come to."""
    if not reports and not refused:
        return "No report with an item of this stack is undecided."
    told = f"{reports:,} undecided reports would be assessed ({items:,} content items)."
    if refused:
        told += f" {refused:,} would not; the reasons are above."
    return f"{told} To do it, add --count {reports}." if reports else told


def decided(reports: int, items: int, refused: int) -> str:
    """What deciding a stack came to."""
    told = f"{reports:,} reports are assessed ({items:,} content items), each by an own operation."
    return f"{told} {refused:,} were not; the reasons are above." if refused else told
