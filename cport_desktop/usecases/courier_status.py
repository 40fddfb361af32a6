"""How the exchange by removable media stands: what was sent, what came back, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.roles import Role
from cport_desktop.usecases.media_leave import media_pending
from cport_desktop.usecases.permission import require
from cport_desktop.vault import courier_book, outbox, replica
from cport_desktop.vault.courier_book import ReceivedBundle, SentBundle
from cport_desktop.vault.vault import Vault

MOST_SENT = 20
"""Bundles that are shown: nobody looks further back, and the history has them all."""


@dataclass(frozen=True, slots=True)
class CourierStatus:
    """`sent`: the newest first. `received`: the one with the highest number."""

    sent: tuple[SentBundle, ...]
    received: ReceivedBundle | None
    operations_waiting: int
    media_pending: int
    media_not_granted: int
    cursor: str | None


def courier_status(vault: Vault) -> CourierStatus:
    """Bundles of both directions, and what the next one would carry.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    media = media_pending(vault)
    with vault.reader() as reader:
        return CourierStatus(
            sent=courier_book.sent(reader, limit=MOST_SENT),
            received=courier_book.newest_received(reader),
            operations_waiting=outbox.count_unsettled(reader),
            media_pending=media.coming,
            media_not_granted=media.not_granted,
            cursor=replica.stream(reader).position.cursor,
        )
