"""Sentences of the page of hash lists."""

from __future__ import annotations

TITLE = "Hash lists"
PARTS = "Parts of the page of hash lists"
LISTS = "Lists"
INTRO = (
    "Lists of known files, from the portal or from a file. What is on one of them is found by itself,"
    " when it arrives and whenever a list changes, and need not be looked at to be known."
)
NO_LISTS = "No hash list is here."
NO_LISTS_HELP = "Lists come with an exchange, if the portal shares any; or read one in from a file."

LIST, VERSION, SOURCE = "List", "Version", "Source"
ENTRIES, HITS, CAME, STANDING = "Entries", "Found here", "Came", "Means"
KNOWN, HARMLESS, WITHDRAWN = "● known", "○ harmless", "– withdrawn"
KNOWN_SPOKEN, HARMLESS_SPOKEN, WITHDRAWN_SPOKEN = "known", "harmless", "withdrawn"
NOT_TOLD = "–"

READ_IN = "Read in a file…"
READ_TITLE = "Read in a hash list"
READ_INTRO = (
    "A text with a digest in each line, as md5sum and its relatives write it. It is tried first: what"
    " would be taken and what refused is told, and nothing is kept."
)
TRY = "Try it, then read it in"
FILE, FILE_PLACEHOLDER = "File of digests", "/media/stick/known.md5"
NAME, NAME_PLACEHOLDER = "Name", "as the file is called"
BODY, BODY_PLACEHOLDER = "Who answers for it", "Example Body A"
EDITION, EDITION_PLACEHOLDER = "Version", "2026-11"
IS_HARMLESS = "What is on it is known to be harmless"
NEEDS_FILE = "Which file?"
TRYING_STOPPED = "Stopped. Nothing of the file is kept."
BUSY = "Another list is being read in or matched. Wait for it, or stop it on the page."

MATCH = "Match now"
WITHDRAW = "Withdraw…"
WITHDRAW_TITLE = "Withdraw a hash list"
WITHDRAW_ACT = "Withdraw"
REASON, REASON_PLACEHOLDER = "Why", "A newer version came."


def tried(accepted: int, rejected: int, duplicates: int) -> str:
    """What reading a file in would take."""
    return (
        f"Would be taken: {accepted:,}. Refused: {rejected:,}. There twice: {duplicates:,}."
        " Press once more to read it in."
    )


def read_in(name: str, accepted: int, rejected: int, duplicates: int) -> str:
    """What was taken of a file."""
    return f"{name}: {accepted:,} taken, {rejected:,} refused, {duplicates:,} there twice."


def found(hits: int) -> str:
    """What matching found."""
    if not hits:
        return "Nothing new was found on any list."
    return f"{hits:,} {'file was' if hits == 1 else 'files were'} found on lists."


def first_refused(line: int, reason: str) -> str:
    """Why the first line that was refused was."""
    return f"The first that was refused is line {line:,}: {reason}."


def withdraw_what(name: str, contents: int) -> str:
    """What withdrawing a list changes."""
    files = "file is" if contents == 1 else "files are"
    return f"{name}: {contents:,} {files} known by it. They are known by it no more afterwards."


def withdrawn(name: str, hits: int) -> str:
    """What withdrawing a list changed."""
    return f"{name} is withdrawn; {hits:,} {'hit stands' if hits == 1 else 'hits stand'} no more."


def came(origin: str, when: str) -> str:
    """How a list came, and when."""
    return f"{when}, {origin}"
