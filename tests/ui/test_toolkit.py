"""The toolkit itself, where it has failed this interpreter before."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

ROUNDS = 400


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot die since Python 3.12")
def test_calls_that_answer_nothing_do_not_use_up_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops a reference to None at each such call; 3.11 dies of it in minutes."""
    widget = QWidget()
    qtbot.addWidget(widget)
    model = QStringListModel(["one"])
    index = model.index(0)
    before = sys.getrefcount(None)
    for _ in range(ROUNDS):
        widget.update()
        widget.property("there is none")
        index.data(0x0100)
    assert before - sys.getrefcount(None) < ROUNDS
