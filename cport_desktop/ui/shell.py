"""The one top-level window: the door while the vault is locked, the main window while it is open.

Rules:
1. A lock hides and destroys everything that shows content, dialogs of any kind included, and
   empties the clipboard, before it returns. It asks nothing.
2. The vault then has `PATIENCE` to close: drafts are written, acts finished, the session's end
   recorded. After that, or sooner if it is done, the process is replaced (`ui.renewal`), whatever
   is still under way: the vault survives that as it survives being killed.
3. The panic key does not wait at all.
4. What locks a window at whose door a passphrase was typed replaces the process at once: it lies
   somewhere in memory, right or wrong.
5. Closing the window locks first and quits when the vault is closed, or when the time for that
   is over.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cport_desktop.domain.draft import THE_WINDOW, WindowStand
from cport_desktop.domain.preferences import Preferences
from cport_desktop.domain.progress import Announce, IsCancelled, Progress
from cport_desktop.errors import CportError
from cport_desktop.ui.bugs import bug_reference
from cport_desktop.ui.buses import NO_BUSES, Buses
from cport_desktop.ui.clips import Clips
from cport_desktop.ui.desk import Desk, Session
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.fitting import SMALLEST
from cport_desktop.ui.in_sight import InSight
from cport_desktop.ui.keys import Key, KeyKind, OpeningOrder
from cport_desktop.ui.lane import Lane, Lanes, open_lanes
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.rehearsing import Rehearsal
from cport_desktop.ui.renewal import Place, Remains, Renewal, Why
from cport_desktop.ui.seat import HotlineNames, Seat
from cport_desktop.ui.surroundings import Surroundings
from cport_desktop.ui.taking_on import preferences_in, put_off, take_on
from cport_desktop.ui.theme import Theme, palette, style_sheet, theme_after, theme_named
from cport_desktop.ui.views.manual_shelf import ManualShelf
from cport_desktop.ui.views.rehearsal_dialog import RehearsalDialog
from cport_desktop.ui.views.unlock import UnlockView
from cport_desktop.ui.vigil import Vigil
from cport_desktop.ui.warming import warm_up
from cport_desktop.ui.widgets.controls import bind_key
from cport_desktop.ui.widgets.roomy import Roomy
from cport_desktop.ui.widgets.synthetic_edge import synthetic_edge
from cport_desktop.words import locking
from cport_desktop.words import window as say
from cport_desktop.words.vault_page import REKEYING

_log = logging.getLogger(__name__)
USUAL = (1366, 768)
PATIENCE: Final = 2.0
"""Seconds in which a vault closes: a hundred times what it takes on an idle machine, and well
under the five for which logind holds up the machine's sleep."""
_DOOR_SHOWN_MS: Final = 50
"""After so long the door is on the screen, and nobody has typed anything yet."""
_STRAGGLERS: Final = 1.0
"""Seconds of these for work whose loss costs nothing (a search, an exchange): a vault can be
closed under it, and its end should be on record."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a window is given beside the desk. `remains` is what the image before left."""

    theme: Theme
    styles: Path
    renewal: Renewal
    remains: Remains | None = None
    buses: Buses = NO_BUSES
    lock_after_seconds: float = 240.0
    rehearsal: Rehearsal | None = None
    """How to practise, where that can be had."""
    manual: Path | None = None
    """The folder of the manual's pages."""


