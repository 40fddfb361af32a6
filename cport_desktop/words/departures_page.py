"""What the window says of what left the vault, and of copies that a correction or withdrawal touches."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr, tr_many

LEFT = tr("What left")
LEFT_INTRO = tr(
    "Everything that left this vault, to whom and by which clause: packages, messages to the portal, tables, documents. Looking at it is on record."
)
NOTHING_LEFT = tr("Nothing has left yet")
NOTHING_LEFT_HELP = tr("What you send, hand over or export stands here from the moment it leaves.")
WHEN = tr("When")
WHAT = tr("What")
TITLE = tr("Title")
TO = tr("To whom")
CLAUSE = tr("Clause")
ITEMS = tr("Items")
FATE = tr("Since then")
OPEN_COPIES = tr("◆ {number} to be told")
IN_ORDER = tr("as it left")

TOLD = tr("To be told")
TOLD_INTRO = tr(
    "Copies that somebody has of what was corrected or withdrawn since. Write the recipient a signed notice, and say what became of the copy."
)
NOBODY = tr("Nobody has to be told")
NOBODY_HELP = tr(
    "When a hotline corrects or takes back something that left, each copy of it stands here."
)
COPY_OF = tr("Copy of")
BECAUSE = tr("Because")
RECIPIENT = tr("Who has it")
LEFT_AT = tr("Left")
STANDS = tr("Stands")
NOTIFY = tr("Write a notice…")
HANDED_OVER = tr("Handed over")
ACKNOWLEDGED = tr("Acknowledged")
NOT_NEEDED = tr("Not needed…")
NOTIFY_TITLE = tr("Write a notice")
NOTIFY_NOW = tr("Write it")
NOTICE_FILE = tr("New file")
NOTICE_PLACEHOLDER = tr("Path of a new file, ending in .eml")
NEEDS_FILE = tr("Say where the notice is to be written.")
WHY = tr("Why")
NEEDS_WHY = tr("Say why, in a few words.")
NOT_NEEDED_TITLE = tr("Why need nobody be told?")
NOT_NEEDED_INTRO = tr("It stays on record with your reason.")
SETTLING = tr("Telling those who have a copy")
_CHANGES: Mapping[str, str] = {
    "corrected": tr("corrected"),
    "withdrawn": tr("withdrawn"),
    "new": tr("added"),
}
TONES: Mapping[str, str] = {"open": "grave", "notice_written": "grave", "acknowledged": "lightest"}


def notify_intro(recipient: str) -> str:
    return tr(
        "A notice to {recipient} about every copy of theirs that is open. It is signed by this station; anybody can check it.",
        recipient=recipient,
    )


def notice_written(copies: int, path: str) -> str:
    what = tr_many("one copy", "{count} copies", copies)
    return tr(
        "Written and read back: {path}, about {what}. Hand it over, then say so here.",
        path=path,
        what=what,
    )


def open_copies(number: int) -> str:
    """What a line of the register says of its copies."""
    return OPEN_COPIES.format(number=f"{amount(number)}") if number else IN_ORDER


def because(change: str, reason: str | None) -> str:
    """`withdrawn: the hotline's words`."""
    told = _CHANGES.get(change, change)
    return f"{told}: {reason}" if reason else told
