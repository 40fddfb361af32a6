"""What the window says where a file is redacted: the card beside it, and the dialog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

CARD: Final = tr("When it leaves")
NOTHING: Final = tr("It leaves as it is, as far as the agreement lets it.")
BEGUN: Final = tr("A redaction of it was begun and is not kept yet.")
REDACT: Final = tr("Redact…")
REDACT_KEY: Final = "Ctrl+Shift+R"
TAKE_BACK: Final = tr("Take back…")
TAKE_BACK_KEY: Final = "Ctrl+Shift+Y"
NOT_HERE: Final = tr("The file is not here yet; once it is, it can be redacted.")

INTRO: Final = tr(
    "What is kept here is done to every copy that leaves in a package, and to every other item with the"
    " same bytes. The original stays as it is."
)
KEEP: Final = tr("Keep")
HOW: Final = tr("What is destroyed")
WAYS: Final[Mapping[str, str]] = {
    "pixels": tr("Places of the picture, painted black"),
    "metadata": tr("Only what the file says beside its pixels"),
    "left_out": tr("The whole file: it stays here"),
}
"""By the words of `domain.kept_redaction.RedactionWay`."""
NO_PICTURE: Final = tr(
    "Only single pictures can be drawn over. Videos, sounds and animations stay here, or go as veils or"
    " as they are: choose that where the package is composed."
)
CANNOT_DECODE: Final = tr("It cannot be decoded here, so that nothing can be drawn over it.")
PLACES: Final = tr("Places")
NEW: Final = tr("New place")
NEW_KEY: Final = "Alt+N"
REMOVE: Final = tr("Remove place")
REMOVE_KEY: Final = "Alt+R"
CLOSER: Final = tr("Closer")
CLOSER_KEY: Final = "Ctrl++"
FURTHER: Final = tr("Further")
FURTHER_KEY: Final = "Ctrl+-"
WHOLE: Final = tr("Whole picture")
WHOLE_KEY: Final = "Ctrl+0"
LEFT: Final = tr("Left")
TOP: Final = tr("Top")
WIDTH: Final = tr_in("of a rectangle", "Width")
HEIGHT: Final = tr_in("of a rectangle", "Height")
WHY: Final = tr("Why (travels in the list of the package)")
WHY_HERE: Final = tr("A few words that say nothing of what is hidden")
USUAL: Final = tr("Usual reasons")
USUAL_REASONS: Final = (
    tr("a person who is not concerned"),
    tr("shows who somebody is"),
    tr("shows where somebody lives"),
    tr("belongs to another inquiry"),
    tr("by order of the court"),
)
HOW_TO_DRAW: Final = tr(
    "Draw with the mouse, with or without holding Space to look. On the glass: arrow keys move a place, with"
    " Shift they size it, with Ctrl by ten pixels; Tab goes to the next one, Insert adds one, Delete removes"
    " it, + and − go closer and further."
)
NEEDS_PLACE: Final = tr("Draw a place, or set one by numbers.")
NO_REASON: Final = tr("no reason yet")
NEEDS_WHY: Final = tr("Say why.")
FULL: Final = tr("One picture takes no more places.")
DISCARD: Final = tr("Throw the draft away")
DISCARD_KEY: Final = "Ctrl+D"
AGAIN: Final = tr("What was begun here before is here again.")

TAKE_BACK_INTRO: Final = tr(
    "From then on the file goes as it is, with every package that it is in. That, and why, is in the audit log."
)
TAKE_BACK_ACT: Final = tr("Take it back")
TAKE_BACK_WHY: Final = tr("Why it may go again")

KEPT_HERE: Final = tr(
    "Kept redactions: what is not ticked goes as it is, which needs a reason beneath"
)


def title(what: str) -> str:
    """Of the dialog about an item."""
    return tr("Redact {what}", what=what)


def take_back_title(what: str) -> str:
    """Of the dialog that takes a redaction back."""
    return tr("Take back what is kept of {what}", what=what)


def glass_name(count: int) -> str:
    """What the glass is called."""
    return tr_many("Picture with {count} place", "Picture with {count} places", count)


def place_told(number: int, count: int, rectangle: str, reason: str) -> str:
    """The chosen place, read aloud."""
    return tr(
        "Place {number} of {count}: {rectangle}. {reason}",
        number=amount(number),
        count=amount(count),
        rectangle=rectangle,
        reason=reason,
    )


def place_line(number: int, rectangle: str, reason: str) -> str:
    """A place in the list of places."""
    return f"{amount(number)} · {rectangle} · {reason or NO_REASON}"


def kept(how: str, who: str, day: str) -> str:
    """What is kept of a file, by whom and since when."""
    return tr("{how}: kept by {who}, {day}", how=how, who=who, day=day)


def sides(width: int, height: int) -> str:
    """How large the picture is."""
    return tr("{width} × {height} pixels", width=amount(width), height=amount(height))