class Shell(QWidget):
    """Door and room."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("Shell")
        self._desk = desk
        self._frame = frame
        self._theme = frame.theme
        self._door = Lane("door", drains=True)
        self._door.went_wrong.connect(self._went_wrong)
        self._session: Session | None = None
        self._seat: Seat | None = None
        self._lanes: Lanes | None = None
        self._drafting: Drafting | None = None
        self._leaving_lanes: list[Lanes] = []
        self._deadline: threading.Timer | None = None
        self._locked_with: Remains | None = None
        self._was_tried = False
        self._is_busy = False
        self._is_leaving = False
        self.main: MainWindow | None = None
        self.unlock: UnlockView | None = None
        title = f"{say.PRODUCT} – {desk.vault_name}"
        synthetic = desk.nature.is_synthetic
        self.setWindowTitle(f"{title} – {say.SYNTHETIC}" if synthetic else title)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        bind_key("Ctrl+T", self, self._next_theme, everywhere=True)
        self.wear(frame.theme)
        self._show_door()
        self._in_sight = InSight(self)
        self._surroundings = Surroundings(frame.buses)
        self._surroundings.lock_wanted.connect(self.lock)
        self._vigil = self._keep_vigil()
        self._clips = Clips(self)
        ManualShelf(frame.manual, self)
        if frame.remains is not None:
            self._stand_as_before(frame.remains)

    def begin(self) -> None:
        """Hear what the machine and the desktop are about to do."""
        self._surroundings.begin()

    # -- open and locked

    def enter(self, session: Session) -> None:
        """The vault is open: show what is behind the door, as it was left."""
        self._is_busy = False
        self._session = session
        self._lanes = open_lanes()
        self._drafting = Drafting(session, self._lanes.keeping)
        if self._is_leaving:
            self.lock()
            return
        self._vigil.begin()
        self._surroundings.stay_awake()
        stand = session.drafts.get(THE_WINDOW)
        if isinstance(stand, WindowStand) and stand.theme not in ("", self._theme.name):
            self.wear(theme_named(stand.theme))
        seat = Seat(
            session,
            self._lanes,
            self._desk.clock,
            self._desk.taxonomy,
            HotlineNames(),
            self._theme,
            self._drafting,
        )
        take_on(preferences_in(session.drafts), seat, self._vigil)
        self.main = MainWindow(seat, sandbox_level=self._desk.sandbox_level)
        self.main.ways.theme_wanted.connect(self._wear_named)
        self.main.ways.preferences_chosen.connect(self._take_on)
        self._seat = seat
        self.main.lock_wanted.connect(self.lock_by_hand)
        self._clips.emptied.connect(self.main.status.say_for_now)
        self.main.rekey_wanted.connect(self.rekey)
        if self._may_practise():
            self.main.help.offer_practice(self.practise)
        self._replace(self.main)
        self.unlock = None
        self.main.begin(stand if isinstance(stand, WindowStand) else None)

    def _take_on(self, wanted: Preferences) -> None:
        if self._seat is not None and self.main is not None:
            take_on(wanted, self._seat, self._vigil)
            self.main.live_with(wanted)

    def practise(self) -> None:
        """Offer a rehearsal, over the door or the window."""
        over = self.main or self.unlock
        if self._frame.rehearsal is not None and over is not None:
            dialog = RehearsalDialog(over, self._frame.rehearsal)
            dialog.lock_wanted.connect(self.lock_by_hand)
            dialog.open()

    def _may_practise(self) -> bool:
        """A demo vault is there to practise in; another one would be one too many."""
        return self._frame.rehearsal is not None and not self._desk.nature.is_synthetic

    def lock_by_hand(self) -> None:
        self.lock(Why.HAND)

    def lock_unattended(self) -> None:
        self.lock(Why.IDLE)

    def lock(self, why: Why = Why.HAND) -> None:
        """Everything that shows content is gone when this returns; the vault closes behind it,
        and then, or after `PATIENCE`, this process is another.
        """
        if self._session is None or self._lanes is None:
            if self._must_go(why):
                self._renew(self._remains(why))
            return
        session, lanes = self._session, self._lanes
        self._locked_with = self._remains(why)
        self._clear_away()
        self._busy(say.LOCKING)
        self._leaving_lanes.append(lanes)
        self._deadline = self._in_any_case(self._locked_with)
        self._door.ask(
            self,
            partial(_close, lanes.farewells(), session.lock),
            then=self._locked,
            otherwise=self._locked,
        )

    def _must_go(self, why: Why) -> bool:
        """Whether a window without an open vault is to be replaced at once."""
        if self._is_leaving or not self._was_tried:
            return False
        # A vault that is closing has its deadline. One that is being rekeyed has none, and
        # survives; but no machine sleeps over its keys.
        return not self._leaving_lanes or (why is Why.SLEEP and self._deadline is None)

    def _in_any_case(self, remains: Remains) -> threading.Timer:
        """After `PATIENCE` this process is another, or gone if its window was closed, whatever
        hangs. A thread of its own: it needs neither the lanes nor this one.
        """
        then = self._frame.renewal.end if self._is_leaving else partial(self._renew, remains)
        deadline = threading.Timer(PATIENCE, then)
        deadline.daemon = True
        deadline.start()
        return deadline

    def panic(self) -> None:
        """Everything is gone, from the screen and from memory, without waiting for anything."""
        remains = self._remains(Why.PANIC)
        self._clear_away()
        self._renew(remains)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._is_leaving = True
        if self._session is not None:
            self.lock()
        if self._is_busy:
            event.ignore()
            return
        self._vigil.end()
        self._surroundings.end()
        self._door.drop_answers()
        self._door.farewell()()
        super().closeEvent(event)

    def _clear_away(self) -> None:
        """Nothing shows content any more, and nobody waits for an answer."""
        self._session, lanes, self._lanes = None, self._lanes, None
        self._seat = None
        put_off(self._vigil, seconds=self._frame.lock_after_seconds)
        if self._drafting is not None:
            self._drafting.finish()
            self._drafting = None
        if self.main is not None:
            self.main.veil()
        if lanes is not None:
            lanes.drop_answers()
        for window in QApplication.topLevelWidgets():
            # Menus, dialogs, dialogs of dialogs: asked nothing, so that none can refuse.
            if window is not self:
                window.hide()
        self.main = None
        self._show_door()
        self._clips.clear()
        self.repaint()

    def _remains(self, why: Why) -> Remains:
        place = self.normalGeometry()
        stood = Place(place.x(), place.y(), place.width(), place.height(), self.isMaximized())
        return Remains(stood, self._theme.name, why)

    def _renew(self, remains: Remains) -> None:
        """Called in any thread; touches no widget."""
        self._was_tried = False
        self._frame.renewal.again(remains)

    def _locked(self, _answer: object) -> None:
        self._is_busy = False
        remains, self._locked_with = self._locked_with, None
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        while self._leaving_lanes:
            self._leaving_lanes.pop().discard()
        if self._is_leaving:
            self.close()
            return
        if remains is not None:
            self._renew(remains)
        if self.unlock is not None:
            self.unlock.set_busy(None)

    # -- looks

    def wear(self, theme: Theme) -> None:
        """Change every colour at once. The style sheet is the window's and not the application's: what is
        made and not yet in the window is styled once, when it is put there, and not at each joint.
        """
        self._theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme, self._frame.styles))
        if self.main is not None:
            self.main.wear(theme)

    def _wear_named(self, name: str) -> None:
        self.wear(theme_named(name))

    def _next_theme(self) -> None:
        self.wear(theme_after(self._theme))

    def _stand_as_before(self, remains: Remains) -> None:
        """Where the image before stood, if that is on a screen."""
        place = remains.place
        screens: list[QScreen] = QGuiApplication.screens()
        if any(screen.geometry().contains(place.x + 40, place.y + 10) for screen in screens):
            self.setGeometry(place.x, place.y, place.width, place.height)
        else:
            self.resize(place.width, place.height)
        if place.is_maximised:
            self.showMaximized()
        if self.unlock is not None:
            self.unlock.tell(locking.LOCKED_BECAUSE[remains.why.value])

    # -- the door

    def _show_door(self) -> None:
        self.unlock = UnlockView(vault_name=self._desk.vault_name, nature=self._desk.nature)
        self.unlock.key_given.connect(self.open_with)
        self.unlock.practise_wanted.connect(self.practise)
        self.unlock.offer_practice(is_offered=self._may_practise())
        self._replace(self.unlock)
        self.unlock.focus()
        QTimer.singleShot(_DOOR_SHOWN_MS, self.unlock, warm_up)
        offer, tell = self.unlock.offer, self.unlock.tell_error
        self._door.ask(self.unlock, self._desk.slots, then=offer, otherwise=tell)

    def open(self, passphrase: str) -> None:
        """Open the vault with a passphrase and go in, or say why not."""
        self.open_with(OpeningOrder(Key(KeyKind.PASSPHRASE, passphrase)))

    def open_with(self, order: OpeningOrder) -> None:
        """Open the vault with any key and go in, or say why not."""
        self._was_tried = True
        self._busy(say.UNLOCKING)
        self._door.ask_long(
            self,
            lambda announce, _is_cancelled: self._desk.open(order, announce),
            progress=self._show_progress,
            then=self.enter,
            otherwise=self._refuse,
        )

    def rekey(self, key: Key) -> None:
        """Lock, renew the master key behind the door, and go on as another process. A kill in the
        middle loses nothing: the next opening finishes it or goes back.
        """
        if self._session is None or self._lanes is None:
            return
        session, lanes, rekey = self._session, self._lanes, self._desk.rekey
        farewells = lanes.farewells()
        self._locked_with = self._remains(Why.REKEYED)
        self._was_tried = True
        self._clear_away()
        self._busy(REKEYING)
        self._leaving_lanes.append(lanes)

        def close_and_rekey(announce: Announce, _is_cancelled: IsCancelled) -> int:
            _close(farewells, session.lock)
            return rekey(key, announce)

        self._door.ask_long(
            self,
            close_and_rekey,
            progress=self._show_progress,
            then=self._locked,
            otherwise=self._not_rekeyed,
        )

    def _not_rekeyed(self, error: CportError) -> None:
        """The vault is closed and as it was; the door says why. The next lock, by whatever leads
        to it, replaces the process.
        """
        self._locked_with = None
        self._locked(None)
        if self.unlock is not None:
            self.unlock.refuse(error)

    def _show_progress(self, progress: Progress) -> None:
        if self.unlock is not None:
            self.unlock.show_progress(progress)

    def _keep_vigil(self) -> Vigil:
        seconds = self._frame.lock_after_seconds
        vigil = Vigil(self._desk.clock, seconds=seconds)
        vigil.idle.connect(self.lock_unattended)
        vigil.panic.connect(self.panic)
        return vigil

    def _busy(self, words: str) -> None:
        self._is_busy = True
        if self.unlock is not None:
            self.unlock.set_busy(words)

    def _refuse(self, error: CportError) -> None:
        self._is_busy = False
        if self.unlock is not None:
            self.unlock.refuse(error)
        if self._is_leaving:
            self.close()

    def _went_wrong(self, error: Exception) -> None:
        reference = bug_reference(error)
        _log.error("%s", reference)
        if self._leaving_lanes:
            self._locked(None)
            return
        self._is_busy = False
        if self.unlock is not None:
            self.unlock.tell_bug(reference)

    def _replace(self, view: QWidget) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if isinstance(view, UnlockView) and self._desk.nature.is_synthetic:
            self._column.addWidget(synthetic_edge())
        area = Roomy(view)
        self._column.addWidget(area, 1)
        area.show()


def _close(farewells: tuple[Callable[[], None], ...], lock: Callable[[], None]) -> None:
    """Behind the closed door: what must not be lost is written, then the vault is closed.

    `farewells` as `Lanes` orders them: two that are waited for, and stragglers.
    """
    kept, stragglers = farewells[:2], farewells[2:]
    for farewell in kept:
        farewell()
    waiting = [threading.Thread(target=farewell, daemon=True) for farewell in stragglers]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join(_STRAGGLERS / len(waiting))
    lock()
