"""Which rows of a list are chosen, out of the ranges that Qt keeps: `selectedRows` makes an index for each
row and asks every range about it, a second for ten thousand rows.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection


def chosen_rows(selection: QItemSelection) -> list[int]:
    """Their numbers, in order. A row may be in several ranges, where columns were moved."""
    rows: set[int] = set()
    for part in range(selection.count()):
        found = selection.at(part)
        rows.update(range(found.top(), found.bottom() + 1))
    return sorted(rows)
