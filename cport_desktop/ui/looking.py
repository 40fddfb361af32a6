"""Looking at one media item: deliberate, timed, recorded, and over at once.

States and what moves between them:

    VEILED  --press-->              ASKED    the look is being recorded and decoded
    ASKED   --picture, still held-> SHOWN
    ASKED   --release-->            VEILED   the picture is thrown away unseen, 0 s recorded
    SHOWN   --release-->            VEILED   seconds recorded
    SHOWN   --time is up-->         SPENT    veiled while the key is still down
    SPENT   --release-->            VEILED
    any     --another item, focus lost, page left, lock-->  VEILED

The picture exists in `image` alone while SHOWN. Nothing caches it, names it or copies it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent

from cport_desktop.clock import Clock
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import RevealGrant, RevealLevel
from cport_desktop.errors import CportError
from cport_desktop.ui.desk import Reveal, RevealTerms
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.models.media_grid import as_image


class LookState(Enum):
    VEILED = auto()
    ASKED = auto()
    SHOWN = auto()
    SPENT = auto()


class Looking(QObject):
    """The rules above, for one glass.

    Signals:
        changed(): state or image is another.
        looked(float): a look ended after so many seconds on the screen.
        refused(object): a CportError instead of a picture.
        not_shown(): the look was granted and there is nothing to show.
    """

    changed = Signal()
    looked = Signal(float)
    refused = Signal(object)
    not_shown = Signal()

    def __init__(
        self,
        *,
        reveal: Callable[[MediaId, RevealLevel], Reveal],
        end_reveal: Callable[[RevealGrant, float], None],
        terms: RevealTerms,
        lanes: Lanes,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._reveal = reveal
        self._end_reveal = end_reveal
        self._lanes = lanes
        self._clock = clock
        self._target: MediaId | None = None
        self._grant: RevealGrant | None = None
        self._shown_at = 0.0
        self._press = 0
        self.level = terms.level
        self.seconds = terms.seconds
        self.state = LookState.VEILED
        self.image: QImage | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._spend)

    def aim(self, target: MediaId | None) -> None:
        """Look at `target` from now on (None: at nothing); whatever is shown is veiled first."""
        self.release()
        self._target = target

    @property
    def is_under_way(self) -> bool:
        """Somebody looks, or is about to."""
        return self.state in (LookState.ASKED, LookState.SHOWN)

    def press(self) -> None:
        """Ask for a look at the target, if none is under way."""
        if self.state is not LookState.VEILED or self._target is None:
            return
        self._press += 1
        self._become(LookState.ASKED)
        self._lanes.decoding.ask(
            self,
            partial(self._reveal, self._target, self.level),
            then=partial(self._show, self._press),
            otherwise=partial(self._refuse, self._press),
        )

    def release(self) -> None:
        """Veil at once, whatever the state."""
        self._end_look()
        if self.state is not LookState.VEILED:
            self._become(LookState.VEILED)

    def _show(self, press: int, reveal: Reveal) -> None:
        is_held = press == self._press and self.state is LookState.ASKED
        if not is_held or reveal.picture is None:
            self._record(reveal.grant, 0.0)
            if is_held:
                self._become(LookState.SPENT)
                self.not_shown.emit()
            return
        self._grant = reveal.grant
        self._shown_at = self._clock.monotonic()
        self.image = as_image(reveal.picture)
        self._timer.start(round(reveal.grant.seconds * 1000))
        self._become(LookState.SHOWN)

    def _refuse(self, press: int, error: CportError) -> None:
        if press == self._press and self.state is LookState.ASKED:
            self._become(LookState.SPENT)
        self.refused.emit(error)

    def _spend(self) -> None:
        if self.state is LookState.SHOWN:
            self._end_look()
            self._become(LookState.SPENT)

    def _end_look(self) -> None:
        self._timer.stop()
        self.image = None
        if self._grant is not None:
            grant, self._grant = self._grant, None
            seconds = self._clock.monotonic() - self._shown_at
            self._record(grant, seconds)
            self.looked.emit(seconds)

    def _record(self, grant: RevealGrant, seconds: float) -> None:
        self._lanes.acting.ask(self, partial(self._end_reveal, grant, seconds))

    def _become(self, state: LookState) -> None:
        self.state = state
        self.changed.emit()


DELIBERATE_MS = 60
"""A look is asked for when Space has been down so long. A display server repeats a held key as
releases and presses, and some of them arrive as if a person had made them: each would leave the
trace of a look that nobody had."""


class HoldSpace(QObject):
    """Lets a held Space on the watched widgets look, and whatever takes the focus away veil."""

    _ENDS = frozenset(
        {
            QEvent.Type.FocusOut,
            QEvent.Type.Hide,
            QEvent.Type.WindowDeactivate,
            QEvent.Type.Close,
        }
    )

    def __init__(self, looking: Looking, parent: QObject) -> None:
        super().__init__(parent)
        self._looking = looking
        self._deliberate = QTimer(self)
        self._deliberate.setSingleShot(True)
        self._deliberate.setInterval(DELIBERATE_MS)
        self._deliberate.timeout.connect(looking.press)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return isinstance(event, QKeyEvent) and self._key(event)
        if kind in self._ENDS:
            self._release()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                held = event.type() is QEvent.Type.KeyPress
                (self._deliberate.start if held else self._release)()
            return True
        if event.type() is QEvent.Type.KeyPress:
            self._release()
        return False

    def _release(self) -> None:
        self._deliberate.stop()
        self._looking.release()
