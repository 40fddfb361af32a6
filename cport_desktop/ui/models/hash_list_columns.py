"""The columns of hash lists."""

from __future__ import annotations

from cport_desktop.domain.known import KnownList
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import hash_lists_page as say
from cport_desktop.words import known as words

_LONGEST_CELL = 200


def hash_list_columns() -> tuple[Column[KnownList], ...]:
    return (
        Column(
            say.STANDING,
            _standing,
            width=110,
            tone=lambda row: "muted" if not row.is_standing else None,
            spoken=_standing_spoken,
            hover=lambda row: row.withdrawn_reason or "",
        ),
        Column(
            say.LIST,
            lambda row: _cell(row.name),
            share=1.3,
            hover=lambda row: _cell(row.list_id),
        ),
        Column(say.VERSION, lambda row: _cell(row.version), width=72),
        Column(say.SOURCE, lambda row: _cell(row.source), share=0.7),
        Column(say.ENTRIES, lambda row: figures.count(row.entries), width=92, is_number=True),
        Column(say.HITS, lambda row: figures.count(row.contents), width=92, is_number=True),
        Column(say.CAME, _came, share=1.2, tone=lambda _row: "muted", is_spare=True),
    )


def _standing(row: KnownList) -> str:
    if not row.is_standing:
        return say.WITHDRAWN
    return say.HARMLESS if row.is_negative else say.KNOWN


def _standing_spoken(row: KnownList) -> str:
    if not row.is_standing:
        return say.WITHDRAWN_SPOKEN
    return say.HARMLESS_SPOKEN if row.is_negative else say.KNOWN_SPOKEN


def _came(row: KnownList) -> str:
    return say.came(words.origin(row.way), figures.moment_in_prose(row.arrived_at))


def _cell(text: str) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else say.NOT_TOLD
