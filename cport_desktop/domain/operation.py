"""What an analyst did towards the portal, and what the portal said to it.

An operation is immutable and carries its own id, which is the idempotency key: it may be sent any
number of times and counts once. It is written together with its audit entry, laid over the replica
until the portal settles it, and never dropped.

    queued ───▶ sending ───▶ settled
      │  ▲         └───────▶ rejected ──┐
      ▼  │ send all the same            ├──▶ set aside, with a reason or with a revision that
    needs you ──────────────────────────┘    takes its place; queued ones too, before they are sent

1. Before each exchange what is queued and can no longer be right becomes «needs you» with the
   reason (`domain.operation_doubt`); what was sent already is the portal's to judge.
2. A receipt counts for whatever the portal has not answered before, even if it was held back or
   set aside here: a vault that was put back may have sent more than it remembers.
3. No state loses the words. Only the erasure of a report takes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import Actor, ContentId, MediaId, OperationId, ReportId

LONGEST_WORDS: Final = 4_000
"""Characters of a text, note or reason: a page and a half."""
LONGEST_NAME: Final = 200
"""Characters of the name of a list, an agency, a case."""
MOST_HASHES: Final = 5_000
"""Entries of one contribution: some 500 kB of message. More go in several."""
MOST_REPORTS: Final = 1_000
"""Reports of one hand-over."""
MOST_CRITERIA: Final = 20


class OperationState(StrEnum):
    """The one honest state of an operation."""

    QUEUED = "queued"
    SENDING = "sending"
    SETTLED = "settled"
    REJECTED = "rejected"
    NEEDS_YOU = "needs_you"
    SET_ASIDE = "set_aside"


UNANSWERED = frozenset({OperationState.QUEUED, OperationState.SENDING})
"""These are on their way, and laid over the replica."""
UNDECIDED_STATES = UNANSWERED | {OperationState.NEEDS_YOU}
"""These the portal has not decided on, nor an analyst against."""
WAITING_FOR_A_PERSON = frozenset({OperationState.REJECTED, OperationState.NEEDS_YOU})
"""These go nowhere until an analyst decides."""
CAN_BE_TAKEN_UP = WAITING_FOR_A_PERSON | {OperationState.QUEUED}
"""These an analyst may revise or set aside."""


@dataclass(frozen=True, slots=True)
class GiveAssessment:
    """Assess a content item, where the workflow rules allow it (`assessment.refusal`)."""

    content_id: ContentId
    classification: int
    age: int | None = None
    gender: int | None = None


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """A few words to the hotline that made the report."""

    text: str


@dataclass(frozen=True, slots=True)
class HoldTakedown:
    """Law enforcement first: let the hotline wait with notice and takedown until then."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class LiftTakedownHold:
    """The hotline need not wait any longer."""

    reason: str


@dataclass(frozen=True, slots=True)
class RequestInformation:
    """A question to the hotline; its answer comes with a later exchange."""

    text: str


