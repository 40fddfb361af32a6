"""The columns of what left, and of copies that somebody has to be told about."""

from __future__ import annotations

from cport_desktop.domain.disclosure import Affected, EnteredDisclosure
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import departures_page as say
from cport_desktop.words import disclosures as said

_LONGEST_CELL = 400
_MOMENT = 138


def departure_columns() -> tuple[Column[EnteredDisclosure], ...]:
    return (
        Column(
            say.WHEN,
            lambda row: figures.moment(row.at),
            width=_MOMENT,
            hover=lambda row: figures.universal(row.at),
        ),
        Column(say.WHAT, lambda row: said.KINDS.get(row.kind.value, row.kind.value), width=160),
        Column(say.TITLE, lambda row: _cell(row.title), hover=lambda row: row.title),
        Column(say.TO, _recipients, hover=_recipients),
        Column(say.ITEMS, lambda row: figures.count(row.items), width=64, is_number=True),
        Column(
            say.CLAUSE,
            lambda row: _cell(row.clause),
            width=96,
            hover=lambda row: row.clause or "",
            is_spare=True,
        ),
        Column(
            say.FATE,
            lambda row: say.open_copies(row.open_items),
            width=168,
            tone=lambda row: "grave" if row.open_items else "muted",
        ),
    )


def affected_columns() -> tuple[Column[Affected], ...]:
    return (
        Column(say.COPY_OF, lambda row: _cell(row.reference), width=110),
        Column(say.BECAUSE, _because, hover=_because),
        Column(say.RECIPIENT, lambda row: _cell(row.recipient), hover=lambda row: row.recipient),
        Column(say.TITLE, lambda row: _cell(row.title), is_spare=True, width=150),
        Column(say.LEFT_AT, lambda row: figures.moment(row.left_at), width=_MOMENT),
        Column(
            say.STANDS,
            lambda row: said.HANDLINGS.get(row.handling.value, row.handling.value),
            width=130,
            tone=lambda row: say.TONES.get(row.handling.value),
        ),
    )


def _recipients(row: EnteredDisclosure) -> str:
    return _cell(", ".join(each.name for each in row.recipients))


def _because(row: Affected) -> str:
    return _cell(say.because(row.change.value, row.reason))


def _cell(text: str | None) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else ""
