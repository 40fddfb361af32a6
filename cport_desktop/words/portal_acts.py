"""Sentences of the dialogs for what is told to the portal beside a report: a domain for the list of
the worst, digests for a hash list, a false positive, a case for another agency.

The criteria are those of the published pages on the INTERPOL “Worst of” list, old and current text,
under the numbers that they have there; which text is meant goes with each suggestion.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

SUGGEST_KEY: Final = "Ctrl+W"
CONTRIBUTE_KEY: Final = "Ctrl+K"
DOUBT_KEY: Final = "Ctrl+Shift+K"
HAND_OVER_KEY: Final = "Ctrl+G"

# -- shared

NOTE_OPTIONAL: Final = tr("Note to the portal (optional)")
REASON: Final = tr("Reason")
REASON_PLACEHOLDER: Final = tr("what for; kept in the audit log")
NEEDS_REASON: Final = tr("State the reason: this vault holds real content.")
KEPT: Final = tr("Esc leaves; what you typed stays here until the vault is locked.")
LIST: Final = tr("Hash list")
CHOOSE_LIST: Final = tr("Choose a list")
ANOTHER_LIST: Final = tr("Another list, by its name")
LIST_PLACEHOLDER: Final = tr("letters, digits, dots, dashes, underscores")
NEEDS_LIST: Final = tr("Choose a hash list, or type its name.")
NOTHING_KNOWN: Final = tr("No digest of it is known here: the file has not arrived yet.")
ALGORITHMS: Final[Mapping[str, str]] = {
    "md5": "MD5",
    "sha1": "SHA-1",
    "sha256": "SHA-256",
    "sha512": "SHA-512",
    "pdq": "PDQ",
}


def list_named(list_id: str, name: str) -> str:
    """How a list that the portal told of stands in a choice."""
    return list_id if name in ("", list_id) else f"{name} – {list_id}"


# -- a domain for the list

SUGGEST: Final = tr("Suggest domain")
SUGGEST_TITLE: Final = tr("Suggest a domain for the Worst-of list")
SUGGEST_INTRO: Final = tr("Access providers block what stands on it, whole domains and no pages.")
SUGGEST_NOW: Final = tr("Queue suggestion")
DOMAIN: Final = tr("Domain")
DOMAIN_PLACEHOLDER: Final = "name.example"
NEEDS_DOMAIN: Final = tr("Type the domain.")
CRITERIA_VERSION: Final = tr("Text of the criteria")
CRITERIA: Final = tr("Criteria")
CRITERION_NOTE: Final = tr("note")
STATES: Final[Mapping[str, str]] = {
    "undetermined": tr("undetermined"),
    "met": tr("✓ met"),
    "not_met": tr("✗ not met"),
}
VERSIONS: Final[Mapping[str, str]] = {
    "current": tr("Current text: Baseline"),
    "older": tr("Older text: five criteria"),
}
CRITERIA_OF: Final[Mapping[str, Mapping[str, str]]] = {
    "current": {
        "1": tr("Meets the severity criterion of Baseline"),
        "2": tr("A child is, or appears to be, 13 or younger"),
    },
    "older": {
        "1": tr("The children are real"),
        "2": tr("They are, or appear to be, younger than 13"),
        "3": tr("Meets the severity criterion"),
        "4": tr("Online within the last three months"),
        "5": tr("Reviewed by two or more countries or agencies"),
    },
}


def reads_as(readable: str) -> str:
    """Beneath a domain in A-labels."""
    return tr("Reads as {readable}", readable=readable)


def whole_domain(domain: str) -> str:
    return tr("All of {domain} would be blocked.", domain=domain)


# -- digests for a hash list

CONTRIBUTE: Final = tr("Contribute hashes")
CONTRIBUTE_TITLE: Final = tr("Contribute to a hash list")
CONTRIBUTE_INTRO: Final = tr(
    "Digests only; no file leaves. Others may act on a match alone, so choose what was looked at."
)
CONTRIBUTE_NOW: Final = tr("Queue contribution")
MEDIA: Final = tr("Media items")
DIGESTS: Final = tr("Digests")
NEEDS_MEDIA: Final = tr("Choose at least one media item.")
NEEDS_DIGEST: Final = tr("Choose at least one kind of digest that is known of it.")


def entries(number: int) -> str:
    """How many entries would go."""
    return tr_many("{count} entry goes.", "{count} entries go.", number)


def left_out(number: int) -> str:
    """Media that are not offered."""
    return tr_many(
        "{count} media item is left out: its file has not arrived yet.",
        "{count} media items are left out: their files have not arrived yet.",
        number,
    )


def list_takes(algorithms: str) -> str:
    return tr("This list holds {algorithms}.", algorithms=algorithms)


# -- a false positive

DOUBT: Final = tr("False positive")
DOUBT_TITLE: Final = tr("Tell of a false positive")
DOUBT_INTRO: Final = tr(
    "An entry of a hash list is wrong, or it matched what it should not. Whoever keeps the list looks at it again."
)
DOUBT_NOW: Final = tr("Queue notice")
ENTRY: Final = tr("Entry")
WHY_WRONG: Final = tr("Why it is wrong")
NEEDS_WHY: Final = tr("Say why it is wrong: whoever keeps the list reads it.")


def about_media(reference: str, kind: str) -> str:
    return f"{reference} · {kind}"


def entry(algorithm: str, digest: str) -> str:
    """One digest on one line: its name and how it begins and ends."""
    short = digest if len(digest) <= _WHOLE else f"{digest[:24]} … {digest[-8:]}"
    return f"{ALGORITHMS.get(algorithm, algorithm)}  {short}"


_WHOLE: Final = 40
"""Digits that fit into one line of a dialog."""

# -- a case for another agency

HAND_OVER: Final = tr("Hand over selected")
HAND_OVER_TITLE: Final = tr("Hand a case over")
HAND_OVER_INTRO: Final = tr(
    "The agency that takes it gets these reports through the portal. The agreement decides to whom a case may go."
)
HAND_OVER_NOW: Final = tr("Queue hand-over")
CASE: Final = tr("Case reference")
CASE_PLACEHOLDER: Final = tr("as your agency names it")
NEEDS_CASE: Final = tr("Type the reference of the case.")
RECIPIENT: Final = tr("Agency that takes it")
CHOOSE_RECIPIENT: Final = tr("Choose an agency")
ANOTHER_RECIPIENT: Final = tr("Another agency, by its name")
RECIPIENT_PLACEHOLDER: Final = tr("its name as the agreement writes it")
NEEDS_RECIPIENT: Final = tr("Choose the agency that takes it, or type its name.")
NEEDS_REPORTS: Final = tr("Select the reports of the case in the list first.")
_NAMED: Final = 6


def reports_named(references: tuple[str, ...]) -> str:
    """How many go, and the first of them; what helps if it is none."""
    if not references:
        return NEEDS_REPORTS
    number = tr_many("{count} report", "{count} reports", len(references))
    named = ", ".join(references[:_NAMED])
    more = len(references) - _NAMED
    if more <= 0:
        return f"{number}: {named}"
    return tr_many(
        "{reports}: {named} and {count} more",
        "{reports}: {named} and {count} more",
        more,
        reports=number,
        named=named,
    )
