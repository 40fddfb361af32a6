"""Sentences about what is like what, and about stacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

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
        parts.append(tr_many("{count} bit apart", "{count} bits apart", distance))
    return ", ".join(parts)


def split(items: int) -> str:
    """What a split came to."""
    return tr_many(
        "{count} content is a stack of its own now. To undo it: cport media stack merge.",
        "{count} contents are a stack of their own now. To undo it: cport media stack merge.",
        items,
    )


def merged(contents: int) -> str:
    """What a merge came to."""
    return tr_many(
        "{count} content is one stack now. To undo it: cport media stack split.",
        "{count} contents are one stack now. To undo it: cport media stack split.",
        contents,
    )


def restacked(contents: int) -> str:
    """What computing all stacks anew came to."""
    return tr_many(
        "{count} content was compared anew.", "{count} contents were compared anew.", contents
    )


def would_decide(reports: int, items: int, refused: int) -> str:
    """What deciding a stack would come to. `--count` takes the plain figure, without marks."""
    if not reports and not refused:
        return tr("No report with an item of this stack is undecided.")
    told = [
        tr_many(
            "{count} undecided report would be assessed ({contents}).",
            "{count} undecided reports would be assessed ({contents}).",
            reports,
            contents=_contents(items),
        )
    ]
    if refused:
        told.append(
            tr_many(
                "{count} would not; the reason is above.",
                "{count} would not; the reasons are above.",
                refused,
            )
        )
    if reports:
        told.append(tr("To do it, add --count {reports}.", reports=reports))
    return " ".join(told)


def decided(reports: int, items: int, refused: int) -> str:
    """What deciding a stack came to."""
    told = tr_many(
        "{count} report is assessed ({contents}), each by an own operation.",
        "{count} reports are assessed ({contents}), each by an own operation.",
        reports,
        contents=_contents(items),
    )
    if not refused:
        return told
    others = tr_many(
        "{count} was not; the reason is above.", "{count} were not; the reasons are above.", refused
    )
    return f"{told} {others}"


def _contents(number: int) -> str:
    return tr_many("{count} content item", "{count} content items", number)
