"""Nothing is done that the agreement in force does not allow, and whoever refuses names the clause."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.agreement import Agreement, Function, PackageMedia, Party
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.media_item import Picture, RevealGrant, RevealLevel
from cport_desktop.domain.package import Given
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.rows import Facet, Order, ReportSort
from cport_desktop.errors import AgreementForbids, AgreementLapsed, CportError, NotEnrolled
from cport_desktop.media.sandbox import SandboxLevel, Terms
from cport_desktop.usecases import (
    act,
    agreement_state,
    browse_media,
    compose_package,
    overview,
    reveal_media,
    search_reports,
)
from cport_desktop.usecases.allowance import require_allowed, require_answer
from cport_desktop.usecases.compose_package import Order as PackageOrder
from cport_desktop.usecases.explain_agreement import explain_action
from cport_desktop.usecases.media_leave import may_come
from cport_desktop.usecases.show_report import show_report
from cport_desktop.vault import audit_log
from cport_desktop.vault.vault import Vault
from cport_desktop.words.errors import explain as explain_error
from tests.agreement_builders import EVERYTHING, a_clause, a_limit, an_agreement
from tests.builders import NOON, a_vault
from tests.exports.synthetic import QuickDocuments
from tests.report_builders import a_hotline, a_notice, a_report, an_item, new, the_taxonomy, told
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, content_of, receive

REPORT = ReportId(17)
PICTURE = MediaId(170)
COURT = Party("Court", ("court",))
PRESS = Party("Press", ("press",))


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    """One report of a hotline in BE, with a picture that is held."""
    with a_vault(tmp_path / "vault", clock=clock) as opened:
        notice = a_notice(PICTURE, content_of(PICTURE))
        contents = (an_item(170, memo="synthetic memo of the item", media=(notice,)),)
        report = a_report(17, contents=contents, source_password="synthetic-word", site_type=3)
        apply(opened, told(a_hotline(12, country="BE")), new(report))
        receive(opened, PICTURE)
        yield opened


class PlainSandbox:
    """Hands out an even picture: what decodes is not what these tests are about."""

    level = SandboxLevel.PROCESS

    def reveal(
        self, pieces: Iterator[bytes], *, size: int, grant: RevealGrant, terms: Terms
    ) -> Picture:
        assert sum(map(len, pieces)) == size
        del grant, terms
        return Picture(1, 1, 1, b"\x80")


def reveal(vault: Vault, level: RevealLevel = RevealLevel.GREY) -> None:
    reveal_media.reveal_media(vault, PlainSandbox(), PICTURE, level, seconds=5)  # type: ignore[arg-type]


def search(vault: Vault, text: str = "", order: Order | None = None) -> list[object]:
    page = search_reports.search_reports(
        vault, text, order or Order(), limit=10, after=None, taxonomy=the_taxonomy(), now=NOON
    )
    return list(page.rows)


class NeverSigns:
    """A package that is refused is not signed."""

    name = "nobody"


def compose(vault: Vault, path: Path, *names: str, media: bool = True) -> None:
    compose_package.compose_package(
        vault,
        PackageOrder(
            choice=(REPORT,),
            title="Synthetic",
            recipients=[Recipient(name, generate_identity().public) for name in names],
            signer=_never(),
            path=path,
            given=Given(media=PackageMedia.ORIGINAL if media else PackageMedia.NONE),
        ),
        documents=QuickDocuments(resources=Path()),
        taxonomy=the_taxonomy(),
        announce=silent,
        is_cancelled=never,
    )


def _never() -> Signer:
    return NeverSigns()  # type: ignore[return-value]


def clause_of(error: pytest.ExceptionInfo[AgreementForbids]) -> object:
    return error.value.facts["clause"]


def at(revision: int, made: Agreement) -> Agreement:
    """A later version of it, which takes the place of all before."""
    issued = made.issued_at + timedelta(minutes=revision)
    return replace(made, revision=revision, issued_at=issued)


def without(function: Function) -> Agreement:
    return an_agreement(a_clause("1.1", *(each.value for each in Function if each != function)))


class TestAnAct:
    def test_is_refused_where_no_clause_grants_it(self, vault: Vault) -> None:
        for revision, function in enumerate(Function, start=1):
            bind(vault, at(revision, without(function)))

            with pytest.raises(AgreementForbids) as refused:
                require_allowed(vault, function)

            sentence = explain_error(refused.value)
            assert "AGR-1" in sentence.message
            assert "no clause grants it" in sentence.message
            assert "agreements@hotline.example" in sentence.hint
            assert function.value in sentence.hint

    def test_is_allowed_by_the_clause_that_grants_it(self, vault: Vault) -> None:
        for revision, function in enumerate(Function, start=1):
            bind(vault, at(revision, an_agreement(a_clause(f"7.{revision}", function.value))))

            assert require_allowed(vault, function).clause == f"7.{revision}"

    def test_is_refused_after_the_agreement_has_run_out(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        bind(vault)
        clock.advance(timedelta(days=366))

        for function in set(Function) - {Function.REPORTS_READ}:
            with pytest.raises(AgreementLapsed) as refused:
                require_allowed(vault, function)

            assert refused.value.facts["date"] == "2027-05-17"
            assert "AGR-1" in explain_error(refused.value).message

    def test_cannot_be_had_longer_by_setting_the_clock_back(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        """The report came in a batch that the portal has signed after the end."""
        bind(vault, an_agreement(valid_until=NOON - timedelta(days=300)))
        clock.advance(timedelta(days=-400))

        with pytest.raises(AgreementLapsed):
            require_allowed(vault, Function.PACKAGE_COMPOSE)

    def test_needs_an_enrolment_unless_it_only_looks_at_what_is_here(self, vault: Vault) -> None:
        assert require_allowed(vault, Function.REPORTS_READ).clauses == ()
        assert require_allowed(vault, Function.MEDIA_REVEAL).clauses == ()
        with pytest.raises(NotEnrolled):
            require_allowed(vault, Function.TABLE_EXPORT)

    def test_is_judged_by_the_country_of_the_hotline_that_made_the_report(
        self, vault: Vault
    ) -> None:
        bind(vault, an_agreement(EVERYTHING, a_limit("4.5", originators=("BE",))))

        with pytest.raises(AgreementForbids) as refused:
            require_allowed(vault, Function.FEEDBACK_GIVE, report_id=REPORT)

        assert clause_of(refused) == "4.5"
        assert require_allowed(vault, Function.FEEDBACK_GIVE).clause == "1.1"

    def test_needs_the_reason_that_a_clause_demands(self, vault: Vault) -> None:
        bind(vault, an_agreement(a_clause("3.1", "table.export", conditions=("reason",))))
        question = Question(Function.TABLE_EXPORT)

        with pytest.raises(AgreementForbids) as refused:
            require_answer(vault, question, reason="  ")

        assert clause_of(refused) == "3.1"
        assert require_answer(vault, question, reason="request 7").clause == "3.1"

    def test_that_needs_two_persons_is_refused(self, vault: Vault) -> None:
        bind(vault, an_agreement(a_clause("3.1", "iwol.suggest", conditions=("twoPersons",))))

        with pytest.raises(AgreementForbids, match=r"3\.1"):
            require_answer(vault, Question(Function.IWOL_SUGGEST), reason="request 7")


class TestReading:
    def test_goes_on_after_the_agreement_has_run_out(
        self, vault: Vault, clock: SteppingClock
    ) -> None:
        bind(vault)
        clock.advance(timedelta(days=366))

        assert search(vault)
        assert show_report(vault, REPORT).report.report_id == REPORT

    def test_leaves_no_trace_of_an_opening_that_was_refused(self, vault: Vault) -> None:
        bind(vault, without(Function.REPORTS_READ))
        with vault.reader() as reader:
            before = audit_log.page(reader, limit=1, after=None).rows[0].sequence

        for look in (lambda: show_report(vault, REPORT), lambda: search(vault)):
            with pytest.raises(AgreementForbids):
                look()

        with vault.reader() as reader:
            assert audit_log.page(reader, limit=1, after=None).rows[0].sequence == before


WITHHELD = ("memo", "sourceUrlPassword", "hostingIsp", "sourceUrlSiteType", "fileName")


class TestAFieldThatIsWithheld:
    @pytest.fixture(autouse=True)
    def bound(self, vault: Vault) -> None:
        bind(vault, an_agreement(EVERYTHING, a_limit("4.5", fields=WITHHELD)))

    def test_is_absent_from_a_report_that_is_opened(self, vault: Vault) -> None:
        dossier = show_report(vault, REPORT)

        assert dossier.report.memo is None
        assert dossier.report.source_password is None
        assert dossier.report.contents[0].memo is None
        assert dossier.report.contents[0].hosting.provider is None
        assert dossier.report.contents[0].media[0].file_name is None
        assert dossier.media[0].file_name is None
        assert dossier.row.provider is None
        assert dossier.row.site_type is None
        assert dossier.report.hotline_reference == "REF-17"
        for word in ("synthetic report", "synthetic memo", "synthetic-word", *WITHHELD):
            assert word.encode() not in dossier.document
        assert json.loads(dossier.document)["reportId"] == 17

    def test_is_absent_from_rows_documents_and_media(self, vault: Vault) -> None:
        (row,) = search(vault)
        documents = search_reports.documents_of(vault, [row])  # type: ignore[list-item]
        (item,) = browse_media.list_media(
            vault, "", limit=9, after=None, taxonomy=the_taxonomy(), now=NOON
        ).rows

        assert row.provider is None  # type: ignore[attr-defined]
        assert "memo" not in json.dumps(documents[REPORT])
        assert item.file_name is None
        assert browse_media.show_media(vault, PICTURE).file_name is None

    @pytest.mark.parametrize("text", ['provider:"Example"', "-site:3"])
    def test_cannot_be_asked_about(self, vault: Vault, text: str) -> None:
        for ask in (
            lambda: search(vault, text),
            lambda: search_reports.count_reports(vault, text, taxonomy=the_taxonomy(), now=NOON),
            lambda: search_reports.facets_of_reports(
                vault, text, [Facet.STATUS], taxonomy=the_taxonomy(), now=NOON
            ),
            lambda: browse_media.list_media(
                vault, text, limit=9, after=None, taxonomy=the_taxonomy(), now=NOON
            ),
        ):
            with pytest.raises(AgreementForbids) as refused:
                ask()
            assert clause_of(refused) == "4.5"

    def test_cannot_be_counted_or_sorted_by(self, vault: Vault) -> None:
        found = search_reports.facets_of_reports(
            vault, "", [Facet.SITE_TYPE, Facet.STATUS], taxonomy=the_taxonomy(), now=NOON
        )

        assert found[Facet.SITE_TYPE] == ()
        assert found[Facet.STATUS]
        with pytest.raises(AgreementForbids):
            search(vault, order=Order(ReportSort.PROVIDER))


def test_where_the_agreement_names_what_is_received_all_else_is_absent(vault: Vault) -> None:
    bind(vault, an_agreement(a_clause("2.1", "reports.read", fields=("memo",))))

    dossier = show_report(vault, REPORT)

    assert dossier.report.memo == "synthetic report 17"
    assert dossier.report.source_password is None
    assert dossier.report.hotline_reference is None
    assert json.loads(dossier.document)["memo"] == "synthetic report 17"
    assert "hotlineReference" not in json.loads(dossier.document)


class TestRevealing:
    def test_is_refused_at_a_level_that_is_not_granted_and_leaves_no_trace(
        self, vault: Vault
    ) -> None:
        bind(vault, an_agreement(a_clause("2.2", "media.reveal", levels=("blurred", "grey"))))
        reveal(vault)

        with pytest.raises(AgreementForbids):
            reveal(vault, RevealLevel.FULL)

        with vault.reader() as reader:
            (last,) = audit_log.page(reader, limit=1, after=None).rows
        assert dict(last.draft.payload)["level"] == "grey"
        assert agreement_state.levels_allowed(vault) == (
            RevealLevel.BLURRED,
            RevealLevel.SMALL_GREY,
            RevealLevel.GREY,
        )

    def test_is_refused_for_a_kind_that_a_clause_keeps_back(self, vault: Vault) -> None:
        bind(vault, an_agreement(EVERYTHING, a_limit("2.9", kinds=("image",))))

        with pytest.raises(AgreementForbids) as refused:
            reveal(vault)

        assert clause_of(refused) == "2.9"
        assert agreement_state.levels_allowed(vault, "image") == ()
        assert agreement_state.levels_allowed(vault, "video") == tuple(RevealLevel)


class TestAPackage:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "case.age"

    def refused(self, vault: Vault, path: Path, *names: str, media: bool = True) -> object:
        with vault.reader() as reader:
            before = audit_log.page(reader, limit=1, after=None).rows[0].sequence
        with pytest.raises(AgreementForbids) as refused:
            compose(vault, path, *names, media=media)
        assert not path.exists()
        with vault.reader() as reader:
            assert audit_log.page(reader, limit=1, after=None).rows[0].sequence == before
        return clause_of(refused)

    def test_is_refused_for_all_if_one_recipient_may_not_have_it(
        self, vault: Vault, path: Path
    ) -> None:
        bind(
            vault,
            an_agreement(
                EVERYTHING, a_limit("4.4", recipients=("class:press",)), recipients=(COURT, PRESS)
            ),
        )

        assert self.refused(vault, path, "Court", "Press") == "4.4"

    def test_is_refused_for_somebody_who_only_has_the_name_of_a_recipient(
        self, vault: Vault, path: Path
    ) -> None:
        known = Party("Court", ("court",), ("age1known",))
        grant = a_clause("4.1", "package.compose", recipients=("Court", "class:court"))
        bind(vault, an_agreement(a_clause("1.1", "reports.read"), grant, recipients=(known,)))

        assert self.refused(vault, path, "Court") is None

    def test_is_refused_with_media_where_only_words_may_go(self, vault: Vault, path: Path) -> None:
        bind(
            vault,
            an_agreement(
                a_clause("1.1", "reports.read"),
                a_clause("4.1", "package.compose", levels=("none",)),
            ),
        )

        assert self.refused(vault, path, "Court") is None

    def test_is_refused_with_reports_of_a_hotline_that_keeps_control_of_them(
        self, vault: Vault, path: Path
    ) -> None:
        bind(
            vault,
            an_agreement(
                EVERYTHING,
                a_limit("4.6", functions=("package.compose",), originators=("BE",)),
            ),
        )

        assert self.refused(vault, path, "Court", media=False) == "4.6"

    def test_is_refused_once_the_agreement_has_run_out(
        self, vault: Vault, path: Path, clock: SteppingClock
    ) -> None:
        bind(vault)
        clock.advance(timedelta(days=366))

        with pytest.raises(AgreementLapsed):
            compose(vault, path, "Court")
        assert not path.exists()


class TestMediaThatAreAnnounced:
    def test_come_only_in_the_kinds_that_a_clause_grants(self, vault: Vault) -> None:
        bind(vault, an_agreement(a_clause("2.2", "media.receive", kinds=("video", "other"))))
        picture = a_notice(171)

        assert not may_come(vault, picture)
        assert may_come(vault, replace(picture, declared_type="video/mp4"))
        assert may_come(vault, replace(picture, declared_type=None))

    def test_do_not_come_at_all_where_no_clause_lets_them(self, vault: Vault) -> None:
        bind(vault, without(Function.MEDIA_RECEIVE))

        with pytest.raises(AgreementForbids):
            may_come(vault, a_notice(171))


class TestAnExplanation:
    def test_says_what_would_be_if_a_recipient_were_added(self, vault: Vault) -> None:
        bind(
            vault,
            an_agreement(
                a_clause("4.1", "package.compose", recipients=("class:court",)),
                recipients=(COURT, PRESS),
            ),
        )

        yes = explain_action(vault, Question(Function.PACKAGE_COMPOSE, recipient="Court"))
        no = explain_action(vault, Question(Function.PACKAGE_COMPOSE, recipient="Press"))

        assert yes.verdict.is_allowed
        assert "clause 4.1" in yes.sentences[0]
        assert not no.verdict.is_allowed
        assert "Press is none of those that clause 4.1 names." in " ".join(no.sentences)
        assert no.sentences[-1] == "Who can change it: agreements@hotline.example."

    def test_agrees_with_what_is_refused(self, vault: Vault) -> None:
        bind(vault, an_agreement(a_clause("3.1", "table.export"), a_limit("4", kinds=("video",))))

        for function in Function:
            found = explain_action(vault, Question(function))
            refusal: CportError | None = None
            try:
                require_allowed(vault, function)
            except CportError as error:
                refusal = error
            assert found.verdict.is_allowed is (refusal is None)

    def test_says_that_the_agreement_is_over(self, vault: Vault, clock: SteppingClock) -> None:
        bind(vault)
        clock.advance(timedelta(days=366))

        found = explain_action(vault, Question(Function.PACKAGE_COMPOSE))

        assert not found.verdict.is_allowed
        assert "It has run out." in found.sentences


def test_what_the_window_is_told_of_the_bond_is_the_version_in_force(vault: Vault) -> None:
    bind(vault, an_agreement(agency="Agency Example"))
    enrolment = overview.enrolment_of(vault)

    assert enrolment is not None
    assert enrolment.answer.agreement == replace(an_agreement(), agency="Agency Example")


def test_an_operation_is_not_queued_that_the_agreement_forbids(vault: Vault) -> None:
    bind(vault, without(Function.FEEDBACK_GIVE))

    with pytest.raises(AgreementForbids):
        act.give_feedback(vault, REPORT, "Thank you.", operation_id=UUID(int=7))

    assert overview.list_operations(vault, limit=9, after=None).rows in ([], ())
