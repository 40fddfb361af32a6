"""A dossier of a domain: two officers, evidence by reference, the list, and the file that leaves."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.criteria import Ground, Reviewer
from cport_desktop.domain.domain_check import Match
from cport_desktop.domain.domain_facts import Pause
from cport_desktop.domain.dossier import (
    MOST_EVIDENCE,
    DossierEdit,
    DossierFormat,
    DossierOrder,
    Standing,
)
from cport_desktop.domain.ids import OperationId, ReportId
from cport_desktop.domain.operation import (
    Criterion,
    CriterionState,
    Operation,
    OperationState,
    SuggestDomain,
    SuggestRemoval,
)
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.progress import never
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.errors import (
    DomainUnfit,
    DossierUnfit,
    OutputExists,
    RoleMissing,
    SignerExpired,
    TextUnfit,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.dossier_files import COLUMNS
from cport_desktop.formats.record_message import print_iwol_decision
from cport_desktop.settings import Settings
from cport_desktop.usecases import dossier_officers
from cport_desktop.usecases import iwol_dossier as acts
from cport_desktop.usecases.check_domain import check_domain
from cport_desktop.usecases.domain_rules import settle_domain_rules
from cport_desktop.usecases.iwol_export import export_dossiers
from cport_desktop.usecases.list_dossiers import (
    compare_with_list,
    count_reviews,
    list_dossiers,
    reviews_due,
    show_dossier,
)
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.usecases.suggest_domain import suggest_domain
from cport_desktop.usecases.suggest_removal import suggest_removal
from cport_desktop.usecases.take_up_operation import set_aside
from cport_desktop.vault import dossiers, outbox, portal_records
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from tests.builders import an_entry, make_vault, reopened
from tests.exports.peers import needs, run
from tests.exports.synthetic import NOW, authority, signer_of
from tests.report_builders import (
    a_report,
    an_action,
    an_assessment,
    an_item,
    corrected,
    new,
    withdrawn,
)
from tests.usecases.agreeing import bind
from tests.usecases.test_reading_audit import without
from tests.vault.erasing import apply, erase
from tests.work_builders import verbs

BERTA = b"another synthetic passphrase"
SITE = "site.example"
TOLD = "seen by an officer, not for publication"


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of two analysts, with four reports about one domain and one about another."""
    folder = make_vault(tmp_path_factory.mktemp("newborn") / "vault")
    with reopened(folder, clock=SteppingClock(NOW)) as vault:
        slot = NewSlot("berta", NewPassphrase(BERTA, FLOOR))
        add_analyst(vault, "Berta Example", EVERY_ROLE, slot, now=NOW)
        bind(vault)
        settle_domain_rules(vault, Settings().domain_rules)
        made = [
            new(
                a_report(
                    at,
                    received_at=NOW - timedelta(days=at),
                    contents=(
                        an_item(
                            at * 10,
                            f"https://www.{SITE}/a/{at}?visitor=17",
                            assessments=(an_assessment(1, age=2),),
                        ),
                    ),
                )
            )
            for at in (1, 2, 3, 4)
        ]
        lone = a_report(9, contents=(an_item(90, "https://x.pages.test/9"),))
        apply(vault, *made, new(lone))
    return folder


@pytest.fixture
def folder(newborn: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(newborn, tmp_path / "vault"))


@contextmanager
def ada(folder: Path, at: datetime = NOW) -> Iterator[Vault]:
    with reopened(folder, clock=SteppingClock(at)) as vault:
        yield vault


@contextmanager
def berta(folder: Path, at: datetime = NOW) -> Iterator[Vault]:
    secret, clock = Passphrase(BERTA), SteppingClock(at)
    with open_vault(folder, secret=secret, clock=clock, program="tests") as vault:
        yield vault


def submitted(vault: Vault, version: str = "current") -> None:
    acts.open_dossier(vault, SITE, criteria_version=version)
    edit = DossierEdit(
        proportionality="All of the site serves it.",
        internal=TOLD,
        public="Meets the criteria.",
    )
    acts.change_dossier(vault, SITE, edit)
    dossier_officers.submit_dossier(vault, SITE)


def confirmed(folder: Path, version: str = "current") -> None:
    with ada(folder) as vault:
        submitted(vault, version)
    with berta(folder) as vault:
        second = Reviewer("Example Agency B", "BE") if version == "older" else None
        dossier_officers.confirm_dossier(vault, SITE, second=second)


