"""What is said of an operation: its kind, its state, why it was rejected or needs a person.

A body comes as its record (`formats.operation_record.body_record`), a state and a reason as their
stable words. A reason that is no code of ours is the portal's own sentence, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_KINDS: Final[Mapping[str, str]] = {
    "assessment": tr("Assessment"),
    "feedback": tr("Feedback to the hotline"),
    "takedown_hold": tr("Request to wait with takedown"),
    "takedown_lift": tr("Takedown need not wait"),
    "information_request": tr("Request for information"),
    "domain_suggestion": tr("IWOL suggestion"),
    "domain_removal": tr("IWOL removal"),
    "hash_contribution": tr("Contribution to a hash list"),
    "case_hand_over": tr("Hand-over of a case"),
    "false_positive": tr("Notice of a false positive"),
}

_STATES: Final[Mapping[str, str]] = {
    "queued": tr("queued"),
    "sending": tr("sending"),
    "settled": tr("settled"),
    "rejected": tr("rejected"),
    "needs_you": tr("needs you"),
    "set_aside": tr("set aside"),
}

_REASONS: Final[Mapping[str, str]] = {
    "baseline_is_final": tr("A Baseline assessment is final; only actions may be added."),
    "only_national_overruled": tr("Only a National assessment may be overruled."),
    "actions_exist": tr("Actions have been taken on this content already."),
    "not_assigned_here": tr("The content is assigned to another country."),
    "withdrawn": tr("The report was withdrawn by its hotline."),
    "unknown_report": tr("The portal has no such report."),
    "unknown_content": tr("The report has no such content item any more."),
    "hold_expired": tr("The moment until which the hotline should wait has passed."),
    "hold_too_long": tr("The portal does not let a hotline wait that long."),
    "no_hold": tr("The hotline was not asked to wait."),
    "already_removed": tr("The content has been removed already."),
    "criteria_not_met": tr("A criterion of the list is not met."),
    "already_suggested": tr("The domain was suggested before."),
    "not_listed": tr("The domain is not on the list."),
    "no_domain": tr("This is no domain that can be listed."),
    "nothing_contributed": tr("There is no entry in it that is new to the list."),
    "unknown_entry": tr("The list has no such entry."),
    "unknown_media": tr("The portal has no such media item."),
    "unknown_kind": tr("The portal does not know operations of this kind."),
    "agreement_forbids": tr("The agreement does not allow it"),
    "agreement_lapsed": tr("The agreement has run out"),
    "second_reader": tr("Another analyst must confirm it before it is sent."),
    "second_reader_contradicts": tr("The second reader finds something else."),
}

_TAKEDOWN: Final[Mapping[str, str]] = {
    "none": tr("The hotline was not asked to wait with takedown."),
    "asked": tr("Hold asked until {until}, not yet confirmed."),
    "held": tr("Takedown is held until {until}."),
    "lift_asked": tr("Takedown is held until {until}; that it need not wait is not yet confirmed."),
    "expired": tr("The takedown hold ended on {until}."),
}

DOMAIN_RULES: Final[Mapping[str, str]] = {
    "address": tr("an address is no domain"),
    "no_domain": tr("it is not the name of a domain"),
    "suffix": tr("a whole suffix cannot be listed"),
    "nowhere": tr("such a name leads nowhere"),
    "not_public": tr("such a name is not in the public DNS, where access providers block"),
    "reserved": tr("a reserved name exists in demonstrations only"),
}

A_HAND_OVER: Final = tr("Handing a case over")
A_CONTRIBUTION: Final = tr("Contributing to a shared hash list")
A_SETTING_ASIDE: Final = tr("Setting an operation aside")
QUEUED: Final = tr("Queued; the next exchange sends it, by network or by removable media.")
SENT_ANYWAY: Final = tr("Queued again; the next exchange sends it all the same.")
PUT_ASIDE: Final = tr("Set aside. It stays listed with its words.")

STATED: Final = "stated when it was queued"
INSISTED: Final = "sent all the same"
"""Reasons as they stand in the audit log, which is written in English."""

A_CLASSIFICATION: Final = tr("code {code}")
UNSAID: Final = tr("not shown before you said what you find")
"""In the place of what a first reader found; 0 is no code of the portal."""


def kind_word(kind: str) -> str:
    """`Request for information`, of `information_request` as of the portal's `informationRequest`; one of
    a later version is told by its word.
    """
    return _KINDS.get(_HUMP.sub("_", kind).lower(), tr("Operation “{kind}”", kind=kind))


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
            return tr(
                "content {number}, {classification}",
                number=record["content_id"],
                classification=given,
            )
        case "feedback" | "information_request":
            return _one_line(record["text"])
        case "takedown_hold":
            return tr("until {moment}", moment=record["until"])
        case "takedown_lift":
            return _one_line(record["text"])
        case "domain_suggestion" | "domain_removal":
            return str(record["domain"])
        case "hash_contribution":
            return tr_many(
                "{count} entry for {hash_list}",
                "{count} entries for {hash_list}",
                _length(record["entries"]),
                hash_list=record["list_id"],
            )
        case "case_hand_over":
            return tr_many(
                "{case} to {recipient}, {count} report",
                "{case} to {recipient}, {count} reports",
                _length(record["reports"]),
                case=record["case_reference"],
                recipient=record["recipient"],
            )
        case "false_positive":
            return tr("an entry of {hash_list}", hash_list=record["list_id"])
        case _:
            return ""


LONGEST_LINE: Final = 80


def _one_line(text: object) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= LONGEST_LINE else f"{plain[: LONGEST_LINE - 1]}…"


def _length(things: object) -> int:
    return len(things) if isinstance(things, Sequence) else 0
