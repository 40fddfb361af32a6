"""Lists that leave, over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from cport_desktop.domain.disclosure import DisclosureId
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.domain.listed import Lost, WrittenList
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import NotEnrolled, UnknownReference
from cport_desktop.ui.list_leaving import (
    ListLeaving,
    ListWish,
    MadeLine,
    MakeWish,
    ReachLines,
    UpdateLine,
    UpdateWish,
)

CAME = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
COPY = ("D-0123456789ab", "Synthetic list 3 3 (csv)", "Partner Agency Example")


def nobody(_key: bytes, _certificate: bytes) -> NoReturn:
    """Signs for a station that has no certificate."""
    raise NotEnrolled


class MemoryListLeaving:
    """`withdraw_row` marks a row of the page as withdrawn."""

    def __init__(self, withdraw_row: Callable[[str, str], None]) -> None:
        self._withdraw_row = withdraw_row
        self.wishes: list[ListWish] = []
        self.looked_at: list[ListWish] = []
        self.foreseen: list[tuple[str, Path | None]] = []
        self.withdrawn: list[tuple[str, Path | None, str]] = []
        self.updates: list[UpdateWish] = []
        self.made: list[MakeWish] = []
        self.left: KnownList | None = None
        self.said: list[tuple[str, str, bool, str]] = []

    def intentions(self) -> ListLeaving:
        return ListLeaving(
            versions=self._versions,
            may_leave=self._may_leave,
            export=self._export,
            foresee=self._foresee,
            withdraw=self._withdraw,
            say=self._say,
            update=self._update,
            make=self._make,
            of_departure=self._of_departure,
        )

    def _versions(self, list_id: str) -> tuple[ListVersion, ...]:
        del list_id
        return (
            ListVersion(2, "2026-11", CAME, 1_000, 12, 3, None),
            ListVersion(1, "2026-10", CAME, 991, 0, 0, None),
        )

    def _may_leave(self, wish: ListWish) -> tuple[str, ...]:
        self.looked_at.append(wish)
        return ("5.1", "7") if wish.recipients else ()

    def _export(self, wish: ListWish, announce: Announce, is_cancelled: IsCancelled) -> WrittenList:
        del is_cancelled
        announce(Progress(Phase.EXPORTING, 1, 4))
        self.wishes.append(wish)
        lost = (Lost("entry", 4), Lost("quality", 1_000))
        signer = "Station Example" if wish.is_signed else None
        return WrittenList("ab" * 32, 4_096, 996, 0, lost, "cd" * 32, signer)

    def _foresee(self, list_id: str, path: Path | None) -> ReachLines:
        self.foreseen.append((list_id, path))
        return _reach(path)

    def _withdraw(self, list_id: str, path: Path | None, reason: str) -> ReachLines:
        self.withdrawn.append((list_id, path, reason))
        if path is None:
            self._withdraw_row(list_id, reason)
        return _reach(path, hits=3)

    def _say(self, list_id: str, entry: str, is_right: bool, note: str) -> tuple[int, int]:
        self.said.append((list_id, entry, is_right, note))
        return 1, 2

    def _update(
        self, wish: UpdateWish, announce: Announce, is_cancelled: IsCancelled
    ) -> UpdateLine:
        del announce, is_cancelled
        self.updates.append(wish)
        return UpdateLine(wish.version, 12, 3, 4, 5, 1)

    def _make(self, wish: MakeWish, announce: Announce, is_cancelled: IsCancelled) -> MadeLine:
        del announce, is_cancelled
        self.made.append(wish)
        return MadeLine(7, 2, 3)

    def _of_departure(self, disclosure_id: DisclosureId) -> KnownList:
        if self.left is None:
            raise UnknownReference(kind="hash list", reference=disclosure_id)
        return self.left


def _reach(path: Path | None, *, hits: int = 0) -> ReachLines:
    return ReachLines(
        entries=3_000 if path is None else 2,
        contents=3,
        known_no_more=2,
        copies=(COPY,),
        contributed=1,
        unknown=0 if path is None else 1,
        hits=hits,
    )
