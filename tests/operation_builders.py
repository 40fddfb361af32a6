"""One operation of every kind, with words that can be looked for; neutral and synthetic."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from cport_desktop.domain.ids import Actor, ContentId, OperationId, ReportId
from cport_desktop.domain.operation import (
    ContributeHashes,
    Criterion,
    CriterionState,
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HashAlgorithm,
    HashEntry,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    Operation,
    OperationBody,
    RequestInformation,
    SuggestDomain,
    SuggestRemoval,
)
from tests.builders import NOON

WORDS = "words of the analyst, synthetic"
ENTRY = HashEntry(HashAlgorithm.SHA256, hashlib.sha256(b"synthetic").hexdigest())

ON_A_REPORT: tuple[OperationBody, ...] = (
    GiveAssessment(ContentId(10), 1, age=3, gender=2),
    GiveFeedback(WORDS),
    HoldTakedown(NOON + timedelta(days=14), WORDS),
    LiftTakedownHold(WORDS),
    RequestInformation(WORDS),
)
ON_NO_REPORT: tuple[OperationBody, ...] = (
    SuggestDomain(
        "name.example",
        "current",
        (
            Criterion("1", CriterionState.MET, WORDS),
            Criterion("4", CriterionState.UNDETERMINED),
        ),
        WORDS,
    ),
    SuggestRemoval("name.example", WORDS),
    ContributeHashes("national", (ENTRY,), WORDS),
    HandOverCase("2026/12", "Partner Agency Example", WORDS, (ReportId(1),)),
    NotifyFalsePositive("national", ENTRY, None, WORDS),
)
EVERY_BODY = ON_A_REPORT + ON_NO_REPORT


def name_of(body: object) -> str:
    """For the ids of parametrised tests."""
    return type(body).__name__


def operation_id(number: int) -> OperationId:
    return OperationId(f"00000000-0000-4000-8000-{number:012}")


def an_operation(
    number: int,
    body: OperationBody | None = None,
    report: int | None = 1,
    *,
    revises: int | None = None,
) -> Operation:
    body = body or ON_A_REPORT[0]
    return Operation(
        operation_id(number),
        None if report is None or isinstance(body, _ALONE) else ReportId(report),
        Actor("Ada Example"),
        NOON,
        body,
        None if revises is None else operation_id(revises),
    )


_ALONE = (SuggestDomain, SuggestRemoval, ContributeHashes, HandOverCase, NotifyFalsePositive)
