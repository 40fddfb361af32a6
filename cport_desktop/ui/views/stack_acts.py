"""What a person does with stacks: split one, merge two, take either back, decide one at once.

Nothing is asked before a split or a merge, since the way back is offered in the same breath; both are
on record, the way back as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.likeness import Stack
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.stack_assess_dialog import StackAssessDialog
from cport_desktop.ui.widgets.undo_strip import UndoStrip
from cport_desktop.words import stack_page as say

Done = TypeVar("Done")


class StackActs(QObject):
    """The acts of one view on stacks.

    Signals:
        changed(object): `Changes` after an act.
        refused(object): a CportError instead.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    refused = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat, over: QWidget) -> None:
        super().__init__(over)
        self._seat = seat
        self._over = over
        self.strip = UndoStrip()

    def split(self, taken: Sequence[MediaId], kept: MediaId) -> None:
        """`taken` are a stack of their own; `kept` is one of those that stay together."""
        back = partial(self._merge_back, taken[0], kept)
        self._ask(
            partial(self._seat.session.likening.split, tuple(taken)),
            lambda contents: self.strip.tell(say.split(contents), back),
        )

    def merge(self, one: MediaId, other: MediaId) -> None:
        """The stacks of these two are one."""
        likening = self._seat.session.likening

        def work() -> tuple[tuple[int, tuple[MediaId, ...]], Changes]:
            apart = tuple(member.media_id for member in likening.stack(other).members)
            contents, changes = likening.merge(one, other)
            return (contents, apart), changes

        def tell(done: tuple[int, tuple[MediaId, ...]]) -> None:
            contents, apart = done
            self.strip.tell(say.merged(contents), partial(self._split_back, apart))

        self._ask(work, tell)

    def assess(self, stack: Stack) -> None:
        """Ask for one decision on the whole stack."""
        dialog = StackAssessDialog(self._over, self._seat, stack)
        dialog.assessed.connect(self.changed)
        dialog.lock_wanted.connect(self.lock_wanted)
        dialog.open()

    def _merge_back(self, one: MediaId, other: MediaId) -> None:
        work = partial(self._seat.session.likening.merge, one, other)
        self._ask(work, lambda _contents: self.strip.tell(say.UNDONE))

    def _split_back(self, apart: tuple[MediaId, ...]) -> None:
        work = partial(self._seat.session.likening.split, apart)
        self._ask(work, lambda _contents: self.strip.tell(say.UNDONE))

    def _ask(self, work: Callable[[], tuple[Done, Changes]], tell: Callable[[Done], None]) -> None:
        self.strip.dismiss()

        def told(answer: tuple[Done, Changes]) -> None:
            done, changes = answer
            tell(done)
            self.changed.emit(changes)

        self._seat.lanes.acting.ask(self, work, then=told, otherwise=self.refused.emit)
