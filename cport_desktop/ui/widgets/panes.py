"""Panes side by side, and how wide they usually are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QSplitter

_USUAL: Final = "usualSizes"


def lay_usually(splitter: QSplitter, sizes: Sequence[int]) -> None:
    """The panes have these sizes, in pixels, now and whenever somebody wants the usual ones."""
    splitter.setProperty(_USUAL, list(sizes))
    splitter.setSizes(list(sizes))


def usual_sizes(splitter: QSplitter) -> list[int]:
    """What `lay_usually` was told; nothing for a splitter of which it was told nothing."""
    told = splitter.property(_USUAL)
    return [int(size) for size in told] if isinstance(told, list) else []
