"""The exchange with a portal, over plain rows in memory: synthetic, and it remembers what it was
asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from cport_desktop.domain.batch import ChangeKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    DisclosedItem,
    DisclosureId,
    DisclosureKind,
    DisclosureRecord,
    EnteredDisclosure,
    Handling,
    Holding,
    Outcome,
    Received,
    Recipient,
)
from cport_desktop.domain.exchange_history import ExchangeFact
from cport_desktop.domain.ids import Actor, MediaId, ReportId
from cport_desktop.domain.imported import (
    ImportedPackage,
    ImportPreview,
    ImportRecord,
    ItemStanding,
    MediaCounts,
    PackageFacts,
    StandingReport,
)
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.domain.package import Verification
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.provider_notice import (
    Detection,
    ProviderNotice,
    Sender,
    XarfClass,
)
from cport_desktop.domain.rows import Page
from cport_desktop.domain.transfer import KindWithheld, Transfer, TransferState, TransferTally
from cport_desktop.errors import Cancelled
from cport_desktop.ui.agreement_lines import (
    AgreementLine,
    AgreementMark,
    AgreementShown,
    AllowedLine,
    ClauseLine,
    FunctionLine,
    MayLine,
    RehearsalLine,
)
from cport_desktop.ui.enrolment_lines import (
    BondLine,
    EnrolmentStanding,
    NetworkOrder,
    RequestLine,
    RequestOrder,
)
from cport_desktop.ui.exchanging import (
    Agreements,
    Departures,
    Enrolling,
    Exchanging,
    Links,
    Outbox,
    Stick,
    Transfers,
)
from cport_desktop.ui.exchanging_colleagues import Colleagues, ColleaguesPackage
from cport_desktop.ui.exchanging_lines import (
    BundleLine,
    ExchangeLine,
    OutboxAct,
    OutboxLine,
    OutboxView,
    StickOrder,
    StickReceived,
    StickSent,
    StickStanding,
)
from cport_desktop.usecases.notify_provider import DraftedNotice, NoticeOrder
from cport_desktop.usecases.package_receipts import Noted
from cport_desktop.usecases.who_has import Holders, Named

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass
class ExchangeNotes:
    """What was asked, and switches for what is answered."""

    calls: list[tuple[object, ...]] = field(default_factory=list)
    error: Exception | None = None
    """What the next question is refused with."""
    receipt_error: Exception | None = None
    """What a receipt is refused with."""
    work_may_end: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.work_may_end.set()

    def of(self, verb: str) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == verb]


class MemoryExchanging:
    """Answers every intention about the exchange."""

    def __init__(self) -> None:
        self.notes = ExchangeNotes()
        self.operations = [
            an_operation(1, "needs_you", acts=frozenset(OutboxAct)),
            an_operation(2, "queued", acts=frozenset({OutboxAct.REVISE, OutboxAct.SET_ASIDE})),
            an_operation(3, "sending"),
            an_operation(4, "rejected", acts=frozenset({OutboxAct.REVISE, OutboxAct.SET_ASIDE})),
            an_operation(5, "settled"),
            an_operation(6, "set_aside"),
        ]
        self.standing = StickStanding(
            BundleLine(118, NOON - timedelta(hours=30)),
            BundleLine(117, NOON - timedelta(hours=54)),
            is_answered=False,
            operations=3,
            media=64,
        )
        self.imported: list[ImportRecord] = []
        self.senders: tuple[ImportRecord, ...] = ()
        self.copies_are_left = True
        self.copy_of_every_report = a_departure(0)
        self.received = StickReceived(118, {"reports_new": 41, "operations_settled": 2})
        self.travelling = [
            a_transfer(number, state) for number, state in enumerate(TransferState, start=1)
        ]
        self.tally = TransferTally(4, 4_200_000, 1, 1, 1, 1, is_paused=False, not_granted=1)
        self.links = [
            Link("office"),
            Link("car", MediaPolicy.ASKED, bytes_per_second=64_000, largest_file=5_000_000),
        ]
        self.link_in_use = self.links[0]
        self.current: AgreementLine | None = an_agreement(3)
        self.bond = EnrolmentStanding(a_bond(), None)
        self.waiting: AgreementLine | None = None
        self.affected = [a_copy(1), a_copy(2)]
        self.absent: dict[str, str] = {}
        self.absent_looks: dict[tuple[str | None, str], str] = {}
        self.mark = AgreementMark(
            "Agreement NL-2026-04 until 31 Mar 2027",
            "The agreement NL-2026-04 is in force until 2027-03-31.",
            "in_force",
        )
        self.past = [
            an_exchange(6, "https", None, {}),
            an_exchange(5, "https", "road.name_not_found", {}),
            an_exchange(4, "courier", "done", {"sequence": 118, "reports_new": 41}, way="in"),
            an_exchange(3, "https", "cut off", {"reports_new": 1_204, "media_new": 64}),
            an_exchange(2, "https", "road.cancelled", {"reports_new": 2_000}),
            an_exchange(1, "https", "done", {"reports_new": 1, "operations_sent": 2}),
        ]

    def intentions(self) -> Exchanging:
        return Exchanging(
            history=self._history,
            outbox=Outbox(self._outbox, self._revise, self._send_again, self._set_aside),
            stick=Stick(self._standing, self._carry_out, self._bring_in),
            transfers=Transfers(
                page=self._transfers,
                tally=lambda: self.tally,
                ask_first=self._said("ask_first"),
                pause=self._said("pause"),
                resume=self._said("resume"),
                retry=self._said("retry"),
                cancel=self._said("cancel"),
            ),
            links=Links(
                listed=lambda: (tuple(self.links), self.link_in_use),
                keep=self._keep_link,
                use=self._use_link,
                remove=self._remove_link,
            ),
            agreements=Agreements(
                shown=self._shown,
                functions=lambda: FUNCTIONS,
                may=self._may,
                rehearse=self._rehearse,
                accept=self._accept,
                allowed=lambda: AllowedLine("NL", dict(self.absent), dict(self.absent_looks)),
                mark=lambda: self.mark,
                export=lambda path: self._asked("export_agreement", path),
            ),
            enrolling=Enrolling(
                standing=lambda: self.bond,
                request=self._request,
                answer=self._answer,
                enrol=self._enrol,
                set_address=lambda url: self._asked("set_address", url),
            ),
            departures=Departures(
                sought=self._sought,
                who=self._who,
                copies_of=lambda _report: (self.copy_of_every_report,),
                draft=self._draft,
                shown=self._departed,
                received=lambda *order: self._asked("received", *order),
                take_receipt=self._take_receipt,
                affected=lambda _limit, _after: Page(tuple(self.affected), None, 0.4),
                notify=self._notify,
                settle=self._settle,
            ),
            colleagues=Colleagues(
                page=lambda _limit, _after: Page(tuple(self.imported), None, 0.4),
                look=self._look,
                take_in=self._take_in,
                receipt=self._write_receipt,
                origins=lambda _report: (),
            ),
        )

    # -- the outbox

    def _outbox(self, view: OutboxView, limit: int, after: str | None) -> Page[OutboxLine]:
        self._asked("outbox", view, limit, after)
        rows = [
            line
            for line in self.operations
            if view is OutboxView.ALL or line.state in ("rejected", "needs_you")
        ]
        return Page(tuple(rows), None, 0.4)

    def _revise(self, operation_id: str, text: str) -> Changes:
        self._asked("revise", operation_id, text)
        at = self._place(operation_id)
        old = self.operations[at]
        self.operations[at] = replace(old, state="set_aside", acts=frozenset())
        queued = replace(old, operation_id="op-9", state="queued", words=text, answer="")
        self.operations.insert(0, replace(queued, acts=frozenset()))
        return Changes.OPERATIONS

    def _send_again(self, operation_id: str) -> Changes:
        self._asked("send_again", operation_id)
        at = self._place(operation_id)
        self.operations[at] = replace(
            self.operations[at], state="queued", changed="", acts=frozenset()
        )
        return Changes.OPERATIONS

    def _set_aside(self, operation_id: str, why: str) -> Changes:
        self._asked("set_aside", operation_id, why)
        at = self._place(operation_id)
        self.operations[at] = replace(self.operations[at], state="set_aside", acts=frozenset())
        return Changes.OPERATIONS

    def _place(self, operation_id: str) -> int:
        return [line.operation_id for line in self.operations].index(operation_id)

    # -- by stick

    def _standing(self) -> StickStanding:
        self._asked("stick")
        return self.standing

    def _carry_out(
        self, order: StickOrder, announce: Announce, is_cancelled: IsCancelled
    ) -> StickSent:
        announce(Progress(Phase.SEALING, 40, 100))
        self._work("carry_out", order, is_cancelled)
        return StickSent(119, (order.path,), 4_200_000, operations=3, media=64)

    def _bring_in(
        self, paths: tuple[Path, ...], announce: Announce, is_cancelled: IsCancelled
    ) -> StickReceived:
        self._work("bring_in", paths, is_cancelled)
        return self.received

    def _work(self, verb: str, order: object, is_cancelled: IsCancelled) -> None:
        self._asked(verb, order)
        while not self.notes.work_may_end.wait(0.01):
            if is_cancelled():
                raise Cancelled

    # -- files on their way, and links

    def _transfers(self, limit: int, after: str | None) -> Page[Transfer]:
        self._asked("transfers", limit, after)
        return Page(tuple(self.travelling), None, 0.4)

    def _said(self, verb: str) -> Callable[[MediaId | None], None]:
        return lambda media: self._asked(verb, media)

    def _keep_link(self, link: Link) -> None:
        self._asked("keep_link", link)
        self.links = [each for each in self.links if each.name != link.name] + [link]

    def _use_link(self, name: str | None) -> None:
        self._asked("use_link", name)
        self.link_in_use = next((each for each in self.links if each.name == name), ANY_LINK)

    def _remove_link(self, name: str) -> None:
        self._asked("remove_link", name)
        self.links = [each for each in self.links if each.name != name]

    # -- the agreement

    def _shown(self) -> AgreementShown:
        return AgreementShown(self.current, self.waiting, self.mark.whole, "", self.mark.grade)

    def _may(self, function: str, recipient: str) -> MayLine:
        self._asked("may", function, recipient)
        if recipient == "Elsewhere Agency":
            return MayLine(False, ("Clause 4 names the recipients, and this is none of them.",))
        return MayLine(True, ("Clause 2 allows it.", "Clause 2 demands a reason."))

    # -- what left

    def _sought(self, text: str, _limit: int, _after: str | None) -> Page[EnteredDisclosure]:
        self._asked("sought", text)
        rows = (a_departure(1), a_departure(0)) if text != "nothing" else ()
        return Page(rows, None, 0.4)

    def _who(self, text: str) -> Holders:
        self._asked("who", text)
        left = a_departure(0)
        copy = Holding(
            recipient=left.recipients[0],
            disclosure_id=left.disclosure_id,
            kind=left.kind,
            title=left.title,
            at=left.at,
            outcome=left.outcome,
            item=None,
            handling=None,
            received=(
                Received("Example Court", "B. Example", NOON, None, Actor("Ada Example"), NOON),
            ),
        )
        has_left = self.copies_are_left and text != "HL-1"
        return Holders(Named(text), (copy,) if has_left else (), self.senders)

    def _departed(self, number: DisclosureId) -> DisclosureRecord:
        self._asked("shown", number)
        items = (
            DisclosedItem("report", "HL-884179", 3),
            DisclosedItem("media", "M-20417", None, "ab" * 32, "HL-884179"),
        )
        received = (Received("Example Court", "B. Example", NOON, None, Actor("A. Example"), NOON),)
        return DisclosureRecord(a_departure(0), Actor("A. Example"), items, received)

    def _write_receipt(self, imported: ImportedPackage, path: Path) -> None:
        self._asked("receipt", imported, path)
        if self.notes.receipt_error is not None:
            raise self.notes.receipt_error

    def _take_receipt(self, file: Path, trust: Path, recipient: str | None) -> Noted:
        self._asked("take_receipt", file, trust, recipient)
        number = DisclosureId("D-1")
        return Noted(number, "Example Court", "B. Example", NOON, "Court signing", is_new=True)

    def _draft(self, order: NoticeOrder) -> DraftedNotice:
        self._asked("draft", order)
        notice = ProviderNotice(
            notice_id="550e8400-e29b-41d4-a716-446655440000",
            received_at=NOON,
            sender=Sender("Example Agency", order.contact),
            source="192.0.2.7",
            url="https://files-1.example/a/1.png",
            domain="files-1.example",
            classification=order.classification or XarfClass.BASELINE,
            detection=Detection.MANUAL_REVIEW,
            is_synthetic=True,
        )
        return DraftedNotice(
            disclosure_id=DisclosureId("D-0000000000aa"),
            path=order.path,
            sha256="ab" * 32,
            recipient=order.recipient or "Example Hosting",
            notice=notice,
            is_chosen=order.classification is not None,
            clause="3.5",
            changes=Changes.DISCLOSURES | Changes.AUDIT,
        )

    def _look(
        self, package: ColleaguesPackage, announce: Announce, _is_cancelled: IsCancelled
    ) -> ImportPreview:
        announce(Progress(Phase.CHECKING, 0, None))
        self._asked("look", package)
        return a_preview()

    def _take_in(
        self, package: ColleaguesPackage, announce: Announce, _is_cancelled: IsCancelled
    ) -> ImportedPackage:
        announce(Progress(Phase.MEDIA, 1, 2))
        self._asked("take_in", package)
        self.imported.append(an_import())
        return ImportedPackage(a_preview().facts, a_preview().reports, 1, 2, "C-3")

    def _notify(self, recipient: str, path: Path) -> int:
        self._asked("notify", recipient, path)
        self.affected = [replace(copy, handling=Handling.NOTICE_WRITTEN) for copy in self.affected]
        return len(self.affected)

    def _settle(self, copy: AffectedId, handling: Handling, reason: str) -> Changes:
        self._asked("settle", copy, handling, reason)
        self.affected = [each for each in self.affected if each.affected_id != copy]
        return Changes.DISCLOSURES

    # -- enrolment

    def _request(self, order: RequestOrder) -> None:
        self._asked("request", order)
        who = order.introduction
        line = RequestLine(NOON, who.station, who.agency, who.confirmed)
        self.bond = EnrolmentStanding(self.bond.bond, line)

    def _answer(self, path: Path, url: str) -> str:
        self._asked("answer", path, url)
        self.bond = EnrolmentStanding(a_bond(), None)
        return "Demo portal"

    def _enrol(self, order: NetworkOrder) -> str:
        self._asked("enrol", order)
        self.bond = EnrolmentStanding(a_bond(), None)
        return "Demo portal"

    def _rehearse(self) -> RehearsalLine:
        self._asked("rehearse")
        return RehearsalLine(("suggesting a domain",), (), ("reports are kept 90 days, not 365",))

    def _accept(self, reason: str) -> Changes:
        self._asked("accept_agreement", reason)
        self.current, self.waiting = self.waiting, None
        return Changes.ENROLMENT

    def _history(self, limit: int, after: str | None) -> Page[ExchangeLine]:
        self._asked("history", limit, after)
        first = int(after or 0)
        rows = tuple(self.past[first : first + limit])
        following = first + len(rows)
        return Page(rows, str(following) if following < len(self.past) else None, 0.4)

    def _asked(self, verb: str, *arguments: object) -> None:
        self.notes.calls.append((verb, *arguments))
        if self.notes.error is not None:
            error, self.notes.error = self.notes.error, None
            raise error


def an_exchange(
    number: int,
    road: str,
    outcome: str | None,
    facts: Mapping[str, ExchangeFact],
    *,
    way: str = "both",
) -> ExchangeLine:
    started = NOON - timedelta(hours=6 - number)
    ended = None if outcome in (None, "cut off") else started + timedelta(seconds=42)
    return ExchangeLine(number, road, way, started, ended, "A. Example", outcome, facts)


def an_operation(
    number: int, state: str, *, acts: frozenset[OutboxAct] = frozenset()
) -> OutboxLine:
    """Operation `number`, with what the portal or this machine says of one in such a state."""
    answers = {"rejected": "The portal’s own sentence: the hotline closed it on 20 November."}
    changed = {"needs_you": "The report was withdrawn by its hotline."}
    return OutboxLine(
        operation_id=f"op-{number}",
        report_id=ReportId(884_200 - number),
        about=f"HL-{884_200 - number}",
        what="Feedback to the hotline",
        state=state,
        words=f"Synthetic words {number}.\nA second line, <b>not bold</b>.",
        answer=answers.get(state, ""),
        changed=changed.get(state, ""),
        made_at=NOON - timedelta(hours=3 * number),
        answered_at=NOON if state in ("settled", "rejected") else None,
        actor="A. Example",
        acts=acts,
    )


def a_departure(open_items: int) -> EnteredDisclosure:
    """A package that left, with so many copies of which somebody has to be told."""
    return EnteredDisclosure(
        disclosure_id=DisclosureId(f"D-{open_items:012x}"),
        at=NOON - timedelta(days=2),
        kind=DisclosureKind.PACKAGE,
        title="Synthetic package",
        recipients=(Recipient("Example Court"),),
        clause="4.1",
        reason=None,
        sha256="ab" * 32,
        outcome=Outcome.LEFT,
        items=12,
        open_items=open_items,
        is_from_log=False,
    )


def an_import() -> ImportRecord:
    """A colleague's package that was taken in."""
    facts = a_preview().facts
    return ImportRecord(
        number=1,
        sha256=facts.sha256,
        title=facts.title,
        agency=facts.agency,
        agreement=facts.agreement,
        composed_at=facts.composed_at,
        composed_by=facts.composed_by,
        signer=facts.signer,
        signed_at=facts.signed_at,
        log_head=facts.log_head,
        log_size=facts.log_size,
        at=NOON,
        actor=Actor("Ada Example"),
        items=1,
        media=2,
    )


