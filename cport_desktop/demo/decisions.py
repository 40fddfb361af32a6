"""What the portal decides on an operation: pure, by rules, each with a code (`Reason`).

assessment           the workflow's rules; it comes back as a change of the report
feedback             taken
takedown hold        of a report that is here, not removed, for 90 days at most; comes back as a
record `takedownHold`, lifted as its withdrawal
information request  answered at once, in neutral words, as a record `answer`
domain suggestion    no criterion is unmet, not suggested before or taken off since: a record
`iwolDecision`
domain removal       it is listed: its record `iwolDecision` says that it was taken off
hash contribution    something in it is new: records `hashListEntry`, and their `hashList`
case hand-over       of reports that are here; a receipt and nothing else
false positive       the agency's own entry is withdrawn, another's corrected by a word against it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.demo.ledger import Decision
from cport_desktop.domain.answer import Answer
from cport_desktop.domain.batch import Change, ChangeKind, RecordChange, RecordValue, Subject
from cport_desktop.domain.dossier import DELISTED, LISTED
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import (
    ContributeHashes,
    CriterionState,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HashEntry,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    Operation,
    Receipt,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
    UnknownAct,
)
from cport_desktop.domain.operation_reason import Reason, assessment_doubt
from cport_desktop.domain.portal_records import (
    HashList,
    HashListEntry,
    IwolDecision,
    entry_reference,
)
from cport_desktop.domain.report import Assessment, Report
from cport_desktop.domain.synthetic import is_reserved_name
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.formats.hash_list_record import print_hash_list, print_hash_list_entry
from cport_desktop.formats.record_message import print_iwol_decision
from cport_desktop.formats.report_record import (
    answer_reference,
    print_answer,
    print_takedown_hold,
    takedown_reference,
)

UNKNOWN_REPORT: Final = Reason.UNKNOWN_REPORT.value
UNKNOWN_CONTENT: Final = Reason.UNKNOWN_CONTENT.value
WITHDRAWN: Final = Reason.WITHDRAWN.value

LONGEST_HOLD: Final = timedelta(days=90)
_REMOVED: Final = frozenset({3, 4})
"""ICCAM actions: Removed, Unavailable."""
_DOMAIN: Final = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+\Z")
_LONGEST_DOMAIN: Final = 253
_LIST: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_DESK: Final = "Synthetic IWOL desk"
_ENTRY_DIGITS: Final = 48


@dataclass(frozen=True, slots=True)
class KnownReport:
    """A report as it stands at the portal. `number` is the scenario's, None if it was fed in."""

    report: Report | None
    is_withdrawn: bool
    number: int | None
    hotline: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the portal knows when it decides. `agency`: whose station sent the operation.

    `report` finds a report, `told` what was last told of a record, `entries` the references of all
    entries of a list by algorithm and digest, `has_media` whether a media item exists.
    """

    agency: str
    jurisdiction: str
    now: datetime
    report: Callable[[ReportId], KnownReport | None]
    told: Callable[[str, str], RecordChange | None]
    entries: Callable[[str], Mapping[tuple[str, str], str]]
    has_media: Callable[[int], bool]


class _Rejected(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decide(operation: Operation, known: Knowledge) -> Decision:
    """Settled with what it leaves behind, or rejected with the rule's code."""
    try:
        return _settle(operation, known)
    except _Rejected as rejected:
        return Decision(Receipt(operation.operation_id, is_settled=False, reason=rejected.code))


def _settle(operation: Operation, known: Knowledge) -> Decision:
    body = operation.body
    match body:
        case GiveAssessment():
            return _assess(operation, body, known)
        case GiveFeedback(text=text):
            _standing(operation.report_id, known)
            return Decision(_settled(operation), feedback=text)
        case SuggestDomain() | SuggestRemoval():
            told = _decide_on_domain(body, operation.made_at, known)
        case ContributeHashes():
            told = _take_hashes(body, operation.made_at, known)
        case NotifyFalsePositive():
            told = _doubt_entry(body, known)
        case HandOverCase():
            for number in body.reports:
                _standing(number, known)
            told = ()
        case HoldTakedown() | LiftTakedownHold() | RequestInformation():
            told = _reply(operation.report_id, body, known)
        case UnknownAct():
            raise _Rejected(Reason.UNKNOWN_KIND)
    return Decision(_settled(operation), told=told)


