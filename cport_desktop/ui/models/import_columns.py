"""The columns of packages that came from colleagues."""

from __future__ import annotations

from cport_desktop.domain.imported import ImportRecord
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import imports_page as say

_LONGEST_CELL = 400
_MOMENT = 138


def import_columns() -> tuple[Column[ImportRecord], ...]:
    return (
        Column(
            say.WHEN,
            lambda row: figures.moment(row.at),
            width=_MOMENT,
            hover=lambda row: figures.universal(row.at),
        ),
        Column(say.AGENCY, lambda row: _cell(row.agency), hover=lambda row: row.agency, width=170),
        Column(say.PACKAGE, lambda row: _cell(row.title), hover=lambda row: row.title),
        Column(
            say.SIGNER,
            lambda row: _cell(row.signer),
            hover=lambda row: row.signer,
            width=150,
            is_spare=True,
        ),
        Column(say.REPORTS, lambda row: figures.count(row.items), width=76, is_number=True),
        Column(say.MEDIA, lambda row: figures.count(row.media), width=76, is_number=True),
    )


def _cell(text: str) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL))