def decide(vault: Vault, state: str, at: datetime, revision: int = 1) -> None:
    told = IwolDecision(SITE, state, "current", "Example Body", at, None)
    change = RecordChange(
        Subject.IWOL_DECISION,
        SITE,
        ChangeKind.NEW,
        revision,
        at,
        None,
        print_iwol_decision(told),
        told,
    )
    with vault.transaction() as tx:
        portal_records.keep(tx, [change], road="https")
        tx.record(an_entry("apply"))


def test_a_draft_names_what_is_at_hand_and_copies_nothing(folder: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, f"https://{SITE}")
        whole = show_dossier(vault, SITE)
        assert whole.line.standing is Standing.DRAFT
        assert [one.report_id for one in whole.evidence] == [1, 2, 3, 4]
        first = whole.evidence[0].fact
        assert first is not None
        assert (first.where, first.ip_address, first.country) == (
            f"www.{SITE}/a/1",
            "192.0.2.7",
            "NL",
        )
        assert [one.state for one in whole.criteria] == [CriterionState.MET] * 2
        with vault.reader() as reader:
            kept = reader.connection.execute("SELECT * FROM dossier_evidence").fetchall()
        assert SITE not in str(kept)
        assert verbs(vault)[0] == ("open_dossier_view", SITE)

        acts.drop_evidence(vault, SITE, [ReportId(4)])
        acts.name_evidence(vault, SITE, [ReportId(4)])
        with pytest.raises(DossierUnfit):
            acts.name_evidence(vault, SITE, [ReportId(9)])
        with pytest.raises(DossierUnfit):
            acts.open_dossier(vault, SITE)


def test_what_is_not_whole_is_not_submitted_and_says_what_is_missing(folder: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, "x.pages.test")
        with pytest.raises(DossierUnfit) as refused:
            dossier_officers.submit_dossier(vault, "x.pages.test")
        assert "whole domain" in str(refused.value.facts["rule"])
        edit = DossierEdit(proportionality="All of it.", public="Meets the criteria.")
        acts.change_dossier(vault, "x.pages.test", edit)
        with pytest.raises(DossierUnfit) as refused:
            dossier_officers.submit_dossier(vault, "x.pages.test")
        assert "criterion" in str(refused.value.facts["rule"])
        for code in ("1", "2"):
            met = Criterion(code, CriterionState.MET, "looked at")
            acts.judge_criterion(vault, "x.pages.test", met)
        judged = show_dossier(vault, "x.pages.test").criteria
        assert {one.ground for one in judged} == {Ground.JUDGED}
        with pytest.raises(ValueUnknown):
            acts.judge_criterion(vault, "x.pages.test", Criterion("9", CriterionState.MET))
        acts.drop_evidence(vault, "x.pages.test", [ReportId(9)])
        with pytest.raises(DossierUnfit) as refused:
            dossier_officers.submit_dossier(vault, "x.pages.test")
        assert "evidence" in str(refused.value.facts["rule"])
        with pytest.raises(TextUnfit):
            dossier_officers.withdraw_dossier(vault, "x.pages.test", reason=" ")


def test_the_comparison_counts_what_the_dossier_counts_and_less_after_an_erasure(
    folder: Path,
) -> None:
    with ada(folder) as vault:
        for name in (SITE, f"www.{SITE}", "x.pages.test"):
            acts.open_dossier(vault, name)
        for gone in (0, 2):
            if gone:
                erase(vault, 1, 2, name="E-1")
            rows = {row.domain: row for row in compare_with_list(vault, limit=10).rows}
            for name, row in rows.items():
                facts = check_domain(vault, name).facts
                assert row.tally is not None
                assert (row.tally.reports, row.tally.seen) == (len(facts.reports), facts.last_seen)
            assert rows[f"www.{SITE}"].tally == rows[SITE].tally
            assert len(check_domain(vault, SITE).facts.reports) == 4 - gone


