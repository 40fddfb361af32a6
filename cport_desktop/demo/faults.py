"""Faults that the gateway's server shows on request, to see what a station makes of them.

    latency=50ms     every answer comes that much later (also `0.5s`)
    cut=100000       the line breaks after that many bytes of a media file
    5xx=0.1          one answer in ten is «busy», with a Retry-After of one second
    wrong-length     a media answer states and holds seven bytes too few
    stale-cursor     a page is that of the beginning, whatever was asked for
    replay           a page is the first one ever sent, to the byte

The last three happen always, or as often as `name=0.2` says. Chance follows from a seed and
the ordinal of the answer, so that a run can be repeated.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from cport_desktop.demo.dice import Dice
from cport_desktop.errors import ValueUnknown

ACCEPTED: Final = "latency=50ms,cut=100000,5xx=0.1,wrong-length,stale-cursor,replay"

_LONGEST_LATENCY: Final = 60.0
_LARGEST_CUT: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Faults:
    """None by default. `latency` in seconds, `cut` in bytes, the rest as shares of answers."""

    latency: float = 0.0
    cut: int | None = None
    busy: float = 0.0
    wrong_length: float = 0.0
    stale_cursor: float = 0.0
    replay: float = 0.0
    seed: int = 1

    @classmethod
    def parse(cls, text: str, *, seed: int = 1) -> Faults:
        """The faults that `text` names; an empty text names none.

        Raises:
            ValueUnknown: if a part of it cannot be understood.
        """
        values: dict[str, float] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            name, _, value = part.partition("=")
            values[name] = _value(name, value, part)
        cut = values.get("cut")
        return cls(
            latency=values.get("latency", 0.0),
            cut=None if cut is None else int(cut),
            busy=values.get("5xx", 0.0),
            wrong_length=values.get("wrong-length", 0.0),
            stale_cursor=values.get("stale-cursor", 0.0),
            replay=values.get("replay", 0.0),
            seed=seed,
        )


@dataclass(frozen=True, slots=True)
class Misfortune:
    """What goes wrong with one answer."""

    is_busy: bool
    is_wrong_length: bool
    is_stale: bool
    is_replayed: bool


@dataclass(slots=True)
class Fate:
    """Deals out misfortunes, one answer after another. Usable from any thread."""

    faults: Faults
    _ordinals: count[int] = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> Misfortune:
        """What befalls the next answer."""
        with self._lock:
            ordinal = next(self._ordinals)
        dice, faults = Dice(self.faults.seed, "fault", ordinal), self.faults
        return Misfortune(
            is_busy=dice.happens(faults.busy),
            is_wrong_length=dice.happens(faults.wrong_length),
            is_stale=dice.happens(faults.stale_cursor),
            is_replayed=dice.happens(faults.replay),
        )


def _value(name: str, value: str, part: str) -> float:
    try:
        match name:
            case "latency":
                return _bounded(_seconds(value), _LONGEST_LATENCY)
            case "cut":
                return _bounded(int(value), _LARGEST_CUT)
            case "5xx":
                return _bounded(float(value), 1.0)
            case "wrong-length" | "stale-cursor" | "replay":
                return _bounded(float(value or 1), 1.0)
            case _:
                raise ValueError(name)
    except ValueError as error:
        raise ValueUnknown(what="faults", value=part, accepted=ACCEPTED) from error


def _seconds(value: str) -> float:
    if value.endswith("ms"):
        return float(value[:-2]) / 1000
    return float(value.removesuffix("s"))


def _bounded(value: float, most: float) -> float:
    if not 0 <= value <= most:
        raise ValueError(value)
    return value
