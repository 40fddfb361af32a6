"""Rows of a table as text for the clipboard: what the table shows, with tabs between the cells.

Addresses are defanged unless they are asked for as they are. No cell begins a formula, and none holds a
tab or the end of a line, so that a row stays a row wherever it is pasted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cport_desktop.domain.spreadsheet import neutral
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.plain_text import one_line


def rows_as_text(
    model: KeysetTable[Any],
    rows: Iterable[int],
    columns: Sequence[int],
    *,
    is_exact: bool = False,
    is_headed: bool = False,
) -> str:
    """The cells of `columns` of these rows, a line each; `is_headed`: the titles first."""
    lines = ["\t".join(model.columns[at].title for at in columns)] if is_headed else []
    lines += ["\t".join(_cell(model, row, at, is_exact) for at in columns) for row in rows]
    return "\n".join(lines)


def _cell(model: KeysetTable[Any], row: int, column: int, is_exact: bool) -> str:
    copied = model.columns[column].copied
    text = model.text(row, column) if copied is None else copied(model.row(row), is_exact)
    return neutral(one_line(text))
