"""The columns of saved searches."""

from __future__ import annotations

from cport_desktop.domain.saved_search import SavedSearch
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import searches as say

_LONGEST_CELL = 200


def search_columns() -> tuple[Column[SavedSearch], ...]:
    return (
        Column(say.NAME, lambda row: _cell(row.name), share=0.8),
        Column(say.QUERY, lambda row: _cell(row.terms.text), share=1.6, is_mono=True),
        Column(say.WHAT, lambda row: say.SUBJECTS[row.terms.subject.value], width=110),
        Column("", lambda row: say.FOR_UNIT if row.is_units else "", width=92),
        Column(say.PLACE, lambda row: str(row.place or ""), width=52, is_number=True),
    )


def _cell(text: str) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL))
