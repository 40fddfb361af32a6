"""The columns of an agreement's clauses."""

from __future__ import annotations

from cport_desktop.ui.agreement_lines import ClauseLine
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import agreement_page as say

_LONGEST_CELL = 400


def clause_columns() -> tuple[Column[ClauseLine], ...]:
    return (
        Column(say.CLAUSE, lambda row: _cell(row.number), width=84),
        Column(say.ALLOWS, _allows, hover=_allows, share=1.2),
        Column(
            say.LIMITS,
            lambda row: _cell("; ".join(row.limits)),
            tone=lambda row: "grave" if row.limits else None,
            hover=lambda row: "; ".join(row.limits),
            share=0.8,
        ),
        Column(say.TEXT, lambda row: _cell(row.text), tone=lambda _row: "muted", is_spare=True),
    )


def _allows(row: ClauseLine) -> str:
    return _cell("; ".join(row.allows)) or say.NOTHING_ALLOWED


def _cell(text: str | None) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else ""
