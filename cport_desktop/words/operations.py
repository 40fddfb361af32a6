"""What is said of an operation: its kind, its state, why it was rejected or needs a person.

A body comes as its record (`formats.operation_record.body_record`), a state and a reason as their
stable words. A reason that is no code of ours is the portal's own sentence, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_KINDS: Final[Mapping[str, str]] = {
    "assessment": "Assessment",
    "feedback": "Feedback to the hotline",
    "takedown_hold": "Request to wait with takedown",
    "takedown_lift": "Takedown need not wait",
    "information_request": "Request for information",
    "domain_suggestion": "IWOL suggestion",
    "hash_contribution": "Contribution to a hash list",
    "case_hand_over": "Hand-over of a case",
    "false_positive": "Notice of a false positive",
}

_STATES: Final[Mapping[str, str]] = {
    "queued": "queued",
    "sending": "sending",
    "settled": "settled",
    "rejected": "rejected",
    "needs_you": "needs you",
    "set_aside": "set aside",
}

_REASONS: Final[Mapping[str, str]] = {
    "baseline_is_final": "A Baseline assessment is final; only actions may be added.",
    "only_national_overruled": "Only a National assessment may be overruled.",
    "actions_exist": "Actions have been taken on this content already.",
    "not_assigned_here": "The content is assigned to another country.",
    "withdrawn": "The report was withdrawn by its hotline.",
    "unknown_report": "The portal has no such report.",
    "unknown_content": "The report has no such content item any more.",
    "hold_expired": "The moment until which the hotline should wait has passed.",
    "hold_too_long": "The portal does not let a hotline wait that long.",
    "no_hold": "The hotline was not asked to wait.",
    "already_removed": "The content has been removed already.",
    "criteria_not_met": "A criterion of the list is not met.",
    "already_suggested": "The domain was suggested before.",
    "no_domain": "This is no domain that can be listed.",
    "nothing_contributed": "There is no entry in it that is new to the list.",
    "unknown_entry": "The list has no such entry.",
    "unknown_media": "The portal has no such media item.",
    "unknown_kind": "The portal does not know operations of this kind.",
    "agreement_forbids": "The agreement does not allow it",
    "agreement_lapsed": "The agreement has run out",
    "second_reader": "Another analyst must confirm it before it is sent.",
    "second_reader_contradicts": "The second reader finds something else.",
}

_TAKEDOWN: Final[Mapping[str, str]] = {
    "none": "The hotline was not asked to wait with takedown.",
    "asked": "Hold asked until {until}, not yet confirmed.",
    "held": "Takedown is held until {until}.",
    "lift_asked": "Takedown is held until {until}; that it need not wait is not yet confirmed.",
    "expired": "The takedown hold ended on {until}.",
}

DOMAIN_RULES: Final[Mapping[str, str]] = {
    "address": "an address is no domain",
    "no_domain": "it is not the name of a domain",
    "suffix": "a whole suffix cannot be listed",
    "reserved": "a reserved name exists in demonstrations only",
}

A_HAND_OVER: Final = "Handing a case over"
A_CONTRIBUTION: Final = "Contributing to a shared hash list"
A_SETTING_ASIDE: Final = "Setting an operation aside"
QUEUED: Final = "Queued; the next exchange sends it, by network or by removable media."
SENT_ANYWAY: Final = "Queued again; the next exchange sends it all the same."
PUT_ASIDE: Final = "Set aside. It stays listed with its words."

STATED: Final = "stated when it was queued"
INSISTED: Final = "sent all the same"

A_CLASSIFICATION: Final = "code {code}"
UNSAID: Final = "not shown before you said what you find"
"""In the place of what a first reader found; 0 is no code of the portal."""


def kind_word(kind: str) -> str:
    """`Request for information`; one of a later version is told by its word."""
    return _KINDS.get(kind, f"Operation “{kind}”")


def state_word(state: str) -> str:
    """`needs you`."""
    return _STATES.get(state, state)


def reason_sentence(reason: str) -> str:
    """Why, as a sentence. A code may be followed by a colon and what it is about (a clause)."""
    code, _, detail = reason.partition(":")
    sentence = _REASONS.get(code)
    if sentence is None:
        return reason
    if not detail:
        return sentence if sentence.endswith(".") else f"{sentence}."
    return f"{sentence.removesuffix('.')} ({detail})."


def takedown_sentence(state: str, until: str) -> str:
    """How it stands with a report's takedown; `until` is a date in words."""
    return _TAKEDOWN[state].format(until=until)


def summary(record: Mapping[str, object], *, classification: str | None = None) -> str:
    """One line: what was done, with its most telling fact. `classification`: its label."""
    kind = str(record["kind"])
    name = kind_word(kind)
    fact = _fact(kind, record, classification)
    return f"{name}: {fact}" if fact else name


def _fact(  # noqa: PLR0911 - one case for each kind
    kind: str, record: Mapping[str, object], classification: str | None
) -> str:
    match kind:
        case "assessment":
            given = classification or A_CLASSIFICATION.format(code=record["classification"])
            if record["classification"] == 0:
                given = UNSAID
            return f"content {record['content_id']}, {given}"
        case "feedback" | "information_request":
            return _one_line(record["text"])
        case "takedown_hold":
            return f"until {record['until']}"
        case "takedown_lift":
            return _one_line(record["text"])
        case "domain_suggestion":
            return str(record["domain"])
        case "hash_contribution":
            return f"{_count(record['entries'], 'entry', 'entries')} for {record['list_id']}"
        case "case_hand_over":
            return (
                f"{record['case_reference']} to {record['recipient']},"
                f" {_count(record['reports'], 'report', 'reports')}"
            )
        case "false_positive":
            return f"an entry of {record['list_id']}"
        case _:
            return ""


LONGEST_LINE: Final = 80


def _one_line(text: object) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= LONGEST_LINE else f"{plain[: LONGEST_LINE - 1]}…"


def _count(things: object, one: str, many: str) -> str:
    number = len(things) if isinstance(things, Sequence) else 0
    return f"{number:,} {one if number == 1 else many}"
