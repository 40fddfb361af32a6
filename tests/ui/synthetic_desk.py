"""A desk over plain rows in memory: synthetic, benign, and it remembers what it was asked."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain import short_lists
from cport_desktop.domain.agreement import PackageMedia, SignedAgreement
from cport_desktop.domain.anchoring import Anchoring
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.draft import DraftContent, DraftPlace
from cport_desktop.domain.enrolment import EnrolmentAnswer
from cport_desktop.domain.ids import (
    Actor,
    ContentId,
    HotlineId,
    MediaId,
    OperationId,
    PortalId,
    ReportId,
    StationId,
)
from cport_desktop.domain.media_item import (
    CannotShow,
    MediaItem,
    MediaKind,
    MediaState,
    Picture,
    RevealGrant,
    RevealLevel,
)
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import (
    GiveAssessment,
    GiveFeedback,
    HoldTakedown,
    LiftTakedownHold,
    Operation,
    OperationBody,
    OperationRow,
    OperationState,
    RequestInformation,
)
from cport_desktop.domain.operation_reason import Reason
from cport_desktop.domain.package import (
    ComposedPackage,
    Given,
    StepState,
    Verification,
    VerificationStep,
)
from cport_desktop.domain.package_template import PackageTemplate
from cport_desktop.domain.preferences import Bounds
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress, never
from cport_desktop.domain.report import (
    Action,
    Assessment,
    ContentItem,
    Hosting,
    Hotline,
    Report,
    ReportStatus,
)
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import (
    Dossier,
    Facet,
    FacetCount,
    HotlineRow,
    Order,
    Page,
    ReportRow,
)
from cport_desktop.errors import (
    ActUnfit,
    Cancelled,
    CportError,
    KeyFileMalformed,
    NameTaken,
    QueryError,
    WrongPassphrase,
)
from cport_desktop.formats import taxonomies
from cport_desktop.ui.acting import HotlineActs
from cport_desktop.ui.desk import (
    Departure,
    Desk,
    Freshness,
    PackageChoice,
    PackageOrder,
    PackagePreview,
    Reveal,
    RevealTerms,
    Session,
    Tallies,
)
from cport_desktop.ui.keys import DoorSlot, Key, KeyKind, OpeningOrder
from cport_desktop.ui.package_lines import PackageForecast, ShareRow
from cport_desktop.ui.settling import Settling
from cport_desktop.words.operations import reason_sentence
from tests.agreement_builders import an_agreement
from tests.ui.synthetic_charting import MemoryCharting
from tests.ui.synthetic_exchanging import MemoryExchanging
from tests.ui.synthetic_exposing import MemoryExposing, MemoryRules
from tests.ui.synthetic_finding import MemoryFinding
from tests.ui.synthetic_keeping import MemoryKeeping
from tests.ui.synthetic_knowing import MemoryKnowing
from tests.ui.synthetic_likening import MemoryLikening
from tests.ui.synthetic_playing import MemoryPlaying
from tests.ui.synthetic_portal_acts import MemoryPortalActs
from tests.ui.synthetic_recalling import MemoryRecalling
from tests.ui.synthetic_redacting import MemoryRedacting
from tests.ui.synthetic_signing import MemorySigning
from tests.ui.synthetic_surveying import MemorySurveying
from tests.ui.synthetic_tabling import MemoryTabling
from tests.ui.synthetic_triaging import MemoryTriaging
from tests.ui.synthetic_updating import updates_here
from tests.ui.synthetic_working import MemoryWorking
from tests.ui.synthetic_worst import MemoryWorst

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
PASSPHRASE = "correct horse battery staple"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CANARY = "canary-417"
"""Stands in the text of every report, so that a test can look for what a lock leaves behind."""
LAST_REPORT = 884_200


@dataclass(frozen=True)
class Summary:
    reports_new: int = 41
    reports_changed: int = 3
    reports_withdrawn: int = 1
    media_new: int = 64
    media_pending: int = 0
    operations_sent: int = 2
    is_complete: bool = True
    anchoring: Anchoring | None = None


@dataclass
class Notes:
    """What was asked of the desk, and switches for what it answers."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    reveal_may_answer: threading.Event = field(default_factory=threading.Event)
    sync_may_end: threading.Event = field(default_factory=threading.Event)
    compose_may_end: threading.Event = field(default_factory=threading.Event)
    search_may_answer: threading.Event = field(default_factory=threading.Event)
    sync_error: Exception | None = None
    read_error: CportError | None = None
    """What one report or one item answers instead of itself."""
    anchoring: Anchoring | None = None
    queued: list[OperationRow] = field(default_factory=list)
    drafts: dict[DraftPlace, DraftContent] = field(default_factory=dict)
    draft_may_be_written: threading.Event = field(default_factory=threading.Event)
    levels: tuple[PackageMedia, ...] = tuple(PackageMedia)
    """What of media may go to a recipient."""
    templates: list[PackageTemplate] = field(default_factory=list)
    compose_error: CportError | None = None

    def __post_init__(self) -> None:
        self.reveal_may_answer.set()
        self.sync_may_end.set()
        self.compose_may_end.set()
        self.search_may_answer.set()
        self.draft_may_be_written.set()

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]


