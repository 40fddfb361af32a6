"""Values of foreign JSON, taken as what they should be or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

LONGEST_REST: Final = 4_096
"""Bytes of what else is told of an entry; the longest parts of more are left out first."""


def text(value: object) -> str:
    """A text, or none: an empty one."""
    return value if isinstance(value, str) else ""


def number(value: object) -> int | None:
    """A whole number, also as a text of digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    written = text(value).strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def objects(value: object) -> Iterator[dict[str, object]]:
    """The objects of an array; of anything else none."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def rest_of(told: Mapping[str, object]) -> str | None:
    """What is told as one JSON object of at most `LONGEST_REST` bytes; None if there is nothing."""
    kept = {
        key: value for key, value in told.items() if value is not None and value not in ("", [], {})
    }
    if not kept:
        return None
    printed = msgspec.json.encode(kept)
    while len(printed) > LONGEST_REST and kept:
        sizes = {key: len(msgspec.json.encode(value)) for key, value in kept.items()}
        del kept[max(sizes, key=lambda key: sizes[key])]
        printed = msgspec.json.encode(kept)
    return printed.decode() if kept else None
