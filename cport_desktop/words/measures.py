"""Sizes as people read them."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import amount, tr

_STEP: Final = 1000
_UNITS: Final = (
    tr("{amount} B"),
    tr("{amount} kB"),
    tr("{amount} MB"),
    tr("{amount} GB"),
    tr("{amount} TB"),
)
"""Powers of ten, as disks are sold."""


def size(octets: int) -> str:
    """`1536000` → `1.5 MB`."""
    left = float(octets)
    for place, unit in enumerate(_UNITS):
        if left < _STEP or unit == _UNITS[-1]:
            places = 0 if place == 0 or (left >= 10 and unit != _UNITS[-1]) else 1
            return unit.format(amount=amount(left, places))
        left /= _STEP
    raise AssertionError
