"""The table that lists leave here in as CSV, read without loss: every column has its place in an entry.

Cells of text may have an apostrophe that keeps a spreadsheet from taking them for a formula. `digests` and
`feedback` are pairs (`sha512:…; phash:…`), `more` is a JSON object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cport_desktop.formats.lists.json_walk import decoded_object
from cport_desktop.formats.lists.told import number

OWN_DIGESTS: Final = ("md5", "sha1", "sha256", "sha512", "pdq", "vpdq", "photodna")
"""Algorithms that have a column of their own; the others share one."""
COLUMNS: Final = (
    *OWN_DIGESTS,
    *("digests", "name", "size", "type", "category", "quality", "classification", "source"),
    *("feedback", "more", "entry", "status"),
)
OF_DIFFERENCES: Final = frozenset({"added", "removed"})
"""What stands as `status` in a difference between two versions, and nowhere else."""
_BETWEEN: Final = "; "
_COLON: Final = ":"
_TEXTS: Final = ("sha512", "vpdq", "photodna", "size", "type", "classification", "source")


def is_own(headings: Sequence[str]) -> bool:
    """These are the headings of a table that left here."""
    return tuple(headings) == COLUMNS


def joined(pairs: Sequence[tuple[str, object]]) -> str:
    """Pairs as one cell."""
    return _BETWEEN.join(f"{word}{_COLON}{value}" for word, value in pairs)


def rest_of_own(cells: Mapping[str, str]) -> dict[str, object]:
    """What a row says beside what is matched, by the names under which it is kept."""
    rest: dict[str, object] = {name: cells.get(name) for name in _TEXTS}
    rest["digests"] = dict(_pairs(cells.get("digests", "")))
    rest["feedback"] = {
        word: count
        for word, told in _pairs(cells.get("feedback", ""))
        if (count := number(told)) is not None
    }
    more = cells.get("more", "")
    rest["more"] = decoded_object(more.encode("utf-8", "replace")) or more
    return rest


def _pairs(cell: str) -> Iterator[tuple[str, str]]:
    for pair in cell.split(_BETWEEN) if cell else ():
        word, colon, value = pair.partition(_COLON)
        if colon:
            yield word, value
