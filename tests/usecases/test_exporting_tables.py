"""Tables leave on record, by the agreement, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.batch import ChangeKind
from cport_desktop.domain.case import CaseId
from cport_desktop.domain.chosen import AllFound, Chosen
from cport_desktop.domain.disclosure import DisclosureKind, DisclosureRecord, Outcome
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, Phase, Progress, never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.domain.table import TableForm, TableFormat, TableSubject, WithheldColumn
from cport_desktop.errors import (
    AgreementForbids,
    AgreementLapsed,
    Cancelled,
    ChoiceUnfit,
    CportError,
    NotEnrolled,
    OutputExists,
    OutputUnwritable,
    PurposeMissing,
    QueryError,
    RoleMissing,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.usecases.choosing import numbers_chosen
from cport_desktop.usecases.compose_package import preview_package
from cport_desktop.usecases.export_table import TableOrder, export_table, foresee_table
from cport_desktop.usecases.table_sources import AT_A_TIME
from cport_desktop.vault import affected, cases, disclosures
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import EVERYTHING, a_clause, a_limit, an_agreement
from tests.builders import NOON, a_vault, an_entry
from tests.report_builders import (
    a_hotline,
    a_notice,
    a_report,
    an_item,
    corrected,
    new,
    the_taxonomy,
    told,
)
from tests.usecases.agreeing import bind
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import apply

EVERYONE = AllFound("")
CSV = TableForm(TableFormat.CSV)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def unbound(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    """Five reports of a hotline in BE, two of a hotline in DE, the first with two files."""
    with a_vault(tmp_path / "vault", clock=clock) as opened:
        first = a_report(
            1, contents=(an_item(10, "=https://a.example/1", media=(a_notice(11), a_notice(12))),)
        )
        apply(
            opened,
            told(a_hotline(12, "Hotline Example BE", "BE")),
            told(a_hotline(13, "Hotline Example DE", "DE")),
            new(first),
            *(new(a_report(number)) for number in range(2, 6)),
            *(new(a_report(number, hotline=13)) for number in (6, 7)),
        )
        yield opened


@pytest.fixture
def vault(unbound: Vault) -> Vault:
    bind(unbound)
    return unbound


def order(
    path: Path,
    chosen: Chosen = EVERYONE,
    subject: TableSubject = TableSubject.REPORTS,
    form: TableForm = CSV,
    **more: object,
) -> TableOrder:
    return replace(TableOrder(subject, chosen, form, path / "table"), **more)  # type: ignore[arg-type]


def export(
    vault: Vault,
    wanted: TableOrder,
    announce: Announce = silent,
    is_cancelled: Callable[[], bool] = never,
    *,
    at_a_time: int = AT_A_TIME,
) -> list[dict[str, str]]:
    """The rows of the file, by their columns."""
    export_table(
        vault,
        wanted,
        taxonomy=the_taxonomy(),
        announce=announce,
        is_cancelled=is_cancelled,
        at_a_time=at_a_time,
    )
    text = wanted.path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def register(vault: Vault) -> list[DisclosureRecord]:
    with vault.reader() as reader:
        page = disclosures.page(reader, disclosures.Wanted(kind=DisclosureKind.TABLE), limit=50)
        return [disclosures.find(reader, entered.disclosure_id) for entered in page.rows]


def trail(vault: Vault) -> list[str]:
    with vault.reader() as reader:
        found = reader.connection.execute(
            "SELECT verb FROM audit_entry WHERE object_kind = 'table' ORDER BY sequence"
        )
        return [verb for (verb,) in found]


def files(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name != "vault"]


class TestReports:
    def test_leave_newest_first_with_all_that_a_row_knows(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        rows = export(vault, order(tmp_path))

        assert [row["id"] for row in rows] == [f"HL-{number}" for number in (7, 6, 5, 4, 3, 2, 1)]
        last = rows[-1]
        assert last["row"] == "7 of 7"
        assert last["nature"] == "SYNTHETIC"
        assert last["hotline"] == "Hotline Example BE"
        assert last["assigned_at"] == "2026-03-01T09:00:00Z"
        assert (last["provider"], last["autonomous_system"]) == ("Example Hosting", "64500")
        assert last["media_count"] == "2"

    def test_addresses_are_defanged_unless_they_are_asked_for(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        dull = export(vault, order(tmp_path, (ReportId(2),)))
        (tmp_path / "table").unlink()
        exact = export(vault, order(tmp_path, (ReportId(2),), form=replace(CSV, is_exact=True)))

        assert dull[0]["url"] == "hxxps://files-2[.]example/a/2.png"
        assert dull[0]["domain"] == "files-2[.]example"
        assert exact[0]["url"] == "https://files-2.example/a/2.png"

    def test_no_cell_begins_a_formula(self, vault: Vault, tmp_path: Path) -> None:
        (row,) = export(vault, order(tmp_path, (ReportId(1),), form=replace(CSV, is_exact=True)))

        assert row["url"] == "'=https://a.example/1"

    def test_columns_leave_in_the_order_in_which_they_are_asked_for(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        (row, *_) = export(vault, order(tmp_path, form=replace(CSV, columns=("status", "id"))))

        assert list(row) == ["row", "status", "id", "nature"]

    def test_a_query_is_written_in_pieces_in_any_order(self, vault: Vault, tmp_path: Path) -> None:
        by_number = Order(ReportSort.REFERENCE, is_descending=False)

        wanted = order(tmp_path, AllFound("host:NL"), order=by_number)
        rows = export(vault, wanted, at_a_time=2)

        assert [row["id"] for row in rows] == [f"HL-{number}" for number in range(1, 8)]
        assert trail(vault) == ["export_table", *["table_rows"] * 4, "table_written"]

    def test_all_that_a_query_finds_leaves_but_for_what_was_taken_out(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        chosen = AllFound("host:NL", frozenset({ReportId(3), ReportId(4), ReportId(99)}))

        rows = export(vault, order(tmp_path, chosen))

        assert [row["id"] for row in rows] == ["HL-7", "HL-6", "HL-5", "HL-2", "HL-1"]
        assert rows[-1]["row"] == "5 of 5"

    def test_reports_leave_one_by_one_in_their_order(self, vault: Vault, tmp_path: Path) -> None:
        rows = export(vault, order(tmp_path, (ReportId(5), ReportId(2))))

        assert [row["id"] for row in rows] == ["HL-5", "HL-2"]

    def test_tags_and_flags_stand_beside_the_report(self, vault: Vault, tmp_path: Path) -> None:
        with vault.bookkeeping() as connection:
            connection.execute("INSERT INTO tag VALUES (1, 'Later', 'later'), (2, 'b', 'b')")
            connection.execute("INSERT INTO tagged VALUES (1, 'report', 2, 'a', 0)")
            connection.execute("INSERT INTO tagged VALUES (2, 'report', 2, 'a', 0)")
            connection.execute("INSERT INTO flag VALUES ('report', 2, 'a', 0)")

        three, two = export(vault, order(tmp_path, (ReportId(3), ReportId(2))))

        assert (two["tags"], two["is_flagged"]) == ("b; Later", "yes")
        assert (three["tags"], three["is_flagged"]) == ("", "no")

    def test_none_at_all_is_a_table_with_a_header(self, vault: Vault, tmp_path: Path) -> None:
        assert export(vault, order(tmp_path, AllFound("host:XX"))) == []
        assert (tmp_path / "table").read_bytes().startswith(b'"row","id"')


class TestOtherSubjects:
    def test_media_leave_as_words_and_digests(self, vault: Vault, tmp_path: Path) -> None:
        rows = export(vault, order(tmp_path, AllFound("ref:1"), TableSubject.MEDIA))

        assert [row["id"] for row in rows] == ["M-12", "M-11"]
        assert rows[0]["reports"] == "HL-1"
        (entered,) = register(vault)
        assert {(item.kind, item.reference, item.within) for item in entered.items} == {
            ("media", "M-11", "HL-1"),
            ("media", "M-12", "HL-1"),
        }

    def test_hotlines_leave_with_their_counts(self, vault: Vault, tmp_path: Path) -> None:
        rows = export(vault, order(tmp_path, subject=TableSubject.HOTLINES))

        assert [(row["name"], row["reports"]) for row in rows] == [
            ("Hotline Example BE", "5"),
            ("Hotline Example DE", "2"),
        ]

    def test_cases_leave_with_their_counts(self, vault: Vault, tmp_path: Path) -> None:
        with vault.transaction() as tx:
            cases.begin(tx, CaseId("5f" * 16), title="=Synthetic", summary="synthetic")
            tx.record(an_entry("begin"))

        (row,) = export(vault, order(tmp_path, subject=TableSubject.CASES))

        assert (row["id"], row["title"], row["reports"]) == ("C-1", "'=Synthetic", "0")
        (entered,) = register(vault)
        assert [(item.kind, item.reference) for item in entered.items] == [("case", "C-1")]

    def test_of_a_short_list_leaves_what_its_query_asks_for(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        with vault.transaction() as tx:
            for number in range(3):
                cases.begin(tx, CaseId(f"{number}f" * 16), title=f"Case {number}", summary="")
            tx.record(an_entry("begin"))

        asked = AllFound("(title:1 OR title:2) is:open")
        rows = export(vault, order(tmp_path, asked, TableSubject.CASES))

        assert [row["id"] for row in rows] == ["C-3", "C-2"]
        assert rows[-1]["row"] == "2 of 2"
        named = order(tmp_path / "elsewhere", AllFound("example -de"), TableSubject.HOTLINES)
        named.path.parent.mkdir()
        assert [row["name"] for row in export(vault, named)] == ["Hotline Example BE"]
        wrong = order(tmp_path / "nowhere", AllFound("host:NL"), TableSubject.HOTLINES)
        with pytest.raises(QueryError):
            export(vault, wrong)

    def test_operations_leave_as_json(self, vault: Vault, tmp_path: Path) -> None:
        form = TableForm(TableFormat.JSON)
        wanted = order(tmp_path, subject=TableSubject.OPERATIONS, form=form)

        export_table(vault, wanted, taxonomy=the_taxonomy(), announce=silent, is_cancelled=never)

        found = json.loads(wanted.path.read_bytes())
        assert (found["subject"], found["items"], found["agreement"]) == ("operations", [], "AGR-1")


class TestRecord:
    def test_a_table_is_in_the_register_with_its_digest_and_every_report(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        export(vault, order(tmp_path, recipient="Court", reason="file 17"))

        (record,) = register(vault)
        assert record.entered.outcome is Outcome.LEFT
        assert record.entered.title == "7 reports in table"
        assert [one.name for one in record.entered.recipients] == ["Court"]
        assert (record.entered.clause, record.entered.reason) == ("1.1", "file 17")
        assert record.entered.items == 7
        assert {(item.reference, item.revision) for item in record.items} == {
            (f"HL-{number}", 1) for number in range(1, 8)
        }

    def test_is_on_record_before_a_byte_of_it_is_there(self, vault: Vault, tmp_path: Path) -> None:
        seen: list[tuple[int, bool]] = []

        def watch(progress: Progress) -> None:
            if progress.phase is Phase.EXPORTING and progress.done == 0:
                seen.append((len(register(vault)), (tmp_path / "table").exists()))

        export(vault, order(tmp_path), watch)

        assert seen == [(1, False)]

    def test_what_is_corrected_later_is_chased_to_it_though_nobody_was_named(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        export(vault, order(tmp_path))
        apply(vault, corrected(a_report(3, revision=2)))

        with vault.reader() as reader:
            (copy,) = affected.page(reader, limit=5).rows
        assert (copy.reference, copy.recipient) == ("HL-3", "recipient not named")
        assert copy.change is ChangeKind.CORRECTED

    def test_what_is_corrected_while_it_is_written_leaves_in_the_revision_on_record(
        self, vault: Vault, tmp_path: Path
    ) -> None:
        def correct(progress: Progress) -> None:
            if progress.phase is Phase.EXPORTING and progress.done == 0:
                item = an_item(30, "https://corrected.example/3")
                apply(vault, corrected(a_report(3, revision=2, contents=(item,))))

        rows = export(vault, order(tmp_path), correct)

        assert rows[4]["domain"] == "corrected[.]example"
        (record,) = register(vault)
        assert {i.reference: i.revision for i in record.items}["HL-3"] == 2
        with vault.reader() as reader:
            assert affected.page(reader, limit=5).rows == ()

    def test_looking_ahead_writes_and_records_nothing(self, vault: Vault, tmp_path: Path) -> None:
        found = foresee_table(vault, order(tmp_path), taxonomy=the_taxonomy(), now=NOON)

        assert (found.rows, found.clauses, found.withheld) == (7, ("1.1",), ())
        assert found.columns[:2] == ("id", "status")
        assert (files(tmp_path), trail(vault), register(vault)) == ([], [], [])


class TestAgreement:
    def test_what_it_withholds_is_absent_and_told(self, unbound: Vault, tmp_path: Path) -> None:
        bind(
            unbound,
            an_agreement(
                EVERYTHING,
                a_limit("4.5", functions=("table.export",), fields=("hostingIsp",)),
                a_limit("4.6", functions=("reports.read",), fields=("ageCategorization",)),
            ),
        )
        found = foresee_table(unbound, order(tmp_path), taxonomy=the_taxonomy(), now=NOON)

        rows = export(unbound, order(tmp_path))

        assert not {"provider", "age", "age_label"} & set(rows[0])
        assert "Example Hosting" not in (tmp_path / "table").read_text()
        assert set(found.withheld) == {
            WithheldColumn("provider", "4.5"),
            WithheldColumn("age", "4.6"),
            WithheldColumn("age_label", "4.6"),
        }

    @pytest.mark.parametrize(
        "wanted",
        [
            {"chosen": AllFound("provider:Example")},
            {"order": Order(ReportSort.PROVIDER)},
            {"form": replace(CSV, columns=("provider",))},
        ],
    )
    def test_nothing_is_asked_that_would_tell_what_it_withholds(
        self, unbound: Vault, tmp_path: Path, wanted: dict[str, object]
    ) -> None:
        limit = a_limit("4.5", functions=("table.export",), fields=("hostingIsp",))
        bind(unbound, an_agreement(EVERYTHING, limit))

        with pytest.raises(AgreementForbids) as refusal:
            export(unbound, replace(order(tmp_path), **wanted))  # type: ignore[arg-type]

        assert refusal.value.facts["clause"] == "4.5"
        assert (files(tmp_path), trail(unbound)) == ([], [])

    @pytest.mark.parametrize(
        ("chosen", "is_allowed"),
        [
            (EVERYONE, False),
            (AllFound("hotline:13"), False),
            (AllFound("hotline:12"), True),
            ((ReportId(1), ReportId(6)), False),
            ((ReportId(1), ReportId(2)), True),
        ],
    )
    def test_reports_of_a_country_that_it_leaves_out_stay(
        self, unbound: Vault, tmp_path: Path, chosen: Chosen, is_allowed: bool
    ) -> None:
        bind(unbound, an_agreement(EVERYTHING, a_limit("4", originators=("DE",))))

        if is_allowed:
            assert export(unbound, order(tmp_path, chosen))
        else:
            with pytest.raises(AgreementForbids):
                export(unbound, order(tmp_path, chosen))
            assert files(tmp_path) == []

    def test_media_of_a_country_that_it_leaves_out_stay(
        self, unbound: Vault, tmp_path: Path
    ) -> None:
        bind(unbound, an_agreement(EVERYTHING, a_limit("4", originators=("BE",))))

        with pytest.raises(AgreementForbids):
            export(unbound, order(tmp_path, AllFound("ref:1"), TableSubject.MEDIA))

    def test_nothing_leaves_without_a_clause_that_grants_it(
        self, unbound: Vault, tmp_path: Path
    ) -> None:
        bind(unbound, an_agreement(a_clause("1", "reports.read", "package.compose")))

        with pytest.raises(AgreementForbids):
            export(unbound, order(tmp_path))

    def test_a_recipient_that_it_does_not_name_gets_nothing(
        self, unbound: Vault, tmp_path: Path
    ) -> None:
        bind(unbound, an_agreement(a_clause("1", "table.export", recipients=("Court",))))

        with pytest.raises(AgreementForbids):
            export(unbound, order(tmp_path, recipient="Press"))
        assert export(unbound, order(tmp_path, recipient="Court"))

    def test_a_reason_is_stated_where_it_demands_one(self, unbound: Vault, tmp_path: Path) -> None:
        bind(unbound, an_agreement(a_clause("1", "table.export", conditions=("reason",))))

        with pytest.raises(AgreementForbids):
            export(unbound, order(tmp_path))
        assert export(unbound, order(tmp_path, reason="file 17"))

    def test_nothing_leaves_behind_its_end(
        self, vault: Vault, clock: SteppingClock, tmp_path: Path
    ) -> None:
        clock.advance(timedelta(days=366))

        with pytest.raises(AgreementLapsed):
            export(vault, order(tmp_path))

    def test_nothing_leaves_a_vault_that_has_none(self, unbound: Vault, tmp_path: Path) -> None:
        with pytest.raises(NotEnrolled):
            export(unbound, order(tmp_path))


class TestRefused:
    def test_without_the_role(self, vault: Vault, tmp_path: Path) -> None:
        without(vault, Role.EXPORTER)

        with pytest.raises(RoleMissing):
            export(vault, order(tmp_path))
        with pytest.raises(RoleMissing):
            foresee_table(vault, order(tmp_path), taxonomy=the_taxonomy(), now=NOON)

    def test_without_a_purpose_where_it_is_no_demonstration(self, tmp_path: Path) -> None:
        with a_vault(tmp_path / "vault", nature=Nature.LIVE) as live, pytest.raises(PurposeMissing):
            export(live, order(tmp_path))

    @pytest.mark.parametrize(
        ("wanted", "error"),
        [
            ({"chosen": AllFound("host:")}, QueryError),
            ({"chosen": (ReportId(99),)}, UnknownReference),
            ({"form": replace(CSV, columns=("id", "shoe_size"))}, ValueUnknown),
        ],
    )
    def test_what_there_is_not(
        self, vault: Vault, tmp_path: Path, wanted: dict[str, object], error: type[CportError]
    ) -> None:
        with pytest.raises(error):
            export(vault, replace(order(tmp_path), **wanted))  # type: ignore[arg-type]
        assert (files(tmp_path), trail(vault)) == ([], [])

    def test_a_file_that_is_there(self, vault: Vault, tmp_path: Path) -> None:
        (tmp_path / "table").write_text("before")

        with pytest.raises(OutputExists):
            export(vault, order(tmp_path))
        assert (tmp_path / "table").read_text() == "before"


class TestCutOff:
    def _ends_in(
        self, error: type[CportError], vault: Vault, folder: Path, announce: Announce, stop: bool
    ) -> None:
        with pytest.raises(error):
            export(vault, order(folder), announce, lambda: stop)
        (record,) = register(vault)
        assert record.entered.outcome is Outcome.NOT_LEFT
        assert trail(vault)[-1] == "table_not_written"

    def test_by_a_person_leaves_nothing_behind(self, vault: Vault, tmp_path: Path) -> None:
        self._ends_in(Cancelled, vault, tmp_path, silent, stop=True)

        assert files(tmp_path) == []

    def test_by_a_disk_that_is_taken_away_is_told(self, vault: Vault, tmp_path: Path) -> None:
        drive = tmp_path / "drive"
        drive.mkdir()

        def take_away(progress: Progress) -> None:
            if progress.phase is Phase.CHECKING:
                shutil.rmtree(drive)

        self._ends_in(OutputUnwritable, vault, drive, take_away, stop=False)

        assert not drive.exists()


class TestChoosing:
    def _numbers(self, vault: Vault, chosen: Chosen, limit: int) -> tuple[int, ...]:
        return numbers_chosen(vault, chosen, limit=limit, taxonomy=the_taxonomy(), now=NOON)

    def test_all_that_is_found_but_for_some(self, vault: Vault) -> None:
        chosen = AllFound("hotline:12", frozenset({ReportId(4)}))

        assert self._numbers(vault, chosen, 4) == (5, 3, 2, 1)

    def test_a_package_takes_the_same_choice(self, vault: Vault) -> None:
        chosen = AllFound("hotline:12", frozenset({ReportId(4)}))

        found = preview_package(vault, chosen, taxonomy=the_taxonomy(), now=NOON)

        assert found.reports == 4

    @pytest.mark.parametrize(
        ("chosen", "count"),
        [
            ((), 0),
            ((ReportId(1), ReportId(2), ReportId(3)), 3),
            (AllFound("host:XX"), 0),
            (AllFound("", frozenset({ReportId(4)})), 6),
            (AllFound(""), 7),
        ],
    )
    def test_more_than_an_act_takes_is_told_with_its_count(
        self, vault: Vault, chosen: Chosen, count: int
    ) -> None:
        with pytest.raises(ChoiceUnfit) as refusal:
            self._numbers(vault, chosen, 2)

        assert refusal.value.facts == {"count": count, "limit": 2}
