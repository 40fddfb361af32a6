"""What is said of redactions: of the files that hold them, of those that are kept, of drawing them."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr

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
REDACTING: Final = tr("Redacting a file")
TAKING_BACK: Final = tr("Taking a redaction back")
SENDING_AS_IT_IS: Final = tr("Handing over a file as it is, although a redaction of it is kept")
THE_WHOLE: Final = tr("the whole file")


def at_line(line: int) -> str:
    """Where a file is no JSON any more."""
    return tr("line {line}", line=str(line))
