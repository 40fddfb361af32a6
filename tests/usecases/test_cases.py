"""Cases: opened, filled, closed and opened again, with what happened in them page by page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.about import About, AboutKind, of_case, of_domain, of_media
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.case import LARGEST_CASE, CaseState, Moment, MomentKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    ActTooLarge,
    AgreementForbids,
    CaseUnfit,
    CountDiffers,
    ItemErased,
    KeptTextUnfit,
    PurposeMissing,
    QueryError,
    RoleMissing,
    UnknownReference,
)
from cport_desktop.usecases import open_case as cases
from cport_desktop.usecases.gather_case import (
    add_found,
    add_to_case,
    count_found,
    remove_from_case,
)
from cport_desktop.usecases.manage_analysts import change_roles
from cport_desktop.usecases.read_cases import (
    CaseQuestion,
    case_items,
    cases_with,
    list_cases,
    show_case,
    timeline,
)
from cport_desktop.usecases.search_reports import Asked
from cport_desktop.usecases.set_tasks import TaskFields, finish_task, set_task
from cport_desktop.usecases.write_notes import add_note, take_back_note
from cport_desktop.vault import outbox
from cport_desktop.vault.state_digest import digest
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import a_clause, an_agreement
from tests.builders import ANALYST, NOON, an_entry, make_vault, reopened
from tests.operation_builders import an_operation
from tests.report_builders import (
    SPRING,
    a_hotline,
    a_report,
    an_action,
    an_assessment,
    an_item,
    new,
    the_taxonomy,
    told,
    withdrawn,
)
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, erase, with_media
from tests.work_builders import BERT, employ, entries, found_by, opened_by_bert, report, verbs


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with six reports, of which HL-2 announces a file."""
    directory = make_vault(tmp_path_factory.mktemp("template") / "vault")
    with reopened(directory) as vault:
        apply(
            vault,
            told(a_hotline()),
            *(new(with_media(2, 5) if n == 2 else a_report(n)) for n in range(1, 7)),
        )
        employ(vault)
    return directory


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "vault"))


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(directory: Path, clock: SteppingClock) -> Iterator[Vault]:
    with reopened(directory, clock=clock) as opened:
        yield opened


def asked(text: str, *, is_new: bool = True) -> Asked:
    return Asked("reports", text, the_taxonomy(), NOON, is_new)


def in_case(vault: Vault, number: int = 1) -> list[str]:
    page, _ = case_items(vault, number, limit=100, after=None)
    return sorted(str(item.about) for item in page.rows)


def told_by(vault: Vault, number: int = 1, *, limit: int = 100) -> list[Moment]:
    """The whole timeline, read in pages of `limit`."""
    found: list[Moment] = []
    after = None
    while True:
        page = timeline(vault, number, limit=limit, after=after)
        found += page.rows
        after = page.next_cursor
        if after is None:
            return found


