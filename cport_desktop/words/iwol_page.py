"""Sentences of the page of the “Worst of” list: candidates, suggestions, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.dossiers_page import KEYS as DOSSIER_KEYS
from cport_desktop.words.enclosures import KEYS as ENCLOSURE_KEYS
from cport_desktop.words.help import HelpText
from cport_desktop.words.list_differences import KEYS as DIFFERENCE_KEYS
from cport_desktop.words.tongue import amount, tr, tr_many

TITLE: Final = tr("Worst-of list")
KEY: Final = "Alt+Shift+W"
PARTS: Final = tr("Parts of the Worst-of list")

# -- candidates

CANDIDATES: Final = tr("Candidates")
CANDIDATES_INTRO: Final = tr(
    "Domains that the reports here are about. Access providers block what stands on the list: whole domains, wherever they are hosted."
)
NO_CANDIDATES: Final = tr("No domain yet")
NO_CANDIDATES_HELP: Final = tr(
    "Every domain that a report is about stands here once reports have come by an exchange, by network (F5) or by stick."
)
NOTHING_FOUND: Final = tr("No domain is like that")
NOTHING_FOUND_HELP: Final = tr("Ask for less in the line above, or empty it with Escape.")
LINE: Final = tr("Which domains")
PLACEHOLDER: Final = tr("e.g. reports:>10 seen:<30d -is:suggested")
ORDER: Final = tr("Order")
_ORDERS: Final[Mapping[tuple[str, bool], str]] = {
    ("reports", True): tr("Most reports first"),
    ("reports", False): tr("Fewest reports first"),
    ("seen", True): tr("Last seen first"),
    ("seen", False): tr("Longest unseen first"),
    ("domain", False): tr("Domains from A to Z"),
    ("domain", True): tr("Domains from Z to A"),
}
DOMAIN: Final = tr("Domain")
REPORTS: Final = tr("Reports")
HOTLINES: Final = tr("Hotlines")
COUNTRIES: Final = tr("Hosted in")
SEEN: Final = tr("Last seen")
STANDS: Final = tr("Stands")
SUGGEST: Final = tr("Suggest…")
SUGGEST_KEY: Final = "Alt+S"
OPEN_REPORTS: Final = tr("Open its reports")
OPEN_REPORTS_KEY: Final = "Alt+O"
QUEUED: Final = tr("The suggestion is queued. It goes out at the next exchange.")
REMOVAL_QUEUED: Final = tr(
    "The suggestion that the domain be taken off is queued. It goes out at the next exchange."
)

# -- suggestions

SUGGESTIONS: Final = tr("Our suggestions")
SUGGESTIONS_INTRO: Final = tr(
    "What this agency suggested, and what became of it. What still waits is revised or set aside in the outbox."
)
NO_SUGGESTIONS: Final = tr("Nothing was suggested yet")
NO_SUGGESTIONS_HELP: Final = tr(
    "A domain is suggested from the candidates, or from a report. It stands here from then on, with the portal’s answer and the decision."
)
STATE: Final = tr("State")
CRITERIA: Final = tr("Criteria")
BY: Final = tr("By")
WHEN: Final = tr("When")
OUTCOME: Final = tr("Outcome")
OPEN_OUTBOX: Final = tr("Open the outbox")
OPEN_OUTBOX_KEY: Final = "Alt+B"
NOTE: Final = tr("Note")
ANSWER: Final = tr("The portal’s answer")
NO_OUTCOME: Final = tr("none yet")

# -- decisions

DECISIONS: Final = tr("Decisions")
DECISIONS_INTRO: Final = tr("What the portal told of domains, whoever suggested them.")
NO_DECISIONS: Final = tr("The portal told of no decision yet")
NO_DECISIONS_HELP: Final = tr("Decisions come with an exchange, by network (F5) or by stick.")
DECIDED: Final = tr("Decided")
DECIDED_BY: Final = tr("Decided by")
CRITERIA_TEXT: Final = tr("Text of the criteria")
WITHDRAWN: Final = tr("withdrawn by the portal")

_STATES: Final[Mapping[str, str]] = {
    "listed": tr("● listed"),
    "delisted": tr("○ taken off"),
    "rejected": tr("✗ not listed"),
}
"""States that are known here; another one is shown in the portal's own word."""
_SUGGESTED: Final[Mapping[str, str]] = {
    "queued": tr("○ suggested, not sent yet"),
    "sending": tr("→ suggested, on its way"),
    "settled": tr("✓ suggested"),
    "rejected": tr("✗ suggestion not taken"),
    "needs_you": tr("◆ suggestion needs you"),
    "set_aside": tr("– suggestion set aside"),
}


def decided(state: str) -> str:
    """A decision's state with its mark."""
    return _STATES.get(state, state)


def stands(suggested: str | None, decision: str | None) -> str:
    """What is known of a candidate, the portal's word first."""
    if decision is not None:
        return decided(decision)
    return "" if suggested is None else _SUGGESTED[suggested]


def at_least(number: int, *, is_partial: bool) -> str:
    """A number that more reports could make greater: `12+`."""
    return f"{amount(number)}+" if is_partial else amount(number)


def at_least_spoken(number: int, *, is_partial: bool) -> str:
    if is_partial:
        return tr_many(
            "{count} at least, by its newest reports",
            "{count} at least, by its newest reports",
            number,
        )
    return amount(number)


def criteria(met: int, answered: int) -> str:
    """`2 met of 3`."""
    return tr("{met} met of {answered}", met=amount(met), answered=amount(answered))


def outcome(state: str, decided_by: str, at: str) -> str:
    """`● listed, by Example Body, 2026-03-01`."""
    return tr("{state}, by {body}, {at}", state=decided(state), body=decided_by, at=at)


def criterion(text: str, state: str, note: str) -> str:
    """One criterion of a suggestion: how it stands, what it says, what was noted."""
    told = f"{state}: {text}"
    return f"{told} ({note})" if note else told


def order(sort: str, *, is_descending: bool) -> str:
    return _ORDERS[sort, is_descending]


KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (KEY, tr("The Worst-of list: candidates, suggestions, decisions"), "analyst"),
    (
        f"{SUGGEST_KEY}, {OPEN_REPORTS_KEY}",
        tr("On the Worst-of list: suggest the chosen domain; show its reports"),
        "analyst",
    ),
    *DOSSIER_KEYS,
    *ENCLOSURE_KEYS,
    *DIFFERENCE_KEYS,
)
"""For the key list."""

HELP: Final = HelpText(
    TITLE,
    tr(
        "Domains that access providers should block: which ones stand out here, what was suggested and what was decided."
    ),
    (
        tr("Find a domain by the line, or by the order; Enter shows its reports."),
        tr("Suggest it: say how each criterion stands. It goes out at the next exchange."),
        tr(
            "Or begin its dossier: evidence by reference, both reasons, and a second officer who confirms it before it is sent or exported."
        ),
        tr(
            "Our suggestions tells what the portal answered; what needs you is mended in the outbox."
        ),
    ),
    (
        (tr("Ctrl+Page Up, Page Down"), tr("The part before, the next part")),
        ("Ctrl+F", tr("The line that says which domains are listed")),
    ),
    when_empty=tr("Domains stand here once reports have come by an exchange."),
    chapter="worst-of",
)
"""For F1."""
