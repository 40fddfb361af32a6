"""Cycles end in the GUI thread."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from cport_desktop.ui.tidying import Tidying


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_a_worker_collects_nothing_and_the_gui_thread_does(qtbot: QtBot) -> None:
    assert not gc.isenabled()
    ended_in: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: ended_in.append(threading.get_ident()))
    del knot

    worker = threading.Thread(target=lambda: [[] for _ in range(50_000)])
    worker.start()
    worker.join()
    kept: list[list[int]] = [[] for _ in range(50_000)]
    assert not ended_in

    qtbot.waitUntil(lambda: bool(ended_in), timeout=5000)
    assert ended_in == [threading.get_ident()]
    assert len(kept) == 50_000


def test_the_interpreter_takes_over_again_when_it_ends() -> None:
    Tidying().end()
    assert gc.isenabled()
    gc.disable()