def a_preview() -> ImportPreview:
    """One report is new, one is here in another revision."""
    facts = PackageFacts(
        sha256="cd" * 32,
        title="Series of Unit B",
        composed_at=NOON - timedelta(days=1),
        composed_by="B. Example",
        agency="Unit B",
        agreement="AGR-7",
        signer="Unit B signing",
        signed_at=NOON - timedelta(days=1),
        certificate="",
        log_head="ab" * 32,
        log_size=42,
        log_key="",
        checkpoint=b"",
    )
    reports = (
        StandingReport(ReportId(700_001), ItemStanding.NEW, 1, None, 2),
        StandingReport(ReportId(700_002), ItemStanding.OTHER, 1, 4, 0),
    )
    return ImportPreview(facts, Verification(()), reports, MediaCounts(new=2), None)


def a_copy(number: int) -> Affected:
    """A copy of a report that was withdrawn since."""
    return Affected(
        affected_id=AffectedId(f"A-{number}"),
        disclosure_id=DisclosureId("D-000000000001"),
        title="Synthetic package",
        left_at=NOON - timedelta(days=2),
        recipient="Example Court",
        kind="report",
        reference=f"HL-{884_200 - number}",
        change=ChangeKind.WITHDRAWN,
        revision_left=1,
        revision_now=None,
        changed_at=NOON,
        heard_at=NOON,
        reason="reported twice",
        handling=Handling.OPEN,
        note=None,
        notice=None,
    )


