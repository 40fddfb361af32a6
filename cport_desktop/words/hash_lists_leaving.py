"""Sentences of the window about hash lists that leave, change and are taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words import hash_list_export as words
from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

EXPORT = tr_in("a hash list", "Export…")
VERSIONS = tr_in("a hash list", "Versions…")
SAY = tr("Say of an entry…")

EXPORT_TITLE = tr("Export a hash list")
EXPORT_ACT = tr_in("an act", "Write the file")
FORMAT = tr("Format")
EXTENT = tr("What of it")
THE_WHOLE = tr("the whole list")
FILE, FILE_PLACEHOLDER = tr("New file"), "/media/stick/list.json"
RECIPIENTS, RECIPIENTS_PLACEHOLDER = tr("Who gets it"), tr("Partner Agency Example")
RECIPIENTS_HINT = tr("Names as the agreement has them, with commas between them.")
SIGNED = tr("Sign the manifest with the certificate of this station")
REASON, REASON_PLACEHOLDER = tr("Why"), tr("asked for in writing on 4 May")
NEEDS_FILE = tr("Where is the file to be written?")
STOPPED = tr("Stopped. Nothing of the file is left.")

FORMATS: Final[Mapping[str, str]] = {
    "md5sum": tr("md5sum: a digest and a name a line"),
    "csv": tr("CSV: all that an entry has"),
    "icse": tr("ICSE: INTERPOL’s columns"),
    "vics": tr("VICS 2.0: Project VIC"),
    "vics-1.3": tr("VICS 1.3: Project VIC, older readers"),
    "stix": tr("STIX 2.1: a bundle"),
    "misp": tr("MISP: an event"),
    "pdq": tr("PDQ: a digest a line"),
}
"""By the names of the formats, in the order in which they are offered."""

UPDATE = tr("Next version…")
UPDATE_TITLE = tr("Read the next version of a hash list in")
UPDATE_ACT = tr_in("an act", "Read it in")
UPDATE_FILE, UPDATE_PLACEHOLDER = tr("File of the next version"), "/media/stick/known-2.md5"
UPDATE_VERSION, UPDATE_VERSION_PLACEHOLDER = tr("Which version it is"), "2026-12"
UPDATE_NEEDS_FILE = tr("Which file is the next version?")
UPDATE_STOPPED = tr("Stopped. The list is as it was.")

MAKE = tr("Make of what is decided…")
MAKE_TITLE = tr("Make a hash list of what is decided")
MAKE_INTRO = tr(
    "The contents that a query over media finds and that somebody decided, each once, with every digest that is known of them. An entry goes with its content when that is erased."
)
MAKE_ACT = tr_in("an act", "Make it")
MAKE_NAME, MAKE_NAME_PLACEHOLDER = tr("What the list is called"), tr("Round 3")
MAKE_QUERY, MAKE_QUERY_PLACEHOLDER = tr("Which media"), "case:2026/12 class:baseline"
MAKE_NEEDS_NAME, MAKE_NEEDS_QUERY = tr("What is it called?"), tr("Which media are on it?")
MAKE_STOPPED = tr("Stopped. No list was made.")

VERSIONS_TITLE = tr("Versions of a hash list")

WITHDRAW_TITLE = tr("Withdraw a hash list")
WITHDRAW_ACT = tr_in("an act", "Look, then withdraw")
WITHDRAW_REASON = tr("It was not what it was taken for.")
ENTRIES = tr("Only these entries")
ENTRIES_PLACEHOLDER = "/media/stick/wrong.txt"
ENTRIES_HINT = tr(
    "A file with one entry a line, by its name on the list or by its digest. Empty: the whole list."
)
ONCE_MORE = tr("Press once more to withdraw it.")

SAY_TITLE = tr("Say something of an entry")
SAY_INTRO = tr(
    "What you say stands wherever the entry is found. It changes no hit: tell the portal of a false positive, or withdraw the entry if the list is your own."
)
SAY_ACT = tr_in("an act", "Say it")
ENTRY, ENTRY_PLACEHOLDER = tr("Entry"), tr("its name on the list")
WORD = tr("What you say")
RIGHT, WRONG = tr("It is right"), tr("It is not right")
NOTE, NOTE_PLACEHOLDER = tr_in("a note", "Why"), tr("A test card.")
NEEDS_ENTRY = tr("Which entry?")


def export_what(name: str, entries: int) -> str:
    """What is going to be exported."""
    return tr_many(
        "{name}: {count} entry. The file is written in the clear, with a manifest beside it that says what the format could not carry.",
        "{name}: {count} entries. The file is written in the clear, with a manifest beside it that says what the format could not carry.",
        entries,
        name=name,
    )


def since(version: str, came: str) -> str:
    """The difference since a version."""
    return tr("what changed since {version} ({came})", version=version or "–", came=came)


def written(path: str, entries: int, removed: int) -> str:
    """A list was written and read back."""
    told = words.exported(entries, removed)
    return tr("{path} is written and read back. {what}", path=path, what=told)


def version_line(version: str, came: str, entries: int, added: int, removed: int) -> str:
    """One version of a list."""
    return tr(
        "{version}, came {came}: {entries} entries, {change}.",
        version=version or "–",
        came=came,
        entries=amount(entries),
        change=words.change_of_version(added, removed),
    )


def copy_line(number: str, title: str, recipients: str) -> str:
    """Something that left and has it."""
    return tr(
        "{number}: {title}, with {recipients}", number=number, title=title, recipients=recipients
    )


def withdrawn(name: str, entries: int, hits: int) -> str:
    """What a withdrawal changed."""
    told = tr_many(
        "{name}: {count} entry is withdrawn.", "{name}: {count} entries are withdrawn.", entries,
        name=name,
    )  # fmt: skip
    return f"{told} " + tr_many("{count} hit stands no more.", "{count} hits stand no more.", hits)


def said(confirming: int, disputing: int) -> str:
    """How many say what of an entry."""
    return tr(
        "Confirmed here by {confirming}, disputed by {disputing}.",
        confirming=amount(confirming),
        disputing=amount(disputing),
    )


def updated(name: str, version: str, added: int, removed: int) -> str:
    """What the next version of a list brought."""
    return tr(
        "{name} is at version {version} now: {change}.",
        name=name,
        version=version or "–",
        change=words.change_of_version(added, removed),
    )


def hits_and_copies(new: int, ended: int, copies: int) -> str:
    """What came of hits and copies with it."""
    told = tr("Hits: {new} new, {ended} ended.", new=amount(new), ended=amount(ended))
    if not copies:
        return told
    return f"{told} " + tr_many(
        "{count} copy of an earlier version is abroad: its recipient is to be told.",
        "{count} copies of earlier versions are abroad: their recipients are to be told.",
        copies,
    )


def made(name: str, entries: int) -> str:
    """A list was made."""
    return tr_many(
        "{name} is made, with {count} entry.",
        "{name} is made, with {count} entries.",
        entries,
        name=name,
    )


def left_out(undecided: int) -> str:
    """What was found and left out of a list that is made here; empty if there was nothing."""
    if not undecided:
        return ""
    return tr_many(
        "{count} file was left out, since nobody decided it.",
        "{count} files were left out, since nobody decided them.",
        undecided,
    )