def test_only_another_officer_confirms_and_then_it_is_sent(folder: Path) -> None:
    with ada(folder) as vault:
        submitted(vault)
        body = SuggestDomain(SITE, "current", (), "")
        with pytest.raises(DossierUnfit):
            suggest_domain(vault, body, operation_id=UUID(int=5))
        with pytest.raises(DossierUnfit):
            dossier_officers.confirm_dossier(vault, SITE)
        with pytest.raises(DossierUnfit):
            dossier_officers.send_dossier(vault, SITE, operation_id=UUID(int=6))
    with berta(folder) as vault:
        dossier_officers.confirm_dossier(vault, SITE)
        operation, _ = dossier_officers.send_dossier(vault, SITE, operation_id=UUID(int=7))
        assert isinstance(operation.body, SuggestDomain)
        assert operation.body.note == "Meets the criteria."
        assert TOLD not in repr(operation)
        assert [each.state for each in operation.body.criteria] == [CriterionState.MET] * 2
        line = show_dossier(vault, SITE).line
        assert line.dossier.confirmed is not None
        assert line.dossier.submitted is not None
        assert line.dossier.confirmed.by != line.dossier.submitted.by
        assert line.standing is Standing.CONFIRMED
        (row,) = compare_with_list(vault, limit=10).rows
        assert (row.domain, row.match) == (SITE, Match.WAITING)


def test_the_older_text_wants_a_second_agency_of_another_country(folder: Path) -> None:
    with ada(folder) as vault:
        submitted(vault, "older")
        agency = show_dossier(vault, SITE).first
        assert agency is not None
    with berta(folder) as vault:
        for second in (
            None,
            Reviewer("", "BE"),
            agency,
            Reviewer("Example Agency B", agency.country),
            Reviewer(f" {agency.agency.upper()}\u00a0", "BE"),
            Reviewer(agency.agency.replace(" ", "  "), "BE"),
            Reviewer("Example Agency B", f" {agency.country.lower()} "),
            Reviewer("Example Agency B", ""),
        ):
            with pytest.raises(DossierUnfit):
                dossier_officers.confirm_dossier(vault, SITE, second=second)
        with pytest.raises(ValueUnknown):
            dossier_officers.confirm_dossier(
                vault, SITE, second=Reviewer("Example Agency B", "Belgium")
            )
        dossier_officers.confirm_dossier(vault, SITE, second=Reviewer(" Example  Agency B", "be"))
        kept = show_dossier(vault, SITE).line.dossier.second
        assert kept == Reviewer("Example Agency B", "BE")
        (last,) = [one for one in show_dossier(vault, SITE).criteria if one.text.code == "5"]
        assert (last.state, last.ground) == (CriterionState.MET, Ground.REVIEWED)


def test_nobody_judges_away_the_second_agency(folder: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE, criteria_version="older")
        with pytest.raises(DossierUnfit) as refused:
            acts.judge_criterion(vault, SITE, Criterion("5", CriterionState.MET, "trust me"))
        assert "second agency" in str(refused.value.facts["rule"])
        acts.judge_criterion(vault, SITE, Criterion("4", CriterionState.UNDETERMINED, "unsure"))
        edit = DossierEdit(proportionality="All of it.", public="Meets the criteria.")
        acts.change_dossier(vault, SITE, edit)
        with pytest.raises(DossierUnfit):
            dossier_officers.submit_dossier(vault, SITE)


def test_a_persons_word_on_a_criterion_can_be_taken_back(folder: Path) -> None:
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        before = show_dossier(vault, SITE).criteria
        for state, note in ((CriterionState.NOT_MET, "no"), (CriterionState.UNDETERMINED, "ask")):
            acts.judge_criterion(vault, SITE, Criterion("1", state, note))
            first = show_dossier(vault, SITE).criteria[0]
            assert (first.state, first.ground, first.note) == (state, Ground.JUDGED, note)
        acts.judge_criterion(vault, SITE, Criterion("1", CriterionState.UNDETERMINED))
        assert show_dossier(vault, SITE).criteria == before


def test_all_evidence_at_hand_is_as_much_as_a_dossier_holds(folder: Path) -> None:
    many = [an_item(1_000 + at, f"https://{SITE}/many/{at}") for at in range(MOST_EVIDENCE + 20)]
    with ada(folder) as vault:
        acts.open_dossier(vault, SITE)
        acts.drop_evidence(vault, SITE, [ReportId(at) for at in (1, 2, 3, 4)])
        apply(vault, new(a_report(40, received_at=NOW, contents=tuple(many))))
        acts.name_evidence(vault, SITE)
        assert len(show_dossier(vault, SITE).evidence) == MOST_EVIDENCE
        with pytest.raises(DossierUnfit):
            acts.name_evidence(vault, SITE, [ReportId(40), ReportId(1)])


