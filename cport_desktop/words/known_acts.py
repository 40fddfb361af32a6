"""Sentences about what is done where lists know an item: a word on an entry, who has it, a list given to a
shared one.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

# -- the card of a hit

SAY: Final = tr("Confirm or dispute…")
SAY_KEY: Final = "Ctrl+Shift+D"
OF_KNOWN: Final = tr_in("a hash list", "● list of known material")
OF_HARMLESS: Final = tr_in("a hash list", "○ list of what is harmless")


def say_of(entry: str, name: str) -> str:
    """Read aloud, on the button of one hit."""
    return tr("Confirm or dispute entry {entry} of {list}", entry=entry, list=name)


def about_entry(entry: str, name: str) -> str:
    """Over the question what is to be said of it."""
    return tr("Entry {entry} of {list}", entry=entry, list=name)


NEEDS_NOTE: Final = tr("Say why it is not right: others read it where the entry is found.")

# -- who has it

WHO: Final = tr("Who has this item?")
WHO_KEY: Final = "Ctrl+Shift+H"
WHO_OF_MEDIUM: Final = tr(
    "Every copy of this item, and of the same bytes under another number, that left; and who handed it to you. That you asked is on record."
)


def more_copies(count: int) -> str:
    """Beneath the newest of very many."""
    return tr_many(
        "and {count} older copy; the register tells all of them",
        "and {count} older copies; the register tells all of them",
        count,
    )


def senders(count: int) -> str:
    """Over the agencies from whose packages it came."""
    return tr_many(
        "{count} package of a colleague brought it, so its sender has it as well:",
        "{count} packages of colleagues brought it, so their senders have it as well:",
        count,
    )


def sender(agency: str, title: str, signer: str, moment: str) -> str:
    """One package that brought it, on a line."""
    return tr(
        "{agency}: “{title}”, signed by {signer}, taken in {moment}",
        agency=agency,
        title=title,
        signer=signer,
        moment=moment,
    )


# -- a list given to a shared one

CONTRIBUTE: Final = tr_in("a hash list", "Contribute…")
CONTRIBUTE_TITLE: Final = tr("Contribute a list to a shared one")
COUNTING: Final = tr("Reading the list…")
SENSES_DIFFER: Final = tr(
    "what is on one of the two is known material, and on the other known to be harmless"
)


HANDLING: Final = tr("How it may be used")
HANDLING_PLACEHOLDER: Final = tr("for units of this country alone")


def left_out_as_contrary(count: int) -> str:
    """What was decided the other way than a list that is made here means; empty if there was nothing."""
    if not count:
        return ""
    return tr_many(
        "{count} file was left out, since it was not decided as the list means it.",
        "{count} files were left out, since they were not decided as the list means them.",
        count,
    )


def contribute_what(name: str, entries: int) -> str:
    """What would be given, and that it is digests alone."""
    return tr_many(
        "{name}: {count} entry. Its digests go to a list that hotlines and agencies share, as one message to the portal whose receipt stands in the outbox. Others may act on a match alone.",
        "{name}: {count} entries. Their digests go to a list that hotlines and agencies share, as one message to the portal whose receipt stands in the outbox. Others may act on a match alone.",
        entries,
        name=name,
    )


def handling(told: str) -> str:
    """What whoever made the list asks of those who have it."""
    return tr("How it may be used, as it says itself: {handling}", handling=told)


def digests_on(name: str, count: int) -> str:
    """On the box of one kind of digest: `SHA-256 (1,204)`."""
    return f"{name} ({amount(count)})"


# -- a list that is exported

EXPORTING: Final = tr("Exporting a list")
ONCE_MORE: Final = tr("Press once more to write the file.")


def allowed_by(clauses: str) -> str:
    """By which clauses what is wished may leave; empty if none has to allow it."""
    if not clauses:
        return tr("No clause needs to allow it.")
    return tr("Allowed by clause {clauses}.", clauses=clauses)


# -- keys

KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        SAY_KEY,
        tr(
            "Confirm or dispute the entry of a list that matches; {key}: who has the item",
            key=WHO_KEY,
        ),
        "analyst",
    ),
)

# -- a list in the register

WITHDRAWAL: Final = tr("What a withdrawal changes…")
