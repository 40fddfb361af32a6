"""What an operation says survives the way into the vault and over the wire, of whatever kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from cport_desktop.domain import operation as acts
from cport_desktop.domain.answer import Answer
from cport_desktop.domain.ids import Actor, ContentId, OperationId, ReportId, StationId
from cport_desktop.domain.operation import (
    ContributeHashes,
    GiveAssessment,
    GiveFeedback,
    HashAlgorithm,
    HashEntry,
    Operation,
    OperationBody,
    OperationKind,
    UnknownAct,
    kind_of,
    with_words,
    without_words,
    words_of,
)
from cport_desktop.domain.takedown import TakedownHold
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats.operation_body import parse_body, print_body
from cport_desktop.formats.operation_message import parse_operations, print_operations
from cport_desktop.formats.operation_record import body_record, kind_word
from cport_desktop.formats.report_record import (
    answer_reference,
    parse_answer,
    parse_takedown_hold,
    print_answer,
    print_takedown_hold,
    report_spoken_of,
    takedown_reference,
)
from tests.formats import operation_strategies as some

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
usual = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@usual
@given(some.bodies)
def test_what_is_said_is_read_back_as_it_was_printed(body: OperationBody) -> None:
    assert parse_body(print_body(body)) == body


@usual
@given(some.unknown_acts())
def test_a_kind_of_a_later_version_is_passed_on_to_the_byte(body: UnknownAct) -> None:
    made = Operation(
        OperationId("00000000-0000-4000-8000-000000000001"), None, Actor("Ada"), NOON, body
    )
    message = parse_operations(print_operations(StationId("s"), (made,)))
    assert message.operations == (made,)
    assert print_body(body) in print_operations(StationId("s"), (made,))


@usual
@given(some.known_bodies)
def test_other_words_change_nothing_else_and_no_words_are_left_when_they_go(
    body: OperationBody,
) -> None:
    if isinstance(body, GiveAssessment):
        return
    assert words_of(with_words(body, "other")) == "other"
    assert without_words(with_words(body, "other")) == without_words(body)
    assert words_of(without_words(body)) == ""


def test_an_unknown_act_without_its_words_keeps_its_kind() -> None:
    silenced = without_words(UnknownAct("merge", b'{"kind":"merge","text":"secret"}'))
    assert print_body(silenced) == b'{"kind":"merge"}'


@usual
@given(some.known_bodies)
def test_a_record_has_its_kind_in_snake_case_and_is_json(body: OperationBody) -> None:
    record = body_record(body)
    assert record["kind"] == kind_word(body)
    assert "reason" not in record  # of an operation that is why it was rejected
    json.dumps(record)


def test_every_kind_has_a_word_of_its_own() -> None:
    kinds = {kind_of(body) for body in (GiveFeedback("x"), GiveAssessment(ContentId(1), 1))}
    assert kinds == {OperationKind.FEEDBACK, OperationKind.ASSESSMENT}
    assert len({kind.value for kind in OperationKind}) == len(OperationKind)
    assert kind_word(acts.HoldTakedown(NOON, "")) == "takedown_hold"


@pytest.mark.parametrize(
    "document",
    [
        b'{"kind":"takedownHold","until":"2026-03-01T12:00:00","reason":""}',
        b'{"kind":"takedownHold","until":"2026-03-01T12:00:00Z"}',
        b'{"kind":"feedback","text":7}',
        (
            b'{"kind":"hashContribution","listId":"n","note":"","entries":'
            b'[{"algorithm":"sha256","digest":"00"}]}'
        ),
        b'{"kind":"falsePositive","listId":"n","media":null,"note":"","entry":'
        b'{"algorithm":"sha256","digest":"' + b"0" * 32 + b'"}}',
        b'{"kind":"domainSuggestion","domain":"","criteriaVersion":"","criteria":[],"note":""}',
        (
            b'{"kind":"domainSuggestion","domain":"a","criteriaVersion":"","note":"","criteria":'
            b'[{"code":"1","state":"perhaps"}]}'
        ),
        b'{"kind":7}',
        b"{}",
    ],
)
def test_a_known_kind_of_another_shape_is_malformed(document: bytes) -> None:
    with pytest.raises(MalformedMessage):
        parse_body(document)


def test_more_entries_than_a_contribution_takes_are_malformed() -> None:
    entry = HashEntry(HashAlgorithm.MD5, "5a" * 16)
    most = ContributeHashes("n", (entry,) * acts.MOST_HASHES, "")
    assert parse_body(print_body(most)) == most
    with pytest.raises(MalformedMessage):
        parse_body(print_body(ContributeHashes("n", (*most.entries, entry), "")))


def test_what_the_portal_tells_back_is_read_as_it_was_printed() -> None:
    hold = TakedownHold(ReportId(17), NOON, "number 12", "Example Agency")
    answer = Answer(ReportId(17), 2, "?", "nothing more on file", "Hotline")
    reference = takedown_reference(hold.report_id)
    assert parse_takedown_hold(reference, print_takedown_hold(hold), "$") == hold
    reference = answer_reference(answer.report_id, answer.number)
    assert parse_answer(reference, print_answer(answer), "$") == answer
    assert report_spoken_of("answer", reference) == ReportId(17)
    assert report_spoken_of("hotline", "12") is None


@pytest.mark.parametrize("reference", ["18", "17/3", "x", "", "-1", "1" * 19])
def test_what_is_told_back_under_another_report_is_malformed(reference: str) -> None:
    hold = TakedownHold(ReportId(17), NOON, "", "")
    answer = Answer(ReportId(17), 2, "", "", "")
    with pytest.raises(MalformedMessage):
        parse_takedown_hold(reference, print_takedown_hold(hold), "$")
    with pytest.raises(MalformedMessage):
        parse_answer(reference, print_answer(answer), "$")


@pytest.mark.parametrize("reference", ["x", "", "-1", "1" * 19, "/1", "٣"])
def test_a_record_that_should_name_a_report_and_does_not_is_malformed(reference: str) -> None:
    with pytest.raises(MalformedMessage):
        report_spoken_of("takedownHold", reference)
