"""What the Outbox page says: what an analyst did towards the portal, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

OUTBOX = "Outbox"
INTRO = (
    "What you did towards the portal and what it said to it. Nothing written here is ever dropped."
)
EMPTY = "Nothing waits here"
EMPTY_HELP = (
    "Assessments, feedback, requests and suggestions stand here from the moment you queue them "
    "until the portal has settled them, and longer where it did not. They go out at the next "
    "exchange, by network or by stick."
)
NOTHING_CHOSEN = "Choose an operation to read all of it."
NOTHING_OPEN = "An operation’s words, the portal’s answer and what can be done stand here."

MADE = "Made"
ABOUT = "About"
WHAT = "What"
WORDS = "Your words"
NO_WORDS = "Without words of your own."
STATE = "State"
AGE = "Age"
ANSWER = "The portal’s answer"
CHANGED = "Since then"
BY = "By"
SETTLED = "Answered"
NUMBER = "Number"
TO_DO = "What you can do"

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
    "queued": "It goes out at the next exchange.",
    "sending": "It is on its way; whether it arrived, the portal’s receipt will say.",
    "settled": "The portal took it.",
    "rejected": "The portal did not take it. Your words are kept.",
    "needs_you": "What it is about has changed since you wrote it. Nothing is sent before you say.",
    "set_aside": "You set it aside: it is not sent, and nothing of it is lost.",
}
REVISE = "Revise…"
SEND = "Send all the same"
SET_ASIDE = "Set aside"
OPEN_REPORT = "Open the report"
REVISE_TITLE = "Revise and send again"
REVISE_INTRO = (
    "A new operation takes the place of this one. What you wrote before stays in the outbox."
)
REVISE_NOW = "Queue it"
NEEDS_WORDS = "Write something, or leave."
SET_ASIDE_TITLE = "Set this operation aside"
SET_ASIDE_INTRO = "It is not sent. It stays in the outbox, with every word, and can be sent later."
REASON = "Why"
REASON_PLACEHOLDER = "A few words for whoever reads this later"
NEEDS_REASON = "Say why, in a few words."
SENT_AGAIN = "Queued again. It goes out at the next exchange."
REVISED = "The revised one is queued. It goes out at the next exchange."
WAS_SET_ASIDE = "Set aside. Nothing of it is lost."

UNTIL = "Until"
CRITERIA = "Criteria"
ENTRIES = "Entries"
ENTRY = "Entry"
RECIPIENT = "For"
REPORTS = "Reports"
INSISTED = "Insisted"
INSISTED_TOLD = "sent all the same"
REVISES = "Revises"
REVISED_BY = "Revised by"
ASIDE_BECAUSE = "Set aside"

ALL = "All"
NEEDING = "Needs you"
NOTHING_NEEDS_YOU = "Nothing needs you"
NOTHING_NEEDS_YOU_HELP = (
    "What the portal rejected, and what changed under an operation of yours, would stand here."
)


def state(word: str, label: str) -> str:
    """`✗ rejected`."""
    return f"{GLYPHS.get(word, '–')} {label}"


def counter(waiting: int, needing: int) -> str:
    """Beside the page's name on the rail."""
    if needing:
        return f"◆ {needing:,}"
    return f"{waiting:,}" if waiting else ""


def counter_spoken(waiting: int, needing: int) -> str:
    """The same, as it is read aloud."""
    told = [f"{needing:,} need you" if needing else "", f"{waiting:,} waiting" if waiting else ""]
    return ", ".join(part for part in told if part)


def assessment(kind: str, label: str) -> str:
    """`Assessment: Baseline`."""
    return f"{kind}: {label}"


def criteria(version: str, number: int) -> str:
    return f"{version}, {number} answered"