def test_a_listing_is_looked_at_again_and_its_removal_suggested(folder: Path) -> None:
    confirmed(folder)
    with ada(folder) as vault:
        with pytest.raises(DossierUnfit):
            remove(vault, 8, "gone")
        decide(vault, "listed", NOW)
        assert show_dossier(vault, SITE).line.standing is Standing.LISTED
        assert reviews_due(vault, limit=10) == ()
    later = NOW + timedelta(days=100)
    with ada(folder, later) as vault:
        (due,) = reviews_due(vault, limit=10)
        assert (due.dossier.domain, due.standing) == (SITE, Standing.REVIEW_DUE)
        assert Pause.UNSEEN in {one.pause for one in show_dossier(vault, SITE).cautions}
        dossier_officers.review_dossier(vault, SITE, days=30)
        assert reviews_due(vault, limit=10) == ()
        remove(vault, 9, "All of it is gone.")
        (row,) = compare_with_list(vault, limit=10).rows
        assert (row.match, row.removal) == (Match.LEAVING, OperationState.QUEUED)
        line = show_dossier(vault, SITE).line
        assert (line.is_to_be_removed, line.removal) == (True, OperationState.QUEUED)
        with vault.reader() as reader:
            queued = outbox.find(reader, OperationId(str(UUID(int=9)))).operation
        assert queued.body == SuggestRemoval(SITE, "All of it is gone.")
        with pytest.raises(DossierUnfit) as refused:
            remove(vault, 10, "once more")
        assert "not answered" in str(refused.value.facts["rule"])
        with pytest.raises(DossierUnfit):
            dossier_officers.review_dossier(vault, SITE)
        decide(vault, "delisted", later, revision=2)
        assert show_dossier(vault, SITE).line.standing is Standing.DELISTED
        (row,) = compare_with_list(vault, limit=10).rows
        assert row.match is Match.DELISTED


def test_a_listing_that_lost_its_evidence_is_to_be_looked_at_again(folder: Path) -> None:
    confirmed(folder)
    with ada(folder) as vault:
        later = a_report(30, contents=(an_item(300, f"https://{SITE}/30"),))
        apply(vault, new(later))
        erase(vault, 1, 2, name="E-1")
        assert reviews_due(vault, limit=5) == ()
        decide(vault, "listed", NOW)
        assert reviews_due(vault, limit=5) == ()
        apply(vault, withdrawn(3), withdrawn(4))
        (due,) = reviews_due(vault, limit=5)
        assert (due.dossier.domain, due.standing) == (SITE, Standing.REVIEW_DUE)
        assert check_domain(vault, SITE).dossier is Standing.REVIEW_DUE
        assert count_reviews(vault) == 1


def test_what_was_never_listed_keeps_nothing_from_being_looked_at(folder: Path) -> None:
    confirmed(folder)
    with ada(folder) as vault:
        decide(vault, "listed", NOW)
        with vault.transaction() as tx:
            kept = dossiers.find(tx, SITE)
            unlisted = dossiers.open_new(tx, "unlisted.example", "current")
            long_due = NOW - timedelta(days=900)
            confirmed_too = replace(kept, number=unlisted.number, review_at=long_due)
            dossiers.write(tx, confirmed_too)
            tx.record(an_entry("confirm_dossier"))
    with ada(folder, NOW + timedelta(days=100)) as vault:
        (due,) = reviews_due(vault, limit=1)
        assert due.dossier.domain == SITE


def test_a_removal_that_was_set_aside_is_none(folder: Path, tmp_path: Path) -> None:
    confirmed(folder)
    with ada(folder) as vault:
        decide(vault, "listed", NOW)
        operation = remove(vault, 8, "gone")
        assert exported(vault, tmp_path / "a.json")["action"] == "remove"
        set_aside(vault, operation.operation_id, "by mistake")
        told = exported(vault, tmp_path / "b.json")
        assert (told["action"], told["removal_reason"]) == ("add", None)
        dossier_officers.review_dossier(vault, SITE)
        assert show_dossier(vault, SITE).line.dossier.removal_at is None


def test_whoever_finds_a_domain_on_the_list_can_suggest_its_removal_without_a_dossier(
    folder: Path,
) -> None:
    with ada(folder) as vault:
        decide(vault, "listed", NOW)
        remove(vault, 8, "taken over by somebody else")
        (row,) = compare_with_list(vault, limit=10).rows
        assert (row.domain, row.match, row.dossier) == (SITE, Match.LEAVING, None)
        with pytest.raises(TextUnfit):
            remove(vault, 9, "  ")
        assert check_domain(vault, SITE).removal is OperationState.QUEUED


