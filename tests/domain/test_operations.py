"""When an operation can no longer be right, how a takedown stands, which domain can be suggested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.assessment import WorkflowRule
from cport_desktop.domain.ids import ContentId, ReportId
from cport_desktop.domain.operation import (
    GiveAssessment,
    GiveFeedback,
    HandOverCase,
    HoldTakedown,
    LiftTakedownHold,
    NotifyFalsePositive,
    OperationBody,
    OperationRow,
    OperationState,
    RequestInformation,
    UnknownAct,
    kind_of,
)
from cport_desktop.domain.operation_reason import Reason, ReportNow, doubt, function_of
from cport_desktop.domain.report import Report
from cport_desktop.domain.suggested_domain import DomainRule, domain_refusal, named_host
from cport_desktop.domain.takedown import (
    TakedownHold,
    TakedownStanding,
    TakedownState,
    standing,
)
from cport_desktop.formats.operation_record import body_record, kind_word
from cport_desktop.formats.public_suffix_file import parse_suffixes
from cport_desktop.words import operations as words
from tests.builders import NOON
from tests.domain_rules import suffixes
from tests.operation_builders import EVERY_BODY, WORDS, an_operation, name_of
from tests.report_builders import a_report, an_action, an_assessment, an_item

OPEN = a_report(1, contents=(an_item(10),))
LATER = NOON + timedelta(days=3)


def doubt_of(
    body: OperationBody,
    report: Report | None = OPEN,
    *,
    is_withdrawn: bool = False,
    days: float = 0,
) -> str | None:
    here: Mapping[ReportId, ReportNow] = (
        {} if report is None else {ReportId(1): ReportNow(report, is_withdrawn)}
    )
    now = NOON + timedelta(days=days)
    return doubt(an_operation(1, body), here, jurisdiction="NL", now=now)


@pytest.mark.parametrize("body", EVERY_BODY, ids=name_of)
def test_what_nothing_speaks_against_is_right(body: OperationBody) -> None:
    assert doubt_of(body) is None
    assert doubt_of(body, None) is None  # a report that is not here is for the portal to know


@pytest.mark.parametrize("body", EVERY_BODY, ids=name_of)
def test_a_withdrawal_makes_wrong_what_is_about_the_reports_content(body: OperationBody) -> None:
    about_content = (GiveAssessment, GiveFeedback, HoldTakedown, RequestInformation, HandOverCase)
    reason = Reason.WITHDRAWN if isinstance(body, about_content) else None
    assert doubt_of(body, is_withdrawn=True) == reason


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (an_item(10, actions=(an_action(1),)), WorkflowRule.ACTIONS_EXIST),
        (an_item(10, assessments=(an_assessment(1),)), WorkflowRule.BASELINE_IS_FINAL),
        (an_item(10, assessments=(an_assessment(4),)), WorkflowRule.ONLY_NATIONAL_OVERRULED),
        (an_item(10, assigned_country="DE"), WorkflowRule.NOT_ASSIGNED_HERE),
        (an_item(11), Reason.UNKNOWN_CONTENT),
        (an_item(10, assessments=(an_assessment(2),)), None),
    ],
)
def test_an_assessment_is_held_to_the_workflow_as_the_report_stands_now(item, reason) -> None:
    corrected = replace(OPEN, contents=(item,))
    assert doubt_of(GiveAssessment(ContentId(10), 1), corrected) == reason
    assert doubt_of(GiveFeedback(WORDS), corrected) is None


def test_a_hold_is_right_until_its_time_has_come() -> None:
    hold = HoldTakedown(LATER, WORDS)
    assert doubt_of(hold, days=2.999) is None
    assert doubt_of(hold, days=3) == Reason.HOLD_EXPIRED


def test_every_kind_needs_something_of_the_agreement_but_what_is_not_known() -> None:
    assert {function_of(body) for body in EVERY_BODY} == {
        Function.ASSESSMENT_GIVE,
        Function.FEEDBACK_GIVE,
        Function.TAKEDOWN_HOLD,
        Function.INFORMATION_REQUEST,
        Function.IWOL_SUGGEST,
        Function.HASHLIST_CONTRIBUTE,
        Function.CASE_HAND_OVER,
        Function.FALSE_POSITIVE_NOTIFY,
    }
    assert function_of(UnknownAct("merge", b"{}")) is None
    assert doubt_of(UnknownAct("merge", b"{}"), is_withdrawn=True) is None


def row(body: OperationBody, state: OperationState = OperationState.QUEUED) -> OperationRow:
    return OperationRow(an_operation(1, body), state, None, None)


CONFIRMED = TakedownHold(ReportId(1), LATER, WORDS, "Example Agency")
ASKED = HoldTakedown(LATER + timedelta(days=9), WORDS)


@pytest.mark.parametrize(
    ("operations", "hold", "seen"),
    [
        ([], None, TakedownStanding(TakedownState.NONE)),
        ([row(ASKED)], None, TakedownStanding(TakedownState.ASKED, ASKED.until)),
        (
            [row(ASKED, OperationState.SENDING)],
            CONFIRMED,
            TakedownStanding(TakedownState.ASKED, ASKED.until, LATER),
        ),
        ([], CONFIRMED, TakedownStanding(TakedownState.HELD, LATER, LATER)),
        (
            [row(LiftTakedownHold(WORDS))],
            CONFIRMED,
            TakedownStanding(TakedownState.LIFT_ASKED, LATER, LATER),
        ),
        ([row(LiftTakedownHold(WORDS))], None, TakedownStanding(TakedownState.NONE)),
        (
            [row(LiftTakedownHold(WORDS)), row(ASKED)],
            CONFIRMED,
            TakedownStanding(TakedownState.ASKED, ASKED.until, LATER),
        ),
        ([row(GiveFeedback(WORDS))], None, TakedownStanding(TakedownState.NONE)),
    ],
)
def test_what_is_asked_is_laid_over_what_the_portal_confirmed(operations, hold, seen) -> None:
    assert standing(operations, hold, now=NOON) == seen


@pytest.mark.parametrize("state", ["settled", "rejected", "needs_you", "set_aside"])
def test_what_is_not_on_its_way_is_laid_over_nothing(state: str) -> None:
    rows = [row(ASKED, OperationState(state))]
    assert standing(rows, None, now=NOON).state is TakedownState.NONE
    assert standing(rows, CONFIRMED, now=NOON).until == LATER


def test_a_hold_ends_by_itself() -> None:
    assert standing([], CONFIRMED, now=LATER) == TakedownStanding(TakedownState.EXPIRED, LATER)


@pytest.mark.parametrize(
    ("domain", "rule"),
    [
        ("name.example", None),
        ("a.b-c.name.test", None),
        ("xn--nme-bla.example", None),
        ("_dmarc.name.example", None),
        ("192.0.2.1", DomainRule.ADDRESS),
        ("2001:db8::1", DomainRule.ADDRESS),
        ("example", DomainRule.SUFFIX),
        ("localhost", DomainRule.NOWHERE),
        ("www.localhost", DomainRule.NOWHERE),
        ("name.invalid", DomainRule.NOWHERE),
        ("", DomainRule.NO_DOMAIN),
        ("name..example", DomainRule.NO_DOMAIN),
        ("-name.example", DomainRule.NO_DOMAIN),
        ("Name.example", DomainRule.NO_DOMAIN),
        ("name.example/a", DomainRule.NO_DOMAIN),
        ("näme.example", DomainRule.NO_DOMAIN),
        ("a" * 64 + ".example", DomainRule.NO_DOMAIN),
        ("a." * 130 + "example", DomainRule.NO_DOMAIN),
    ],
)
def test_only_a_domain_can_be_suggested(domain: str, rule: DomainRule | None) -> None:
    assert domain_refusal(domain, is_synthetic=True) == rule


def test_a_reserved_name_is_for_demonstrations() -> None:
    for name in ("name.example", "a.name.test", "example.com", "www.example.net", "example.org"):
        assert domain_refusal(name, is_synthetic=False) is DomainRule.RESERVED
    assert domain_refusal("name.nl", is_synthetic=False) is None
    for name in ("name.invalid", "localhost", "192.0.2.1", "nl"):
        assert domain_refusal(name, is_synthetic=False) not in (None, DomainRule.RESERVED)


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ("http://0300.0.2.1/a", DomainRule.ADDRESS),
        ("0xc0.0.2.1", DomainRule.ADDRESS),
        ("3221225985", DomainRule.ADDRESS),
        ("192.0.513", DomainRule.ADDRESS),
        ("[::ffff:192.0.2.1]", DomainRule.ADDRESS),
        ("http://[fe80::1%25eth0]:80/", DomainRule.ADDRESS),
        ("fe80::1%eth0", DomainRule.ADDRESS),
        ("hxxp://192[.]0[.]2[.]1/", DomainRule.ADDRESS),
        ("\uff11\uff19\uff12.0.2.1", DomainRule.ADDRESS),
        ("localhost.", DomainRule.NOWHERE),
        ("a.localhost", DomainRule.NOWHERE),
        ("name.invalid.", DomainRule.NOWHERE),
        ("https://user@NAME.Invalid:8080/", DomainRule.NOWHERE),
        ("name.onion", DomainRule.NOT_PUBLIC),
        ("onion", DomainRule.NOT_PUBLIC),
        ("printer.local", DomainRule.NOT_PUBLIC),
        ("1.2.0.192.in-addr.arpa", DomainRule.NOT_PUBLIC),
        ("nl.", DomainRule.SUFFIX),
        ("N\u00e4me.example\u3002", None),
        ("xn--nme-qla.example.", None),
        ("", DomainRule.NO_DOMAIN),
    ],
)
def test_what_is_refused_is_refused_in_every_spelling(asked: str, rule: DomainRule | None) -> None:
    assert domain_refusal(named_host(asked), is_synthetic=True) == rule
    if rule is not None:
        assert domain_refusal(named_host(asked), is_synthetic=False) == rule


def test_a_suffix_of_several_labels_cannot_be_suggested() -> None:
    listed = parse_suffixes(suffixes("co.test"))
    assert domain_refusal("co.test", is_synthetic=True, suffixes=listed) is DomainRule.SUFFIX
    assert domain_refusal("pages.test", is_synthetic=True, suffixes=listed) is DomainRule.SUFFIX
    assert domain_refusal("name.co.test", is_synthetic=True, suffixes=listed) is None
    assert domain_refusal("www.name.co.test", is_synthetic=True, suffixes=listed) is None


def test_every_code_state_and_rule_has_words() -> None:
    for code in [*Reason, *WorkflowRule]:
        assert words.reason_sentence(code.value) != code.value
    for state in OperationState:
        assert words.state_word(state.value).replace(" ", "_") == state.value
    for rule in DomainRule:
        assert words.DOMAIN_RULES[rule.value]
    for seen in TakedownState:
        assert words.takedown_sentence(seen.value, "1 June")
    assert words.reason_sentence("agreement_forbids:3.1").endswith("(3.1).")
    assert words.reason_sentence("What the portal wrote.") == "What the portal wrote."


@pytest.mark.parametrize("body", EVERY_BODY, ids=name_of)
def test_every_kind_has_a_name_and_a_line(body: OperationBody) -> None:
    assert not words.kind_word(kind_word(body)).startswith("Operation “")
    assert words.kind_word(kind_of(body)) == words.kind_word(kind_word(body))
    line = words.summary(body_record(body))
    assert line.startswith(words.kind_word(kind_word(body)))
    assert len(line) > len(words.kind_word(kind_word(body)))
    assert isinstance(body, NotifyFalsePositive) or ":" in line


def test_what_is_counted_is_told_as_people_count() -> None:
    lines = [words.summary(body_record(body)) for body in EVERY_BODY]
    assert "Contribution to a hash list: 1 entry for national" in lines
    assert "Hand-over of a case: 2026/12 to Partner Agency Example, 1 report" in lines