class TestACase:
    def test_is_opened_under_the_next_number_and_on_record(self, vault: Vault) -> None:
        first, changes = cases.open_case(
            vault, title=" Harbour \n line ", summary="what it is about"
        )
        second, _ = cases.open_case(vault, title="Another")

        assert (first.reference, first.title, first.state) == (
            "C-1",
            "Harbour line",
            CaseState.OPEN,
        )
        assert (second.number, first.made_by, changes) == (2, ANALYST, Changes.WORK)
        assert verbs(vault, 2) == [("open_case", "C-2"), ("open_case", "C-1")]

    def test_needs_a_title_of_some_letters(self, vault: Vault) -> None:
        for title in ("", " \n ", "x" * 201):
            with pytest.raises(KeptTextUnfit):
                cases.open_case(vault, title=title)
        assert list_cases(vault, CaseQuestion(), now=NOON, limit=9, after=None).rows == []

    def test_is_closed_with_a_reason_and_takes_nothing_until_it_is_open_again(
        self, vault: Vault
    ) -> None:
        cases.open_case(vault, title="Harbour")
        add_to_case(vault, 1, [report(1)])
        with pytest.raises(PurposeMissing):
            cases.close_case(vault, 1, reason=" ")
        closed, _ = cases.close_case(vault, 1, reason="handed over")

        assert (closed.state, closed.closed_why, closed.closed_by) == (
            CaseState.CLOSED, "handed over", ANALYST,
        )  # fmt: skip
        for refused in (
            lambda: add_to_case(vault, 1, [report(2)]),
            lambda: remove_from_case(vault, 1, [report(1)]),
            lambda: cases.retitle_case(vault, 1, title="Else"),
            lambda: cases.lead_case(vault, 1, ANALYST),
            lambda: cases.close_case(vault, 1, reason="twice"),
        ):
            with pytest.raises(CaseUnfit):
                refused()
        assert in_case(vault) == ["HL-1"]
        add_note(vault, of_case(1), "what came later")

        again, _ = cases.reopen_case(vault, 1, reason="new reports")
        with pytest.raises(CaseUnfit):
            cases.reopen_case(vault, 1, reason="twice")

        assert (again.state, again.closed_why) == (CaseState.OPEN, None)
        assert [e.draft.reason for e in entries(vault)] == ["new reports"]

    def test_has_a_title_a_summary_and_a_lead_that_can_change(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour", summary="one")
        cases.retitle_case(vault, 1, title="Harbour line")
        cases.lead_case(vault, 1, BERT)
        row = show_case(vault, 1, now=NOON)

        assert (row.case.title, row.case.summary) == ("Harbour line", "one")
        assert row.case.lead is not None
        assert row.case.lead.name == BERT
        with pytest.raises(UnknownReference):
            cases.lead_case(vault, 1, "Nobody Example")
        nobody, _ = cases.lead_case(vault, 1, None)
        assert nobody.lead is None

    def test_that_is_not_here_is_named(self, vault: Vault) -> None:
        with pytest.raises(UnknownReference) as refused:
            show_case(vault, 7, now=NOON)
        assert refused.value.facts == {"kind": "case", "reference": "C-7"}


class TestWhatIsInACase:
    def test_goes_in_and_out_each_with_its_own_entry(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour")
        things = [report(1), of_media(MediaId(5)), of_domain("files-3.example")]
        done, _ = add_to_case(vault, 1, [*things, report(1)])

        assert (done.added, done.already) == (tuple(things), 0)
        assert set(verbs(vault, 4)) == {
            ("add_to_case", name) for name in ("C-1", "HL-1", "M-5", "files-3.example")
        }
        more, _ = add_to_case(vault, 1, [report(1), report(2)])
        assert (more.added, more.already) == ((report(2),), 1)

        gone, _ = remove_from_case(vault, 1, [report(1), report(6)])
        assert gone == (report(1),)
        assert verbs(vault, 2) == [("remove_from_case", "HL-1"), ("remove_from_case", "C-1")]
        assert in_case(vault) == ["HL-2", "M-5", "files-3.example"]

    def test_is_here_or_nothing_goes_in(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour")
        erase(vault, 6)
        for strange, error in (
            (report(99), UnknownReference),
            (of_media(MediaId(99)), UnknownReference),
            (About(AboutKind.HOTLINE, 99), UnknownReference),
            (About(AboutKind.CONTENT, "0" * 64), UnknownReference),
            (report(6), ItemErased),
            (of_case(1), CaseUnfit),
        ):
            with pytest.raises(error):
                add_to_case(vault, 1, [report(1), strange])
        with pytest.raises(ActTooLarge):
            add_to_case(vault, 1, [])
        assert in_case(vault) == []

    def test_comes_from_a_query_when_its_count_was_told(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour")
        count = count_found(vault, asked("ref:HL-1 OR ref:HL-2 OR ref:HL-3"))
        assert count == 3
        assert verbs(vault) == [("search", "reports")]

        with pytest.raises(CountDiffers):
            add_found(vault, 1, asked("ref:HL-1 OR ref:HL-2"), count=3)
        assert in_case(vault) == []
        done, _ = add_found(vault, 1, asked("ref:HL-1 OR ref:HL-2 OR ref:HL-3"), count=3)

        assert len(done.added) == 3
        assert in_case(vault) == ["HL-1", "HL-2", "HL-3"]
        with pytest.raises(ActTooLarge):
            count_found(vault, asked("nothing-like-it"))
        with pytest.raises(QueryError):
            count_found(vault, asked("(ref:1"))

    def test_is_bounded_and_says_so(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour")
        names = [of_domain(f"n{n}.example") for n in range(LARGEST_CASE)]
        add_to_case(vault, 1, names)
        with pytest.raises(CaseUnfit) as refused:
            add_to_case(vault, 1, [report(1)])

        assert "10,001" in str(refused.value.facts["rule"])
        assert show_case(vault, 1, now=NOON).items == LARGEST_CASE

    def test_is_listed_in_pages_what_came_last_first(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        cases.open_case(vault, title="Harbour")
        add_to_case(vault, 1, [report(n) for n in range(1, 5)])
        clock.advance(timedelta(minutes=1))
        add_to_case(vault, 1, [of_media(MediaId(5))])
        whole, total = case_items(vault, 1, limit=100, after=None)
        paged: list[object] = []
        after = None
        while True:
            page, _ = case_items(vault, 1, limit=2, after=after)
            paged += page.rows
            after = page.next_cursor
            if after is None:
                break

        assert total == 5
        assert paged == list(whole.rows)
        assert whole.rows[0].about == of_media(MediaId(5))
        assert whole.rows[0].domain is None
        assert {(row.domain, row.classification) for row in whole.rows[1:]} == {
            (f"files-{n}.example", 0) for n in range(1, 5)
        }
        reports_only, count = case_items(vault, 1, limit=9, after=None, kind=AboutKind.REPORT)
        assert count == len(reports_only.rows) == 4

    def test_is_found_by_number_and_title(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour line")
        cases.open_case(vault, title="Another")
        add_to_case(vault, 1, [report(1), report(2)])
        add_to_case(vault, 2, [report(3)])

        assert found_by(vault, "case:C-1") == [1, 2]
        assert found_by(vault, "case:harbour") == [1, 2]
        assert found_by(vault, "case:C-2 OR case:C-1") == [1, 2, 3]
        assert found_by(vault, "-case:C-1 -case:C-2") == [4, 5, 6]
        assert [case.reference for case in cases_with(vault, report(3))] == ["C-2"]

    def test_goes_with_the_report_it_is_about(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour")
        things = [report(1), report(2), of_media(MediaId(5)), of_domain("files-2.example")]
        add_to_case(vault, 1, things)
        remove_from_case(vault, 1, [report(2)])
        add_to_case(vault, 1, [report(2), of_domain("unseen.example")])
        erase(vault, 2)

        assert in_case(vault) == ["HL-1", "unseen.example"]
        assert all("HL-2" not in str(moment.about) for moment in told_by(vault))


class TestTheList:
    def test_tells_state_figures_and_when_something_was_done_last(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        cases.open_case(vault, title="Harbour")
        add_to_case(vault, 1, [report(1), report(2), of_domain("name.example")])
        set_task(vault, of_case(1), TaskFields("look", due_at=clock.now() - timedelta(days=1)))
        set_task(vault, of_case(1), TaskFields("look again"))
        clock.advance(timedelta(hours=2))
        add_note(vault, of_case(1), "words")
        cases.open_case(vault, title="Another")
        cases.close_case(vault, 2, reason="nothing in it")
        newest, oldest = list_cases(
            vault, CaseQuestion(), now=clock.now(), limit=9, after=None
        ).rows

        assert (oldest.reports, oldest.items, oldest.notes) == (2, 3, 1)
        assert (oldest.tasks_open, oldest.tasks_overdue) == (2, 1)
        assert oldest.active_at >= NOON + timedelta(hours=2)
        assert (newest.case.number, newest.case.state) == (2, CaseState.CLOSED)

    def test_comes_in_pages_and_by_state_and_title(self, vault: Vault) -> None:
        for title in ("Harbour", "Bridge", "Harbour line"):
            cases.open_case(vault, title=title)
        cases.close_case(vault, 1, reason="done")

        def numbers(question: CaseQuestion, limit: int = 9, after: str | None = None) -> list[int]:
            page = list_cases(vault, question, now=NOON, limit=limit, after=after)
            more = numbers(question, limit, page.next_cursor) if page.next_cursor else []
            return [row.case.number for row in page.rows] + more

        assert numbers(CaseQuestion(), limit=1) == [3, 2, 1]
        assert numbers(CaseQuestion(CaseState.OPEN)) == [3, 2]
        assert numbers(CaseQuestion(titled="harbour")) == [3, 1]
        with pytest.raises(UnknownReference):
            list_cases(vault, CaseQuestion(), now=NOON, limit=9, after="else")


class TestTheTimeline:
    @pytest.fixture
    def worked(self, vault: Vault, clock: SteppingClock) -> Vault:
        """A case with a history of every kind."""
        told_of = an_item(
            70,
            assessments=(an_assessment(1, made_at=SPRING + timedelta(hours=3)),),
            actions=(an_action(4, day=2),),
        )
        late = SPRING + timedelta(days=4)
        apply(vault, new(a_report(7, contents=(told_of,), updated_at=late)), withdrawn(6))
        cases.open_case(vault, title="Harbour")
        clock.advance(timedelta(minutes=1))
        add_to_case(vault, 1, [report(1), report(6), report(7)])
        clock.advance(timedelta(minutes=1))
        note, _ = add_note(vault, of_case(1), "first words")
        add_note(vault, report(1), "about a report")
        task, _ = set_task(vault, report(1), TaskFields("call them"))
        clock.advance(timedelta(minutes=1))
        finish_task(vault, task.task_id)
        take_back_note(vault, note.note_id)
        with vault.transaction() as tx:
            outbox.queue(tx, replace(an_operation(1), made_at=clock.now()))
            tx.record(an_entry("queue"))
        clock.advance(timedelta(minutes=1))
        remove_from_case(vault, 1, [report(6)])
        add_to_case(vault, 1, [report(6)])
        cases.lead_case(vault, 1, BERT)
        cases.close_case(vault, 1, reason="handed over")
        return vault

    def test_has_what_happened_to_the_case_and_to_what_is_in_it(self, worked: Vault) -> None:
        told_here = told_by(worked)
        kinds = {moment.kind for moment in told_here}

        assert kinds == set(MomentKind) - {MomentKind.RETITLED, MomentKind.REOPENED}
        assert [m.at for m in told_here] == sorted((m.at for m in told_here), reverse=True)
        by_kind = {moment.kind: moment for moment in told_here}
        assert by_kind[MomentKind.ASSESSED].code == 1
        assert by_kind[MomentKind.ACTED].code == 4
        assert (by_kind[MomentKind.DONE].text, by_kind[MomentKind.DONE].code) == ("assessment", 1)
        assert by_kind[MomentKind.NOTED].about in (of_case(1), report(1))
        assert by_kind[MomentKind.CLOSED].text == "handed over"
        assert by_kind[MomentKind.LED].text == BERT
        assert by_kind[MomentKind.REMOVED].about == report(6)
        assert by_kind[MomentKind.WITHDRAWN].by == "Hotline Example NL"
        many = [m for m in told_here if m.kind is MomentKind.ADDED]
        assert sorted(m.count for m in many) == [1, 2]
        assert [m.about for m in many if m.count == 2] == [None]

    def test_does_not_tell_the_words_of_a_note_that_was_taken_back(self, worked: Vault) -> None:
        assert "first words" not in {moment.text for moment in told_by(worked)}
        assert "about a report" in {moment.text for moment in told_by(worked)}

    @pytest.mark.parametrize("limit", [1, 2, 3, 7])
    def test_is_the_same_in_pages_of_any_size(self, worked: Vault, limit: int) -> None:
        assert told_by(worked, limit=limit) == told_by(worked)

    def test_reads_few_documents_for_a_page_of_a_large_case(self, vault: Vault) -> None:
        """Counted in statements: those that fetch a document are one for each report that is read."""
        said = [
            new(
                a_report(
                    100 + n,
                    received_at=SPRING + timedelta(days=n),
                    updated_at=SPRING + timedelta(days=n, hours=2),
                    contents=(
                        an_item(
                            1000 + n,
                            assessments=(
                                an_assessment(1, made_at=SPRING + timedelta(days=n, hours=1)),
                            ),
                        ),
                    ),
                )
            )
            for n in range(200)
        ]
        apply(vault, *said)
        cases.open_case(vault, title="Large")
        add_to_case(vault, 1, [report(100 + n) for n in range(200)])
        read: list[str] = []
        with vault.reader() as reader:
            reader.connection.set_trace_callback(read.append)  # type: ignore[attr-defined]
        first = timeline(vault, 1, limit=10, after=None)
        documents = [text for text in read if "SELECT document" in text]

        assert len(first.rows) == 10
        assert 0 < len(documents) <= 15
        assert [m.code for m in told_by(vault) if m.kind is MomentKind.ASSESSED] == [1] * 200

    def test_keeps_from_everybody_what_the_agreement_withholds(self, vault: Vault) -> None:
        told_of = an_item(70, assessments=(an_assessment(1),))
        apply(vault, new(a_report(7, contents=(told_of,))))
        cases.open_case(vault, title="Harbour")
        add_to_case(vault, 1, [report(7)])
        assert {m.by for m in told_by(vault) if m.kind is MomentKind.ASSESSED} == {"Analyst A"}
        fields = a_clause("2.1", Function.REPORTS_READ.value, fields=("memo",))
        bind(vault, an_agreement(fields))

        assert {m.by for m in told_by(vault) if m.kind is MomentKind.ASSESSED} == {None}


class TestWhoMayLook:
    def test_a_look_at_a_case_is_on_record(self, vault: Vault) -> None:
        cases.open_case(vault, title="Harbour")
        show_case(vault, 1, now=NOON)
        assert verbs(vault) == [("open", "C-1")]

    def test_nothing_of_reports_is_told_without_a_clause_that_lets_them_be_read(
        self, vault: Vault
    ) -> None:
        cases.open_case(vault, title="Harbour")
        add_to_case(vault, 1, [report(1)])
        bind(vault, an_agreement(a_clause("2.1", Function.MEDIA_REVEAL.value)))
        for look in (
            lambda: case_items(vault, 1, limit=9, after=None),
            lambda: timeline(vault, 1, limit=9, after=None),
            lambda: count_found(vault, asked("ref:HL-1")),
        ):
            with pytest.raises(AgreementForbids):
                look()

    def test_somebody_without_the_role_is_told_who_can_give_it(self, directory: Path) -> None:
        with reopened(directory) as vault:
            change_roles(vault, BERT, add={Role.AUDITOR}, remove={Role.ANALYST})
        with opened_by_bert(directory) as vault, pytest.raises(RoleMissing) as refused:
            cases.open_case(vault, title="Harbour")
        assert ANALYST in str(refused.value.facts["givers"])


def test_nothing_of_this_is_in_the_state_that_stations_share(vault: Vault) -> None:
    with vault.reader() as reader:
        before = digest(reader)
    cases.open_case(vault, title="Harbour")
    add_to_case(vault, 1, [report(1)])
    add_note(vault, report(1), "words")
    with vault.reader() as reader:
        assert digest(reader) == before


def test_what_is_in_a_vault_stays_over_its_closing(directory: Path) -> None:
    with reopened(directory) as vault:
        cases.open_case(vault, title="Harbour")
        add_to_case(vault, 1, [report(1)])
    with opened_by_bert(directory) as vault:
        assert in_case(vault) == ["HL-1"]


class TestAskedFor:
    @pytest.fixture(autouse=True)
    def _five_cases(self, vault: Vault) -> None:
        for number in range(1, 6):
            cases.open_case(vault, title=f"synthetic line {number}", summary="of a shop")
        cases.lead_case(vault, 2, vault.actor)
        cases.close_case(vault, 3, reason="done")
        set_task(vault, of_case(4), TaskFields("late", due_at=NOON - timedelta(days=1)))

    def found(self, vault: Vault, text: str, *, limit: int = 9) -> list[int]:
        """Of all pages together."""
        numbers, after = list[int](), None
        while True:
            page = list_cases(vault, CaseQuestion(text=text), now=NOON, limit=limit, after=after)
            assert len(page.rows) <= limit
            numbers += [row.case.number for row in page.rows]
            after = page.next_cursor
            if after is None:
                return numbers

    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("", [5, 4, 3, 2, 1]),
            ("SHOP line", [5, 4, 3, 2, 1]),
            ("title:4 OR ref:C-1", [4, 1]),
            ("is:mine", [2]),
            ("-is:unled", [2]),
            ("lead:nobody", []),
            ("is:closed", [3]),
            ("state:open -is:overdue", [5, 2, 1]),
            ("is:overdue tasks:1", [4]),
            ("opened:>1d", []),
            ("items:0 closed:<1d", [3]),
        ],
    )
    def test_a_query_finds_cases(self, vault: Vault, text: str, numbers: list[int]) -> None:
        assert self.found(vault, text) == numbers

    def test_its_pages_are_the_whole_of_it(self, vault: Vault) -> None:
        assert self.found(vault, "is:open", limit=1) == [5, 4, 2, 1]
        assert self.found(vault, "is:closed", limit=1) == [3]

    def test_what_is_not_known_of_a_case_is_named(self, vault: Vault) -> None:
        with pytest.raises(QueryError) as refused:
            self.found(vault, "class:baseline")
        assert "opened" in str(refused.value.facts["accepted"])
