"""What an agreement says: nothing that no clause grants, nothing that a clause forbids."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.agreement import (
    CLASS_MARK,
    Agreement,
    Clause,
    Condition,
    Function,
    Grant,
    Limit,
    Party,
)
from cport_desktop.domain.agreement_comparison import Aspect, Difference, compare
from cport_desktop.domain.agreement_reading import (
    Obstacle,
    Particulars,
    Question,
    Verdict,
    explain,
    fields_withheld,
    is_granted,
    party_of,
)
from cport_desktop.domain.agreement_versions import StateKind, Version, in_force, state, waiting
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.domain.retention import RetentionPeriod
from tests.agreement_builders import a_clause, a_limit, an_agreement, signed
from tests.builders import NOON

COURT = Party("Court", ("court",), ("age1court",))
PRESS = Party("Press", ("press",))
PARTIES = (COURT, PRESS)
COMPOSE = Function.PACKAGE_COMPOSE


def ask(agreement: Agreement, function: Function = COMPOSE, **particulars: object) -> Verdict:
    return explain(agreement, Question(function, **particulars), at=NOON)  # type: ignore[arg-type]


def obstacles(verdict: Verdict) -> list[Obstacle]:
    return [finding.obstacle for finding in verdict.findings]


def look(made: Agreement, level: RevealLevel) -> bool:
    question = Question(Function.MEDIA_REVEAL, level=level.value)
    verdict = explain(made, question, at=NOON)
    part = Particulars(Function.MEDIA_REVEAL.value, level=level.value)
    assert is_granted(made, part) is verdict.is_allowed
    return verdict.is_allowed


class TestAnAnswer:
    def test_is_yes_by_the_clause_that_grants_it(self) -> None:
        verdict = ask(an_agreement(a_clause("4.1", "package.compose")))

        assert verdict.is_allowed
        assert verdict.granted_by == ("4.1",)

    def test_is_no_where_no_clause_grants_the_function(self) -> None:
        verdict = ask(an_agreement(a_clause("2.1", "reports.read")))

        assert not verdict.is_allowed
        assert obstacles(verdict) == [Obstacle.NO_CLAUSE]

    @pytest.mark.parametrize(
        ("moved", "obstacle"),
        [(timedelta(days=-366), Obstacle.NOT_YET), (timedelta(days=366), Obstacle.LAPSED)],
    )
    def test_is_no_outside_of_the_time_of_the_agreement(
        self, moved: timedelta, obstacle: Obstacle
    ) -> None:
        verdict = explain(an_agreement(), Question(COMPOSE), at=NOON + moved)

        assert obstacles(verdict) == [obstacle]

    def test_names_the_recipient_that_no_clause_names(self) -> None:
        made = an_agreement(
            a_clause("4.1", "package.compose", recipients=("class:court",)), recipients=PARTIES
        )

        assert ask(made, recipient="Court").is_allowed
        assert ask(made, recipient="age1court").is_allowed
        refused = ask(made, recipient="Somebody")
        assert [(f.obstacle, f.clauses, f.what) for f in refused.findings] == [
            (Obstacle.RECIPIENT, ("4.1",), ("Somebody",))
        ]

    def test_does_not_take_somebody_with_another_key_for_a_party_whose_key_is_known(self) -> None:
        made = an_agreement(
            a_clause("4.1", "package.compose", recipients=("Court",)), recipients=PARTIES
        )

        assert ask(made, recipient="Court", recipient_key="age1court").is_allowed
        assert not ask(made, recipient="Court", recipient_key="age1other").is_allowed
        assert party_of(made, "Court", "age1other").classes == ("unlisted",)

    def test_is_for_whichever_the_clauses_name_where_nothing_is_asked(self) -> None:
        made = an_agreement(a_clause("4.1", "package.compose", recipients=("Court",)))

        assert ask(made).is_allowed

    @pytest.mark.parametrize("term", ["recipients", "levels", "kinds", "originators"])
    def test_is_no_where_a_clause_names_nobody_and_nothing(self, term: str) -> None:
        assert not ask(an_agreement(a_clause("4.1", "package.compose", **{term: ()}))).is_allowed

    @pytest.mark.parametrize(
        ("granted", "small_grey", "blurred_colour"),
        [
            (("blurred",), False, False),
            (("grey",), True, False),
            (("full",), True, True),
            (("blurred", "grey"), True, False),
            (("small_grey",), True, False),
            ((), False, False),
            (None, True, True),
        ],
    )
    def test_measures_levels_that_agreements_do_not_name_by_those_that_show_more(
        self, granted: tuple[str, ...] | None, small_grey: bool, blurred_colour: bool
    ) -> None:
        made = an_agreement(a_clause("2.2", "media.reveal", levels=granted))

        assert look(made, RevealLevel.SMALL_GREY) is small_grey
        assert look(made, RevealLevel.BLURRED_COLOUR) is blurred_colour

    @pytest.mark.parametrize(
        ("limited", "small_grey", "blurred_colour"),
        [
            (("full",), True, False),
            (("grey",), False, True),
            (("grey", "full"), False, False),
            (("small_grey",), False, True),
            (("blurred",), True, True),
        ],
    )
    def test_limits_them_with_what_they_are_like(
        self, limited: tuple[str, ...], small_grey: bool, blurred_colour: bool
    ) -> None:
        made = an_agreement(
            a_clause("2.2", "media.reveal"),
            a_limit("2.9", functions=("media.reveal",), levels=limited),
        )

        assert look(made, RevealLevel.SMALL_GREY) is small_grey
        assert look(made, RevealLevel.BLURRED_COLOUR) is blurred_colour

    def test_needs_one_clause_that_grants_all_particulars_together(self) -> None:
        made = an_agreement(
            a_clause("4.1", "package.compose", recipients=("Court",), levels=("none",)),
            a_clause("4.2", "package.compose", recipients=("Press",), levels=("original",)),
            recipients=PARTIES,
        )

        verdict = ask(made, recipient="Court", level="original")

        assert obstacles(verdict) == [Obstacle.COMBINATION]

    def test_adds_fields_up_over_the_clauses_that_grant_them(self) -> None:
        made = an_agreement(
            a_clause("4.1", "table.export", fields=("memo",)),
            a_clause("4.2", "table.export", fields=("hostingIsp",)),
        )

        verdict = ask(made, Function.TABLE_EXPORT, fields=("memo", "hostingIsp"))
        assert verdict.granted_by == ("4.1", "4.2")
        assert verdict.is_allowed
        refused = ask(made, Function.TABLE_EXPORT, fields=("memo", "analystName"))
        assert refused.findings[0].what == ("analystName",)

    def test_is_no_for_what_a_clause_forbids_whatever_others_grant(self) -> None:
        made = an_agreement(
            a_clause("4.1", "package.compose"),
            a_limit("4.4", recipients=("class:press",)),
            recipients=PARTIES,
        )

        verdict = ask(made, recipient="Press")

        assert verdict.limited_by == ("4.4",)
        assert verdict.granted_by == ("4.1",)
        assert not verdict.is_allowed
        assert ask(made, recipient="Court").is_allowed

    def test_keeps_reports_of_other_countries_from_going_on(self) -> None:
        made = an_agreement(
            a_clause("4.1", "package.compose"),
            a_limit("4.5", originators=("BE",), recipients=("class:unlisted",)),
        )

        assert ask(made, recipient="Somebody", originators=("NL",)).is_allowed
        verdict = ask(made, recipient="Somebody", originators=("NL", "BE"))
        assert verdict.limited_by == ("4.5",)

    def test_makes_use_of_the_clause_that_demands_least(self) -> None:
        made = an_agreement(
            a_clause("4.1", "package.compose", conditions=("reason",)),
            a_clause("4.2", "package.compose", recipients=("Court",)),
            recipients=PARTIES,
        )

        assert ask(made, recipient="Court").conditions == ()
        assert ask(made, recipient="Press").conditions == ((Condition.REASON, "4.1"),)


class TestWhatALaterVersionSays:
    def test_a_condition_that_is_not_known_grants_nothing(self) -> None:
        verdict = ask(an_agreement(a_clause("4.1", "package.compose", conditions=("moonlight",))))

        assert obstacles(verdict) == [Obstacle.NOT_UNDERSTOOD]

    def test_a_grant_that_is_not_understood_grants_nothing(self) -> None:
        grant = Grant(("package.compose",), is_understood=False)

        verdict = ask(an_agreement(Clause("4.1", "Later.", (grant,))))

        assert verdict.findings[0].clauses == ("4.1",)
        assert not verdict.is_allowed


names = st.sampled_from(["Court", "Press", "class:court", "class:press", "class:unlisted", "new"])
countries = st.sampled_from(["NL", "BE"])
levels = st.sampled_from(["blurred", "full", "none", "original", "later"])
kinds = st.sampled_from(["image", "video"])
fields = st.sampled_from(["memo", "hostingIsp", "laterField"])
functions = st.sampled_from(["package.compose", "media.reveal", "reports.read", "later.function"])


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.none() | st.lists(values, max_size=2, unique=True).map(tuple)


grants = st.builds(
    Grant,
    functions=st.lists(functions, max_size=2).map(tuple),
    fields=some(fields),
    kinds=some(kinds),
    levels=some(levels),
    recipients=some(names),
    originators=some(countries),
    conditions=st.lists(st.sampled_from(["reason", "moonlight"]), max_size=1).map(tuple),
    is_understood=st.booleans(),
)
limits = st.builds(
    Limit,
    functions=some(functions),
    fields=some(fields),
    kinds=some(kinds),
    levels=some(levels),
    recipients=some(names),
    originators=some(countries),
)
clauses = st.builds(
    Clause,
    number=st.sampled_from(["1", "2", "3"]),
    text=st.just("Synthetic."),
    grants=st.lists(grants, max_size=2).map(tuple),
    limits=st.lists(limits, max_size=1).map(tuple),
)
periods = st.lists(
    st.builds(
        RetentionPeriod,
        scope=st.sampled_from(["received", "later"]),
        days=st.integers(1, 3),
        clause=st.just("3"),
    ),
    max_size=2,
).map(tuple)
agreements = st.builds(
    lambda made, kept, days, lands: an_agreement(
        *made,
        retention=kept,
        recipients=PARTIES,
        valid_until=NOON + timedelta(days=days),
        jurisdictions=lands,
    ),
    st.lists(clauses, min_size=1, max_size=3),
    periods,
    st.integers(1, 3),
    st.sampled_from([("NL",), ("NL", "BE")]),
)
questions = st.builds(
    Question,
    function=st.sampled_from([COMPOSE, Function.MEDIA_REVEAL, Function.REPORTS_READ]),
    recipient=st.none() | st.sampled_from(["Court", "Press", "new", "other"]),
    level=st.none() | levels,
    kinds=st.lists(kinds, max_size=2, unique=True).map(tuple),
    originators=st.lists(countries, max_size=2, unique=True).map(tuple),
    fields=st.lists(fields, max_size=2, unique=True).map(tuple),
)


def names_of(recipient: str) -> set[str]:
    party = party_of(an_agreement(recipients=PARTIES), recipient)
    return {party.name, *(CLASS_MARK + each for each in party.classes)}


def grants_it(grant: Grant, question: Question, kind: str | None, land: str | None) -> bool:
    """By the plain words of a grant, written down anew."""
    asked = [(question.level, grant.levels), (kind, grant.kinds), (land, grant.originators)]
    return (
        grant.is_understood
        and "moonlight" not in grant.conditions
        and question.function.value in grant.functions
        and all(value is None or stated is None or value in stated for value, stated in asked)
        and (
            question.recipient is None
            or grant.recipients is None
            or bool(names_of(question.recipient) & set(grant.recipients))
        )
    )


@given(agreements, questions)
def test_nothing_is_allowed_that_no_clause_grants(made: Agreement, question: Question) -> None:
    if not explain(made, question, at=NOON).is_allowed:
        return
    every = [grant for clause in made.clauses for grant in clause.grants]
    for kind in question.kinds or (None,):
        for land in question.originators or (None,):
            granting = [g for g in every if grants_it(g, question, kind, land)]
            assert granting
            for field in question.fields:
                assert any(g.fields is None or field in g.fields for g in granting)


@given(agreements, questions, clauses)
def test_a_clause_that_only_limits_never_allows_more(
    made: Agreement, question: Question, more: Clause
) -> None:
    limited = replace(made, clauses=(*made.clauses, replace(more, grants=())))

    if explain(limited, question, at=NOON).is_allowed:
        assert explain(made, question, at=NOON).is_allowed


@given(agreements, questions, grants)
def test_a_grant_that_is_not_understood_never_allows_more(
    made: Agreement, question: Question, more: Grant
) -> None:
    later = Clause("9", "Later.", (replace(more, is_understood=False),))
    widened = replace(made, clauses=(*made.clauses, later))

    assert (
        explain(widened, question, at=NOON).is_allowed
        == explain(made, question, at=NOON).is_allowed
    )


@given(agreements, questions)
def test_a_no_always_says_why(made: Agreement, question: Question) -> None:
    verdict = explain(made, question, at=NOON)

    assert verdict.is_allowed is not bool(verdict.findings)


@given(agreements)
def test_what_is_withheld_of_a_report_could_not_be_asked_for(made: Agreement) -> None:
    withheld = fields_withheld(made, Particulars(Function.REPORTS_READ.value)).fields

    for name in withheld:
        question = Question(Function.REPORTS_READ, fields=(name,))
        assert not explain(made, question, at=NOON).is_allowed


class TestAComparison:
    @given(agreements, agreements)
    def test_reads_the_same_from_either_side(self, one: Agreement, other: Agreement) -> None:
        assert compare(one, other).narrower == compare(other, one).wider

    @given(agreements)
    def test_finds_no_difference_in_the_same(self, made: Agreement) -> None:
        assert compare(made, made) == compare(made, replace(made, revision=2))
        assert not compare(made, made).narrower
        assert not compare(made, made).wider

    @given(agreements, agreements, questions)
    def test_calls_a_version_narrower_that_refuses_what_was_allowed(
        self, old: Agreement, new: Agreement, question: Question
    ) -> None:
        asked = replace(question, fields=())  # of fields there is a test of its own
        if question.function is not COMPOSE:
            asked = replace(asked, recipient=None)  # nobody gets anything
        if question.function is Function.REPORTS_READ:
            asked = replace(asked, level=None, kinds=())
        if explain(old, asked, at=NOON).is_allowed and not explain(new, asked, at=NOON).is_allowed:
            assert compare(old, new).is_narrower

    @pytest.mark.parametrize(
        ("old", "new", "lost"),
        [
            pytest.param(
                an_agreement(a_clause("1", "package.compose", "table.export")),
                an_agreement(a_clause("1", "package.compose")),
                Difference(Aspect.FUNCTION, "table.export", "table.export"),
                id="function",
            ),
            pytest.param(
                an_agreement(a_clause("1", "package.compose"), recipients=PARTIES),
                an_agreement(
                    a_clause("1", "package.compose"),
                    a_limit("2", recipients=("Press",)),
                    recipients=PARTIES,
                ),
                Difference(Aspect.RECIPIENT, "package.compose", "Press"),
                id="recipient",
            ),
            pytest.param(
                an_agreement(a_clause("1", "media.reveal")),
                an_agreement(a_clause("1", "media.reveal", levels=("blurred",))),
                Difference(Aspect.LEVEL, "media.reveal", "another"),
                id="level",
            ),
            pytest.param(
                an_agreement(a_clause("1", "reports.read")),
                an_agreement(a_clause("1", "reports.read"), a_limit("2", fields=("memo",))),
                Difference(Aspect.FIELD, "reports.read", "memo"),
                id="field",
            ),
            pytest.param(
                an_agreement(a_clause("1", "package.compose")),
                an_agreement(a_clause("1", "package.compose", conditions=("reason",))),
                Difference(Aspect.CONDITION, "package.compose", "reason"),
                id="condition",
            ),
            pytest.param(
                an_agreement(jurisdictions=("NL", "BE")),
                an_agreement(),
                Difference(Aspect.JURISDICTION, None, "BE"),
                id="jurisdiction",
            ),
            pytest.param(
                an_agreement(retention=(RetentionPeriod("received", 90, "6"),)),
                an_agreement(retention=(RetentionPeriod("received", 30, "6"),)),
                Difference(Aspect.RETENTION, None, "received"),
                id="retention",
            ),
            pytest.param(
                an_agreement(),
                an_agreement(valid_until=NOON + timedelta(days=30)),
                Difference(Aspect.VALIDITY, None, "valid_until"),
                id="validity",
            ),
        ],
    )
    def test_names_what_is_lost(self, old: Agreement, new: Agreement, lost: Difference) -> None:
        assert lost in compare(old, new).narrower
        assert lost in compare(new, old).wider

    def test_takes_a_longer_and_wider_one_for_what_it_is(self) -> None:
        old = an_agreement(a_clause("1", "reports.read"))
        new = an_agreement(a_clause("1", "reports.read", "table.export"))
        longer = replace(new, valid_until=new.valid_until + timedelta(days=365))

        assert not compare(old, longer).is_narrower
        assert len(compare(old, longer).wider) == 2


def version(revision: int, *, starts_in: float = 0, **more: object) -> Version:
    """Issued so many minutes after another as its revision says, taking effect in so many days."""
    made = an_agreement(
        revision=revision,
        issued_at=NOON + timedelta(minutes=revision),
        effective_from=NOON + timedelta(days=starts_in),
    )
    return Version(signed(made), received_at=NOON, road="https", **more)  # type: ignore[arg-type]


FIRST = version(1, starts_in=-100)


class TestVersions:
    def test_a_wider_one_is_in_force_from_its_own_moment(self) -> None:
        second = version(2, starts_in=3)

        assert in_force((FIRST, second), at=NOON) is FIRST
        assert waiting((FIRST, second), at=NOON) is second
        assert in_force((FIRST, second), at=NOON + timedelta(days=3)) is second
        assert waiting((FIRST, second), at=NOON + timedelta(days=3)) is None

    def test_a_narrower_one_is_in_force_when_it_was_accepted(self) -> None:
        second = version(2, starts_in=30, is_narrower=True)
        accepted = replace(second, accepted_at=NOON + timedelta(days=1))

        assert in_force((FIRST, accepted), at=NOON + timedelta(hours=1)) is FIRST
        assert in_force((FIRST, accepted), at=NOON + timedelta(days=1)) is accepted

    def test_a_narrower_one_that_nobody_accepted_is_in_force_at_its_moment_all_the_same(
        self,
    ) -> None:
        second = version(2, starts_in=30, is_narrower=True)

        assert in_force((FIRST, second), at=NOON + timedelta(days=29)) is FIRST
        assert in_force((FIRST, second), at=NOON + timedelta(days=30)) is second

    def test_accepting_late_puts_nothing_off(self) -> None:
        second = version(2, starts_in=3, is_narrower=True, accepted_at=NOON + timedelta(days=9))

        assert in_force((FIRST, second), at=NOON + timedelta(days=3)) is second

    def test_the_newest_counts_in_whatever_order_they_came(self) -> None:
        second, third = version(2), version(3)

        assert in_force((third, FIRST, second), at=NOON) is third

    @pytest.mark.parametrize(
        ("days", "kind", "announced"),
        [
            (61, StateKind.IN_FORCE, None),
            (59.5, StateKind.ENDING, 60),
            (29.5, StateKind.ENDING, 30),
            (6.5, StateKind.ENDING, 7),
            (0.5, StateKind.ENDING, 7),
            (-0.5, StateKind.LAPSED, None),
        ],
    )
    def test_its_end_is_announced_early(
        self, days: float, kind: StateKind, announced: int | None
    ) -> None:
        made = an_agreement(valid_until=NOON + timedelta(days=days))
        found = state((Version(signed(made), NOON, "https"),), at=NOON)

        assert (found.kind, found.announced) == (kind, announced)

    def test_one_that_the_portal_ended_is_over_at_that_moment(self) -> None:
        ended = replace(FIRST, ended_at=NOON)

        assert state((ended,), at=NOON - timedelta(seconds=1)).kind is StateKind.IN_FORCE
        assert state((ended,), at=NOON).kind is StateKind.ENDED

    def test_another_agreement_takes_the_place_of_one_that_was_ended(self) -> None:
        ended, renewed = replace(FIRST, ended_at=NOON), version(1, starts_in=-1)

        assert state((ended, renewed), at=NOON).version is renewed

    def test_none_is_in_force_where_there_is_none(self) -> None:
        assert state((), at=NOON).kind is StateKind.NONE