def test_what_is_given_up_takes_its_waiting_suggestion_along(folder: Path) -> None:
    confirmed(folder)
    with ada(folder) as vault:
        operation, _ = dossier_officers.send_dossier(vault, SITE, operation_id=UUID(int=7))
        dossier_officers.withdraw_dossier(vault, SITE, reason="The site was taken over.")
        with vault.reader() as reader:
            row = outbox.find(reader, operation.operation_id)
        assert (row.state, row.aside) == (OperationState.SET_ASIDE, "The site was taken over.")


def remove(vault: Vault, number: int, reason: str) -> Operation:
    return suggest_removal(vault, SITE, reason=reason, operation_id=UUID(int=number))[0]


def exported(vault: Vault, path: Path) -> dict[str, object]:
    order = DossierOrder(path, DossierFormat.JSON)
    export_dossiers(vault, order, signer=signer_of(authority()), make=lambda _: b"")
    (found,) = json.loads(path.read_bytes())["dossiers"]
    return dict(found)


def test_an_erased_report_leaves_no_evidence_and_the_last_one_no_dossier(folder: Path) -> None:
    confirmed(folder)
    with ada(folder) as vault:
        erase(vault, 1, name="E-1")
        whole = show_dossier(vault, SITE)
        assert [one.report_id for one in whole.evidence] == [2, 3, 4]
        assert whole.line.dossier.texts.internal == ""
        erase(vault, 2, 3, 4, name="E-2")
        with pytest.raises(UnknownReference):
            show_dossier(vault, SITE)
        with vault.reader() as reader:
            for table in ("dossier", "dossier_evidence", "dossier_criterion"):
                rows = reader.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                assert rows == (0,)


def test_a_dossier_of_what_no_report_names_is_not_begun_and_goes_with_the_next_erasure(
    folder: Path,
) -> None:
    with ada(folder) as vault:
        with pytest.raises(DossierUnfit) as refused:
            acts.open_dossier(vault, "unheard-of.example")
        assert "no report" in str(refused.value.facts["rule"])
        acts.open_dossier(vault, "x.pages.test")
        acts.open_dossier(vault, f"www.{SITE}")
        moved = a_report(9, revision=2, contents=(an_item(90, "https://elsewhere.example/9"),))
        apply(vault, corrected(moved))
        erase(vault, 1, name="E-1")
        with pytest.raises(UnknownReference):
            show_dossier(vault, "x.pages.test")
        assert show_dossier(vault, f"www.{SITE}").evidence
        erase(vault, 2, 3, 4, name="E-2")
        with pytest.raises(UnknownReference):
            show_dossier(vault, f"www.{SITE}")


def test_who_has_not_the_role_does_nothing(folder: Path) -> None:
    with ada(folder) as vault:
        without(vault, Role.ANALYST)
        for act in (
            lambda: acts.open_dossier(vault, SITE),
            lambda: list_dossiers(vault, limit=5),
            lambda: show_dossier(vault, SITE),
            lambda: check_domain(vault, SITE),
            lambda: compare_with_list(vault, limit=5),
        ):
            with pytest.raises(RoleMissing):
                act()
    with ada(folder) as vault, pytest.raises(DomainUnfit):
        acts.open_dossier(vault, "192.0.2.1")


def test_what_gives_pause_is_told(folder: Path) -> None:
    with ada(folder) as vault:
        few = {one.pause: one for one in check_domain(vault, "x.pages.test").cautions}
        assert few[Pause.SHARED_HOST].name == "pages.test"
        assert few[Pause.FEW_REPORTS].count == 1
        above = {one.pause: one for one in check_domain(vault, "amazonaws.com").cautions}
        assert above[Pause.ABOVE_SHARED].name.endswith(".amazonaws.com")
        apply(
            vault,
            new(
                a_report(
                    20,
                    contents=(an_item(200, "https://a.service.example/", actions=(an_action(3),)),),
                )
            ),
        )
        found = {one.pause for one in check_domain(vault, "a.service.example").cautions}
        assert {Pause.LEGITIMATE, Pause.SUBDOMAIN, Pause.GONE} <= found