def a_row(number: int) -> ReportRow:
    """Report `number`; the same for the same number."""
    dice = random.Random(number)
    name = f"{dice.choice(['share', 'files', 'board', 'cdn', 'img'])}-{dice.randrange(10, 990)}"
    received = NOON - timedelta(minutes=17 * (LAST_REPORT - number))
    system = 64496 + dice.randrange(16)
    return ReportRow(
        report_id=ReportId(number),
        status=dice.choices(list(ReportStatus), weights=[90, 6, 4])[0],
        received_at=received,
        updated_at=received + timedelta(hours=5),
        hotline=HotlineId(1 + number % 4),
        url=f"https://{name}.example/a/{dice.randrange(16**6):06x}/{CANARY}",
        host=f"{name}.example",
        domain=f"{name}.example",
        hosting_country="NL",
        assigned_country="NL",
        ip_address=f"198.51.100.{dice.randrange(1, 255)}",
        autonomous_system=system,
        provider=f"Test Net {system % 9}",
        is_delivery_network=dice.random() < 0.15,
        site_type=dice.choice([20, 2, 6, 3]),
        commerciality=3,
        classification=dice.choices([1, 2, 4, 0], weights=[6, 2, 1, 2])[0],
        age=2,
        gender=2,
        last_action=None,
        content_count=1 + number % 3,
        media_count=number % 8,
        is_overlaid=number % 37 == 0,
    )


def a_veil(number: int) -> Picture:
    """A grey haze of 32 by 24."""
    dice = random.Random(number)
    rows = []
    level = dice.randrange(70, 130)
    for _ in range(24):
        for _ in range(32):
            level = max(50, min(150, level + dice.randrange(-6, 7)))
            rows.append(level)
    return Picture(32, 24, 1, bytes(rows))


def a_picture(width: int = 160, height: int = 120) -> Picture:
    """A benign picture: stripes of one bright colour that occurs nowhere else."""
    return Picture(width, height, 3, b"\xff\x00\xcc" * (width * height))


def a_medium(number: int) -> MediaItem:
    dice = random.Random(number)
    state = MediaState.WANTED if number % 11 == 0 else MediaState.HELD
    cannot = CannotShow.CORRUPT if number % 7 == 0 and state is MediaState.HELD else None
    held = state is MediaState.HELD
    sha256 = f"{number:064x}"
    kind = MediaKind.VIDEO if number % 5 == 0 else MediaKind.IMAGE
    shows = held and cannot is None
    return MediaItem(
        media_id=MediaId(number),
        state=state,
        size=dice.randrange(20_000, 4_000_000),
        announced_sha256=sha256,
        file_name=f"synthetic \u202e {number}.jpg",
        declared_type="image/jpeg",
        kind=kind if held else None,
        format="jpeg" if shows else None,
        width=1600 if shows else None,
        height=1200 if shows else None,
        duration_ms=8_000 if shows and kind is MediaKind.VIDEO else None,
        digests=Digests(1, "0" * 32, "1" * 40, sha256, 7) if held else None,
        perceptual_hash="5a" * 32 if shows else None,
        quality=97 if shows else None,
        dct_hash=None,
        cannot_show=cannot,
        refusal=None,
        bytes_here=0,
        duplicates=dice.choice([0, 0, 0, 1, 6]),
        reports=(ReportId(LAST_REPORT), ReportId(LAST_REPORT - 3)),
        facts=(("Software", "SYNTHETIC"),) if shows else (),
        held_at=NOON if held else None,
    )


