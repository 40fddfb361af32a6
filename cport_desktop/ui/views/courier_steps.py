"""The two halves of an exchange by stick, step by step: a bundle out, its answer in.

Rules:
1. «Safe to unplug» is said when every byte was read back and compared, and never before.
2. What a drive does wrong is said where it was met, with what to do; the fields stay as they are.
3. A stop is heeded at the next safe point and leaves nothing half-written.
"""

from __future__ import annotations

from functools import partial

from cport_desktop.domain.changes import Changes
from cport_desktop.ui import figures
from cport_desktop.ui.exchanging_lines import StickOrder, StickReceived, StickSent
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.concluding_steps import ConcludingSteps
from cport_desktop.ui.views.steps import Step, column_of
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, PathsField
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import courier_page as say
from cport_desktop.words.exchange_page import brought, brought_told

_WHERE, _DONE = range(2)


class _CourierSteps(ConcludingSteps):
    """What both halves have in common: a strip, an outcome, and a way out."""

    def __init__(self, seat: Seat, title: str) -> None:
        super().__init__(seat, title)
        self.strip = WorkStrip(title, seat.lanes.exchange, seat.clock)
        self.add_beneath(self.strip)

    def take(self, step: int) -> None:
        if step == _DONE:
            self.left.emit()
        else:
            self.start()

    def start(self) -> None:
        """Begin the work, if what it needs is there."""
        raise NotImplementedError

    def _stopped(self, sentence: str) -> None:
        self.show_busy(is_busy=False)
        self.strip.tell("")
        self.tell(sentence)

    def _conclude(self, safe: str, outcome: str, more: str, following: str) -> None:
        self.show_busy(is_busy=False)
        self.say_outcome(verdict=safe, outcome=outcome, more=more, following=following)
        self.show_step(_DONE)

    def _last_step(self) -> Step:
        return self.last_step(say.OUT_DONE, say.CLOSE)


class CarryOutView(_CourierSteps):
    """A bundle onto a stick."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, say.OUT_TITLE)
        self.file = PathField(say.OUT_FILE, say.OUT_FILE_PLACEHOLDER, Choosing.NEW_FILE)
        self.file.returned.connect(self.go_on)
        self.file.lock_wanted.connect(self.lock_wanted)
        self.parts = Choice(say.OUT_PARTS)
        self.parts.addItems(list(say.PARTS))
        where = column_of(
            PlainLabel(say.OUT_INTRO, role="muted", wraps=True),
            section(say.OUT_FILE),
            self.file,
            section(say.OUT_PARTS),
            self.parts,
            PlainLabel(say.OUT_PARTS_HINT, role="caption", wraps=True),
        )
        self.begin((Step(say.OUT_WHERE, where, self.file, say.OUT_BEGIN), self._last_step()))

    def start(self) -> None:
        path = self.file.path()
        if path is None:
            self.complain(say.NEEDS_FILE, self.file)
            return
        order = StickOrder(path, say.PARTS[self.parts.currentText()])
        self.show_busy(is_busy=True)
        self.strip.begin(
            partial(self._seat.session.exchanging.stick.carry_out, order),
            then=self._written,
            otherwise=self.refuse,
            stopped=partial(self._stopped, say.OUT_STOPPED),
        )
        self.fit()

    def _written(self, sent: StickSent) -> None:
        told = say.out_written(sent.sequence, figures.size(sent.size), len(sent.files))
        files = "\n".join(str(path) for path in sent.files)
        carries = say.out_carries(sent.operations, sent.media)
        self._conclude(say.OUT_SAFE, f"{told} {carries}", files, say.OUT_NEXT)
        self.changed.emit(Changes.OPERATIONS | Changes.AUDIT)


class BringInView(_CourierSteps):
    """A bundle from a stick."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, say.IN_TITLE)
        self.files = PathsField(say.IN_FILES)
        self.files.lock_wanted.connect(self.lock_wanted)
        which = column_of(
            PlainLabel(say.IN_INTRO, role="muted", wraps=True),
            section(say.IN_FILES),
            self.files,
        )
        self.begin((Step(say.IN_WHICH, which, self.files, say.IN_BEGIN), self._last_step()))

    def start(self) -> None:
        paths = self.files.paths()
        if not paths:
            self.complain(say.NEEDS_FILES, self.files)
            return
        self.show_busy(is_busy=True)
        self.strip.begin(
            partial(self._seat.session.exchanging.stick.bring_in, paths),
            then=self._taken,
            otherwise=self.refuse,
            stopped=partial(self._stopped, say.IN_STOPPED),
        )
        self.fit()

    def _taken(self, received: StickReceived) -> None:
        known = say.IN_BEFORE if received.is_known else brought_told(brought(received.facts))
        following = say.IN_NEXT_MORE if received.has_more else say.IN_NEXT
        self._conclude(say.IN_SAFE, say.in_taken(received.sequence), known, following)
        self.changed.emit(~Changes.NOTHING)