@pytest.mark.parametrize("kind", list(DossierFormat))
def test_a_file_leaves_signed_registered_and_without_what_is_internal(
    folder: Path, tmp_path: Path, kind: DossierFormat
) -> None:
    confirmed(folder, "older")
    issuer = authority()
    path = tmp_path / f"dossiers.{kind.value}"
    maker = DocumentMaker()
    with ada(folder) as vault:
        written = export_dossiers(
            vault,
            DossierOrder(path, kind, recipient="INTERPOL"),
            signer=signer_of(issuer),
            make=lambda document: maker.make(document, is_cancelled=never, has_place=True),
        )
        assert written.domains == (SITE,)
        with vault.reader() as reader:
            (left,) = reader.connection.execute(
                "SELECT kind, outcome, sha256 FROM disclosure"
            ).fetchall()
            items = reader.connection.execute("SELECT count(*) FROM disclosed_item").fetchone()
        assert left == ("dossier", "left", written.sha256)
        assert items == (4,)
        with pytest.raises(OutputExists):
            export_dossiers(
                vault, DossierOrder(path, kind), signer=signer_of(issuer), make=lambda _: b""
            )
    content = path.read_bytes()
    assert TOLD.encode() not in content
    assert b"visitor" not in content
    if kind is DossierFormat.JSON:
        (dossier,) = json.loads(content)["dossiers"]
        assert (dossier["domain"], dossier["action"]) == (SITE, "add")
        assert [one["state"] for one in dossier["criteria"]] == ["met"] * 5
        assert dossier["second_agency"] == "Example Agency B"
        assert [one["report"] for one in dossier["evidence"]] == ["HL-1", "HL-2", "HL-3", "HL-4"]
    elif kind is DossierFormat.CSV:
        head, line = csv.reader(io.StringIO(content.decode()))
        assert tuple(head) == COLUMNS
        assert dict(zip(head, line, strict=True))["reports"] == "HL-1; HL-2; HL-3; HL-4"
    else:
        assert content.startswith(b"%PDF-")
        said = run(needs("pdfsig"), path).stdout.decode()
        assert "Signature Validation: Signature is Valid." in said
        assert "Total document signed" in said
        text = run(needs("pdftotext"), path, "-").stdout.decode()
        assert "site[.]example" in text
        assert "HL-4" in text
    assert verified(path, issuer.pem, tmp_path) == 0
    path.write_bytes(content.replace(b"e", b"f", 1))
    assert verified(path, issuer.pem, tmp_path) != 0


def test_no_file_is_signed_by_a_certificate_that_has_run_out(folder: Path, tmp_path: Path) -> None:
    confirmed(folder)
    ended = signer_of(authority(), valid_until=NOW - timedelta(days=1))
    path = tmp_path / "dossiers.json"
    with ada(folder) as vault:
        with pytest.raises(SignerExpired):
            export_dossiers(
                vault, DossierOrder(path, DossierFormat.JSON), signer=ended, make=lambda _: b""
            )
        with vault.reader() as reader:
            assert reader.connection.execute("SELECT * FROM disclosure").fetchall() == []
    assert list(tmp_path.glob("dossiers*")) == []


def verified(path: Path, anchor: bytes, folder: Path) -> int:
    """What openssl says to the file and its signature."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl: apt-get install openssl")
    (folder / "anchor.pem").write_bytes(anchor)
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
    command += ["-in", f"{path}.p7s", "-content", str(path), "-out", "/dev/null"]
    command += ["-CAfile", str(folder / "anchor.pem"), "-purpose", "any"]
    command += ["-attime", str(int(NOW.timestamp()))]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode


def test_nothing_is_left_of_a_file_that_could_not_be_written(folder: Path, tmp_path: Path) -> None:
    confirmed(folder)
    path = tmp_path / "dossiers.json"
    left_over = path.with_name(f"{path.name}.p7s.cport.part")
    left_over.mkdir()
    with ada(folder) as vault:
        with pytest.raises(OutputExists):
            export_dossiers(
                vault,
                DossierOrder(path, DossierFormat.JSON),
                signer=signer_of(authority()),
                make=lambda _: b"",
            )
        assert not path.exists()
        assert left_over.is_dir()
        with vault.reader() as reader:
            found = reader.connection.execute("SELECT outcome FROM disclosure").fetchall()
        assert found == [("not_left",)]
