"""What the Outbox page says: what an analyst did towards the portal, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

OUTBOX = tr("Outbox")
INTRO = tr(
    "What you did towards the portal and what it said to it. Nothing written here is ever dropped."
)
EMPTY = tr("Nothing waits here")
EMPTY_HELP = tr(
    "Assessments, feedback, requests and suggestions stand here from the moment you queue them until the portal has settled them, and longer where it did not. They go out at the next exchange, by network or by stick."
)
NOTHING_CHOSEN = tr("Choose an operation to read all of it.")
NOTHING_OPEN = tr("An operation’s words, the portal’s answer and what can be done stand here.")

MADE = tr("Made")
ABOUT = tr("About")
WHAT = tr("What")
WORDS = tr("Your words")
NO_WORDS = tr("Without words of your own.")
STATE = tr_in("how something stands", "State")
AGE = tr_in("how long ago", "Age")
ANSWER = tr("The portal’s answer")
CHANGED = tr("Since then")
BY = tr_in("a person", "By")
SETTLED = tr("Answered")
NUMBER = tr("Number")
TO_DO = tr("What you can do")

GLYPHS: Mapping[str, str] = {
    "queued": "○",
    "sending": "→",
    "settled": "✓",
    "rejected": "✗",
    "needs_you": "◆",
    "set_aside": "–",
}
TONES: Mapping[str, str] = {
    "settled": "lightest",
    "rejected": "gravest",
    "needs_you": "grave",
    "set_aside": "muted",
}
MEANINGS: Mapping[str, str] = {
    "queued": tr("It goes out at the next exchange."),
    "sending": tr("It is on its way; whether it arrived, the portal’s receipt will say."),
    "settled": tr("The portal took it."),
    "rejected": tr("The portal did not take it. Your words are kept."),
    "needs_you": tr(
        "What it is about has changed since you wrote it. Nothing is sent before you say."
    ),
    "set_aside": tr("You set it aside: it is not sent, and nothing of it is lost."),
}
SECOND_READER = tr("Nothing is sent before a second reader has said what they find.")
REVISE = tr("Revise…")
SEND = tr("Send all the same")
SET_ASIDE = tr_in("an act", "Set aside")
OPEN_REPORT = tr("Open the report")
REVISE_TITLE = tr("Revise and send again")
REVISE_INTRO = tr(
    "A new operation takes the place of this one. What you wrote before stays in the outbox."
)
REVISE_NOW = tr("Queue it")
NEEDS_WORDS = tr("Write something, or leave.")
SET_ASIDE_TITLE = tr("Set this operation aside")
SET_ASIDE_INTRO = tr(
    "It is not sent. It stays in the outbox, with every word, and can be sent later."
)
REASON = tr("Why")
REASON_PLACEHOLDER = tr("A few words for whoever reads this later")
NEEDS_REASON = tr("Say why, in a few words.")
SENT_AGAIN = tr("Queued again. It goes out at the next exchange.")
REVISED = tr("The revised one is queued. It goes out at the next exchange.")
WAS_SET_ASIDE = tr("Set aside. Nothing of it is lost.")

UNTIL = tr("Until")
CRITERIA = tr("Criteria")
ENTRIES = tr("Entries")
ENTRY = tr("Entry")
RECIPIENT = tr_in("a recipient", "For")
REPORTS = tr("Reports")
INSISTED = tr("Insisted")
INSISTED_TOLD = tr("sent all the same")
REVISES = tr("Revises")
REVISED_BY = tr("Revised by")
ASIDE_BECAUSE = tr_in("why an operation was set aside", "Set aside")

ALL = tr("All")
NEEDING = tr("Needs you")
NOTHING_NEEDS_YOU = tr("Nothing needs you")
NOTHING_NEEDS_YOU_HELP = tr(
    "What the portal rejected, and what changed under an operation of yours, would stand here."
)


def state(word: str, label: str) -> str:
    """`✗ rejected`."""
    return f"{GLYPHS.get(word, '–')} {label}"


def counter(waiting: int, needing: int) -> str:
    """Beside the page's name on the rail."""
    if needing:
        return f"◆ {amount(needing)}"
    return f"{amount(waiting)}" if waiting else ""


def counter_spoken(waiting: int, needing: int) -> str:
    """The same, as it is read aloud."""
    told = [
        tr_many("{count} needs you", "{count} need you", needing) if needing else "",
        tr_many("{count} waiting", "{count} waiting", waiting) if waiting else "",
    ]
    return ", ".join(part for part in told if part)


def assessment(kind: str, label: str) -> str:
    """`Assessment: Baseline`."""
    return f"{kind}: {label}"


def criteria(version: str, number: int) -> str:
    return tr_many(
        "{version}, {count} answered", "{version}, {count} answered", number, version=version
    )
