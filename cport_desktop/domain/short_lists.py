"""What queries over hotlines and hash lists may ask: their fields and states."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.known import KnownList
from cport_desktop.domain.row_language import Kind, RowField, RowLanguage
from cport_desktop.domain.rows import HotlineRow

HOTLINES: Final[RowLanguage[HotlineRow]] = RowLanguage(
    words=lambda row: f"{row.hotline.name} {row.hotline.country}",
    fields={
        "id": RowField(Kind.NUMBER, lambda row: int(row.hotline.hotline_id)),
        "name": RowField(Kind.PART, lambda row: row.hotline.name),
        "country": RowField(Kind.WHOLE, lambda row: row.hotline.country),
        "contact": RowField(Kind.PART, lambda row: row.hotline.contact),
        "reports": RowField(Kind.NUMBER, lambda row: row.reports),
        "received": RowField(Kind.MOMENT, lambda row: row.last_received),
    },
)
"""`received`: its latest report."""

HASH_LISTS: Final[RowLanguage[KnownList]] = RowLanguage(
    words=lambda row: f"{row.list_id} {row.name} {row.source}",
    fields={
        "id": RowField(Kind.PART, lambda row: row.list_id),
        "name": RowField(Kind.PART, lambda row: row.name),
        "source": RowField(Kind.PART, lambda row: row.source),
        "version": RowField(Kind.WHOLE, lambda row: row.version),
        "origin": RowField(Kind.WHOLE, lambda row: row.origin.value),
        "entries": RowField(Kind.NUMBER, lambda row: row.entries),
        "hits": RowField(Kind.NUMBER, lambda row: row.contents),
        "came": RowField(Kind.MOMENT, lambda row: row.arrived_at),
    },
    states={
        "withdrawn": lambda row: not row.is_standing,
        "harmless": lambda row: row.is_negative,
        "known": lambda row: row.is_standing and not row.is_negative,
    },
)
"""`hits`: how many contents here are on it. `known`: it stands, and says what is known."""