def _content(row: ReportRow, place: int) -> ContentItem:
    assessed = Assessment(
        classification=row.classification or 2,
        age=row.age,
        gender=row.gender,
        is_virtual=False,
        is_user_generated=place == 1,
        is_modeling=False,
        analyst="Analyst E. Example",
        hotline=row.hotline,
        made_at=row.received_at + timedelta(hours=2),
    )
    acted = Action(1, "Analyst E. Example", row.received_at + timedelta(hours=3), None, None)
    return ContentItem(
        content_id=ContentId(row.report_id * 10 + place),
        url=row.url if place == 0 else f"{row.url}/{place}",
        is_source=place == 0,
        content_type=2 if place == 0 else 1,
        hosting=Hosting(
            row.hosting_country,
            row.ip_address,
            row.provider,
            row.autonomous_system,
            None,
            row.is_delivery_network,
        ),
        assigned_country="NL",
        assigned_at=row.received_at,
        hotline_reference=None,
        memo=None,
        assessments=(assessed,) if row.classification else (),
        actions=(acted,) if place == 1 else (),
        media=(),
    )


def a_dossier(number: int, operations: tuple[OperationRow, ...] = ()) -> Dossier:
    row = a_row(number)
    media = tuple(a_medium(number * 10 + at) for at in range(row.media_count))
    report = Report(
        report_id=row.report_id,
        revision=2,
        hotline=row.hotline,
        analyst="Analyst E. Example",
        hotline_reference=f"REF-{number % 1000}",
        received_at=row.received_at,
        updated_at=row.updated_at,
        memo=f"Synthetic report {number}. {CANARY} <img src=x> <b>not bold</b>",
        referrer="https://links.example/list",
        source_username=None,
        source_password=None,
        site_type=row.site_type,
        commerciality=row.commerciality,
        payment_methods=(13,),
        contents=tuple(_content(row, place) for place in range(row.content_count)),
    )
    return Dossier(
        row=row,
        report=report,
        document=b"{}",
        hotline=HOTLINES[number % 4].hotline,
        withdrawn_reason="reported twice" if row.status is ReportStatus.WITHDRAWN else None,
        media=media,
        media_of=(),
        operations=operations,
    )


HOTLINES = tuple(
    HotlineRow(
        Hotline(
            HotlineId(number), f"Example Hotline {country}", country, f"{country}@hotline.test"
        ),
        reports=1000 * number,
        last_received=NOON,
    )
    for number, country in ((4, "NL"), (1, "DE"), (2, "GB"), (3, "CZ"))
)


