"""Of rows that are walked through, the first is opened at once and of a burst only the last."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cport_desktop.ui.burst import BURST_MS, Burst


def test_a_choice_that_stands_alone_is_opened_at_the_next_turn(qtbot: QtBot) -> None:
    opened: list[int] = []
    holder = QObject()
    burst = Burst(lambda: opened.append(1), holder)
    burst.choose()
    assert opened == []
    qtbot.wait(1)
    assert opened == [1]


def test_those_that_follow_are_opened_once_when_it_is_quiet(qtbot: QtBot) -> None:
    opened: list[int] = []
    holder = QObject()
    burst = Burst(lambda: opened.append(1), holder)
    burst.choose()
    qtbot.wait(1)
    for _ in range(12):
        burst.choose()
        qtbot.wait(1)
    assert opened == [1]
    qtbot.waitUntil(lambda: opened == [1, 1])
    qtbot.wait(2 * BURST_MS)
    assert opened == [1, 1]


def test_what_is_no_longer_chosen_is_not_opened(qtbot: QtBot) -> None:
    opened: list[int] = []
    holder = QObject()
    burst = Burst(lambda: opened.append(1), holder)
    burst.choose()
    burst.stop()
    qtbot.wait(2 * BURST_MS)
    assert opened == []