def _standing(number: ReportId | None, known: Knowledge) -> tuple[ReportId, KnownReport, Report]:
    """A report that is here and was not withdrawn."""
    found = None if number is None else known.report(number)
    if number is None or found is None:
        raise _Rejected(Reason.UNKNOWN_REPORT)
    if found.is_withdrawn or found.report is None:
        raise _Rejected(Reason.WITHDRAWN)
    return number, found, found.report


def _assess(operation: Operation, body: GiveAssessment, known: Knowledge) -> Decision:
    _, found, report = _standing(operation.report_id, known)
    code = assessment_doubt(report, body.content_id, known.jurisdiction)
    if code is not None:
        raise _Rejected(code)
    given = Assessment(
        classification=body.classification,
        age=body.age,
        gender=body.gender,
        is_virtual=False,
        is_user_generated=False,
        is_modeling=False,
        analyst=operation.actor,
        hotline=None,
        made_at=known.now.replace(microsecond=0),
    )
    number = -1 if found.number is None else found.number
    return Decision(_settled(operation), assessment=(number, body.content_id, given))


def _reply(
    about: ReportId | None,
    body: HoldTakedown | LiftTakedownHold | RequestInformation,
    known: Knowledge,
) -> tuple[Change, ...]:
    if isinstance(body, LiftTakedownHold):
        return _lift(about, body, known)
    number, found, report = _standing(about, known)
    if isinstance(body, RequestInformation):
        return _answer(number, found, body, known)
    if body.until <= known.now:
        raise _Rejected(Reason.HOLD_EXPIRED)
    if body.until > known.now + LONGEST_HOLD:
        raise _Rejected(Reason.HOLD_TOO_LONG)
    if report.contents and all(
        any(action.type in _REMOVED for action in item.actions) for item in report.contents
    ):
        raise _Rejected(Reason.ALREADY_REMOVED)
    hold = TakedownHold(number, body.until, body.reason, known.agency)
    reference = takedown_reference(number)
    return (_tell(Subject.TAKEDOWN_HOLD, reference, print_takedown_hold(hold), hold, known),)


def _lift(about: ReportId | None, body: LiftTakedownHold, known: Knowledge) -> tuple[Change, ...]:
    reference = "" if about is None else takedown_reference(about)
    before = known.told(Subject.TAKEDOWN_HOLD, reference)
    if before is None or not before.document:
        raise _Rejected(Reason.NO_HOLD)
    return (_take_back(Subject.TAKEDOWN_HOLD, reference, body.reason, known),)


def _answer(
    number: ReportId, found: KnownReport, body: RequestInformation, known: Knowledge
) -> tuple[Change, ...]:
    count = 1
    while known.told(Subject.ANSWER, answer_reference(number, count)) is not None:
        count += 1
    text = f"Synthetic answer {count}: the hotline has nothing more on file."
    answer = Answer(number, count, body.text, text, found.hotline)
    reference = answer_reference(number, count)
    return (_tell(Subject.ANSWER, reference, print_answer(answer), answer, known),)


def _decide_on_domain(
    body: SuggestDomain | SuggestRemoval, made_at: datetime, known: Knowledge
) -> tuple[Change, ...]:
    if isinstance(body, SuggestRemoval):
        return _take_off(body, made_at, known)
    domain = body.domain
    is_name = len(domain) <= _LONGEST_DOMAIN and _DOMAIN.match(domain) is not None
    if not is_name or not is_reserved_name(domain):
        raise _Rejected(Reason.NO_DOMAIN)
    states = {criterion.state for criterion in body.criteria}
    if CriterionState.NOT_MET in states:
        raise _Rejected(Reason.CRITERIA_NOT_MET)
    before = _decided(domain, known)
    if before is not None and before.state != DELISTED:
        raise _Rejected(Reason.ALREADY_SUGGESTED)
    decision = IwolDecision(
        domain=domain,
        state="under_review" if CriterionState.UNDETERMINED in states else LISTED,
        criteria_version=body.criteria_version or "unstated",
        decided_by=_DESK,
        decided_at=made_at,
        note=None,
    )
    return (_tell(Subject.IWOL_DECISION, domain, print_iwol_decision(decision), decision, known),)


def _take_off(body: SuggestRemoval, made_at: datetime, known: Knowledge) -> tuple[Change, ...]:
    before = _decided(body.domain, known)
    if before is None or before.state != LISTED:
        raise _Rejected(Reason.NOT_LISTED)
    decision = replace(before, state=DELISTED, decided_by=_DESK, decided_at=made_at)
    document = print_iwol_decision(decision)
    return (_tell(Subject.IWOL_DECISION, body.domain, document, decision, known),)


