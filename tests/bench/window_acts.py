"""What a person does in the window while the watch over its event loop runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.case import LARGEST_ACT, LARGEST_CASE
from cport_desktop.domain.changes import Changes
from cport_desktop.errors import CportError
from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.vault.vault import Vault
from tests.bench.synthetic import HALF

FRAMES = 300
HELD_SECONDS = 20.0
SEARCHES = 200
CHOSEN = 10_000
"""Rows that are chosen and tagged at once; tiles that are scrolled."""
PATIENCE = 300.0
"""Seconds after which something is taken for broken."""


def wait(until: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """The event loop turns until then."""
    end = time.perf_counter() + seconds
    while not until():
        if time.perf_counter() > end:
            raise TimeoutError("it did not come")
        turn(5)


def turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def repaint(main: MainWindow) -> float:
    """Milliseconds that a page of rows takes to be painted."""
    started = time.perf_counter()
    main.reports.table.viewport().repaint()
    return (time.perf_counter() - started) * 1000


def frames(main: MainWindow) -> dict[str, object]:
    """Repaints of a page of rows, one after the other."""
    took = []
    for _ in range(FRAMES):
        took.append(repaint(main))
        turn(16)
    return {"p99_ms": p99(took)}


def p99(took: list[float]) -> float:
    return sorted(took)[max(0, int(len(took) * 0.99) - 1)]


def type_words(main: MainWindow) -> dict[str, object]:
    field = main.reports.query.field
    field.setFocus()
    for letter in f"{HALF} host:NL class:baseline received:<400d":
        QTest.keyClicks(field, letter)
        turn(40)
    field.clear()
    return {}


def hold_arrow(main: MainWindow) -> dict[str, object]:
    """As a keyboard repeats it."""
    table = main.reports.table
    table.setFocus()
    table.choose(0)
    end = time.perf_counter() + HELD_SECONDS
    while time.perf_counter() < end:
        QTest.keyClick(main.window().windowHandle(), Qt.Key.Key_Down)
        turn(30)
    return {"rows": table.currentIndex().row()}


def scroll_thumbnails(main: MainWindow) -> dict[str, object]:
    """A page at a time, to the end of what is loaded."""
    main.show_page(places.MEDIA)
    wait(lambda: not main.media.is_empty)
    bar, model = main.media.grid.verticalScrollBar(), main.media.model
    end = time.perf_counter() + PATIENCE
    while model.rowCount() < CHOSEN and not model.is_whole and time.perf_counter() < end:
        bar.setValue(bar.maximum())
        turn(30)
    step = max(1, bar.maximum() // 100)
    for value in range(bar.maximum(), 0, -step):
        bar.setValue(value)
        turn(16)
    main.show_page(places.REPORTS)
    return {"tiles": model.rowCount()}


def search(main: MainWindow) -> dict[str, object]:
    """One after the other; how long each took, from asking to rows, in milliseconds."""
    reports, took = main.reports, []
    for number in range(SEARCHES):
        started = time.perf_counter()
        reports.search(f"{HALF} host:{('NL', 'US', 'FR', 'DE')[number % 4]}")
        wait(lambda: not reports._is_searching)
        took.append((time.perf_counter() - started) * 1000)
    reports.search("")
    wait(lambda: not reports._is_searching)
    return {"took_ms": took}


def choose_rows(main: MainWindow) -> dict[str, object]:
    """Ten thousand rows are loaded by scrolling, and chosen by the key."""
    table, model = main.reports.table, main.reports.model
    bar, end = table.verticalScrollBar(), time.perf_counter() + PATIENCE
    while model.rowCount() < CHOSEN and not model.is_whole and time.perf_counter() < end:
        bar.setValue(bar.maximum())
        turn(30)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    turn(500)
    return {"rows": len(table.chosen())}


def tag_rows(main: MainWindow) -> dict[str, object]:
    """What is chosen is tagged in one act, and the window learns of it as of any other."""
    chosen = main.reports.selected_ids()[:LARGEST_ACT]
    things = [About(AboutKind.REPORT, number) for number in chosen]
    marks = main._seat.session.working.marks
    _act(main, lambda: marks.tag(things, "synthetic tag"), main.apply)
    wait(lambda: not main.reports._is_searching)
    turn(500)
    return {"rows": len(things)}


def open_largest_case(main: MainWindow, number: int) -> dict[str, object]:
    """Opened, and its items scrolled through."""
    main.show_page(places.CASES)
    main.cases.open_case(number)
    view = main.cases.cases.view
    wait(lambda: not view.items.is_empty)
    bar, model = view.items.table.verticalScrollBar(), view.items.model
    for _ in range(20):
        bar.setValue(bar.maximum())
        turn(30)
    main.show_page(places.REPORTS)
    return {"items": model.rowCount()}


def make_largest_case(main: MainWindow, vault: Vault) -> int:
    """The number of a case of as many reports as one may have."""
    cases = main._seat.session.working.cases
    case, _ = cases.begin("Synthetic case", "Many reports.")
    with vault.reader() as reader:
        found = reader.connection.execute(
            "SELECT report_id FROM report ORDER BY row DESC LIMIT ?", (LARGEST_CASE,)
        ).fetchall()
    things = [About(AboutKind.REPORT, number) for (number,) in found]
    cases.put(case.number, things)
    return case.number


def synchronise(main: MainWindow) -> dict[str, object]:
    """All that the gateway has, while a page is repainted and somebody walks down its rows."""
    table, took = main.reports.table, list[float]()
    failed: list[CportError] = []
    main.exchange.failed.connect(failed.append)
    table.setFocus()
    started = time.perf_counter()
    main.exchange.start(metadata_only=True)
    while main.exchange.is_running:
        took.append(repaint(main))
        if len(took) % 10 == 0:
            # By the window, as a display server brings it: one that nobody uses locks.
            QTest.keyClick(main.window().windowHandle(), Qt.Key.Key_Down)
        turn(16)
    seconds = time.perf_counter() - started
    wait(lambda: not main.reports._is_searching)
    turn(500)
    if failed:
        raise failed[0]
    return {"p99_ms": p99(took), "frames": len(took), "seconds": seconds}


def _act(main: MainWindow, work: Callable[[], Changes], then: Callable[[Changes], None]) -> None:
    ended: list[CportError | None] = []

    def done(changes: Changes) -> None:
        then(changes)
        ended.append(None)

    main._seat.lanes.acting.ask(main, work, then=done, otherwise=ended.append)
    wait(lambda: bool(ended))
    if (error := ended[0]) is not None:
        raise error


def acts(case: int) -> dict[str, Callable[[MainWindow], dict[str, object]]]:
    """All that is done before the exchange, by what it is called."""
    return {
        "idle": frames,
        "typing": type_words,
        "holding an arrow key": hold_arrow,
        "scrolling thumbnails": scroll_thumbnails,
        "searching": search,
        "opening the largest case": partial(open_largest_case, number=case),
        "choosing ten thousand rows": choose_rows,
        "tagging ten thousand rows": tag_rows,
    }
