"""Whose turn it is: asked for, then on a screen, then of newer reports; chosen file by file, so
that what somebody asks for in the middle of a long exchange comes next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.link import Link
from cport_desktop.domain.report import MediaNotice
from cport_desktop.usecases.media_leave import kinds_withheld
from cport_desktop.vault import transfers, turns
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.turns import Turn
from cport_desktop.vault.vault import Vault

LOT = 64
"""Files between two looks at which others have the same bytes; and looked up in one query."""


class Turns:
    """For one exchange. A file that failed in it has no other turn in the same one."""

    def __init__(self, vault: Vault, link: Link) -> None:
        self._vault = vault
        self._link = link
        self._withheld = frozenset(each.kind for each in kinds_withheld(vault))
        self._passed_over: set[MediaId] = set()
        self._last: MediaId | None = None
        """The last one whose turn it was without anybody asking: the next ones stand behind it."""

    def pass_over(self, media_id: MediaId) -> None:
        """It has had its turn, and is not here."""
        self._passed_over.add(media_id)

    def count(self) -> int | None:
        """How many items may have a turn now; None: very many."""
        with self._vault.reader() as reader:
            return turns.count_due(reader, self._turn())

    def lot(self) -> Iterator[MediaNotice]:
        """Up to `LOT` files, each chosen when it is asked for; none of them twice, and of files
        with equal bytes one.
        """
        taken: set[str] = set()
        waiting = self._waiting()
        for _ in range(LOT):
            notice = self._urgent(taken)
            while notice is None and waiting:
                found = waiting.popleft()
                self._last = found.media_id
                if found.sha256 not in taken and self._may(found):
                    notice = found
            if notice is None:
                return
            taken.add(notice.sha256)
            yield notice

    def _waiting(self) -> deque[MediaNotice]:
        """The next ones; at the end of the list once more those from its beginning that are left."""
        waiting = self._behind(self._last)
        if not waiting and self._last is not None:
            waiting = self._behind(None)
        self._vault.expect([one.media_id for one in waiting])
        return waiting

    def _behind(self, last: MediaId | None) -> deque[MediaNotice]:
        limit = LOT + (len(self._passed_over) if last is None else 0)
        with self._vault.reader() as reader:
            found = turns.newest(reader, self._turn(), limit=limit, behind=last)
        return deque(one for one in found if one.media_id not in self._passed_over)

    def _urgent(self, taken: set[str]) -> MediaNotice | None:
        """What somebody waits for."""
        visible = self._vault.transfers.visible
        with self._vault.reader() as reader:
            for notice in self._urgent_ones(reader, visible, limit=len(taken) + 1):
                if notice.sha256 not in taken and notice.media_id not in self._passed_over:
                    return notice
        return None

    def _urgent_ones(
        self, reader: Reader, visible: tuple[MediaId, ...], *, limit: int
    ) -> Iterator[MediaNotice]:
        most = limit + len(self._passed_over)
        yield from turns.asked_for(reader, self._turn(), limit=most)
        if visible:
            yield from turns.among(reader, self._turn(), visible, limit=len(visible))

    def _may(self, notice: MediaNotice) -> bool:
        """Whether nobody stopped it since it was looked up."""
        with self._vault.reader() as reader:
            return transfers.may_go_on(reader, notice.media_id)

    def _turn(self) -> Turn:
        return Turn(self._vault.now(), self._link, self._withheld)
