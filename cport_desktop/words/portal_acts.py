"""Sentences of the dialogs for what is told to the portal beside a report: a domain for the list of
the worst, digests for a hash list, a false positive, a case for another agency.

The criteria are those of the published pages on the INTERPOL “Worst of” list, old and current text,
under the numbers that they have there; which text is meant goes with each suggestion.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SUGGEST_KEY: Final = "Ctrl+W"
CONTRIBUTE_KEY: Final = "Ctrl+K"
DOUBT_KEY: Final = "Ctrl+Shift+K"
HAND_OVER_KEY: Final = "Ctrl+G"

# -- shared

NOTE: Final = "Note to the portal"
NOTE_OPTIONAL: Final = "Note to the portal (optional)"
REASON: Final = "Reason"
REASON_PLACEHOLDER: Final = "what for; kept in the audit log"
NEEDS_REASON: Final = "State the reason: this vault holds real content."
KEPT: Final = "Esc leaves; what you typed stays here until the vault is locked."
LIST: Final = "Hash list"
CHOOSE_LIST: Final = "Choose a list"
ANOTHER_LIST: Final = "Another list, by its name"
LIST_PLACEHOLDER: Final = "letters, digits, dots, dashes, underscores"
NEEDS_LIST: Final = "Choose a hash list, or type its name."
NOTHING_KNOWN: Final = "No digest of it is known here: the file has not arrived yet."
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

SUGGEST: Final = "Suggest domain"
SUGGEST_TITLE: Final = "Suggest a domain for the Worst-of list"
SUGGEST_INTRO: Final = "Access providers block what stands on it, whole domains and no pages."
SUGGEST_NOW: Final = "Queue suggestion"
DOMAIN: Final = "Domain"
DOMAIN_PLACEHOLDER: Final = "name.example"
NEEDS_DOMAIN: Final = "Type the domain."
CRITERIA_VERSION: Final = "Text of the criteria"
CRITERIA: Final = "Criteria"
CRITERION_NOTE: Final = "note"
STATES: Final[Mapping[str, str]] = {
    "undetermined": "undetermined",
    "met": "✓ met",
    "not_met": "✗ not met",
}
VERSIONS: Final[Mapping[str, str]] = {
    "current": "Current text: Baseline",
    "older": "Older text: five criteria",
}
CRITERIA_OF: Final[Mapping[str, Mapping[str, str]]] = {
    "current": {
        "1": "Meets the severity criterion of Baseline",
        "2": "A child is, or appears to be, 13 or younger",
    },
    "older": {
        "1": "The children are real",
        "2": "They are, or appear to be, younger than 13",
        "3": "Meets the severity criterion",
        "4": "Online within the last three months",
        "5": "Reviewed by two or more countries or agencies",
    },
}


def reads_as(readable: str) -> str:
    """Beneath a domain in A-labels."""
    return f"Reads as {readable}"


def whole_domain(domain: str) -> str:
    return f"All of {domain} would be blocked."


# -- digests for a hash list

CONTRIBUTE: Final = "Contribute hashes"
CONTRIBUTE_TITLE: Final = "Contribute to a hash list"
CONTRIBUTE_INTRO: Final = (
    "Digests only; no file leaves. Others may act on a match alone, so choose what was looked at."
)
CONTRIBUTE_NOW: Final = "Queue contribution"
MEDIA: Final = "Media items"
DIGESTS: Final = "Digests"
NEEDS_MEDIA: Final = "Choose at least one media item."
NEEDS_DIGEST: Final = "Choose at least one kind of digest that is known of it."


def entries(number: int) -> str:
    """How many entries would go."""
    return "1 entry goes." if number == 1 else f"{number:,} entries go."


def left_out(number: int) -> str:
    """Media that are not offered."""
    if number == 1:
        return "1 media item is left out: its file has not arrived yet."
    return f"{number:,} media items are left out: their files have not arrived yet."


def list_takes(algorithms: str) -> str:
    return f"This list holds {algorithms}."


# -- a false positive

DOUBT: Final = "False positive"
DOUBT_TITLE: Final = "Tell of a false positive"
DOUBT_INTRO: Final = (
    "An entry of a hash list is wrong, or it matched what it should not. Whoever keeps the list "
    "looks at it again."
)
DOUBT_NOW: Final = "Queue notice"
ENTRY: Final = "Entry"
WHY_WRONG: Final = "Why it is wrong"
NEEDS_WHY: Final = "Say why it is wrong: whoever keeps the list reads it."


def about_media(reference: str, kind: str) -> str:
    return f"{reference} · {kind}"


def entry(algorithm: str, digest: str) -> str:
    """One digest on one line: its name and how it begins and ends."""
    short = digest if len(digest) <= _WHOLE else f"{digest[:24]} … {digest[-8:]}"
    return f"{ALGORITHMS.get(algorithm, algorithm)}  {short}"


_WHOLE: Final = 40
"""Digits that fit into one line of a dialog."""

# -- a case for another agency

HAND_OVER: Final = "Hand over selected"
HAND_OVER_TITLE: Final = "Hand a case over"
HAND_OVER_INTRO: Final = (
    "The agency that takes it gets these reports through the portal. The agreement decides to whom "
    "a case may go."
)
HAND_OVER_NOW: Final = "Queue hand-over"
CASE: Final = "Case reference"
CASE_PLACEHOLDER: Final = "as your agency names it"
NEEDS_CASE: Final = "Type the reference of the case."
RECIPIENT: Final = "Agency that takes it"
CHOOSE_RECIPIENT: Final = "Choose an agency"
ANOTHER_RECIPIENT: Final = "Another agency, by its name"
RECIPIENT_PLACEHOLDER: Final = "its name as the agreement writes it"
NEEDS_RECIPIENT: Final = "Choose the agency that takes it, or type its name."
REPORTS: Final = "Reports"
NEEDS_REPORTS: Final = "Select the reports of the case in the list first."
_NAMED: Final = 6


def reports_named(references: tuple[str, ...]) -> str:
    """How many go, and the first of them; what helps if it is none."""
    if not references:
        return NEEDS_REPORTS
    number = "1 report" if len(references) == 1 else f"{len(references):,} reports"
    more = f" and {len(references) - _NAMED:,} more" if len(references) > _NAMED else ""
    return f"{number}: {', '.join(references[:_NAMED])}{more}"