class MemoryVault:
    """Answers every intention of a session from rows made on the fly."""

    def __init__(self, *, total: int = 1_000_000, clock: SteppingClock | None = None) -> None:
        self.total = total
        self.notes = Notes()
        self.clock = clock or SteppingClock(NOON)
        self.nature = Nature.DEMO
        self.keeping = MemoryKeeping()
        self.exchanging = MemoryExchanging()
        self.portal_acts = MemoryPortalActs()
        self.signing = MemorySigning()
        self.playing = MemoryPlaying(self.clock)
        self.likening = MemoryLikening()
        self.exposing = MemoryExposing()
        self.rules = MemoryRules()
        self.knowing = MemoryKnowing()
        self.working = MemoryWorking()
        self.tabling = MemoryTabling()
        self.triaging = MemoryTriaging(lambda numbers: [a_row(each) for each in numbers])
        self.finding = MemoryFinding()
        self.recalling = MemoryRecalling()
        self.worst = MemoryWorst()
        self.redacting = MemoryRedacting()
        self.surveying = MemorySurveying(a_row)
        self.charting = MemoryCharting()
        self.heard: Freshness | None = Freshness(NOON - timedelta(hours=3), "https")
        self.door_slots: tuple[DoorSlot, ...] = ()
        self.orders: list[OpeningOrder] = []
        self.open_error: Exception | None = None
        self.rekey_error: Exception | None = None

    def desk(self) -> Desk:
        return Desk(
            vault_name="training-vault",
            nature=self.nature,
            clock=self.clock,
            taxonomy=taxonomies.load(RESOURCES / "taxonomies" / "iccam-v3.json"),
            sandbox_level=lambda: "process",
            slots=lambda: self.door_slots,
            open=self._open,
            rekey=self._rekey,
        )

    def session(self, *, is_enrolled: bool = True) -> Session:
        note = self._noting
        return Session(
            nature=self.nature,
            analyst=Actor("A. Example"),
            enrolment=_enrolment() if is_enrolled else None,
            terms=RevealTerms(RevealLevel.GREY, 6.0),
            lock=note("lock", lambda: None),
            prepare=lambda: None,
            tallies=lambda: Tallies(self.total, 5_021, 4, len(self.notes.queued) + 3),
            freshness=lambda: self.heard,
            hotlines=self._hotlines,
            search=self._search,
            count=self._found,
            facets=self._facets,
            dossier=self._dossier,
            media_page=self._media_page,
            media_item=note("media_item", self._media_item),
            veils=lambda ids: {media: a_veil(media) for media in ids},
            reveal=self._reveal,
            end_reveal=note("end_reveal", lambda _grant, _seconds: None),
            assess=self._assess,
            feedback=self._feedback,
            hotline_acts=HotlineActs(
                ask=self._ask, hold_takedown=self._hold_takedown, lift_takedown=self._lift_takedown
            ),
            portal_acts=self.portal_acts.intentions(),
            synchronise=self._synchronise,
            recipients=self._recipients,
            preview=self._preview,
            package_templates=lambda: tuple(self.notes.templates),
            keep_package_template=self.notes.templates.append,
            remove_package_template=self._remove_template,
            give_package_template=note("give_template", lambda _name, _path: None),
            take_package_template=self._take_template,
            foresee=self._foresee,
            compose=self._compose,
            signing=self.signing.intentions(),
            drafts=dict(self.notes.drafts),
            keep_draft=self._keep_draft,
            keeps_drafts=True,
            keeping=self.keeping.intentions(),
            exchanging=self.exchanging.intentions(),
            playing=self.playing.intentions(),
            likening=self.likening.intentions(),
            exposing=self.exposing.intentions(),
            rules_of_unit=self.rules.intentions(),
            knowing=self.knowing.intentions(),
            working=self.working.intentions(),
            tabling=self.tabling.tabling(),
            triaging=self.triaging.intentions(),
            finding=self.finding.intentions(),
            recalling=self.recalling.intentions(),
            worst=self.worst.intentions(),
            redacting=self.redacting.intentions(),
            settling=Settling(
                Bounds(240.0, 6.0), self._look_so_long, of_machine=None, updating=updates_here()
            ),
            surveying=self.surveying.intentions(),
            charting=self.charting.intentions(),
        )

    def _open(self, order: OpeningOrder, announce: Announce) -> Session:
        self.notes.calls.append(("open",))
        self.orders.append(order)
        if self.open_error is not None and order.acknowledged is None:
            raise self.open_error
        if order.key.kind is KeyKind.PASSPHRASE and order.key.text != PASSPHRASE:
            raise WrongPassphrase
        return self.session()

    def _rekey(self, key: Key, announce: Announce) -> int:
        self.notes.calls.append(("rekey", key))
        announce(Progress(Phase.COPYING, 417, 1_000))
        if self.rekey_error is not None:
            raise self.rekey_error
        return 2

    def _noting(self, verb: str, answer: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        def noted(*arguments: Asked.args, **named: Asked.kwargs) -> Answer:
            self.notes.calls.append((verb, *arguments))
            return answer(*arguments, **named)

        return noted

    def _keep_draft(self, place: DraftPlace, content: DraftContent | None) -> None:
        self.notes.draft_may_be_written.wait(10)
        self.notes.calls.append(("keep_draft", place, content))
        if content is None:
            self.notes.drafts.pop(place, None)
        else:
            self.notes.drafts[place] = content

    def _found(self, text: str, _is_cancelled: IsCancelled = never) -> int:
        if "wrong" in text:
            raise QueryError(position=text.index("wrong"), found="wrong", accepted="host, class")
        if "nothing" in text:
            return 0
        return 2_318 if text and self.total > 2_318 else self.total

    def _look_so_long(self, seconds: float) -> None:
        self.notes.calls.append(("look_so_long", seconds))

    def _hotlines(self, text: str = "") -> tuple[HotlineRow, ...]:
        self.notes.calls.append(("hotlines",))
        is_asked_for = row_test(text, short_lists.HOTLINES, now=NOON)
        return tuple(filter(is_asked_for, HOTLINES))

    def _search(
        self,
        text: str,
        order: Order,
        limit: int,
        after: str | None,
        _is_cancelled: IsCancelled = never,
    ) -> Page[ReportRow]:
        self.notes.calls.append(("search", text, order, after))
        self.notes.search_may_answer.wait(10)
        found = self._found(text)
        if text.startswith("ref:HL-"):
            return Page((a_row(int(text.removeprefix("ref:HL-"))),), None, 0.4)
        first = int(after or 0)
        last = min(found, first + limit)
        rows = tuple(a_row(LAST_REPORT - at) for at in range(first, last))
        return Page(rows, str(last) if last < found else None, 12.4)

    def _facets(
        self, text: str, _is_cancelled: IsCancelled = never
    ) -> Mapping[Facet, tuple[FacetCount, ...]]:
        self._found(text)
        return {
            Facet.CLASSIFICATION: (
                FacetCount("1", 1642),
                FacetCount("2", 501),
                FacetCount("4", 175),
                FacetCount("0", 96),
            ),
            Facet.SITE_TYPE: (
                FacetCount("20", 912),
                FacetCount("2", 877),
                FacetCount("6", 203),
                FacetCount("3", 198),
                FacetCount("19", 7),
            ),
            Facet.HOTLINE: tuple(FacetCount(str(n), 2000 // n) for n in (1, 2, 3, 4)),
            Facet.HOSTING_COUNTRY: (FacetCount("NL", 2318),),
            Facet.STATUS: (FacetCount("new", 2100), FacetCount("withdrawn", 61)),
            Facet.ASSIGNED_COUNTRY: (FacetCount("NL", 1811), FacetCount("FR", 350)),
            Facet.PROVIDER: tuple(
                FacetCount(f"Example Hosting {number}", 900 // number) for number in range(1, 31)
            ),
            Facet.KIND: (
                FacetCount("image", 2011),
                FacetCount("page", 96),
                FacetCount("video", 41),
            ),
            Facet.RECEIVED: tuple(
                FacetCount(month, count)
                for month, count in (("2026-09", 1044), ("2026-11", 803), ("2026-10", 314))
            ),
        }

    def _dossier(self, report_id: ReportId) -> Dossier:
        self.notes.calls.append(("dossier", report_id))
        self._may_be_read()
        mine = tuple(row for row in self.notes.queued if row.operation.report_id == report_id)
        return a_dossier(report_id, mine)

    def _media_item(self, media_id: MediaId) -> MediaItem:
        self._may_be_read()
        return a_medium(media_id)

    def _may_be_read(self) -> None:
        if self.notes.read_error is not None:
            raise self.notes.read_error

    def _media_page(self, text: str, limit: int, after: str | None) -> Page[MediaItem]:
        self.notes.calls.append(("media_page", text, after))
        found = 0 if "nothing" in text else 930
        first = int(after or 0)
        last = min(found, first + limit)
        rows = tuple(a_medium(20_417 + at) for at in range(first, last))
        return Page(rows, str(last) if last < found else None, 3.2)

    def _reveal(self, media_id: MediaId, level: RevealLevel, reason: str | None) -> Reveal:
        self.notes.calls.append(("reveal", media_id, level, reason))
        self.notes.reveal_may_answer.wait(10)
        return Reveal(RevealGrant(media_id, level, 6.0, len(self.notes.calls)), a_picture())

    def _assess(self, report: ReportId, content: ContentId, classification: int) -> Changes:
        self.notes.calls.append(("assess", report, content, classification))
        self._queue(report, GiveAssessment(content, classification))
        return Changes.OPERATIONS | Changes.REPORTS

    def _feedback(self, report: ReportId, text: str) -> Changes:
        self.notes.calls.append(("feedback", report, text))
        self._queue(report, GiveFeedback(text))
        return Changes.OPERATIONS

    def _ask(self, report: ReportId, text: str) -> Changes:
        self.notes.calls.append(("ask", report, text))
        self._queue(report, RequestInformation(text))
        return Changes.OPERATIONS

    def _hold_takedown(self, report: ReportId, until: datetime, reason: str) -> Changes:
        self.notes.calls.append(("hold_takedown", report, until, reason))
        if until <= NOON:
            raise ActUnfit(reason=reason_sentence(Reason.HOLD_EXPIRED.value))
        self._queue(report, HoldTakedown(until, reason))
        return Changes.OPERATIONS | Changes.REPORTS

    def _lift_takedown(self, report: ReportId, reason: str) -> Changes:
        self.notes.calls.append(("lift_takedown", report, reason))
        self._queue(report, LiftTakedownHold(reason))
        return Changes.OPERATIONS | Changes.REPORTS

    def _queue(self, report: ReportId, body: OperationBody) -> None:
        operation = Operation(
            OperationId(f"00000000-0000-4000-8000-{len(self.notes.queued):012}"),
            report,
            Actor("A. Example"),
            NOON,
            body,
        )
        self.notes.queued.append(OperationRow(operation, OperationState.QUEUED, None, None))

    def _synchronise(
        self, metadata_only: bool, announce: Announce, is_cancelled: IsCancelled
    ) -> Summary:
        self.notes.calls.append(("synchronise", metadata_only))
        announce(Progress(Phase.CHANGES, 1_204, 2_000))
        while not self.notes.sync_may_end.wait(0.01):
            if is_cancelled():
                raise Cancelled
        if self.notes.sync_error is not None:
            raise self.notes.sync_error
        return Summary(anchoring=self.notes.anchoring)

    def _recipients(self, text: str) -> tuple[Recipient, ...]:
        keys = text.split()
        if not all(key.startswith("age1") for key in keys):
            raise KeyFileMalformed(what="recipient")
        return tuple(Recipient(key, key) for key in keys)

    def _preview(self, choice: PackageChoice) -> PackagePreview:
        if isinstance(choice, AllFound):
            number = self._found(choice.text) - len(choice.without)
        else:
            number = self._found(choice) if isinstance(choice, str) else len(choice)
        return PackagePreview(number, number * 3, number * 1_400_000, 4)

    def _remove_template(self, name: str) -> None:
        self.notes.templates = [each for each in self.notes.templates if each.name != name]

    def _take_template(self, path: Path, replaces: bool) -> PackageTemplate:
        self.notes.calls.append(("take_template", path, replaces))
        taken = PackageTemplate("From elsewhere", "Title", ())
        if replaces:
            self._remove_template(taken.name)
        elif any(each.name == taken.name for each in self.notes.templates):
            raise NameTaken(name=taken.name)
        self.notes.templates.append(taken)
        return taken

    def _foresee(self, order: PackageOrder) -> PackageForecast:
        self.notes.calls.append(("foresee", order))
        shares = tuple(
            ShareRow(
                each,
                order.given_to.get(each.public, Given()),
                self.notes.levels,
                frozenset(),
                (f"{each.name}: 3 reports.", "Allowed by clause 4.1."),
                (),
                is_refused=False,
            )
            for each in order.recipients
        )
        kept = self.redacting.rows(order)
        return PackageForecast(shares, ("About 4.2 MB.",), (), kept)

    def _compose(
        self, order: PackageOrder, announce: Announce, is_cancelled: IsCancelled
    ) -> Departure:
        self.notes.calls.append(("compose", order))
        self.notes.compose_may_end.wait(5)
        if self.notes.compose_error is not None:
            raise self.notes.compose_error
        announce(Progress(Phase.SEALING, 5, 9))
        names = tuple(each.name for each in order.recipients)
        composed = ComposedPackage("ab" * 32, 4_200_000, 3, 9, names, "Station")
        steps = (
            VerificationStep(1, "The file is a sealed package", StepState.PASSED, "Whole."),
            VerificationStep(2, "It opens with the identity", StepState.SKIPPED, "No identity."),
        )
        return Departure(composed, Verification(steps))


def _enrolment() -> EnrolmentAnswer:
    return EnrolmentAnswer(
        portal=PortalId("portal"),
        portal_name="Demo portal",
        nature=Nature.DEMO,
        station=StationId("station"),
        portal_key=b"\x00" * 32,
        signed_agreement=SignedAgreement(
            an_agreement(reference="NL-2026-04", valid_until=datetime(2027, 3, 31, tzinfo=UTC)),
            document=b"",
            signature=b"",
        ),
        signing_certificate=b"",
        signing_authority=b"",
    )


def live(vault: MemoryVault) -> Session:
    """The session of `vault` as if it were live."""
    return replace(vault.session(), nature=Nature.LIVE)
