"""What is said of redactions: of the files that hold them, of those that are kept, of drawing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import tr, tr_in, tr_many

NOT_JSON: Final = tr("It is no JSON in UTF-8.")
TOO_LONG: Final = tr("It is longer than all redactions of one package.")
UNKNOWN_MEMBER: Final = tr("Something stands there that has no meaning in a file of redactions.")
MEMBER_MISSING: Final = tr("Something is missing there.")
WRONG_VALUE: Final = tr("The value there is of the wrong kind, too long or too short.")
WRONG_RECTANGLE: Final = tr(
    "A rectangle has a left and a top of 0 or more, a width and a height of 1 or more, and ends"
    " within 65,535 pixels."
)
NEITHER: Final = tr(
    "It names neither one picture, nor one field of a report, nor one item that is left out."
)
HOW_SHORT: Final[Mapping[str, str]] = {
    "pixels": tr_in("what is done to a file", "burned in"),
    "metadata": tr_in("what is done to a file", "only its pixels go"),
    "left_out": tr_in("what is done to a file", "it stays here"),
}
"""By the words of `domain.kept_redaction.RedactionWay`."""

REDACTING: Final = tr("Redacting a file")
TAKING_BACK: Final = tr("Taking a redaction back")
SENDING_AS_IT_IS: Final = tr("Handing over a file as it is, although a redaction of it is kept")
THE_WHOLE: Final = tr("the whole file")


def at_line(line: int) -> str:
    """Where a file is no JSON any more."""
    return tr("line {line}", line=str(line))


def no_rectangle(text: str) -> str:
    """What was typed for a rectangle."""
    return tr(
        "“{text}” is no rectangle: left, top and width × height in pixels, such as 40,30,100x50",
        text=text,
    )


def places(count: int) -> str:
    """How many rectangles are painted black."""
    return tr_many("{count} place burned in", "{count} places burned in", count)


def kept_of(what: str, how: str) -> str:
    """What is kept of an item of a package."""
    return f"{what} · {how}"


def why_told(reason: str) -> str:
    """A reason beneath it."""
    return tr("Reason: {reason}", reason=reason)


def kept_undone(what: str, how: str, reasons: Sequence[str]) -> str:
    """The same, where the item goes as it is."""
    return tr(
        "{what} goes as it is, although this is kept of it: {how}. Reason: {reasons}",
        what=what,
        how=how,
        reasons="; ".join(reasons),
    )


def how_in_words(way: str, count: int) -> str:
    """What is done to a file, with the number of places where it has some."""
    return places(count) if way == "pixels" else HOW_SHORT[way]