def a_bond(*, has_address: bool = True) -> BondLine:
    """This vault belongs to the demo portal."""
    return BondLine("Demo portal", "station-7", "Example Agency", NOON, has_address, True)


def an_agreement(revision: int, *, needs_acceptance: bool = False) -> AgreementLine:
    """Version `revision` of an agreement."""
    return AgreementLine(
        reference="NL-2026-04",
        revision=revision,
        agency="Example Agency",
        hotline="Example Hotline NL",
        contact="agreements@hotline.test",
        portal="Demo portal",
        jurisdictions=("NL",),
        valid_from=NOON - timedelta(days=200),
        valid_until=NOON + timedelta(days=130),
        effective_from=NOON + timedelta(days=9),
        clauses=tuple(
            ClauseLine(
                str(number),
                f"Synthetic clause {number}.",
                ("reading reports", "receiving media"),
                ("no full colour",) if number == 2 else (),
            )
            for number in range(1, 4)
        ),
        needs_acceptance=needs_acceptance,
    )


VIDEOS_WITHHELD = KindWithheld("video", "7.1", "clause 7.1 forbids it")


def a_transfer(number: int, state: TransferState) -> Transfer:
    """The file of media item `number`, in this state."""
    is_broken = state in (TransferState.FAILED, TransferState.REFUSED)
    error = "untrusted.digest" if state is TransferState.REFUSED else "road.transfer_cut"
    return Transfer(
        media_id=MediaId(20_417 + number),
        state=state,
        size=1_000_000 * number,
        bytes_here=250_000 * number,
        is_asked_for=state is TransferState.ARRIVING,
        tries=3 if is_broken else 0,
        last_error=error if is_broken else None,
        not_before=NOON + timedelta(minutes=4) if state is TransferState.FAILED else None,
        not_granted=VIDEOS_WITHHELD if state is TransferState.NOT_GRANTED else None,
    )


FUNCTIONS = (
    FunctionLine("package.compose", "composing a package"),
    FunctionLine("iwol.suggest", "suggesting a domain for the list of the worst"),
)