def _decided(domain: str, known: Knowledge) -> IwolDecision | None:
    """What was told of it last, unless that was taken back."""
    before = known.told(Subject.IWOL_DECISION, domain)
    if before is None or not before.document or not isinstance(before.value, IwolDecision):
        return None
    return before.value


def _take_hashes(body: ContributeHashes, made_at: datetime, known: Knowledge) -> tuple[Change, ...]:
    if _LIST.match(body.list_id) is None:
        raise _Rejected(Reason.NOTHING_CONTRIBUTED)
    there = known.entries(body.list_id)
    fresh = [
        entry
        for entry in dict.fromkeys(body.entries)
        if (entry.algorithm.value, entry.digest) not in there
    ]
    if not fresh:
        raise _Rejected(Reason.NOTHING_CONTRIBUTED)
    told = [_entry_told(body.list_id, entry, known) for entry in fresh]
    return (_list_told(body, fresh, made_at, known), *told)


def _entry_told(list_id: str, entry: HashEntry, known: Knowledge) -> Change:
    value = HashListEntry(
        list_id=list_id,
        entry_id=f"{entry.algorithm}-{entry.digest[:_ENTRY_DIGITS]}",
        digests=((entry.algorithm.value, entry.digest),),
        quality=None,
        classification=None,
        source=known.agency,
        feedback=(),
    )
    reference = entry_reference(list_id, value.entry_id)
    return _tell(Subject.HASH_LIST_ENTRY, reference, print_hash_list_entry(value), value, known)


def _list_told(
    body: ContributeHashes, fresh: list[HashEntry], made_at: datetime, known: Knowledge
) -> Change:
    before = known.told(Subject.HASH_LIST, body.list_id)
    kept = before.value if before is not None else None
    algorithms = {entry.algorithm.value for entry in fresh}
    if isinstance(kept, HashList):
        value = replace(
            kept,
            version=str(0 if before is None else before.revision + 1),
            algorithms=tuple(sorted(algorithms | set(kept.algorithms))),
            count=kept.count + len(fresh),
        )
    else:
        value = HashList(
            list_id=body.list_id,
            name=body.list_id,
            version="1",
            source=known.agency,
            handling=None,
            created_at=made_at,
            algorithms=tuple(sorted(algorithms)),
            count=len(fresh),
        )
    return _tell(Subject.HASH_LIST, body.list_id, print_hash_list(value), value, known)


def _doubt_entry(body: NotifyFalsePositive, known: Knowledge) -> tuple[Change, ...]:
    if body.media is not None and not known.has_media(body.media):
        raise _Rejected(Reason.UNKNOWN_MEDIA)
    wanted = (body.entry.algorithm.value, body.entry.digest)
    reference = known.entries(body.list_id).get(wanted)
    before = None if reference is None else known.told(Subject.HASH_LIST_ENTRY, reference)
    if reference is None or before is None or not isinstance(before.value, HashListEntry):
        raise _Rejected(Reason.UNKNOWN_ENTRY)
    entry = before.value
    if entry.source == known.agency:
        return (_take_back(Subject.HASH_LIST_ENTRY, reference, "false positive", known),)
    given = dict(entry.feedback)
    given["negative"] = given.get("negative", 0) + 1
    doubted = replace(entry, feedback=tuple(sorted(given.items())))
    document = print_hash_list_entry(doubted)
    return (_tell(Subject.HASH_LIST_ENTRY, reference, document, doubted, known),)


def _tell(
    subject: Subject, reference: str, document: bytes, value: RecordValue, known: Knowledge
) -> RecordChange:
    before = known.told(subject, reference)
    return RecordChange(
        subject=subject.value,
        reference=reference,
        kind=ChangeKind.NEW if before is None else ChangeKind.CORRECTED,
        revision=1 if before is None else before.revision + 1,
        made_at=known.now,
        reason=None,
        document=document,
        value=value,
    )


def _take_back(subject: Subject, reference: str, reason: str, known: Knowledge) -> RecordChange:
    before = known.told(subject, reference)
    return RecordChange(
        subject=subject.value,
        reference=reference,
        kind=ChangeKind.WITHDRAWN,
        revision=1 if before is None else before.revision + 1,
        made_at=known.now,
        reason=reason or None,
        document=b"",
        value=None,
    )


def _settled(operation: Operation) -> Receipt:
    return Receipt(operation.operation_id, is_settled=True, reason=None)