class CriterionState(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the list, by its code, and how it stands."""

    code: str
    state: CriterionState
    note: str = ""


@dataclass(frozen=True, slots=True)
class SuggestDomain:
    """Suggest a domain for the list of domains that access providers block (IWOL).

    `domain` in A-labels. `criteria_version` says which text of the criteria is meant.
    """

    domain: str
    criteria_version: str
    criteria: tuple[Criterion, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SuggestRemoval:
    """Suggest that a domain is taken off that list. `domain` in A-labels; `note`: why."""

    domain: str
    note: str


class HashAlgorithm(StrEnum):
    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    SHA512 = "sha512"
    PDQ = "pdq"


DIGITS: Final = {
    HashAlgorithm.MD5: 32,
    HashAlgorithm.SHA1: 40,
    HashAlgorithm.SHA256: 64,
    HashAlgorithm.SHA512: 128,
    HashAlgorithm.PDQ: 64,
}
"""Hex digits of each."""


@dataclass(frozen=True, slots=True)
class HashEntry:
    """`digest` in lower-case hex."""

    algorithm: HashAlgorithm
    digest: str


@dataclass(frozen=True, slots=True)
class ContributeHashes:
    """Entries for a shared hash list."""

    list_id: str
    entries: tuple[HashEntry, ...]
    note: str


@dataclass(frozen=True, slots=True)
class HandOverCase:
    """Let another agency take a case, with the reports that belong to it."""

    case_reference: str
    recipient: str
    note: str
    reports: tuple[ReportId, ...]


@dataclass(frozen=True, slots=True)
class NotifyFalsePositive:
    """An entry of a hash list, or what it matched, is wrong. `media`: what was matched."""

    list_id: str
    entry: HashEntry
    media: MediaId | None
    note: str


@dataclass(frozen=True, slots=True)
class UnknownAct:
    """Something of a later version, kept to the byte. It is never made here."""

    kind: str
    document: bytes


OperationBody = (
    GiveAssessment
    | GiveFeedback
    | HoldTakedown
    | LiftTakedownHold
    | RequestInformation
    | SuggestDomain
    | SuggestRemoval
    | ContributeHashes
    | HandOverCase
    | NotifyFalsePositive
    | UnknownAct
)


class OperationKind(StrEnum):
    """The stable word of each kind, on the wire and in the vault."""

    ASSESSMENT = "assessment"
    FEEDBACK = "feedback"
    TAKEDOWN_HOLD = "takedownHold"
    TAKEDOWN_LIFT = "takedownLift"
    INFORMATION_REQUEST = "informationRequest"
    DOMAIN_SUGGESTION = "domainSuggestion"
    DOMAIN_REMOVAL = "domainRemoval"
    HASH_CONTRIBUTION = "hashContribution"
    CASE_HAND_OVER = "caseHandOver"
    FALSE_POSITIVE = "falsePositive"


_KINDS: Final = {
    GiveAssessment: OperationKind.ASSESSMENT,
    GiveFeedback: OperationKind.FEEDBACK,
    HoldTakedown: OperationKind.TAKEDOWN_HOLD,
    LiftTakedownHold: OperationKind.TAKEDOWN_LIFT,
    RequestInformation: OperationKind.INFORMATION_REQUEST,
    SuggestDomain: OperationKind.DOMAIN_SUGGESTION,
    SuggestRemoval: OperationKind.DOMAIN_REMOVAL,
    ContributeHashes: OperationKind.HASH_CONTRIBUTION,
    HandOverCase: OperationKind.CASE_HAND_OVER,
    NotifyFalsePositive: OperationKind.FALSE_POSITIVE,
}


def kind_of(body: OperationBody) -> str:
    """Its stable word; of an unknown one, the word that it came with."""
    return body.kind if isinstance(body, UnknownAct) else _KINDS[type(body)].value


@dataclass(frozen=True, slots=True)
class Operation:
    """`report_id`: what it is about, if that is one report. `revises`: the operation whose place
    it takes.
    """

    operation_id: OperationId
    report_id: ReportId | None
    actor: Actor
    made_at: datetime
    body: OperationBody
    revises: OperationId | None = None

    @property
    def reports(self) -> tuple[ReportId, ...]:
        """Every report that it names, each once."""
        return reports_named(self.report_id, self.body)


def reports_named(report_id: ReportId | None, body: OperationBody) -> tuple[ReportId, ...]:
    """The report that it is about, and those that are handed over with it, each once."""
    handed = body.reports if isinstance(body, HandOverCase) else ()
    first = () if report_id is None else (report_id,)
    return tuple(dict.fromkeys((*first, *handed)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """The portal's answer: settled, or rejected with its reason in its own words."""

    operation_id: OperationId
    is_settled: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation as the outbox shows it.

    `reason`: the portal's, or why it needs a person; a code of `words.operations`, or plain words.
    `aside`: what the analyst said who set it aside; None if a revision took its place.
    `revised_by`: that revision. `is_insisted`: the analyst had it sent all the same.
    """

    operation: Operation
    state: OperationState
    reason: str | None
    settled_at: datetime | None
    aside: str | None = None
    revised_by: OperationId | None = None
    is_insisted: bool = False


def without_words(body: OperationBody) -> OperationBody:
    """What is left of it when a report that it names is erased: that it was done, and its codes.

    Texts, notes and reasons go, and with an unknown one all but its kind.
    """
    match body:
        case GiveAssessment():
            return body
        case GiveFeedback() | RequestInformation():
            return replace(body, text="")
        case HoldTakedown() | LiftTakedownHold():
            return replace(body, reason="")
        case SuggestDomain():
            plain = tuple(replace(criterion, note="") for criterion in body.criteria)
            return replace(body, note="", criteria=plain)
        case SuggestRemoval() | ContributeHashes() | HandOverCase() | NotifyFalsePositive():
            return replace(body, note="")
        case UnknownAct():
            return UnknownAct(body.kind, b"")


def words_of(body: OperationBody) -> str:
    """The text that the analyst wrote, for lists and for carrying it over; '' if there is none."""
    match body:
        case GiveAssessment() | UnknownAct():
            return ""
        case GiveFeedback() | RequestInformation():
            return body.text
        case HoldTakedown() | LiftTakedownHold():
            return body.reason
        case SuggestDomain() | SuggestRemoval():
            return body.note
        case ContributeHashes() | HandOverCase() | NotifyFalsePositive():
            return body.note


def with_words(body: OperationBody, words: str) -> OperationBody:
    """`body` saying `words` instead; what has no words of its own is as it was."""
    match body:
        case GiveAssessment() | UnknownAct():
            return body
        case GiveFeedback() | RequestInformation():
            return replace(body, text=words)
        case HoldTakedown() | LiftTakedownHold():
            return replace(body, reason=words)
        case SuggestDomain() | SuggestRemoval():
            return replace(body, note=words)
        case ContributeHashes() | HandOverCase() | NotifyFalsePositive():
            return replace(body, note=words)
