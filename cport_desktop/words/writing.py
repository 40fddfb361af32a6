"""What is said where people write."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import amount, tr

OTHER_NOTE_BEGUN: Final = tr(
    "This was begun before. Keep it or empty it first; then the other note can be changed."
)
LEAVING_LOSES: Final = tr("What you wrote here is kept nowhere else. Esc once more leaves it.")
READ_WHOLE: Final = tr("Read all of it")


def paste_too_long(length: int, limit: int) -> str:
    """Said instead of pasting."""
    return tr(
        "What you paste has {length} characters; here is room for {limit}, with what stands here already. It was not put in; the clipboard still has it.",
        length=amount(length),
        limit=amount(limit),
    )
