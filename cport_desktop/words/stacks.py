"""Sentences about what is like what, and about stacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr

ALONE: Final = tr("this item stands alone.")
NOT_ONE_STACK: Final = tr("these items are not of one stack.")
WHOLE_STACK: Final = tr("nothing would be left of the stack.")
ONE_STACK: Final = tr("they are one stack already.")
NOT_HERE: Final = tr("the file of this item is not here, or has never been compared.")

NOTHING_LIKE: Final = tr("Nothing here is like it.")
NO_STACKS: Final = tr("No two items here are alike.")
A_LEAD: Final = tr("began the stack")

_BECAUSE: Mapping[str, str] = {
    "same_bytes": tr("same bytes"),
    "person": tr("put together by a person"),
    "pdq": tr("looks the same"),
    "pdq_turned": tr("looks the same, turned or mirrored"),
    "video": tr("shares most frames"),
    "dct": tr("resembles it (pHash alone)"),
}
_TURNS: Mapping[str, str] = {
    "upright": "",
    "quarter": tr("turned by a quarter"),
    "half": tr("upside down"),
    "three_quarters": tr("turned by three quarters"),
    "flipped": tr("top to bottom"),
    "mirrored": tr("left to right"),
    "transposed": tr("mirrored and turned by a quarter"),
    "transversed": tr("mirrored and turned by three quarters"),
}


def because(reason: str, distance: int, turn: str, share: int | None = None) -> str:
    """Why one content is like another, with how far apart they are."""
    said = _BECAUSE.get(reason, reason)
    way = _TURNS.get(turn, turn)
    parts = [f"{said} ({way})" if way else said]
    if share is not None:
        parts.append(tr("{share} % of the frames", share=share))
    if reason not in ("same_bytes", "person"):
        parts.append(tr("{distance} bits apart", distance=distance))
    return ", ".join(parts)


def split(items: int) -> str:
    """What a split came to."""
    return tr(
        "{items} contents are a stack of their own now. To undo it: cport media stack merge.",
        items=amount(items),
    )


def merged(contents: int) -> str:
    """What a merge came to."""
    return tr(
        "{contents} contents are one stack now. To undo it: cport media stack split.",
        contents=amount(contents),
    )


def restacked(contents: int) -> str:
    """What computing all stacks anew came to."""
    return tr("{contents} contents were compared anew.", contents=amount(contents))


def would_decide(reports: int, items: int, refused: int) -> str:
    """What deciding a stack would come to."""
    if not reports and not refused:
        return tr("No report with an item of this stack is undecided.")
    told = tr(
        "{reports} undecided reports would be assessed ({items} content items).",
        reports=amount(reports),
        items=amount(items),
    )
    if refused:
        told += tr(" {refused} would not; the reasons are above.", refused=amount(refused))
    return (
        tr("{told} To do it, add --count {reports}.", told=told, reports=reports)
        if reports
        else told
    )


def decided(reports: int, items: int, refused: int) -> str:
    """What deciding a stack came to."""
    told = tr(
        "{reports} reports are assessed ({items} content items), each by an own operation.",
        reports=amount(reports),
        items=amount(items),
    )
    return (
        tr("{told} {refused} were not; the reasons are above.", told=told, refused=amount(refused))
        if refused
        else told
    )
