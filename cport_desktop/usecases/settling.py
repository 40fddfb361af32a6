"""What arrived and was examined becomes held, as many files at once as have come together.

While one lot is flushed to the disk the next one gathers: a single file is settled at once, and
a thousand small ones share the waiting for folder and database. What holds for each file:

1. Its row is written after it, its name and its folder were flushed; never before.
2. If the lot cannot be settled, none of it is held; each file goes on from staging another time.
3. Whoever leaves the block by an error or a cancellation leaves what was examined settled.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.vault.intake import Examined, move_in
from cport_desktop.vault.vault import Vault

LARGEST_LOT = 32
"""Files that are flushed before their rows are written: a twentieth of a second on a slow disk."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that may become held."""

    media_id: MediaId
    file: Examined


class Settling:
    """Takes files from any thread and settles them on one of its own, until the block ends.

    Raises (from `put` and `wait`, and at the end of a block that had no error of its own):
        StorageFull, VaultDamaged: the disk; what was not settled stays staged.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._waiting: queue.Queue[Arrived | None] = queue.Queue(maxsize=LARGEST_LOT)
        self._thread = threading.Thread(target=self._work, name="settling", daemon=True)
        self._error: BaseException | None = None
        self._settled = 0

    @property
    def settled(self) -> int:
        """How many files became held so far; all that did, once the block has ended."""
        return self._settled

    def put(self, arrived: Arrived) -> None:
        """It will be held, and its intake closed in every case. Waits while too many wait."""
        if self._error is not None:
            arrived.file.intake.close()
            raise self._error
        self._waiting.put(arrived)

    def wait(self) -> None:
        """All that was put is held."""
        self._waiting.join()
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        while lot := self._next_lot():
            arrived = [each for each in lot if each is not None]
            try:
                if self._error is None and arrived:
                    _settle(self._vault, arrived)
                    self._settled += len(arrived)
            except BaseException as error:  # noqa: BLE001 - a lane: whoever waits gets it
                self._error = error
            finally:
                for each in arrived:
                    each.file.intake.close()
                for _ in lot:
                    self._waiting.task_done()
            if None in lot:
                return

    def _next_lot(self) -> list[Arrived | None]:
        """What waits now, or the next that comes; None says that nothing more will."""
        lot = [self._waiting.get()]
        with suppress(queue.Empty):
            while lot[-1] is not None and len(lot) < LARGEST_LOT:
                lot.append(self._waiting.get_nowait())
        return lot

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._waiting.put(None)
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error


def _settle(vault: Vault, lot: Sequence[Arrived]) -> None:
    """All of `lot` are held, with an entry for each; or none is.

    Raises:
        StorageFull, VaultDamaged: the disk.
    """
    move_in([arrived.file for arrived in lot])
    with vault.transaction() as tx:
        for arrived in lot:
            file = arrived.file
            file.intake.enter(tx, file.digests, file.examination)
            tx.record(
                AuditDraft(
                    action=AuditAction.COLLECTION,
                    verb="hold",
                    object_kind=ObjectKind.MEDIA,
                    object_reference=media_reference(arrived.media_id),
                )
            )
