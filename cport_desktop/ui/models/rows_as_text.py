"""Rows of a table as text for the clipboard: what the table shows, with tabs between the cells.

Addresses are defanged unless they are asked for as they are. No cell begins a formula, and none holds a
tab or the end of a line, so that a row stays a row wherever it is pasted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from cport_desktop.domain.spreadsheet import neutral
from cport_desktop.ui.models.keyset_table import Column, KeysetTable
from cport_desktop.ui.plain_text import one_line


def lines_of(
    model: KeysetTable[Any],
    rows: Iterable[int],
    columns: Sequence[int],
    *,
    is_exact: bool = False,
    is_headed: bool = False,
) -> Iterator[str]:
    """The cells of `columns` of these rows as they are now, a line each, made when it is asked for;
    `is_headed`: the titles first.
    """
    wanted = [model.columns[at] for at in columns]
    head = ["\t".join(column.title for column in wanted)] if is_headed else []
    chosen = [model.row(row) for row in rows]
    lines = ("\t".join(_cell(column, row, is_exact) for column in wanted) for row in chosen)
    return chain(head, lines)


def _cell(column: Column[Any], row: object, is_exact: bool) -> str:
    text = column.text(row) if column.copied is None else column.copied(row, is_exact)
    return neutral(one_line(text))
