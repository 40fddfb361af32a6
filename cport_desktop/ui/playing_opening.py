"""Fills `ui.playing` from use cases, and closes what is still open when the vault is locked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, RevealGrant, RevealLevel
from cport_desktop.domain.progress import IsCancelled
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.ui.playing import OpenItem, OpenOrder, Playing, Speaker
from cport_desktop.usecases import view_media
from cport_desktop.usecases.browse_media import is_as_it_was
from cport_desktop.usecases.view_media import MediaViewing, ViewingOrder
from cport_desktop.vault.vault import Vault


class OpenItems:
    """What is open. Every method may be called from any lane."""

    def __init__(
        self,
        vault: Vault,
        *,
        decoders: Callable[[], Sandbox],
        or_locked: Callable[[IsCancelled], IsCancelled],
        seconds: float,
    ) -> None:
        self._vault = vault
        self._decoders = decoders
        self._or_locked = or_locked
        self._seconds = seconds
        self._guard = threading.Lock()
        self._open: dict[int, MediaViewing] = {}

    def playing(self) -> Playing:
        return Playing(
            seconds=self._seconds,
            open=self.open,
            listen=lambda item: view_media.listen(self._vault, self._viewing(item)),
            end=self.end,
            speaker=this_machines_speaker,
            is_as_it_was=partial(is_as_it_was, self._vault),
        )

    def open(
        self, media_id: MediaId, level: RevealLevel, order: OpenOrder
    ) -> tuple[RevealGrant, OpenItem | CannotShow | None]:
        wanted = ViewingOrder(
            seconds=self._seconds,
            box=order.box,
            reason=order.reason,
            is_cancelled=self._or_locked(order.is_cancelled),
        )
        grant, found = view_media.open_viewing(
            self._vault, self._decoders(), media_id, level, wanted
        )
        if isinstance(found, MediaViewing):
            with self._guard:
                self._open[grant.audit_sequence] = found
        return grant, found

    def end(self, item: OpenItem, seconds: float, heard: float) -> None:
        viewing = self._viewing(item)
        view_media.end_viewing(self._vault, viewing, seconds=seconds, heard=heard)
        with self._guard:
            self._open.pop(item.grant.audit_sequence, None)

    def close_all(self) -> None:
        """Nothing is open any more. What was recorded of it stays as it is."""
        with self._guard:
            left, self._open = tuple(self._open.values()), {}
        for viewing in left:
            viewing.close()

    def _viewing(self, item: OpenItem) -> MediaViewing:
        with self._guard:
            return self._open[item.grant.audit_sequence]


def this_machines_speaker() -> Speaker | None:
    """The sound device; None where there is none, or where the libraries for it are missing. They are
    loaded here, when somebody wants to listen for the first time.
    """
    try:
        from cport_desktop.ui.playing_device import find_speaker  # noqa: PLC0415 - see above
    except ImportError:
        return None
    return find_speaker()
