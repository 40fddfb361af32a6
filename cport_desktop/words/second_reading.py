"""What is said of assessments that a second analyst must confirm."""

from __future__ import annotations

from typing import Final

OWN: Final = "what one said oneself is confirmed by somebody else."
NOT_WAITING: Final = "the operation does not wait for a second reader."
WAITS: Final = "the agreement wants a second analyst to confirm the assessment before it is sent."
READ_IT: Final = (
    "an assessment of it waits for a second reader: say what you find, and it is compared."
)
STANDS_FOR_A_SECOND: Final = "A colleague's assessment of it waits for a second reader: say what you find about that one alone."
SAME: Final = "you found the same as the first reader, which confirms it and contradicts nothing."

HEADS: Final = ("Operation", "Report", "First reader", "Since", "State")
NOTHING_WAITS: Final = "Nothing waits for a second reader."
OPEN: Final = "waits for a second reader"
CONTRADICTED: Final = "contradicted"

CONFIRMED: Final = "Confirmed: you found the same. It goes with the next exchange."


def contradicted(first: str, second: str) -> str:
    return f"Contradicted: the first reader found {first}, you found {second}. It is not sent."
