"""Timing and printing of figures: always a ratio against a reference of the same minute."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

RUNS = 20
LONGEST_S = 20.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the contract. `value` and `reference` in `unit`; `ratio` is what `goal` is on."""

    id: str
    what: str
    unit: str
    value: float
    reference: float
    ratio: float
    goal: str
    is_reached: bool


def p95_ms(act: Callable[[], object]) -> float:
    """The 95th percentile of `RUNS` runs after one that warms up, in milliseconds; of fewer, but
    three, where they would take longer than `LONGEST_S`.
    """
    act()
    times: list[float] = []
    begun = time.perf_counter()
    while len(times) < RUNS and (len(times) < 3 or time.perf_counter() - begun < LONGEST_S):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[math.ceil(len(times) * 0.95) - 1]


def seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def show(figure: Figure) -> None:
    """One JSON line for programs on stdout, one readable line for people on stderr."""
    print(json.dumps(_rounded(figure)), flush=True)
    mark = "   " if figure.is_reached else "!! "
    print(
        f"{mark}{figure.id:<5}{figure.what:<58}{figure.value:>10.2f} {figure.unit:<10}"
        f"reference {figure.reference:>10.2f}   ratio {figure.ratio:>6.2f}   goal {figure.goal}",
        file=sys.stderr,
        flush=True,
    )


def _rounded(figure: Figure) -> dict[str, object]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in asdict(figure).items()
    }
