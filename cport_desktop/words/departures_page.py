"""What the window says of what left the vault, and of copies that a correction or withdrawal touches."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr, tr_in, tr_many

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
LEFT_AT = tr_in("when something left", "Left")
STANDS = tr_in("how it stands with a copy", "Stands")
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
    "corrected": tr_in("what became of a report", "corrected"),
    "withdrawn": tr_in("what became of a report", "withdrawn"),
    "new": tr_in("what became of a report", "added"),
}
TONES: Mapping[str, str] = {"open": "grave", "notice_written": "grave", "acknowledged": "lightest"}


def notify_intro(recipient: str) -> str:
    return tr(
        "A notice to {recipient} about every copy of theirs that is open. It is signed by this station; anybody can check it.",
        recipient=recipient,
    )


def notice_written(copies: int, path: str) -> str:
    return tr_many(
        "Written and read back: {path}, about one copy. Hand it over, then say so here.",
        "Written and read back: {path}, about {count} copies. Hand it over, then say so here.",
        copies,
        path=path,
    )


def open_copies(number: int) -> str:
    """What a line of the register says of its copies."""
    if not number:
        return IN_ORDER
    return tr_many("◆ {count} to be told", "◆ {count} to be told", number)


def because(change: str, reason: str | None) -> str:
    """`withdrawn: the hotline's words`."""
    told = _CHANGES.get(change, change)
    return f"{told}: {reason}" if reason else told
