"""What is said of assessments that a second analyst must confirm."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in

OWN: Final = tr("what one said oneself is confirmed by somebody else.")
NOT_WAITING: Final = tr("the operation does not wait for a second reader.")
WAITS: Final = tr(
    "the agreement wants a second analyst to confirm the assessment before it is sent."
)
READ_IT: Final = tr(
    "an assessment of it waits for a second reader: say what you find, and it is compared."
)
STANDS_FOR_A_SECOND: Final = tr(
    "A colleague’s assessment of it waits for a second reader: say what you find about that one alone."
)
SAME: Final = tr(
    "you found the same as the first reader, which confirms it and contradicts nothing."
)

HEADS: Final = (
    tr("Operation"),
    tr("Report"),
    tr("First reader"),
    tr("Since"),
    tr_in("how something stands", "State"),
)
NOTHING_WAITS: Final = tr("Nothing waits for a second reader.")
OPEN: Final = tr("waits for a second reader")
CONTRADICTED: Final = tr("contradicted")

CONFIRMED: Final = tr("Confirmed: you found the same. It goes with the next exchange.")


def contradicted(first: str, second: str) -> str:
    return tr(
        "Contradicted: the first reader found {first}, you found {second}. It is not sent.",
        first=first,
        second=second,
    )
