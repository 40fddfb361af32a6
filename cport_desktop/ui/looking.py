"""Looking at one media item: deliberate, timed, recorded, and over at once.

States and what moves between them:

    VEILED  --press-->              ASKED    the look is being recorded and decoded
    ASKED   --picture, still held-> SHOWN
    ASKED   --release-->            VEILED   the picture is thrown away unseen, 0 s recorded
    SHOWN   --release-->            VEILED   seconds recorded
    SHOWN   --time is up-->         SPENT    veiled while the key is still down
    SPENT   --release-->            VEILED
    any     --another item or level, focus lost, page left, lock-->  VEILED
    any     --window minimised, hidden or on another screen-->  VEILED
    any     --pointer leaves the glass with the button down-->  VEILED

The picture exists in `image` alone while SHOWN. Nothing caches it, names it or copies it. What the
desktop itself takes of a window (screen shots, previews of the task bar) no program can withhold
on X11 or Wayland; it sees what the analyst sees, for as long as the look lasts.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from cport_desktop.clock import Clock
from cport_desktop.domain.exposure import Look
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
        looked(object): a look ended; a `domain.exposure.Look` with its seconds on the screen.
        refused(object): a CportError instead of a picture.
        not_shown(): the look was granted and there is nothing to show.
    """

    changed = Signal()
    looked = Signal(object)
    refused = Signal(object)
    not_shown = Signal()

    def __init__(
        self,
        *,
        reveal: Callable[[MediaId, RevealLevel, str | None], Reveal],
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
        self._reason: str | None = None
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

    @property
    def grant(self) -> RevealGrant | None:
        """What the look that is on the screen was granted by."""
        return self._grant

    def show(self, image: QImage) -> None:
        """Another picture of the same look: of what moves, the next frame. Nothing once it is over."""
        if self.state is LookState.SHOWN:
            self.image = image
            self.changed.emit()

    @property
    def shown_level(self) -> RevealLevel | None:
        """The level of what is on the screen."""
        return None if self._grant is None else self._grant.level

    def aim(self, target: MediaId | None, reason: str | None = None) -> None:
        """Look at `target` from now on (None: at nothing), for this reason where one was stated;
        whatever is shown is veiled first.
        """
        self.release()
        self._target = target
        self._reason = reason

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
            partial(self._reveal, self._target, self.level, self._reason),
            then=partial(self._show, self._press),
            otherwise=partial(self._refuse, self._press),
        )

    def release(self) -> None:
        """Veil at once, whatever the state."""
        self._end_look()
        if self.state is not LookState.VEILED:
            self._become(LookState.VEILED)

    def spend(self) -> None:
        """Veil though the key is still down."""
        self._spend()

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
            self.looked.emit(Look(grant.level.value, seconds, grant.seconds))

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

    def __init__(
        self, looking: Looking, parent: QObject, *, tools: frozenset[Qt.Key] = frozenset()
    ) -> None:
        """`tools`: keys that are a part of what is done while somebody looks; every other one veils."""
        super().__init__(parent)
        self._looking = looking
        self._tools = tools
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
        if event.type() is QEvent.Type.KeyPress and event.key() not in self._tools:
            self._release()
        return False

    def _release(self) -> None:
        self._deliberate.stop()
        self._looking.release()


class VeilsWithWindow(QObject):
    """Veils when anything happens to the window of a glass that takes it out of the analyst's sight,
    or puts it where others may see it.
    """

    _ENDS = frozenset(
        {
            QEvent.Type.WindowStateChange,
            QEvent.Type.WindowDeactivate,
            QEvent.Type.WindowBlocked,
            QEvent.Type.ScreenChangeInternal,
            QEvent.Type.Hide,
            QEvent.Type.Close,
        }
    )

    def __init__(self, looking: Looking, parent: QObject) -> None:
        super().__init__(parent)
        self._looking = looking
        self._window: QWidget | None = None

    def follow(self, window: QWidget) -> None:
        """This is the window now."""
        if self._window is window:
            return
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)
        if (handle := window.windowHandle()) is not None:
            handle.screenChanged.connect(self._looking.release)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in self._ENDS:
            self._looking.release()
        return False
