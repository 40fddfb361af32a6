"""P1, P8, P9, the watch over the event loop and the two hundredth search: the real window on a large vault,
in a process of its own, which synchronises with a gateway in another.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.bound import bound_copy
from tests.bench.harness import Figure
from tests.bench.pulse import STALL_MS

SLOWER_SEARCHES = 1.2
"""The last searches of a session against its first ones."""
_SOME = 20
"""Searches whose median is taken at either end."""
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


def measure(
    vault: Path, reports: int, *, synced: int, acts: Sequence[str] = ()
) -> Iterator[Figure]:
    """The window on a copy of the vault in `vault`, which has `reports` reports and gets `synced` more.
    `acts`: those that are wanted, instead of all.
    """
    empty_seconds, empty_kib = _empty_window()
    with (
        tempfile.TemporaryDirectory(prefix="cport-window-", dir=vault.parent) as name,
        bound_copy(vault, Path(name), reports=synced) as copy,
    ):
        told = _window_on(copy, acts)
    yield _first_page(told, empty_seconds * 1000)
    if "idle" in told and "synchronising" in told:
        yield _repaint(told)
    yield _memory(told, empty_kib, reports)
    if "searching" in told:
        yield _last_searches(told["searching"]["took_ms"])
    for name, found in told.items():
        if isinstance(found, dict) and "longest_ms" in found:
            yield from _stall(name, found)
            _tell_where(found)


def _empty_window() -> tuple[float, int]:
    """Seconds until a window with nothing in it is painted, import and all; its memory in KiB."""
    told = min(_output("-c", _EMPTY).split() for _ in range(3))
    return float(told[0]), int(told[1])


def _window_on(vault: Path, acts: Sequence[str]) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(
        _output("-m", "tests.bench.window_program", str(vault), *acts)
    )
    return told


def _output(*arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, check=True, env=environment
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
        what=f"memory of all processes half a minute after the work ({told['peak_kib'] / 1024:.0f} at"
        f" its end), {per_report:.0f} bytes a report",
        unit="MB",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal="≤ + 400 MB",
        is_reached=value - reference <= 400,
    )


def _last_searches(took: Sequence[float]) -> Figure:
    value, reference = median(took[-_SOME:]), median(took[:_SOME])
    return Figure(
        id="S200",
        what=f"the last {_SOME} of {len(took)} searches against the first, median",
        unit="ms",
        value=value,
        reference=reference,
        ratio=value / reference,
        goal=f"≤ {SLOWER_SEARCHES}",
        is_reached=value <= SLOWER_SEARCHES * reference,
    )


def _stall(name: str, found: Mapping[str, Any]) -> Iterator[Figure]:
    """The longest wait by the clock; and the longest but for waiting for a processor, which on a machine
    that others use, too, is theirs.
    """
    for what, longest in (
        (f"{name} ({found['stalls']} stalls)", float(found["longest_ms"])),
        (f"{name}, queue aside, {found['own_ms']:.0f} at work", float(found["unqueued_ms"])),
    ):
        yield Figure(
            id="stall",
            what=what,
            unit="ms",
            value=longest,
            reference=STALL_MS,
            ratio=longest / STALL_MS,
            goal=f"≤ {STALL_MS:.0f} ms",
            is_reached=longest <= STALL_MS,
        )


def _tell_where(found: Mapping[str, Any]) -> None:
    """What threads were at in the longest waits, for people."""
    for late in found["lates"]:
        print(f"       {late['unqueued_ms']:.0f} ms, {late['own_ms']:.0f} at work", file=sys.stderr)
        for place in (*late["at"], *(f"beside: {place}" for place in late["beside"])):
            print(f"         {place}", file=sys.stderr, flush=True)
