"""How reports answer the criteria: each met, not met or undetermined, with what says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cport_desktop.domain.criteria import Ground, Judged, Reviewer, judge
from cport_desktop.domain.domain_facts import DomainFacts, ItemFact
from cport_desktop.domain.ids import ContentId, HotlineId, ReportId
from cport_desktop.domain.operation import CriterionState
from cport_desktop.errors import MalformedMessage, MessageTooLarge
from cport_desktop.formats.domain_lists import LONGEST, parse_criteria, parse_services
from cport_desktop.settings import Settings

NOW = datetime(2026, 5, 17, tzinfo=UTC)
_, SERVICES, CRITERIA = Settings().domain_rules
BOOK = parse_criteria(CRITERIA.read_bytes())
MET, NOT_MET, OPEN = CriterionState.MET, CriterionState.NOT_MET, CriterionState.UNDETERMINED


def an_item(number: int, **changes: object) -> ItemFact:
    plain = ItemFact(
        ReportId(number),
        ContentId(number),
        "https://name.example/",
        "name.example",
        "name.example/",
        is_source=True,
        received_at=NOW - timedelta(days=number),
        ip_address=None,
        autonomous_system=None,
        country="NL",
        hotline=HotlineId(1),
        hotline_country="NL",
        classification=0,
        age=None,
        is_virtual=None,
        is_gone=False,
        is_withdrawn=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def judged(version: str, *items: ItemFact, reviewers: tuple[Reviewer, ...] = ()) -> list[Judged]:
    text = BOOK.text(version)
    assert text is not None
    facts = DomainFacts("name.example", items)
    return list(judge(text, facts, now=NOW, reviewers=reviewers))


def states(version: str, *items: ItemFact) -> list[CriterionState]:
    return [one.state for one in judged(version, *items)]


def test_nothing_is_not_met_for_the_want_of_a_report() -> None:
    assert set(states("current")) | set(states("older")) == {OPEN}
    withdrawn = an_item(1, classification=1, age=2, is_virtual=False, is_withdrawn=True)
    assert set(states("older", withdrawn)) == {OPEN}


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((an_item(1),), [OPEN, OPEN, OPEN, MET, OPEN]),
        (
            (an_item(1, classification=1, age=2, is_virtual=False),),
            [MET, MET, MET, MET, OPEN],
        ),
        (
            (an_item(1, classification=1, age=4, is_virtual=True),),
            [NOT_MET, OPEN, MET, MET, OPEN],
        ),
        (
            (an_item(1, classification=4, is_virtual=False), an_item(2)),
            [OPEN, OPEN, OPEN, MET, OPEN],
        ),
        ((an_item(93, classification=4),), [OPEN, OPEN, NOT_MET, OPEN, OPEN]),
        # All is gone: it is not seen online.
        ((an_item(1, classification=4, is_gone=True),), [OPEN, OPEN, NOT_MET, OPEN, OPEN]),
        ((an_item(1, is_gone=True), an_item(2)), [OPEN, OPEN, OPEN, MET, OPEN]),
        # What nobody decided may be real.
        (
            (an_item(1, classification=1, age=4, is_virtual=True), an_item(2)),
            [OPEN, OPEN, MET, MET, OPEN],
        ),
        # An age of what does not count says nothing of what does.
        (
            (an_item(1, classification=4, age=2, is_virtual=False), an_item(2, classification=1)),
            [OPEN, OPEN, MET, MET, OPEN],
        ),
        ((an_item(1, classification=4, age=2),), [OPEN, OPEN, NOT_MET, MET, OPEN]),
        ((an_item(92, classification=4),), [OPEN, OPEN, NOT_MET, MET, OPEN]),
    ],
)
def test_the_older_text_by_what_reports_say(
    items: tuple[ItemFact, ...], expected: list[CriterionState]
) -> None:
    assert states("older", *items) == expected


def test_nothing_is_not_met_by_the_newest_items_alone() -> None:
    text = BOOK.text("older")
    assert text is not None
    items = (an_item(1, classification=4, is_virtual=True),)
    for is_partial, state in ((False, NOT_MET), (True, OPEN)):
        facts = DomainFacts("name.example", items, is_partial)
        real, _, severity, _, _ = judge(text, facts, now=NOW)
        assert (real.state, severity.state) == (state, state)
    assert severity.ground is Ground.NOT_ALL_READ


def test_baseline_implies_the_age_of_the_current_text() -> None:
    severity, age = judged("current", an_item(1, classification=1), an_item(2, classification=1))
    assert (severity.state, severity.count, severity.evidence) == (MET, 2, (1, 2))
    assert (age.state, age.ground) == (MET, Ground.AGE_IMPLIED)


@pytest.mark.parametrize(
    ("second", "state"),
    [
        (Reviewer("Agency B", "BE"), MET),
        (Reviewer("agency a", "BE"), OPEN),
        (Reviewer("Agency B", "nl"), OPEN),
    ],
)
def test_two_agencies_of_two_countries_review_by_the_older_text(
    second: Reviewer, state: CriterionState
) -> None:
    last = judged("older", an_item(1), reviewers=(Reviewer("Agency A", "NL"), second))[-1]
    assert last.state is state


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"[]",
        b'{"version":"2026-11-01"}',
        b'{"version":"soon","services":[]}',
        b'{"version":"2026-11-01","services":[["a"]]}',
        b'{"version":"2026-11-01","version":"2026-11-02","services":[]}',
        CRITERIA.read_bytes().replace(b'"older"', b'"current"'),
        CRITERIA.read_bytes().replace(b'"rule": "seen"', b'"rule": "guess"'),
    ],
)
def test_what_is_no_such_list_is_refused(untrusted: bytes) -> None:
    with pytest.raises(MalformedMessage):
        parse_criteria(untrusted)
    with pytest.raises(MalformedMessage):
        parse_services(untrusted)


def test_an_endless_list_is_refused() -> None:
    with pytest.raises(MessageTooLarge):
        parse_services(b" " * (LONGEST + 1))


def test_a_service_holds_for_what_lies_beneath_it() -> None:
    services = parse_services(SERVICES.read_bytes())
    for name in ("service.example", "a.b.service.example"):
        found = services.legitimate_at(name)
        assert found is not None
        assert found[0] == "service.example"
    assert services.legitimate_at("otherservice.example") is None
    assert services.shared_at("name.shared.example") == "shared.example"
