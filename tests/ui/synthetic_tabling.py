"""Tables over plain rows in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from cport_desktop.domain.chosen import AllFound, Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.table import TablePreview, WithheldColumn, WrittenTable
from cport_desktop.errors import Cancelled, ChoiceUnfit, CportError
from cport_desktop.ui.tabling import TableWish, Tabling

COLUMNS = ("id", "received_at", "domain", "provider")
DIGEST = "5f0c" * 16
FOUND = 41_233


@dataclass
class MemoryTabling:
    """`refusal` is raised by whatever is asked; `may_end` lets a table be finished."""

    wishes: list[TableWish] = field(default_factory=list)
    written: list[TableWish] = field(default_factory=list)
    refusal: CportError | None = None
    withheld: tuple[WithheldColumn, ...] = ()
    may_end: threading.Event = field(default_factory=threading.Event)

    def tabling(self) -> Tabling:
        return Tabling(self.foresee, self.export, self.numbers)

    def foresee(self, wish: TableWish) -> TablePreview:
        self.wishes.append(wish)
        if self.refusal is not None:
            raise self.refusal
        return TablePreview(
            _count(wish.chosen), wish.form.columns or COLUMNS, self.withheld, ("4.2",)
        )

    def export(
        self, wish: TableWish, announce: Announce, is_cancelled: IsCancelled
    ) -> WrittenTable:
        announce(Progress(Phase.EXPORTING, 2_000, _count(wish.chosen)))
        while not self.may_end.wait(0.01):
            if is_cancelled():
                raise Cancelled
        if self.refusal is not None:
            raise self.refusal
        self.written.append(wish)
        columns = wish.form.columns or COLUMNS
        return WrittenTable(DIGEST, 1_536_000, _count(wish.chosen), columns, self.withheld)

    def numbers(self, chosen: Chosen, limit: int) -> tuple[ReportId, ...]:
        if isinstance(chosen, AllFound):
            raise ChoiceUnfit(count=_count(chosen), limit=limit)
        return chosen


def _count(chosen: Chosen) -> int:
    return FOUND - len(chosen.without) if isinstance(chosen, AllFound) else len(chosen)
