"""A film in the real window: a real vault, a confined child, and the log that is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.clock import SystemClock
from cport_desktop.domain.audit import AuditDraft
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce
from cport_desktop.settings import Settings
from cport_desktop.ui.desk import Desk, Session
from cport_desktop.ui.keys import OpeningOrder
from cport_desktop.ui.looking import LookState
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.places import MEDIA
from cport_desktop.ui.playing_frames import FramePlayer
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.vault import audit_log
from cport_desktop.words import playing as say
from tests.builders import PASSPHRASE, make_vault, reopened
from tests.film_builders import A_FILM, FILM, hold, marked_film
from tests.media.test_process_sandbox import our_children
from tests.ui.conftest import LONG, NotedRenewal, destroy_what_is_dropped
from tests.ui.synthetic_desk import RESOURCES


class QuickSpeaker:
    """Hears whatever it is given as fast as the machine's clock goes."""

    def __init__(self) -> None:
        self._clock = SystemClock()
        self._began = 0.0
        self._given = 0
        self.heard = 0

    def begin(self, channels: int, _volume: float) -> bool:
        self._began, self._given, self._channels = self._clock.monotonic(), 0, channels
        return True

    def give(self, samples: bytes) -> int:
        room = (self.heard_ms() + 60) * 96 * self._channels - self._given
        taken = max(0, min(room, len(samples))) // (2 * self._channels) * 2 * self._channels
        self._given += taken
        self.heard += taken
        return taken

    def heard_ms(self) -> int:
        passed = round((self._clock.monotonic() - self._began) * 1000)
        return min(self._given // (96 * self._channels), passed) if self._given else 0

    def set_volume(self, _volume: float) -> None: ...

    def stop(self) -> None:
        self._given = 0


class EveryFrame(QObject):
    """Looks at what is on the screen whenever something is about to be painted, and when a look has
    just ended: was the film on it, and was there a look?
    """

    def __init__(self, window: QWidget, panel: LookPanel) -> None:
        super().__init__()
        self._window = window
        self._panel = panel
        self._is_look = False
        self.shown = 0
        self.astray = 0
        # Behind everybody else who hears of it: whoever veils has done so.
        panel.looking.changed.connect(self._changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_ours = isinstance(watched, QWidget) and watched.window() is self._window
        if is_ours and event.type() in (QEvent.Type.Paint, QEvent.Type.UpdateRequest):
            self._check()
        return False

    def _changed(self) -> None:
        was_look, self._is_look = self._is_look, self._panel.looking.state is LookState.SHOWN
        if was_look and not self._is_look:
            self._check()

    def _check(self) -> None:
        has_film = is_film(self._window.screen().grabWindow(self._window.winId()).toImage())
        self.shown += has_film and self._is_look
        self.astray += has_film and not self._is_look


def shows_the_film(widget: QWidget) -> bool:
    return is_film(widget.grab().toImage())


def is_film(image: QImage) -> bool:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    red, green, blue = pixels[::3, ::3, 0], pixels[::3, ::3, 1], pixels[::3, ::3, 2]
    return bool(((red > 210) & (green < 45) & (blue > 160)).any())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with one film."""
    made = make_vault(tmp_path / "vault")
    with reopened(made) as vault:
        hold(vault, FILM, marked_film(), A_FILM)
    return made


@pytest.fixture
def speaker() -> QuickSpeaker:
    return QuickSpeaker()


@pytest.fixture
def desk(folder: Path, tmp_path: Path, speaker: QuickSpeaker) -> Desk:
    """Of this machine, but for the sound device."""
    made = make_desk(furnish(Settings(marks=tmp_path / "marks")), folder, Nature.DEMO)

    def opened(order: OpeningOrder, announce: Announce) -> Session:
        session = made.open(order, announce)
        return replace(session, playing=replace(session.playing, speaker=lambda: speaker))

    return replace(made, open=opened)


@pytest.fixture
def renewal() -> NotedRenewal:
    return NotedRenewal()


@pytest.fixture
def shell(desk: Desk, renewal: NotedRenewal, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(desk, Frame(DARK, RESOURCES / "styles", renewal))
    made.show()
    made.open(PASSPHRASE.decode())
    qtbot.waitUntil(lambda: made.main is not None, timeout=LONG)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=LONG)
    made.deleteLater()
    destroy_what_is_dropped()


@pytest.fixture
def panel(shell: Shell, qtbot: QtBot) -> LookPanel:
    """The film is current on the media page, veiled."""
    main = shell.main
    assert main is not None
    main.show_page(MEDIA)
    qtbot.waitUntil(lambda: not main.media.is_empty, timeout=LONG)
    main.media.grid.choose(0)
    qtbot.waitUntil(lambda: main.media.pane.media_id == FILM, timeout=LONG)
    found: LookPanel = main.media.pane.panel
    found.levels.chosen.emit(RevealLevel.FULL)
    found.glass.setFocus()
    return found


@pytest.fixture
def watch(shell: Shell, panel: LookPanel) -> Iterator[EveryFrame]:
    made = EveryFrame(shell, panel)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(made)
    yield made
    application.removeEventFilter(made)


def begin_to_look(panel: LookPanel, qtbot: QtBot) -> FramePlayer:
    QTest.keyPress(panel.glass, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel.looking.state is LookState.SHOWN, timeout=LONG)
    qtbot.waitUntil(lambda: bool(panel.player.player.strip), timeout=LONG)
    return panel.player.player


def entries_of(folder: Path) -> list[AuditDraft]:
    """What the log says of the film, oldest first."""
    with reopened(folder) as vault, vault.reader() as reader:
        rows = audit_log.page(reader, limit=1_000, after=None).rows
    drafts = [entry.draft for entry in reversed(rows)]
    return [draft for draft in drafts if draft.object_reference == f"M-{FILM}"]


def test_a_film_is_seen_while_it_is_held_and_never_else(
    panel: LookPanel, shell: Shell, speaker: QuickSpeaker, watch: EveryFrame, qtbot: QtBot
) -> None:
    assert panel.player.isVisible()
    assert not shows_the_film(shell)

    player = begin_to_look(panel, qtbot)
    assert shows_the_film(panel.glass)
    assert shows_the_film(panel.player.strip)
    qtbot.waitUntil(lambda: player.position_ms > 300, timeout=LONG)  # it moves

    QTest.keyClicks(panel.glass, "p")
    stood = player.frames.shown
    assert stood is not None
    QTest.keyClicks(panel.glass, ".")
    qtbot.waitUntil(lambda: player.frames.shown not in (None, stood), timeout=LONG)
    stepped = player.frames.shown
    assert stepped is not None
    assert stepped[0] == stood[0] + 50

    bar = panel.player.bar
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    QTest.mouseMove(bar, QPoint(bar.width() // 2, 10))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 10))
    qtbot.waitUntil(lambda: (player.frames.shown or (0, 0))[0] in range(1_350, 1_650), timeout=LONG)
    assert shows_the_film(panel.glass)

    QTest.keyClicks(panel.glass, "a")
    player.seek(2_000)
    QTest.keyClicks(panel.glass, "bp")
    begin = player.head.begin_ms
    assert begin is not None
    qtbot.waitUntil(lambda: player.position_ms in range(begin, begin + 300), timeout=LONG)

    QTest.keyRelease(panel.glass, Qt.Key.Key_Space)
    assert not shows_the_film(shell)
    at_ms = player.position_ms
    player.unmark()

    begin_to_look(panel, qtbot)
    assert player.position_ms >= at_ms
    player.seek(0)
    QTest.keyClicks(panel.glass, "mm")
    qtbot.waitUntil(lambda: speaker.heard > 96 * 100, timeout=LONG)
    assert panel.player.told() == say.SOUND_ON
    QTest.keyRelease(panel.glass, Qt.Key.Key_Space)

    assert watch.shown > 5
    assert watch.astray == 0


def test_a_lock_while_it_plays_ends_the_child_and_the_log_has_begin_and_end(
    panel: LookPanel,
    shell: Shell,
    speaker: QuickSpeaker,
    renewal: NotedRenewal,
    folder: Path,
    qtbot: QtBot,
) -> None:
    before = our_children()
    player = begin_to_look(panel, qtbot)
    QTest.keyClicks(panel.glass, "mm")
    qtbot.waitUntil(lambda: speaker.heard > 0, timeout=LONG)
    assert our_children() - before
    assert player.opened is not None
    qtbot.waitUntil(lambda: player.position_ms > 500, timeout=LONG)

    shell.lock()

    assert not shows_the_film(shell)
    qtbot.waitUntil(lambda: bool(renewal.asked), timeout=LONG)
    qtbot.waitUntil(lambda: not our_children() - before, timeout=LONG)
    begun, heard, ended = entries_of(folder)[-3:]
    assert [begun.verb, heard.verb, ended.verb] == ["reveal", "listen", "veil"]
    assert ("played", "yes") in begun.payload
    told = dict(ended.payload)
    assert float(told["seconds"]) > 0
    assert float(told["seconds_heard"]) > 0
    assert told["parts"].startswith("0.0-")
