"""What the Agreement page says: what the national hotline allows, clause by clause, and why."""

from __future__ import annotations

from collections.abc import Mapping

AGREEMENT = "Agreement"
PARTS = "Parts of the Agreement page"

# -- what is in force

IN_FORCE = "In force"
IN_FORCE_INTRO = (
    "What the national hotline allows this agency. What no clause allows is not there to be done; "
    "where you would look for it, a line names the clause."
)
NO_AGREEMENT = "No agreement yet"
NO_AGREEMENT_HELP = (
    "It comes with enrolment, signed by the portal. The part Enrolment leads through it, by "
    "network or by stick."
)
REFERENCE = "Reference"
BETWEEN = "Between"
JURISDICTION = "Jurisdiction"
VALID = "Valid"
PORTAL = "Portal"
CONTACT = "Who can change it"
CLAUSE = "Clause"
ALLOWS = "Allows"
TEXT = "In words"
LIMITS = "Limits"
EXPORT = "Export…"
EXPORT_TITLE = "Export the agreement"
EXPORT_INTRO = (
    "The agreement as the portal signed it, with its signature: anybody who has the portal’s key "
    "can check it without this program."
)
EXPORT_NOW = "Write it"
EXPORT_FILE = "New file"
EXPORT_PLACEHOLDER = "Path of a new file"
NEEDS_PATH = "Say where it is to be written."
CLAUSES = "Clauses"
NOTHING_ALLOWED = "–"

TONES: Mapping[str, str] = {
    "in_force": "lightest",
    "ending": "grave",
    "lapsed": "gravest",
    "ended": "gravest",
}
GLYPHS: Mapping[str, str] = {
    "in_force": "✓",
    "ending": "◆",
    "lapsed": "✗",
    "ended": "✗",
}


def standing(grade: str, sentence: str) -> str:
    """`◆ The agreement … ends on …`."""
    glyph = GLYPHS.get(grade)
    return f"{glyph} {sentence}" if glyph else sentence


def between(agency: str, hotline: str) -> str:
    return f"{agency} and {hotline}"


def reference(name: str, revision: int) -> str:
    return f"{name}, version {revision}"


def valid(begins: str, ends: str) -> str:
    return f"{begins} to {ends}"


def written(path: str) -> str:
    return f"Written to {path}."


# -- one that waits

WAITS = "Another version waits"
REHEARSE = "Rehearse it…"
ACCEPT = "Accept it…"
REHEARSE_TITLE = "What would change"
ACCEPT_TITLE = "Accept the version that waits"
ACCEPT_INTRO = (
    "From its first day on it takes the place of the one in force. What it no longer allows is "
    "then no longer there to be done."
)
ACCEPT_NOW = "Accept it"
ACCEPT_WHY = "Why"
ACCEPT_WHY_PLACEHOLDER = "A few words for whoever reads the log"
NEEDS_WHY = "Say why, in a few words."
ACCEPTED = "Accepted. It is in force from now on, and it is on record who said so."
NARROWER = "No longer allowed"
WIDER = "Newly allowed"
NOTHING_CHANGES = "Nothing that this program asks about would change."


PAST_YEAR = "Of the past year"
LOOK_AT_WAITING = "Rehearse says what it would change."


def waits(name: str, revision: int, begins: str) -> str:
    return f"{name}, version {revision}, begins {begins} in any case."


# -- may I

MAY_I = "May I …?"
MAY_INTRO = (
    "Ask before you plan. The answer names the clause, and asking changes nothing and tells nobody."
)
WHAT = "What"
RECIPIENT = "For whom (optional)"
RECIPIENT_PLACEHOLDER = "A name or a public key: what if it went there?"
ASK = "Ask"
YES = "✓ Yes"
NO = "✗ No"
NOT_ASKED = "Choose what you want to do, and ask."

# -- the status line


def status(grade: str, name: str, until: str, days: int | None) -> str:
    """`Agreement … until …`; near its end and behind it that is what is said."""
    if grade in ("lapsed", "ended"):
        return f"✗ Agreement {name} is over"
    if grade == "ending" and days is not None:
        left = "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"
        return f"◆ Agreement {name} ends {left}"
    return f"Agreement {name} until {until}"


def status_waits(status_told: str) -> str:
    """The same where a narrower version waits to be accepted."""
    return f"{status_told} · ◆ another waits"


# -- what a clause says, in words

_NARROWED: Mapping[str, str] = {
    "fields": "the fields {these}",
    "kinds": "media of the kind {these}",
    "levels": "the level {these}",
    "recipients": "for {these}",
    "originators": "reports of hotlines in {these}",
    "conditions": "with {these}",
}
NOTHING_OF_THE_KIND = "nothing of the kind"
LATER_TERMS = "terms of a later version: it grants nothing here"
EVERYTHING = "everything"
CLASS_OF = "the class {name}"
CONDITIONS: Mapping[str, str] = {
    "reason": "a stated reason",
    "twoPersons": "a second person",
}


def in_the_window(sentence: str) -> str:
    """A sentence about a condition without the option of a command that it names."""
    return sentence.replace(": --reason", "")


def narrowed(what: str, these: str) -> str:
    """One restriction of a grant or limit."""
    return _NARROWED[what].format(these=these)


def with_restrictions(action: str, restrictions: str) -> str:
    return f"{action} ({restrictions})" if restrictions else action
