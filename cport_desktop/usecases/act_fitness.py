"""Whether what an analyst wants to do towards the portal can be right at all, before it is queued.

The same rules hold for a first attempt and for a revision. Nothing is cut to make it fit.
"""

from __future__ import annotations

import re
from typing import Final

from cport_desktop.domain.ids import (
    ContentId,
    MediaId,
    OperationId,
    ReportId,
    report_reference,
)
from cport_desktop.domain.operation import (
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_CRITERIA,
    MOST_HASHES,
    MOST_REPORTS,
    ContributeHashes,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HashEntry,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    Operation,
    OperationBody,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
    UnknownAct,
    reports_named,
)
from cport_desktop.domain.operation_reason import ReportNow, assessment_doubt, content_item, doubt
from cport_desktop.domain.report import Report
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import domain_refusal
from cport_desktop.errors import (
    ActUnfit,
    DomainUnfit,
    EntriesUnfit,
    NotEnrolled,
    TextUnfit,
    UnknownReference,
    ValueUnknown,
    WorkflowRefused,
)
from cport_desktop.usecases.permission import require
from cport_desktop.vault import agreements, domain_rules, media_items, reports
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as words

_LIST: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_EMPTY: Final = frozenset(
    {
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }
)
"""MD5, SHA-1 and SHA-256 of no bytes at all: on a list they would match every empty file."""


def require_fit(vault: Vault, body: OperationBody, report_id: ReportId | None) -> None:
    """Nothing, if `body` may be queued about this report (None: about none).

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: no such report, content item or media item here.
        NotEnrolled: the vault has no jurisdiction yet.
        WorkflowRefused: a rule of the network's workflow forbids the assessment.
        ActUnfit: the report was withdrawn, or the time named is over.
        DomainUnfit: this is no domain that can be suggested.
        TextUnfit, EntriesUnfit, ValueUnknown: too much or too little of something.
    """
    require(vault, Role.ANALYST)
    _require_form(body, vault)
    with vault.reader() as reader:
        here = _all_here(reader, reports_named(report_id, body))
        if isinstance(body, NotifyFalsePositive) and body.media is not None:
            _require_media(reader, body.media)
        agreement = agreements.current(reader, now=vault.now())
    if agreement is None:
        raise NotEnrolled
    jurisdiction = agreement.signed.agreement.jurisdiction
    if isinstance(body, GiveAssessment) and report_id is not None:
        _require_assessable(here[report_id].report, body.content_id, jurisdiction)
    attempt = Operation(OperationId(""), report_id, vault.analyst.name, vault.now(), body)
    reason = doubt(attempt, here, jurisdiction=jurisdiction, now=vault.now())
    if reason is not None:
        raise ActUnfit(reason=words.reason_sentence(reason))


def _all_here(reader: Reader, named: tuple[ReportId, ...]) -> dict[ReportId, ReportNow]:
    here = reports.as_they_stand(reader, named)
    for number in named:
        if number not in here:
            raise UnknownReference(kind="report", reference=report_reference(number))
    return here


def _require_media(reader: Reader, media: MediaId) -> None:
    media_items.item(reader, media)


def _require_assessable(report: Report, content: ContentId, jurisdiction: str) -> None:
    if content_item(report, content) is None:
        raise UnknownReference(kind="content item", reference=str(content))
    rule = assessment_doubt(report, content, jurisdiction)
    if rule is not None:
        raise WorkflowRefused(rule=rule)


def _require_form(  # noqa: C901 - one case for each kind
    body: OperationBody, vault: Vault
) -> None:
    match body:
        case GiveAssessment() | UnknownAct():
            pass
        case GiveFeedback(text=text) | RequestInformation(text=text):
            _require_words(text)
        case HoldTakedown(reason=text) | LiftTakedownHold(reason=text):
            _require_words(text)
        case SuggestDomain():
            _require_suggestion(body, vault)
        case SuggestRemoval():
            # Whatever stands on the list by mistake can be taken off: a suffix, an address.
            _require_name(body.domain)
            _require_words(body.note)
        case ContributeHashes():
            _require_list(body.list_id)
            _require_words(body.note, least=0)
            if not 1 <= len(body.entries) <= MOST_HASHES:
                raise EntriesUnfit(count=len(body.entries), limit=MOST_HASHES)
            for entry in body.entries:
                _require_content(entry)
        case HandOverCase():
            _require_name(body.case_reference)
            _require_name(body.recipient)
            _require_words(body.note, least=0)
            if len(body.reports) > MOST_REPORTS:
                raise EntriesUnfit(count=len(body.reports), limit=MOST_REPORTS)
        case NotifyFalsePositive():
            _require_list(body.list_id)
            _require_words(body.note)


def _require_suggestion(body: SuggestDomain, vault: Vault) -> None:
    with vault.reader() as reader:
        suffixes = domain_rules.suffixes(reader.connection)
    is_synthetic = vault.nature.is_synthetic
    rule = domain_refusal(body.domain, is_synthetic=is_synthetic, suffixes=suffixes)
    if rule is not None:
        raise DomainUnfit(domain=body.domain, rule=words.DOMAIN_RULES[rule.value])
    codes = [criterion.code for criterion in body.criteria]
    if len(codes) > MOST_CRITERIA:
        raise EntriesUnfit(count=len(codes), limit=MOST_CRITERIA)
    for code in codes:
        _require_name(code)
        if codes.count(code) > 1:
            raise ValueUnknown(what="criterion", value=code, accepted="each criterion once")
    for criterion in body.criteria:
        _require_words(criterion.note, least=0)
    _require_words(body.note, least=0)
    _require_name(body.criteria_version)


def _require_words(text: str, *, least: int = 1) -> None:
    if not least <= len(text.strip()) or len(text) > LONGEST_WORDS:
        raise TextUnfit(length=len(text.strip()), limit=LONGEST_WORDS)


def _require_name(text: str) -> None:
    if not text.strip() or len(text) > LONGEST_NAME:
        raise TextUnfit(length=len(text.strip()), limit=LONGEST_NAME)


def _require_list(list_id: str) -> None:
    if _LIST.match(list_id) is None:
        raise ValueUnknown(
            what="name of a hash list",
            value=list_id,
            accepted="up to 64 letters, digits, dots, dashes and underscores",
        )


def _require_content(entry: HashEntry) -> None:
    if entry.digest in _EMPTY:
        raise ValueUnknown(
            what="digest to share", value=entry.digest, accepted="digests of files with content"
        )
