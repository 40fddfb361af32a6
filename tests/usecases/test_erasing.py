"""Holds, periods and erasures as people do them: who may, why, how many, with what proof."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.agreement import SignedAgreement
from cport_desktop.domain.audit import AuditAction, ObjectKind
from cport_desktop.domain.batch import Change
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer
from cport_desktop.domain.erasure import ErasureId
from cport_desktop.domain.hold import HeldItem, HeldKind, HoldId
from cport_desktop.domain.ids import PortalId, ReportId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import Report
from cport_desktop.domain.retention import ClockDoubt, RetentionPeriod, Standing
from cport_desktop.domain.roles import Role
from cport_desktop.domain.saved_search import SearchTerms
from cport_desktop.errors import (
    CheckpointMalformed,
    ClockDoubtful,
    CountDiffers,
    ItemErased,
    ItemHeld,
    KeepingUnderWay,
    NotEnrolled,
    PurposeMissing,
    RoleMissing,
    SignatureInvalid,
    TextUnfit,
    UnknownReference,
)
from cport_desktop.usecases import erase, hold_items, saved_searches, search_reports
from cport_desktop.usecases.apply_retention import plan_retention, run_retention, standing_of
from cport_desktop.usecases.browse_media import list_media
from cport_desktop.usecases.erase import Done, Order, preview_erasure
from cport_desktop.usecases.manage_analysts import add_analyst
from cport_desktop.vault import audit_log, bond, erasure_register, quarantine, replica, reports
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from tests.agreement_builders import an_agreement
from tests.builders import NOON, PASSPHRASE, a_clock, a_vault, an_entry, make_vault, reopened
from tests.report_builders import (
    a_batch,
    a_report,
    an_action,
    an_assessment,
    an_item,
    corrected,
    new,
    the_taxonomy,
    withdrawn,
)
from tests.vault.erasing import apply, found, hold, receive, with_media
from tests.work_builders import employ, opened_by_bert

PERIODS = (
    RetentionPeriod("received", 60, "6.1"),
    RetentionPeriod("withdrawn", 30, "6.2"),
    RetentionPeriod("not-illegal", 10, "6.3"),
    RetentionPeriod("closed", 20, "6.4"),
    RetentionPeriod("merged", 1, "6.9"),
)
REPORT_1 = HeldItem(HeldKind.REPORT, 1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("template") / "vault")


@pytest.fixture
def directory(template: Path, tmp_path: Path) -> Path:
    """A closed, empty vault."""
    return backed_up(template, tmp_path / "vault")


@pytest.fixture
def vault(directory: Path) -> Iterator[Vault]:
    with reopened(directory) as opened:
        yield opened


def numbers(*given: int) -> tuple[ReportId, ...]:
    return tuple(ReportId(number) for number in given)


def ordered(*given: int, count: int | None = None, **more: bool) -> Order:
    return Order(
        numbers(*given),
        erase.by_order("request 12"),
        len(given) if count is None else count,
        **more,
    )


def enrol(vault: Vault, *, periods: tuple[RetentionPeriod, ...] = PERIODS) -> None:
    signed = SignedAgreement(an_agreement(retention=periods), b"", b"")
    answer = EnrolmentAnswer(
        PortalId("portal-1"), "Portal", Nature.DEMO, StationId("station-1"), b"\x01" * 32,
        signed, b"certificate", b"authority",
    )  # fmt: skip
    with vault.transaction() as tx:
        bond.save(tx, Enrolment(answer, "https://portal.example", b"", b"", b"", NOON))
        tx.record(an_entry("enrol"))


def hear(vault: Vault, *changes: Change, days_ago: float = 1) -> None:
    """The portal has said this, so many days before `NOON`."""
    batch = replace(a_batch(*changes), issued_at=NOON - timedelta(days=days_ago))
    with vault.transaction() as tx:
        replica.apply(tx, batch)


def aged(number: int, days: float, **changes: object) -> Report:
    """A report that the hotline received so many days before `NOON`."""
    received = NOON - timedelta(days=days)
    return a_report(number, received_at=received, updated_at=received, **changes)


class TestHolds:
    def test_are_placed_and_released_for_a_reason_and_both_are_on_record(self, vault: Vault):
        apply(vault, new(a_report(1)))

        hold_placed, changes = hold_items.place_hold(vault, REPORT_1, reason=" court order 12 ")
        hold_items.release_hold(vault, hold_placed.hold_id, reason="case closed")

        assert hold_placed.reason == "court order 12"
        assert changes is Changes.REPORTS | Changes.MEDIA
        with vault.reader() as reader:
            entries = audit_log.page(reader, limit=2).rows
        made = [(e.draft.action, e.draft.verb, e.draft.object_reference) for e in entries]
        assert made == [
            (AuditAction.ALTERATION, "release", "HL-1"),
            (AuditAction.ALTERATION, "hold", "HL-1"),
        ]
        assert [e.draft.reason for e in entries] == ["case closed", "court order 12"]

    def test_need_a_reason_in_a_demo_vault_too(self, vault: Vault):
        apply(vault, new(a_report(1)))
        with pytest.raises(PurposeMissing):
            hold_items.place_hold(vault, REPORT_1, reason="  ")
        with pytest.raises(TextUnfit):
            hold_items.place_hold(vault, REPORT_1, reason="x" * 1001)
        assert hold_items.list_holds(vault) == ()

    def test_cannot_bring_back_what_was_erased(self, vault: Vault):
        apply(vault, new(a_report(1)))
        erase.erase(vault, ordered(1))
        with pytest.raises(ItemErased):
            hold_items.place_hold(vault, REPORT_1, reason="too late")

    def test_are_found_by_a_query_over_reports_and_over_media(self, vault: Vault):
        apply(vault, new(with_media(1, 5)), new(with_media(2, 6)), new(with_media(3, 7)))
        hold_items.place_hold(vault, REPORT_1, reason="one")
        hold_items.place_hold(vault, HeldItem(HeldKind.MEDIA, 6), reason="two")

        def found_by(text: str) -> list[int]:
            chosen = erase.choose(vault, text, taxonomy=the_taxonomy(), now=NOON)
            return sorted(chosen)

        assert found_by("is:held") == [1, 2]
        assert found_by("-is:held") == [3]
        assert found_by("is:held files") == [1, 2]
        page = list_media(vault, "is:held", limit=9, after=None, taxonomy=the_taxonomy(), now=NOON)
        assert sorted(item.media_id for item in page.rows) == [5, 6]

    def test_are_shown_with_the_report_and_with_what_it_said_before(self, vault: Vault):
        apply(vault, new(a_report(1)))
        hold_items.place_hold(vault, REPORT_1, reason="one")
        apply(vault, corrected(a_report(1, revision=2)))

        with vault.reader() as reader:
            dossier = reports.dossier(reader, ReportId(1))

        assert [one.reason for one in dossier.holds] == ["one"]
        assert len(dossier.kept_versions) == 1
        assert hold_items.holds_on(vault, REPORT_1) == dossier.holds


class TestErasure:
    def test_takes_the_count_that_was_typed_or_nothing(self, vault: Vault):
        apply(vault, new(a_report(1)), new(a_report(2)))

        with pytest.raises(CountDiffers) as refused:
            erase.erase(vault, ordered(1, 2, count=1))

        assert refused.value.facts == {"typed": 1, "found": 2}
        assert found(vault) == [1, 2]

    def test_is_refused_as_a_whole_if_one_of_many_is_held(self, vault: Vault):
        apply(vault, *(new(a_report(number)) for number in range(1, 30)))
        hold(vault, 17)

        with pytest.raises(ItemHeld):
            erase.erase(vault, ordered(*range(1, 30)))

        assert len(found(vault)) == 29

    def test_needs_a_reason(self):
        with pytest.raises(PurposeMissing):
            erase.by_order(None)

    def test_looks_first_and_changes_nothing(self, vault: Vault):
        apply(vault, new(with_media(1, 5, 6)), new(with_media(2, 6)))
        receive(vault, 5)
        hold(vault, 2)
        before = _head(vault)

        preview = preview_erasure(vault, numbers(1, 2))

        assert (preview.media, preview.media_kept) == (1, 1)
        assert preview.media_bytes == len("the bytes of the synthetic file 5")
        assert preview.held == numbers(2)
        assert _head(vault) == before
        assert found(vault) == [1, 2]

    def test_offers_search_texts_that_name_the_report_and_takes_them_only_if_asked(
        self, vault: Vault
    ):
        apply(vault, new(a_report(17)), new(a_report(18)), new(a_report(19)))
        for text in ("HL-17", "domain:files-18.example", "something else", "ref:REF-17 is:new"):
            search_reports.record_search(vault, "reports", text)

        preview = preview_erasure(vault, numbers(17, 18))
        assert len(preview.searches) == 3
        erase.erase(vault, ordered(18))
        assert _search_texts(vault) == [
            "ref:REF-17 is:new", "something else", "domain:files-18.example", "HL-17",
        ]  # fmt: skip
        done = erase.erase(vault, ordered(17, with_searches=True))

        assert done.searches == 2
        assert _search_texts(vault) == ["something else", "domain:files-18.example"]
        with vault.reader() as reader:
            assert audit_log.verify(reader).is_verified

    def test_offers_kept_searches_that_name_the_report_and_takes_them_only_if_asked(
        self, directory: Path
    ):
        with reopened(directory) as vault:
            apply(vault, new(a_report(17)), new(a_report(18)))
            employ(vault)
            for name, text in (
                ("by number", "tag:x OR ref:HL-17"),
                ("by URL", "url:files-17.example"),
                ("HL-17", "host:NL"),
                ("other", "ref:HL-18"),
            ):
                keep_search(vault, name, text, place=99)
        with opened_by_bert(directory) as vault:
            keep_search(vault, "of a colleague", "-HL-17")

        with reopened(directory) as vault:
            assert preview_erasure(vault, numbers(17)).kept_searches == 4
            done = erase.erase(vault, ordered(17, with_kept_searches=True))
            assert done.kept_searches == 4
            left = saved_searches.list_searches(vault)
            assert [(search.name, search.place) for search in left] == [("other", 1)]
            with vault.reader() as reader:
                entries = [
                    entry.draft
                    for entry in audit_log.page(reader, limit=99).rows
                    if entry.draft.object_kind is ObjectKind.SAVED_SEARCH
                    and entry.draft.action is AuditAction.ERASURE
                ]
                assert audit_log.verify(reader).is_verified
            assert {(entry.reason, entry.payload) for entry in entries} == {("request 12", ())}
            assert len(entries) == 4
            erase.erase(vault, ordered(18))
            assert len(saved_searches.list_searches(vault)) == 1, "nobody asked for it"
        with opened_by_bert(directory) as vault:
            assert saved_searches.list_searches(vault) == ()

    def test_takes_messages_kept_aside_only_if_asked(self, vault: Vault):
        apply(vault, new(a_report(1)), new(a_report(2)))
        with vault.transaction() as tx:
            quarantine.keep_aside(tx, "batch", "rubbish", b"{}")
            tx.record(an_entry())
        assert preview_erasure(vault, numbers(1)).kept_aside == 1

        erase.erase(vault, ordered(1))
        assert preview_erasure(vault, numbers(2)).kept_aside == 1
        erase.erase(vault, ordered(2, with_kept_aside=True))

        with vault.reader() as reader:
            assert quarantine.listing(reader) == ()

    def test_gives_a_certificate_that_leaves_on_record(self, vault: Vault):
        apply(vault, new(a_report(1)))
        done = erase.erase(vault, ordered(1))

        (note,) = erase.hand_out(vault, [done.erasure_id])

        assert note == done.certificate
        assert b"report HL-1\n" in note
        assert b"reason request 12\n" in note
        with vault.reader() as reader:
            newest = audit_log.page(reader, limit=1).rows[0].draft
        assert (newest.action, newest.verb) == (AuditAction.DISCLOSURE, "export_certificate")

    def test_is_finished_later_if_a_backup_is_under_way(self, vault: Vault):
        apply(vault, new(a_report(1)))
        with vault.blob_guard.staying():
            done = erase.erase(vault, ordered(1))
            assert done.certificate is None
            assert found(vault) == []
            with pytest.raises(KeepingUnderWay):
                erase.hand_out(vault, [done.erasure_id])

        assert erase.finish(vault)
        assert erase.certificate_of(vault, done.erasure_id)[1] is not None

    def test_of_what_is_not_here_is_refused(self, vault: Vault):
        apply(vault, new(a_report(1)))
        erase.erase(vault, ordered(1))
        for choice, error in (((ReportId(1),), ItemErased), ((ReportId(7),), UnknownReference)):
            with pytest.raises(error):
                erase.choose(vault, choice, taxonomy=the_taxonomy(), now=NOON)
        with pytest.raises(UnknownReference):
            erase.certificate_of(vault, ErasureId("E-none"))


def _head(vault: Vault) -> tuple[int, str]:
    with vault.reader() as reader:
        return audit_log.head(reader)


def keep_search(vault: Vault, name: str, text: str, *, place: int | None = None) -> None:
    """A search that whoever opened the vault keeps, on the rail if it has a `place`."""
    saved_searches.save_search(
        vault,
        SearchTerms(name, text),
        is_units=False,
        replaces=False,
        taxonomy=the_taxonomy(),
        new_id=uuid4(),
    )
    saved_searches.pin_search(vault, name, place)


def _search_texts(vault: Vault) -> list[str]:
    with vault.reader() as reader:
        entries = audit_log.page(reader, limit=99).rows
    return [value for e in entries if e.draft.verb == "search" for _, value in e.draft.payload]


class TestRetention:
    def test_says_what_is_due_and_by_which_clause(self, vault: Vault):
        enrol(vault)
        harmless = an_item(20, assessments=(an_assessment(4, made_at=NOON - timedelta(days=11)),))
        removed = an_item(30, actions=(an_action(3, day=0), an_action(1, day=1)))
        hear(
            vault,
            new(aged(1, 61)),
            new(aged(2, 40, contents=(harmless,))),
            new(aged(3, 40, contents=(removed,))),
            new(aged(4, 59)),
            new(aged(5, 40, contents=(harmless, an_item(51)))),
            new(aged(6, 40, contents=(an_item(60, actions=(an_action(1),)),))),
            new(aged(7, 59)),
            withdrawn(7, hours=1),
        )

        plan = plan_retention(vault, now=NOON)

        found_due = {int(v.report_id): v.period.clause for v in plan.due if v.period}
        assert found_due == {1: "6.1", 2: "6.3", 3: "6.4", 7: "6.2"}
        assert [period.scope for period in plan.unknown] == ["merged"]
        assert plan.doubt is None
        later = standing_of(vault, ReportId(4), now=NOON)
        assert later is not None
        assert (later.standing, later.period) == (Standing.LATER, PERIODS[0])
        assert standing_of(vault, ReportId(99), now=NOON) is None

    def test_erases_what_is_due_with_a_certificate_for_each_clause(self, vault: Vault):
        enrol(vault)
        hear(vault, new(aged(1, 61)), new(aged(2, 62)), new(aged(4, 5)), new(aged(7, 59)),
             withdrawn(7, hours=1))  # fmt: skip

        done = run_retention(vault, count=3, now=NOON)

        assert found(vault) == [4]
        assert sorted(one.reports for one in done) == [1, 2]
        notes = b"".join(one.certificate or b"" for one in done)
        assert b"rule received\nclause 6.1\n" in notes
        assert b"rule withdrawn\nclause 6.2\n" in notes

    def test_erases_nothing_if_another_number_was_typed(self, vault: Vault):
        enrol(vault)
        hear(vault, new(aged(1, 61)))
        with pytest.raises(CountDiffers):
            run_retention(vault, count=2, now=NOON)
        assert found(vault) == [1]

    def test_passes_over_what_is_held_and_says_so(self, vault: Vault):
        enrol(vault)
        hear(vault, new(aged(1, 61)), new(aged(2, 61)))
        hold(vault, 1)

        plan = plan_retention(vault, now=NOON)
        run_retention(vault, count=1, now=NOON)

        assert {int(v.report_id): v.standing for v in plan.ripe} == {
            1: Standing.HELD,
            2: Standing.DUE,
        }
        assert found(vault) == [1]

    @pytest.mark.parametrize(
        ("days_off", "doubt"),
        [
            (3653, ClockDoubt.NOT_VOUCHED),
            (7, ClockDoubt.NOT_VOUCHED),
            (-2, ClockDoubt.BEHIND_PORTAL),
            (-3653, ClockDoubt.BEHIND_PORTAL),
        ],
    )
    def test_erases_nothing_by_a_clock_that_is_off(
        self, vault: Vault, days_off: int, doubt: ClockDoubt
    ):
        enrol(vault)
        hear(vault, new(aged(1, 61)))
        off = NOON + timedelta(days=days_off)

        plan = plan_retention(vault, now=off)
        with pytest.raises(ClockDoubtful):
            run_retention(vault, count=len(plan.due), now=off)
        with pytest.raises(ClockDoubtful):
            run_retention(vault, count=len(plan.due), now=off, date_read=NOON.date())

        assert plan.doubt is doubt
        assert found(vault) == [1]

    def test_believes_a_clock_that_a_person_confirms_and_records_it(self, vault: Vault):
        enrol(vault)
        hear(vault, new(aged(1, 61)), days_ago=20)

        run_retention(vault, count=1, now=NOON, date_read=date(2026, 5, 17))

        assert found(vault) == []
        with vault.reader() as reader:
            entries = audit_log.page(reader, limit=9).rows
        assert ("confirm_date", "2026-05-17") in [
            (e.draft.verb, e.draft.object_reference) for e in entries
        ]

    def test_needs_an_agreement(self, vault: Vault):
        with pytest.raises(NotEnrolled):
            plan_retention(vault, now=NOON)

    def test_without_periods_nothing_is_ever_due(self, vault: Vault):
        enrol(vault, periods=())
        hear(vault, new(aged(1, 6100)))
        assert plan_retention(vault, now=NOON).ripe == ()


def backed_up(directory: Path, copy: Path) -> Path:
    """The vault as it lies there, byte for byte."""
    return Path(shutil.copytree(directory, copy))


class TestRegister:
    def test_erases_again_in_a_vault_put_back_to_before(self, directory: Path, tmp_path: Path):
        with reopened(directory) as vault:
            apply(vault, new(with_media(1, 5)), new(a_report(2)))
            receive(vault, 5)
        older = backed_up(directory, tmp_path / "older")
        with reopened(directory) as vault:
            apply(vault, new(a_report(3)))
            first: Done = erase.erase(vault, ordered(1, 3))
            register = erase.export_register(vault)

        with reopened(older) as vault:
            applied, _ = erase.apply_register(vault, register)
            again, _ = erase.apply_register(vault, register)
            late = apply(vault, new(a_report(3)), corrected(a_report(1, revision=2)))

            assert (applied.reports, applied.absent, applied.held) == (1, 1, ())
            assert (again.reports, again.absent) == (0, 0)
            assert late.dropped == 2
            assert found(vault) == [2]
            assert [one.erasure_id for one in erase.list_erasures(vault)] == [first.erasure_id]
            assert list((older / "blobs").glob("*/*")) == []

    def test_leaves_what_is_held_in_the_vault_put_back_and_says_so(
        self, directory: Path, tmp_path: Path
    ):
        with reopened(directory) as vault:
            apply(vault, new(a_report(1)), new(a_report(2)))
            hold(vault, 1)
        older = backed_up(directory, tmp_path / "older")
        with reopened(directory) as vault:
            hold_items.release_hold(vault, HoldId("H-1"), reason="closed")
            erase.erase(vault, ordered(1, 2))
            register = erase.export_register(vault)

        with reopened(older) as vault:
            applied, _ = erase.apply_register(vault, register)
            assert (applied.reports, applied.held) == (1, numbers(1))
            assert found(vault) == [1]
            hold_items.release_hold(vault, HoldId("H-1"), reason="closed")
            applied, _ = erase.apply_register(vault, register)
            assert (applied.reports, applied.held) == (1, ())
            assert found(vault) == []

    def test_of_another_vault_or_changed_is_refused(self, vault: Vault, tmp_path: Path):
        apply(vault, new(a_report(1)), new(a_report(2)))
        with a_vault(tmp_path / "other") as other:
            apply(other, new(a_report(1)))
            erase.erase(other, ordered(1))
            theirs = erase.export_register(other)
        erase.erase(vault, ordered(2))
        ours = erase.export_register(vault)

        with pytest.raises(SignatureInvalid):
            erase.apply_register(vault, theirs)
        for changed in (ours.replace(b"HL-2", b"HL-1"), ours[:-200], b"", b"rubbish\n\n"):
            with pytest.raises((CheckpointMalformed, SignatureInvalid)):
                erase.apply_register(vault, changed)
        assert found(vault) == [1]

    def test_is_kept_on_this_machine_sealed_and_readable_for_the_vault_put_back(
        self, directory: Path, tmp_path: Path
    ):
        marks = tmp_path / "marks"
        with reopened(directory) as vault:
            apply(vault, new(a_report(1)))
        older = backed_up(directory, tmp_path / "older")
        opened = open_vault(
            directory, secret=Passphrase(PASSPHRASE), clock=a_clock(), program="t", marks=marks
        )
        with opened as vault:
            done = erase.erase(vault, ordered(1))
        assert done.is_known_here
        (kept,) = marks.glob("*.erasures")
        assert b"HL-1" not in kept.read_bytes()
        assert b"request 12" not in kept.read_bytes()

        with reopened(older) as vault:
            register = erasure_register.kept_outside(vault, marks)
            assert register is not None
            erase.apply_register(vault, register)
            assert found(vault) == []

    def test_of_this_machine_keeps_what_each_copy_of_the_vault_erased(
        self, directory: Path, tmp_path: Path
    ):
        marks = tmp_path / "marks"
        with reopened(directory) as vault:
            apply(vault, new(a_report(1)), new(a_report(2)))
        copy = backed_up(directory, tmp_path / "copy")
        for folder, number in ((directory, 1), (copy, 2)):
            with reopened(folder) as vault:
                erase.erase(vault, ordered(number))
                erasure_register.keep_outside(vault, marks)

        with reopened(directory) as vault:
            register = erasure_register.kept_outside(vault, marks)
            assert register is not None
            applied, _ = erase.apply_register(vault, register)
            assert applied.reports == 1
            assert found(vault) == []

    def test_that_was_damaged_or_is_missing_is_none(self, vault: Vault, tmp_path: Path):
        assert erasure_register.kept_outside(vault, tmp_path) is None
        erasure_register.keep_outside(vault, tmp_path)
        (kept,) = tmp_path.glob("*.erasures")
        kept.write_bytes(kept.read_bytes()[:-1])
        assert erasure_register.kept_outside(vault, tmp_path) is None


ATTEMPTS: dict[str, Callable[[Vault], object]] = {
    "hold": lambda vault: hold_items.place_hold(vault, REPORT_1, reason="r"),
    "release": lambda vault: hold_items.release_hold(vault, HoldId("H-1"), reason="r"),
    "choose": lambda vault: erase.choose(vault, "", taxonomy=the_taxonomy(), now=NOON),
    "hand out": lambda vault: erase.hand_out(vault, []),
    "plan": lambda vault: plan_retention(vault, now=NOON),
    "preview": lambda vault: preview_erasure(vault, numbers(1)),
    "erase": lambda vault: erase.erase(vault, ordered(1)),
    "retention": lambda vault: run_retention(vault, count=0, now=NOON),
    "export": erase.export_register,
    "apply": lambda vault: erase.apply_register(vault, b""),
}


def test_only_supervisors_place_release_and_erase(directory: Path) -> None:
    slot = NewSlot("his", NewPassphrase(b"another passphrase", FLOOR))
    with reopened(directory) as vault:
        apply(vault, new(a_report(1)))
        add_analyst(
            vault, "Bert Example", [r for r in Role if r is not Role.SUPERVISOR], slot, now=NOON
        )
    theirs = Passphrase(b"another passphrase")
    with open_vault(directory, secret=theirs, clock=SteppingClock(NOON), program="t") as vault:
        for attempt in ATTEMPTS.values():
            with pytest.raises(RoleMissing):
                attempt(vault)
        assert found(vault) == [1]
