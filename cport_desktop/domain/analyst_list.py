"""In which order those who work here are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from cport_desktop.domain.name_order import name_key

Row = TypeVar("Row")


class AnalystOrder(StrEnum):
    CAME = "created"
    """As they came."""
    NAME = "name"
    NAME_BACKWARDS = "-name"


def in_order(rows: Iterable[Row], order: AnalystOrder, name: Callable[[Row], str]) -> list[Row]:
    """`rows`, which stand as the analysts came, in `order`."""
    if order is AnalystOrder.CAME:
        return list(rows)
    backwards = order is AnalystOrder.NAME_BACKWARDS
    return sorted(rows, key=lambda row: name_key(name(row)), reverse=backwards)
