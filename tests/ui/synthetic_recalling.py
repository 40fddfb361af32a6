"""What was done, over plain rows in memory: nothing yet."""

from __future__ import annotations

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.errors import NothingToTurn
from cport_desktop.ui.recalling import DeedLine, ReadingLine, Recalling
from cport_desktop.ui.triaging import TurnedLines
from cport_desktop.words import deeds as words


class MemoryRecalling:
    """Nothing was done, so nothing can be undone."""

    def intentions(self) -> Recalling:
        return Recalling(
            deeds=lambda _limit, _after: Page[DeedLine]((), None, 0.1),
            undo=self._undo,
            redo=self._redo,
            readings=lambda _limit, _after: Page[ReadingLine]((), None, 0.1),
        )

    def _undo(
        self, _number: int, _announce: Announce, _is_cancelled: IsCancelled
    ) -> tuple[TurnedLines, Changes]:
        raise NothingToTurn(what=words.UNDO)

    def _redo(self, _announce: Announce, _is_cancelled: IsCancelled) -> tuple[TurnedLines, Changes]:
        raise NothingToTurn(what=words.REDO)
