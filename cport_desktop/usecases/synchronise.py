"""Exchange with the portal: changes, media, operations; again until nothing is left to say.

What holds at every moment, so that it may be stopped anywhere and repeated at any time:

1. A batch is applied in one transaction together with the cursor behind it.
2. A media file is «held» only when all its bytes are sealed on disk, their digest is the one
   announced, and a confined child has examined them; until then what is whole stays staged.
3. An operation leaves the outbox only by the portal's receipt. Sending it twice is harmless.
4. A message that is malformed or not for us changes nothing; it is kept aside, sealed.
5. What a batch or a file brought is matched against hash lists; what is cut there is matched later.
6. What is in hand here is told to the agency's other stations, and theirs is heard, where the agreement
   and the portal allow it. If that fails the rest stands.
7. Last of all the head of the audit log is handed to the portal, to be co-signed. If that fails
   nothing is lost, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial

from cport_desktop.domain.anchoring import Anchoring
from cport_desktop.domain.batch import Standing
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.exchange_history import Direction, ExchangeFact
from cport_desktop.domain.in_hand import Sharing
from cport_desktop.domain.link import Link
from cport_desktop.domain.operation import UNANSWERED, OperationState
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.domain.transfer import KindWithheld
from cport_desktop.errors import (
    AgreementForbids,
    AgreementLapsed,
    Cancelled,
    NotEnrolled,
    Refused,
    SandboxRefused,
)
from cport_desktop.formats import portal_messages
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.anchor_log import anchor_with_portal
from cport_desktop.usecases.erase import finish as finish_erasures
from cport_desktop.usecases.exchange_record import ExchangeOnRecord, on_record
from cport_desktop.usecases.fetch_media import Fetched, fetch_media
from cport_desktop.usecases.hand_out_operations import hand_out, hold_back_doubtful
from cport_desktop.usecases.list_screen import ListScreen
from cport_desktop.usecases.manage_links import link_in_use
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.media_leave import media_pending
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.remember import catch_up_traits
from cport_desktop.usecases.share_hands import share_with_portal
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.usecases.take_in import Road, Tally, take_in, take_in_receipts
from cport_desktop.vault import bond, outbox, replica
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What one exchange brought. `is_complete`: nothing was left to fetch or to send, but for
    files that the agreement does not grant.

    `anchoring`: what became of the log's head, None if the exchange did not get that far.
    `bytes`: of messages and media, as they travelled towards us.
    """

    tally: Tally = field(default_factory=Tally)
    media_new: int = 0
    media_pending: int = 0
    media_not_granted: int = 0
    """Items whose files do not come under this agreement; nothing waits for them."""
    media_withheld: tuple[KindWithheld, ...] = ()
    """Of which kinds these are, and what the agreement says to that."""
    media_bytes: int = 0
    operations_sent: int = 0
    operations_needing_you: int = 0
    """Held back here, until an analyst decides."""
    cursor: str | None = None
    is_complete: bool = False
    anchoring: Anchoring | None = None
    in_hand: Sharing | None = None
    """What became of telling other stations what is in hand; None if it did not get that far."""
    in_hand_changed: bool = False

    @property
    def reports_new(self) -> int:
        """Reports that were not here before."""
        return self.tally.reports_new

    @property
    def reports_changed(self) -> int:
        """Reports that say something else now."""
        return self.tally.reports_changed

    @property
    def reports_withdrawn(self) -> int:
        """Reports that a hotline took back."""
        return self.tally.reports_withdrawn

    @property
    def operations_settled(self) -> int:
        """Operations that the portal took."""
        return self.tally.operations_settled

    @property
    def operations_rejected(self) -> int:
        """Operations that the portal did not take."""
        return self.tally.operations_rejected

    @property
    def media_facts(self) -> dict[str, ExchangeFact]:
        """What is remembered of media files; `media_withheld_by`: numbers of clauses."""
        facts: dict[str, ExchangeFact] = {"media_new": self.media_new}
        if self.media_not_granted:
            clauses = dict.fromkeys(each.clause for each in self.media_withheld if each.clause)
            facts["media_not_granted"] = self.media_not_granted
            facts["media_withheld_by"] = ", ".join(clauses) or None
        return facts

    @property
    def bytes(self) -> int:
        """Of messages and media, as they travelled towards us."""
        return self.tally.bytes + self.media_bytes

    @property
    def changes(self) -> Changes:
        """Which kinds of things this exchange changed."""
        tally, touched = self.tally, Changes.AUDIT
        if tally.reports_new or tally.reports_changed or tally.reports_withdrawn:
            touched |= Changes.REPORTS | Changes.HOTLINES | Changes.MEDIA
        if tally.records_changed:
            touched |= Changes.HOTLINES
        if self.in_hand_changed:
            touched |= Changes.WORK
        if self.media_new or tally.hits_new or tally.hits_ended:
            touched |= Changes.MEDIA | Changes.REPORTS
        if tally.copies_affected or self.operations_sent:
            touched |= Changes.DISCLOSURES
        if self.operations_sent or tally.operations_settled or tally.operations_rejected:
            touched |= Changes.OPERATIONS | Changes.REPORTS
        return touched


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange in the making: the two sides, and how it speaks and listens.

    `road` is what people know the transport by; here it is always one that answers at once.
    """

    vault: Vault
    transport: Transport
    sandbox: Sandbox
    road: Road
    changes_per_batch: int
    announce: Announce
    is_cancelled: IsCancelled
    note: Callable[[SyncResult], None] = lambda _: None
    """Told what it brought so far, whenever that grows: kept if the exchange is cut."""
    link: Link | None = None
    """What may be carried; None: the link that is in use."""


def synchronise(parts: Exchange, *, metadata_only: bool = False) -> SyncResult:
    """Bring vault and portal to the same state, as far as the road allows.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled: the vault knows no portal.
        KeepingUnderWay: an exchange is under way already.
        Cancelled: somebody stopped it; what was committed stays.
        RoadError: the road failed; what was committed stays.
        UntrustedData: the portal sent rubbish; it is kept aside and nothing of it applied.
        SandboxRefused: media wait, since nothing here may decode them; all else was exchanged.
        AgreementForbids, AgreementLapsed: media wait, since they may not come; likewise.
    """
    require(parts.vault, Role.ANALYST)
    with parts.vault.reader() as reader:
        enrolment = bond.load(reader)
    if enrolment is None:
        raise NotEnrolled
    with on_record(
        parts.vault,
        road=parts.road.name,
        direction=Direction.BOTH,
        recipient=enrolment.answer.portal,
    ) as record:
        noting = replace(parts, note=partial(_note, record))
        result = _exchanged(noting, enrolment, metadata_only=metadata_only)
        _note(record, result)
    return result


def _exchanged(parts: Exchange, enrolment: Enrolment, *, metadata_only: bool) -> SyncResult:
    refusal: Refused | None = None
    parts.announce(Progress(Phase.CONNECTING, 0, None))
    result = pull_changes(parts, enrolment, SyncResult())
    if not metadata_only:
        try:
            result = pull_media(parts, result)
        except (SandboxRefused, AgreementForbids, AgreementLapsed) as error:
            refusal = error
    result = push_operations(parts, enrolment, result)
    if result.tally.operations_settled:
        # What the portal made of our operations comes back as changes.
        result = pull_changes(parts, enrolment, result)
    # A file that was on its way while its report was erased has ended now.
    finish_erasures(parts.vault)
    sharing, is_else = share_with_portal(parts.vault, parts.transport, enrolment)
    result = replace(result, in_hand=sharing, in_hand_changed=is_else)
    result = replace(result, anchoring=anchor_with_portal(parts.vault, parts.transport, enrolment))
    if refusal is not None:
        raise refusal
    return concluded(parts.vault, result)


def pull_changes(parts: Exchange, enrolment: Enrolment, result: SyncResult) -> SyncResult:
    """Fetch and apply batches until the portal has no more; `result` with their counts added."""
    require(parts.vault, Role.ANALYST)
    done, tally, screen = 0, result.tally, ListScreen(parts.vault)
    while True:
        _stop_if_asked(parts.is_cancelled)
        with parts.vault.reader() as reader:
            position = replica.stream(reader).position
        message = parts.transport.changes(position, limit=parts.changes_per_batch)
        heard, tally = take_in(parts.vault, enrolment, message, road=parts.road, tally=tally)
        parts.note(replace(result, tally=tally))
        tally = tally.with_hits(match_due(parts.vault, screen=screen))
        if isinstance(heard, Standing):
            catch_up_traits(parts.vault, is_cancelled=parts.is_cancelled)
            return replace(result, tally=tally)
        done += len(heard.changes)
        parts.announce(Progress(Phase.CHANGES, done, done + heard.remaining))


def pull_media(parts: Exchange, result: SyncResult) -> SyncResult:
    """Fetch the files that are announced and not here; `result` with their counts added."""
    require(parts.vault, Role.ANALYST)
    fetched = fetch_media(
        parts.vault,
        parts.transport,
        parts.sandbox,
        announce=parts.announce,
        is_cancelled=parts.is_cancelled,
        link=parts.link or link_in_use(parts.vault),
        note=lambda fetched: parts.note(_with_media(result, fetched)),
    )
    catch_up(parts.vault, announce=parts.announce, is_cancelled=parts.is_cancelled)
    found = match_due(parts.vault, is_cancelled=parts.is_cancelled)
    return replace(_with_media(result, fetched), tally=result.tally.with_hits(found))


def push_operations(parts: Exchange, enrolment: Enrolment, result: SyncResult) -> SyncResult:
    """Send what waits in the outbox until all of it has a receipt; `result` with the counts."""
    require(parts.vault, Role.ANALYST)
    sent = 0
    hold_back_doubtful(parts.vault)
    while True:
        _stop_if_asked(parts.is_cancelled)
        waiting = hand_out(parts.vault, enrolment)
        if not waiting:
            return result
        parts.announce(Progress(Phase.OPERATIONS, sent, sent + len(waiting)))
        answer = parts.transport.operations(
            portal_messages.print_operations(enrolment.answer.station, waiting)
        )
        answered, tally = take_in_receipts(parts.vault, enrolment, answer, tally=result.tally)
        sent += len(waiting)
        result = replace(result, tally=tally, operations_sent=result.operations_sent + len(waiting))
        parts.note(result)
        if not answered:
            return result  # The portal took note without a decision; the receipt comes later.


def _with_media(result: SyncResult, fetched: Fetched) -> SyncResult:
    return replace(result, media_new=fetched.items, media_bytes=result.media_bytes + fetched.bytes)


def _note(record: ExchangeOnRecord, result: SyncResult) -> None:
    record.say(
        **asdict(result.tally),
        **result.media_facts,
        operations_sent=result.operations_sent,
        complete=result.is_complete,
    )
    if result.in_hand is not None:
        record.say(in_hand=result.in_hand.value)
    record.say(bytes=result.bytes)


def concluded(vault: Vault, result: SyncResult) -> SyncResult:
    """`result` of an exchange that has ended, by whichever road, with what is left to do."""
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        operations = outbox.counts(reader)
        cursor = replica.stream(reader).position.cursor
    media = media_pending(vault)
    return replace(
        result,
        media_pending=media.coming,
        media_not_granted=media.not_granted,
        media_withheld=media.withheld,
        cursor=cursor,
        operations_needing_you=operations.get(OperationState.NEEDS_YOU, 0),
        is_complete=not media.coming and not any(map(operations.get, UNANSWERED)),
    )


def _stop_if_asked(is_cancelled: IsCancelled) -> None:
    if is_cancelled():
        raise Cancelled
