"""What the Agreement page says: what the national hotline allows, clause by clause, and why."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr, tr_many

AGREEMENT = tr("Agreement")
PARTS = tr("Parts of the Agreement page")

# -- what is in force

IN_FORCE = tr("In force")
IN_FORCE_INTRO = tr(
    "What the national hotline allows this agency. What no clause allows is not there to be done; where you would look for it, a line names the clause."
)
NO_AGREEMENT = tr("No agreement yet")
NO_AGREEMENT_HELP = tr(
    "It comes with enrolment, signed by the portal. The part Enrolment leads through it, by network or by stick."
)
REFERENCE = tr("Reference")
BETWEEN = tr("Between")
JURISDICTION = tr("Jurisdiction")
VALID = tr("Valid")
PORTAL = tr("Portal")
CONTACT = tr("Who can change it")
CLAUSE = tr("Clause")
ALLOWS = tr("Allows")
TEXT = tr("In words")
LIMITS = tr("Limits")
EXPORT = tr("Export…")
EXPORT_TITLE = tr("Export the agreement")
EXPORT_INTRO = tr(
    "The agreement as the portal signed it, with its signature: anybody who has the portal’s key can check it without this program."
)
EXPORT_NOW = tr("Write it")
EXPORT_FILE = tr("New file")
EXPORT_PLACEHOLDER = tr("Path of a new file")
NEEDS_PATH = tr("Say where it is to be written.")
CLAUSES = tr("Clauses")
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
    return tr("{agency} and {hotline}", agency=agency, hotline=hotline)


def reference(name: str, revision: int) -> str:
    return tr("{name}, revision {revision}", name=name, revision=revision)


def valid(begins: str, ends: str) -> str:
    return tr("{begins} to {ends}", begins=begins, ends=ends)


def written(path: str) -> str:
    return tr("Written to {path}.", path=path)


# -- one that waits

WAITS = tr("Another revision waits")
REHEARSE = tr("Rehearse it…")
ACCEPT = tr("Accept it…")
REHEARSE_TITLE = tr("What would change")
ACCEPT_TITLE = tr("Accept the revision that waits")
ACCEPT_INTRO = tr(
    "From its first day on it takes the place of the one in force. What it no longer allows is then no longer there to be done."
)
ACCEPT_NOW = tr("Accept it")
ACCEPT_WHY = tr("Why")
ACCEPT_WHY_PLACEHOLDER = tr("A few words for whoever reads the log")
NEEDS_WHY = tr("Say why, in a few words.")
ACCEPTED = tr("Accepted. It is in force from now on, and it is on record who said so.")
NARROWER = tr("No longer allowed")
WIDER = tr("Newly allowed")
NOTHING_CHANGES = tr("Nothing that this program asks about would change.")


PAST_YEAR = tr("Of the past year")
LOOK_AT_WAITING = tr("Rehearse says what it would change.")


def waits(name: str, revision: int, begins: str) -> str:
    return tr(
        "{name}, revision {revision}, begins {begins} in any case.",
        name=name,
        revision=revision,
        begins=begins,
    )


# -- may I

MAY_I = tr("May I …?")
MAY_INTRO = tr(
    "Ask before you plan. The answer names the clause, and asking changes nothing and tells nobody."
)
WHAT = tr("What")
RECIPIENT = tr("For whom (optional)")
RECIPIENT_PLACEHOLDER = tr("A name or a public key: what if it went there?")
ASK = tr("Ask")
YES = tr("✓ Yes")
NO = tr("✗ No")
NOT_ASKED = tr("Choose what you want to do, and ask.")

# -- the status line


def status(grade: str, name: str, until: str, days: int | None) -> str:
    """`Agreement … until …`; near its end and behind it that is what is said."""
    if grade in ("lapsed", "ended"):
        return tr("✗ Agreement {name} is over", name=name)
    if grade == "ending" and days is not None:
        left = tr("today") if days <= 0 else tr_many("tomorrow", "in {count} days", days)
        return tr("◆ Agreement {name} ends {left}", name=name, left=left)
    return tr("Agreement {name} until {until}", name=name, until=until)


def status_waits(agreement: str) -> str:
    """The same where a narrower revision waits to be accepted."""
    return tr("{agreement} · ◆ another waits", agreement=agreement)


# -- what a clause says, in words

_NARROWED: Mapping[str, str] = {
    "fields": tr("the fields {fields}"),
    "kinds": tr("media of the kind {kinds}"),
    "levels": tr("the level {levels}"),
    "recipients": tr("for {recipients}"),
    "originators": tr("reports of hotlines in {originators}"),
    "conditions": tr("with {conditions}"),
}
NOTHING_OF_THE_KIND = tr("nothing of the kind")
LATER_TERMS = tr(
    "terms that this version of the program does not know: the clause grants nothing here"
)
EVERYTHING = tr("everything")
CLASS_OF = tr("the class {name}")
CONDITIONS: Mapping[str, str] = {
    "reason": tr("a stated reason"),
    "twoPersons": tr("a second person"),
}


def narrowed(what: str, these: str) -> str:
    """One restriction of a grant or limit."""
    return _NARROWED[what].format_map({what: these})


def with_restrictions(action: str, restrictions: str) -> str:
    return f"{action} ({restrictions})" if restrictions else action
