"""The roads of an open vault: by stick, and what networks carry; as the window asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.exchange_history import ExchangeFact, PastExchange
from cport_desktop.domain.freshness import Limits
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.link import Link
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import Page
from cport_desktop.domain.transfer import Transfer, TransferTally
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.ui.desk import Freshness
from cport_desktop.ui.exchanging_lines import (
    BundleLine,
    ExchangeLine,
    StickOrder,
    StickReceived,
    StickSent,
    StickStanding,
)
from cport_desktop.usecases import manage_links, transfers
from cport_desktop.usecases.courier_status import courier_status
from cport_desktop.usecases.exchange_record import past_exchanges
from cport_desktop.usecases.freshness import freshness_now
from cport_desktop.usecases.receive_by_courier import Reception, receive_by_courier
from cport_desktop.usecases.send_by_courier import Dispatch, send_by_courier
from cport_desktop.usecases.take_in import COURIER
from cport_desktop.vault.vault import Vault
from cport_desktop.words import freshness as words


class Roads:
    """Every method may be called from any lane. `or_locked`: long work ends with the vault, too."""

    def __init__(
        self,
        vault: Vault,
        decoders: Callable[[], Sandbox],
        or_locked: Callable[[IsCancelled], IsCancelled],
    ) -> None:
        self._vault = vault
        self._decoders = decoders
        self._or_locked = or_locked

    def history(self, limit: int, after: str | None) -> Page[ExchangeLine]:
        page = past_exchanges(self._vault, limit=limit, after=after)
        return Page(tuple(map(_exchange_line, page.rows)), page.next_cursor, page.elapsed_ms)

    # -- by stick

    def standing(self) -> StickStanding:
        status = courier_status(self._vault)
        last = next((one for one in status.sent if one.written_at is not None), None)
        received = status.received
        return StickStanding(
            sent=None if last is None else BundleLine(last.sequence, last.begun_at),
            received=None
            if received is None
            else BundleLine(received.sequence, received.received_at),
            is_answered=last is None or last.answered_at is not None,
            operations=status.operations_waiting,
            media=status.media_pending,
        )

    def carry_out(
        self, order: StickOrder, announce: Announce, is_cancelled: IsCancelled
    ) -> StickSent:
        dispatch = Dispatch(
            path=order.path,
            part_size=order.part_size,
            media_limit=None,
            announce=announce,
            is_cancelled=self._or_locked(is_cancelled),
        )
        sent = send_by_courier(self._vault, dispatch)
        return StickSent(
            sequence=sent.sequence,
            files=sent.files,
            size=sent.bytes,
            operations=sent.operations_sent,
            media=sent.media_pending,
        )

    def bring_in(
        self, paths: tuple[Path, ...], announce: Announce, is_cancelled: IsCancelled
    ) -> StickReceived:
        reception = Reception(paths, self._decoders(), announce, self._or_locked(is_cancelled))
        received = receive_by_courier(self._vault, reception)
        result = received.result
        facts: dict[str, ExchangeFact] = {**asdict(result.tally), "media_new": result.media_new}
        return StickReceived(
            sequence=received.sequence,
            facts=facts,
            is_known=not received.is_new,
            has_more=not result.is_complete,
        )

    # -- files on their way

    def transfers(self, limit: int, after: str | None) -> Page[Transfer]:
        return transfers.list_transfers(self._vault, limit=limit, after=after)

    def tally(self) -> TransferTally:
        return transfers.tally_transfers(self._vault)

    def ask_first(self, media_id: MediaId) -> None:
        transfers.ask_for(self._vault, (media_id,))

    def pause(self, media_id: MediaId | None) -> None:
        transfers.pause(self._vault, _one_or_all(media_id))

    def resume(self, media_id: MediaId | None) -> None:
        transfers.resume(self._vault, _one_or_all(media_id))

    def retry(self, media_id: MediaId | None) -> None:
        transfers.retry(self._vault, _one_or_all(media_id))

    def cancel(self, media_id: MediaId) -> None:
        transfers.cancel(self._vault, (media_id,))

    # -- links

    def links(self) -> tuple[tuple[Link, ...], Link]:
        return manage_links.list_links(self._vault)

    def keep_link(self, link: Link) -> None:
        manage_links.set_link(self._vault, link)

    def use_link(self, name: str | None) -> None:
        manage_links.use_link(self._vault, name)

    def remove_link(self, name: str) -> None:
        manage_links.remove_link(self._vault, name)


def freshness_of(workstation: Workstation, vault: Vault) -> Freshness | None:
    """When the portal was heard last, by which road and what that implies; None if it never was."""
    settings = workstation.settings
    limits = Limits(settings.ageing_after, settings.old_after)
    known = freshness_now(vault, limits=limits)
    if known.heard_at is None or known.road is None:
        return None
    doubt = None if known.doubt is None else known.doubt.value
    bundle = None
    if known.road == COURIER.name and ROLE_FOR["sync"] in vault.roles:
        received = courier_status(vault).received
        bundle = None if received is None else received.sequence
    return Freshness(
        at=known.heard_at,
        road=known.road,
        bundle=bundle,
        grade=known.grade.value,
        implies=words.freshness(
            known.grade.value, span=known.age, road=known.road, doubt=doubt, table="reports"
        ),
    )


def _one_or_all(media_id: MediaId | None) -> tuple[MediaId, ...] | None:
    return None if media_id is None else (media_id,)


def _exchange_line(past: PastExchange) -> ExchangeLine:
    return ExchangeLine(
        number=past.number,
        road=past.road,
        direction=past.direction.value,
        started_at=past.started_at,
        ended_at=past.ended_at,
        actor=past.actor,
        outcome=past.outcome,
        facts=past.facts,
    )
