"""What the window says of what left the vault, and of copies that a correction or withdrawal touches."""

from __future__ import annotations

from collections.abc import Mapping

LEFT = "What left"
LEFT_INTRO = (
    "Everything that left this vault, to whom and by which clause: packages, messages to the "
    "portal, tables, documents. Looking at it is on record."
)
NOTHING_LEFT = "Nothing has left yet"
NOTHING_LEFT_HELP = "What you send, hand over or export stands here from the moment it leaves."
WHEN = "When"
WHAT = "What"
TITLE = "Title"
TO = "To whom"
CLAUSE = "Clause"
ITEMS = "Items"
FATE = "Since then"
OPEN_COPIES = "◆ {number} to be told"
IN_ORDER = "as it left"

TOLD = "To be told"
TOLD_INTRO = (
    "Copies that somebody has of what was corrected or withdrawn since. Write the recipient a "
    "signed notice, and say what became of the copy."
)
NOBODY = "Nobody has to be told"
NOBODY_HELP = (
    "When a hotline corrects or takes back something that left, each copy of it stands here."
)
COPY_OF = "Copy of"
BECAUSE = "Because"
RECIPIENT = "Who has it"
LEFT_AT = "Left"
STANDS = "Stands"
NOTIFY = "Write a notice…"
HANDED_OVER = "Handed over"
ACKNOWLEDGED = "Acknowledged"
NOT_NEEDED = "Not needed…"
NOTIFY_TITLE = "Write a notice"
NOTIFY_NOW = "Write it"
NOTICE_FILE = "New file"
NOTICE_PLACEHOLDER = "Path of a new file, ending in .eml"
NEEDS_FILE = "Say where the notice is to be written."
WHY = "Why"
NEEDS_WHY = "Say why, in a few words."
NOT_NEEDED_TITLE = "Why need nobody be told?"
NOT_NEEDED_INTRO = "It stays on record with your reason."
SETTLING = "Telling those who have a copy"
_CHANGES: Mapping[str, str] = {"corrected": "corrected", "withdrawn": "withdrawn", "new": "added"}
TONES: Mapping[str, str] = {"open": "grave", "notice_written": "grave", "acknowledged": "lightest"}


def notify_intro(recipient: str) -> str:
    return (
        f"A notice to {recipient} about every copy of theirs that is open. It is signed by this "
        "station; anybody can check it."
    )


def notice_written(copies: int, path: str) -> str:
    what = "one copy" if copies == 1 else f"{copies:,} copies"
    return f"Written and read back: {path}, about {what}. Hand it over, then say so here."


def open_copies(number: int) -> str:
    """What a line of the register says of its copies."""
    return OPEN_COPIES.format(number=f"{number:,}") if number else IN_ORDER


def because(change: str, reason: str | None) -> str:
    """`withdrawn: the hotline's words`."""
    told = _CHANGES.get(change, change)
    return f"{told}: {reason}" if reason else told
