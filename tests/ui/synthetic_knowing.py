"""Hash lists over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import Page
from cport_desktop.domain.short_lists import HASH_LISTS
from cport_desktop.errors import Cancelled, HashListUnreadable
from cport_desktop.ui.knowing import Knowing, ReadColumn, ReadLine, ReadOrder
from tests.ui.synthetic_list_leaving import MemoryListLeaving

CAME = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_known_list(number: int, **changes: object) -> KnownList:
    plain = KnownList(
        number=number,
        list_id=f"list-{number}",
        origin=ListOrigin.PORTAL,
        name=f"Synthetic list {number}",
        version=str(number),
        source="Example Body A",
        handling=None,
        is_negative=False,
        made_at=CAME,
        arrived_at=CAME + timedelta(hours=number),
        file_sha256=None,
        format=None,
        withdrawn_at=None,
        withdrawn_reason=None,
        entries=1_000 * number,
        entries_withdrawn=0,
        contents=number,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


class MemoryKnowing:
    """`orders`: files that were tried, and then read in."""

    def __init__(self) -> None:
        self.lists = [
            a_known_list(1),
            a_known_list(2, is_negative=True),
            a_known_list(3, list_id="_0a1b2c", origin=ListOrigin.FILE, made_at=None),
        ]
        self.tried: list[ReadOrder] = []
        self.orders: list[ReadOrder] = []
        self.leaving = MemoryListLeaving(self._withdraw)
        self.is_readable = True
        self.is_slow = False
        """Reading a file in goes on until it is stopped."""
        self.tries_slowly = False
        """So does trying it."""
        self.matched = 0

    def intentions(self) -> Knowing:
        return Knowing(
            page=self._page,
            attempt=self._attempt,
            read_in=self._read_in,
            match=self._match,
            leaving=self.leaving.intentions(),
        )

    def _page(self, text: str, limit: int, after: str | None) -> Page[KnownList]:
        del limit, after
        is_asked_for = row_test(text, HASH_LISTS, now=CAME)
        return Page(tuple(filter(is_asked_for, self.lists)), None, 0.1)

    def _attempt(self, order: ReadOrder, announce: Announce, is_cancelled: IsCancelled) -> ReadLine:
        if not self.is_readable:
            raise HashListUnreadable(cause="nothing that reads as a digest")
        announce(Progress(Phase.IMPORTING, 1, 4))
        while self.tries_slowly:
            if is_cancelled():
                raise Cancelled
            time.sleep(0.01)
        self.tried.append(order)
        said = dict(order.columns)
        headings = ("File", "Finger print", "Grade") if order.path.suffix == ".csv" else ()
        meanings = {number: meaning for meaning, number in said.items()} or {
            "1": "name",
            "2": "sha256",
        }
        return ReadLine(
            order.name,
            40,
            2,
            1,
            0,
            (17, "no digest where one should be"),
            kind="csv" if headings else "md5sum",
            profile=order.profile,
            columns=tuple(
                ReadColumn(number, heading, meanings.get(str(number)))
                for number, heading in enumerate(headings, 1)
            ),
            first=((1, f"md5:{'0a' * 16} · shape-1.png"), (2, "refused: no digest")),
        )

    def _read_in(self, order: ReadOrder, announce: Announce, is_cancelled: IsCancelled) -> ReadLine:
        announce(Progress(Phase.IMPORTING, 1, 4))
        while self.is_slow:
            if is_cancelled():
                raise Cancelled
            time.sleep(0.01)
        self.orders.append(order)
        self.lists.append(
            a_known_list(4, name=order.name, origin=ListOrigin.FILE, is_negative=order.is_negative)
        )
        return ReadLine(order.name, 40, 2, 1, 3, (17, "no digest where one should be"))

    def _withdraw(self, list_id: str, reason: str) -> None:
        self.lists = [
            replace(known, withdrawn_at=CAME, withdrawn_reason=reason)
            if known.list_id == list_id
            else known
            for known in self.lists
        ]

    def _match(self, announce: Announce, is_cancelled: IsCancelled) -> int:
        del announce, is_cancelled
        self.matched += 1
        return 2
