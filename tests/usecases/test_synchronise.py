"""The exchange as a whole: real vault, real gateway, real confined children."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest

from cport_desktop.crypto import message_keys
from cport_desktop.demo.double import DemoTransport
from cport_desktop.domain.batch import START
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.media_item import CannotShow, MediaItem, MediaState
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import OperationState
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order
from cport_desktop.errors import (
    AlreadyEnrolled,
    MalformedMessage,
    NatureRefused,
    RoadError,
    SandboxRefused,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats import portal_messages
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.sync.transfer import FIRST_REST
from cport_desktop.usecases import act, inspect_vault, overview, read_audit
from cport_desktop.usecases.enrol import enrol
from cport_desktop.vault import media_items, quarantine, replica, reports
from tests.builders import a_vault
from tests.usecases.conftest import REPORTS, Bench, MakeBench, OpenGateway, introduction
from tests.usecases.roads import CutRoad, TwistedRoad


def every_report(bench: Bench) -> tuple[ReportId, ...]:
    with bench.vault.reader() as reader:
        return reports.matching(reader, Query(), limit=10_000)


def every_media_item(bench: Bench) -> list[MediaItem]:
    with bench.vault.reader() as reader:
        return list(media_items.page(reader, Query(), limit=1000).rows)


def digest(bench: Bench) -> str:
    return inspect_vault.digest_of(bench.vault)


class TestAWholeExchange:
    def test_brings_every_report_and_every_file(self, bench: Bench) -> None:
        result = bench.sync()

        assert result.reports_new == REPORTS == len(every_report(bench))
        assert result.media_new == len(every_media_item(bench)) > REPORTS
        assert result.is_complete
        assert result.media_pending == 0

    def test_reaches_a_fixed_point(self, synced: Bench) -> None:
        before = digest(synced)

        again = synced.sync()

        assert (again.reports_new, again.reports_changed, again.media_new) == (0, 0, 0)
        assert digest(synced) == before

    def test_says_when_and_by_which_road_the_portal_was_heard(self, bench: Bench) -> None:
        assert overview.freshness(bench.vault) is None

        bench.sync()

        freshness = overview.freshness(bench.vault)
        assert freshness is not None
        assert freshness.road == "in process"

    def test_can_leave_media_for_later(self, bench: Bench) -> None:
        first = bench.sync(metadata_only=True)
        second = bench.sync()

        assert first.reports_new == REPORTS
        assert first.media_pending == second.media_new > 0
        assert not first.is_complete
        assert second.is_complete

    def test_moves_equal_bytes_once(self, bench: Bench) -> None:
        bench.sync()

        items = every_media_item(bench)
        blobs = list((bench.vault.directory / "blobs").rglob("*"))
        distinct = {item.announced_sha256 for item in items}
        assert len([path for path in blobs if path.is_file()]) == len(distinct) < len(items)

    def test_leaves_the_log_whole(self, synced: Bench) -> None:
        assert read_audit.verify_audit(synced.vault).is_verified
        assert (
            inspect_vault.check_vault(
                synced.vault, deep=True, announce=lambda _: None, is_cancelled=lambda: False
            )
            == ()
        )


class TestAMachineWithoutAConfinedDecoder:
    def test_exchanges_all_but_media_and_says_so(self, bench: Bench) -> None:
        bench.sync(metadata_only=True)
        act.give_feedback(
            bench.vault, every_report(bench)[0], "Thank you.", operation_id=UUID(int=3)
        )

        with pytest.raises(SandboxRefused):
            replace(bench, sandbox=RefusingSandbox()).sync()

        (row,) = overview.list_operations(bench.vault, limit=5, after=None).rows
        assert row.state is OperationState.SETTLED
        assert not [i for i in every_media_item(bench) if i.state is MediaState.HELD]
        assert bench.sync().is_complete


class TestACorruptFile:
    def test_is_an_item_with_digests_and_the_reason(self, synced: Bench) -> None:
        damaged = [item for item in every_media_item(synced) if item.cannot_show is not None]

        assert {item.cannot_show for item in damaged} & {
            CannotShow.CORRUPT,
            CannotShow.TRUNCATED,
        }
        for item in damaged:
            assert item.state is MediaState.HELD
            assert item.digests is not None
            assert item.digests.sha256 == item.announced_sha256


def is_all_here_after_another_cut(bench: Bench) -> bool:
    """A file that was cut twice in a row is left alone for a while, so the next try comes later."""
    bench.clock.advance(FIRST_REST)
    try:
        return bench.sync(CutRoad(bench.road, 7)).is_complete
    except RoadError:
        return False


class TestACutRoad:
    @pytest.mark.parametrize("steps", [0, 2, 7, 30])
    def test_costs_nothing_wherever_it_is_cut(self, make_bench: MakeBench, steps: int) -> None:
        whole, cut = make_bench("whole"), make_bench("cut")
        whole.sync()

        with pytest.raises(RoadError):
            cut.sync(CutRoad(cut.road, steps))
        cut.sync()

        assert digest(cut) == digest(whole)

    def test_may_be_cut_again_and_again(self, make_bench: MakeBench) -> None:
        whole, cut = make_bench("whole"), make_bench("cut")
        whole.sync()

        assert any(is_all_here_after_another_cut(cut) for _ in range(200))
        assert digest(cut) == digest(whole)

    def test_a_lost_receipt_does_not_double_an_operation(self, synced: Bench) -> None:
        report = every_report(synced)[0]
        operation, _ = act.give_feedback(
            synced.vault, report, "Thank you.", operation_id=UUID(int=1)
        )
        # Changes, then the operations' request is heard and its answer lost.
        with pytest.raises(RoadError):
            synced.sync(CutRoad(synced.road, 2))
        page = overview.list_operations(synced.vault, limit=10, after=None)
        assert [row.state for row in page.rows] == [OperationState.SENDING]

        result = synced.sync()

        page = overview.list_operations(synced.vault, limit=10, after=None)
        assert [(row.operation.operation_id, row.state) for row in page.rows] == [
            (operation.operation_id, OperationState.SETTLED)
        ]
        assert result.is_complete


class TestAPortalThatSendsRubbish:
    @pytest.mark.parametrize(
        ("twist", "error"),
        [
            (lambda message: message[:-1] + b"!", SignatureInvalid),
            (lambda message: message[: len(message) // 2], SignatureInvalid),
            (lambda message: b"<html>down for maintenance</html>", MalformedMessage),
            (lambda message: b"", MalformedMessage),
        ],
    )
    def test_changes_nothing_and_is_kept_aside_sealed(
        self, bench: Bench, twist: object, error: type[UntrustedData]
    ) -> None:
        assert callable(twist)
        before = digest(bench)

        with pytest.raises(error):
            bench.sync(TwistedRoad(bench.road, changes=twist))

        assert digest(bench) == before
        with bench.vault.reader() as reader:
            assert replica.stream(reader).position == START
            assert len(quarantine.listing(reader)) == 1
        assert bench.sync().reports_new == REPORTS

    def test_a_batch_that_the_portal_signed_malformed_is_refused_whole(self, bench: Bench) -> None:
        """The portal itself is at fault: the signature holds and the content is rubbish."""
        before = digest(bench)

        def resigned(message: bytes) -> bytes:
            payload = json.loads(
                portal_messages.unseal(
                    message, message_keys.public_half(bench.gateway.identity.message_key)
                )
            )
            payload["changes"][-1]["report"]["reportId"] = "seventeen"
            sign = message_keys.signing_with(bench.gateway.identity.message_key)
            return portal_messages.seal(json.dumps(payload).encode(), sign)

        with pytest.raises(MalformedMessage) as caught:
            bench.sync(TwistedRoad(bench.road, changes=resigned))

        assert "reportId" in str(caught.value.facts["where"])
        assert "seventeen" not in str(caught.value)
        assert digest(bench) == before

    def test_media_that_are_not_what_was_announced_are_refused_one_by_one(
        self, bench: Bench
    ) -> None:
        result = bench.sync(
            TwistedRoad(bench.road, media=lambda piece: piece[:-1] + bytes([piece[-1] ^ 1]))
        )

        refused = [i for i in every_media_item(bench) if i.state is MediaState.REFUSED]
        assert refused
        assert all(item.refusal == "untrusted.digest" for item in refused)
        assert result.reports_new == REPORTS
        assert not [path for path in (bench.vault.directory / "blobs").rglob("*") if path.is_file()]


class TestWhatIsNotKnownHere:
    def test_survives_in_the_portals_own_words(
        self, make_bench: MakeBench, open_gateway: OpenGateway
    ) -> None:
        bench = make_bench("many", open_gateway("many reports", reports=400))
        known = {code.number for code in bench.taxonomy["site_type"].codes}

        bench.sync(metadata_only=True)

        with bench.vault.reader() as reader:
            documents = reports.documents(reader, every_report(bench))
            rows = reports.page(reader, Query(), Order(), limit=1000).rows
        parsed = [json.loads(document) for document in documents.values()]
        assert {row.site_type for row in rows if row.site_type is not None} - known
        assert [report for report in parsed if set(report) - KNOWN_FIELDS]


KNOWN_FIELDS = {
    "reportId", "revision", "reportingHotlineId", "reportingAnalystName", "hotlineReference",
    "hotlineReceivedDate", "updated", "memo", "referrerUrl", "sourceUrlUsername",
    "sourceUrlPassword", "sourceUrlSiteType", "sourceUrlCommerciality", "sourceUrlPaymentMethods",
    "reportContents",
}  # fmt: skip


class TestDemoAndLive:
    def test_a_live_vault_refuses_a_demo_gateway(self, bench: Bench, tmp_path_factory) -> None:
        folder = tmp_path_factory.mktemp("live")
        with a_vault(folder / "vault", nature=Nature.LIVE) as vault:
            with pytest.raises(NatureRefused):
                enrol(vault, DemoTransport(bench.gateway), introduction(bench.gateway))
            assert overview.enrolment_of(vault) is None

    def test_a_demo_vault_refuses_a_live_portal(self, open_gateway: OpenGateway, tmp_path) -> None:
        twin = open_gateway("live twin", Nature.LIVE)
        with (
            a_vault(tmp_path / "demo vault") as vault,
            pytest.raises(NatureRefused),
        ):
            enrol(vault, DemoTransport(twin), introduction(twin))

    def test_a_live_vault_and_a_live_portal_meet(self, open_gateway: OpenGateway, tmp_path) -> None:
        twin = open_gateway("live twin", Nature.LIVE)
        with a_vault(tmp_path / "live vault", nature=Nature.LIVE) as vault:
            enrolment, _ = enrol(vault, DemoTransport(twin), introduction(twin))
            assert enrolment.answer.nature is Nature.LIVE

    def test_a_vault_belongs_to_one_portal(self, bench: Bench) -> None:
        with pytest.raises(AlreadyEnrolled):
            enrol(bench.vault, DemoTransport(bench.gateway), introduction(bench.gateway))
