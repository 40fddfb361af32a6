"""Sentences of the page of hash lists."""

from __future__ import annotations

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

TITLE = tr("Hash lists")
PARTS = tr("Parts of the page of hash lists")
LISTS = tr("Lists")
INTRO = tr(
    "Lists of known files, from the portal or from a file. What is on one of them is found by itself, when it arrives and whenever a list changes, and need not be looked at to be known."
)
NO_LISTS = tr("No hash list is here.")
NO_LISTS_HELP = tr(
    "Lists come with an exchange, if the portal shares any; or read one in from a file."
)

LIST, VERSION, SOURCE = tr_in("hash list", "List"), tr("Version"), tr("Source")
ENTRIES, HITS, CAME, STANDING = (
    tr("Entries"),
    tr("Found here"),
    tr_in("when a list came", "Came"),
    tr_in("what a list means", "Means"),
)
KNOWN, HARMLESS, WITHDRAWN = (
    tr_in("hash list", "● known"),
    tr_in("hash list", "○ harmless"),
    tr_in("hash list", "– withdrawn"),
)
KNOWN_SPOKEN, HARMLESS_SPOKEN, WITHDRAWN_SPOKEN = (
    tr_in("hash list", "known"),
    tr_in("hash list", "harmless"),
    tr_in("hash list", "withdrawn"),
)
NOT_TOLD = "–"

READ_IN = tr("Read in a file…")
READ_TITLE = tr("Read in a hash list")
READ_INTRO = tr(
    "A list of digests in any usual form: VICS, ICSE, a table, md5sum, NSRL, Autopsy, EnCase, HashKeeper, STIX, MISP, PDQ. It is tried first: what would be taken and what refused is told, and nothing is kept."
)
TRY = tr("Try it, then read it in")
FILE, FILE_PLACEHOLDER = tr("File of digests"), "/media/stick/known.md5"
NAME, NAME_PLACEHOLDER = tr("Name"), tr("as the file is called")
BODY, BODY_PLACEHOLDER = tr("Who answers for it"), tr("Example Body A")
EDITION, EDITION_PLACEHOLDER = tr("Version"), "2026-11"
IS_HARMLESS = tr("What is on it is known to be harmless")
NEEDS_FILE = tr("Which file?")
TRYING_STOPPED = tr("Stopped. Nothing of the file is kept.")
BUSY = tr("Another list is being read in or matched. Wait for it, or stop it on the page.")

MATCH = tr("Match now")
WITHDRAW = tr("Withdraw…")


def tried(accepted: int, rejected: int, duplicates: int) -> str:
    """What reading a file in would take."""
    return tr(
        "Would be taken: {accepted}. Refused: {rejected}. There twice: {duplicates}. Press once more to read it in.",
        accepted=amount(accepted),
        rejected=amount(rejected),
        duplicates=amount(duplicates),
    )


def read_in(name: str, accepted: int, rejected: int, duplicates: int) -> str:
    """What was taken of a file."""
    return tr(
        "{name}: {accepted} taken, {rejected} refused, {duplicates} there twice.",
        name=name,
        accepted=amount(accepted),
        rejected=amount(rejected),
        duplicates=amount(duplicates),
    )


def found(hits: int) -> str:
    """What matching found."""
    if not hits:
        return tr("Nothing new was found on any list.")
    return tr_many("{count} file was found on lists.", "{count} files were found on lists.", hits)


def first_refused(line: int, reason: str) -> str:
    """Why the first line that was refused was."""
    return tr(
        "The first that was refused is line {line}: {reason}.", line=amount(line), reason=reason
    )


def came(origin: str, when: str) -> str:
    """How a list came, and when."""
    return f"{when}, {origin}"
