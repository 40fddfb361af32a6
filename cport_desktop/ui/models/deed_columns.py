"""The columns of what was done, and of second readings."""

from __future__ import annotations

from cport_desktop.domain.ids import report_reference
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.recalling import DeedLine, ReadingLine
from cport_desktop.words import deeds_page as say

_LONGEST_CELL = 400
_MOMENT = 142


def deed_columns() -> tuple[Column[DeedLine], ...]:
    return (
        Column(
            say.WHEN,
            lambda line: figures.moment(line.at),
            width=_MOMENT,
            hover=lambda line: figures.universal(line.at),
            name="when",
        ),
        Column(say.STATE, _state, width=140, tone=_tone, name="state"),
        Column(say.WHAT, lambda line: _cell(line.told), hover=lambda line: line.told, name="what"),
    )


def reading_columns() -> tuple[Column[ReadingLine], ...]:
    return (
        Column(say.REPORT, lambda line: report_reference(line.report_id), width=110, name="report"),
        Column(
            say.ASKED,
            lambda line: figures.moment(line.asked_at),
            width=_MOMENT,
            hover=lambda line: figures.universal(line.asked_at),
            name="since",
        ),
        Column(say.BY, lambda line: _cell(line.by), width=150, name="by"),
        Column(
            say.STANDS,
            lambda line: _cell(reading_stands(line)),
            tone=lambda line: "gravest" if line.is_contradicted else None,
            hover=reading_stands,
            name="stands",
        ),
    )


def reading_stands(line: ReadingLine) -> str:
    """How it stands, in words."""
    if line.is_contradicted:
        return say.contradicted(line.reader, line.first, line.second, line.reason)
    return say.FOR_COLLEAGUE if line.is_own else say.FOR_YOU


def _state(line: DeedLine) -> str:
    if not line.is_done:
        return say.UNDONE
    return say.PARTLY if line.is_partly else say.DONE


def _tone(line: DeedLine) -> str | None:
    if not line.is_done:
        return "muted"
    return "grave" if line.is_partly else None


def _cell(text: str) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL))
