"""Ranges of whole numbers as they are typed: `12`, `<20`, `<=20`, `>5`, `>=5`, `5..20`."""

from __future__ import annotations

import re
from typing import Final

_RANGE: Final = re.compile(r"(<=?|>=?)?([0-9]{1,12})|([0-9]{1,12})\.\.([0-9]{1,12})", re.ASCII)


def parse_range(text: str, *, most: int) -> tuple[int, int] | None:
    """The first and the last number that `text` means, from 0 to `most` where a side is open; None
    if it is no range. What it means may hold nothing (`20..5`) or more than `most`.
    """
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    sign, one, first, last = found.groups()
    low, high = int(one or first), int(one or last)
    match sign:
        case "<" | "<=":
            return 0, high - (sign == "<")
        case ">" | ">=":
            return low + (sign == ">"), most
        case _:
            return low, high
