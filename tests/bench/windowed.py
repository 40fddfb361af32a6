"""P1, P8, P9 and the watch over the event loop: the real window on a large vault, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.bench.harness import Figure

SYNCED = 20_000
"""Reports that are synchronised while a page is repainted: half a minute on a busy machine."""
STALL_MS = 100.0
_EMPTY = """
import time
started = time.perf_counter()
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from tests.bench.memory import resident_kib
application = QApplication([])
class Seen(QObject):
    def eventFilter(self, _watched, event):
        if event.type() is QEvent.Type.Paint:
            print(time.perf_counter() - started, resident_kib(), flush=True)
            QTimer.singleShot(0, application.quit)
        return False
seen, window = Seen(), QWidget()
window.installEventFilter(seen)
window.show()
application.exec()
"""


def measure(vault: Path, reports: int) -> Iterator[Figure]:
    """The window on the vault in `vault`, which has `reports` reports and gets more."""
    empty_seconds, empty_kib = _empty_window()
    told = _window_on(vault)
    yield _first_page(told, empty_seconds * 1000)
    yield _repaint(told)
    yield _memory(told, empty_kib, reports)
    for name, longest in _waits(told):
        yield Figure(
            id="stall",
            what=f"the event loop at most, {name}",
            unit="ms",
            value=longest,
            reference=STALL_MS,
            ratio=longest / STALL_MS,
            goal=f"≤ {STALL_MS:.0f} ms",
            is_reached=longest <= STALL_MS,
        )


def _empty_window() -> tuple[float, int]:
    """Seconds until a window with nothing in it is painted, import and all; its memory in KiB."""
    told = min(_output("-c", _EMPTY).split() for _ in range(3))
    return float(told[0]), int(told[1])


def _window_on(vault: Path) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(
        _output("-m", "tests.bench.window_program", str(vault), str(SYNCED))
    )
    return told


def _output(*arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout


def _first_page(told: Mapping[str, Any], reference: float) -> Figure:
    value = float(told["unlock"]["ms"])
    return Figure(
        id="P1",
        what="unlocking to the first page of reports, derivation aside",
        unit="ms",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≤ 3",
        is_reached=value <= 3 * reference,
    )


def _repaint(told: Mapping[str, Any]) -> Figure:
    value, reference = float(told["synchronising"]["p99_ms"]), float(told["idle"]["p99_ms"])
    return Figure(
        id="P8",
        what="a page repainted while batches are applied, p99",
        unit="ms",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≤ 2 and ≤ 50 ms",
        is_reached=value <= min(2 * reference, 50),
    )


def _memory(told: Mapping[str, Any], empty_kib: int, reports: int) -> Figure:
    value, reference = told["memory_kib"] / 1024, empty_kib / 1024
    per_report = (told["memory_kib"] - empty_kib) * 1024 / reports
    return Figure(
        id="P9",
        what=f"memory of all processes after the work, {per_report:.0f} bytes a report",
        unit="MB",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≤ + 400 MB",
        is_reached=value - reference <= 400,
    )


def _waits(told: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for name, found in told.items():
        if isinstance(found, dict) and "longest_ms" in found:
            yield name, float(found["longest_ms"])
