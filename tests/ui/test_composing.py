"""The composer of packages: nothing is written that was not counted and named before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.compose_dialog import NOTHING_YET, ComposeDialog
from tests.ui.synthetic_desk import MemoryVault
from tests.ui.test_window import button_named, words_on


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_cannot_be_counted_cannot_be_composed(
    seat: Seat, vault: MemoryVault, window: QWidget, qtbot: QtBot
) -> None:
    fields = replace(NOTHING_YET, query="wrong:x", path="/tmp/out.age")
    dialog = ComposeDialog(seat, fields, found=0, parent=window)
    dialog.open()
    qtbot.waitUntil(lambda: "wrong" in words_on(dialog) and "Counting" not in words_on(dialog))
    assert not button_named("Compose, Ctrl+Enter", dialog).isEnabled()
    dialog.close()
