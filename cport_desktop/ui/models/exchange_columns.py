"""The columns of the outbox and of the Exchange page's lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cport_desktop.domain.exchange_history import CUT_OFF, DONE
from cport_desktop.errors import Cancelled
from cport_desktop.ui import figures
from cport_desktop.ui.exchanging_lines import ExchangeLine, OutboxLine
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.words import exchange_page as say
from cport_desktop.words import labels, outbox_page
from cport_desktop.words import window as words

_LONGEST_CELL = 400
_MOMENT = 138


def outbox_columns(now: Callable[[], datetime]) -> tuple[Column[OutboxLine], ...]:
    return (
        Column(
            outbox_page.STATE,
            lambda row: outbox_page.state(row.state, labels.operation_state(row.state)),
            width=136,
            tone=lambda row: outbox_page.TONES.get(row.state),
        ),
        Column(outbox_page.WHAT, lambda row: _cell(row.what), width=214),
        Column(outbox_page.ABOUT, lambda row: _cell(row.about), width=130),
        Column(
            outbox_page.WORDS,
            lambda row: _cell(row.words),
            tone=lambda _row: "muted",
            is_spare=True,
        ),
        Column(
            outbox_page.AGE,
            lambda row: words.age((now() - row.made_at).total_seconds()),
            width=110,
            hover=lambda row: figures.universal(row.made_at),
        ),
    )


def exchange_columns() -> tuple[Column[ExchangeLine], ...]:
    return (
        Column(
            say.WHEN,
            lambda row: figures.moment(row.started_at),
            width=_MOMENT,
            hover=lambda row: figures.universal(row.started_at),
        ),
        Column(say.ROAD, exchange_road, width=170),
        Column(say.BROUGHT, _did, hover=_did),
        Column(say.OUTCOME, exchange_outcome, width=168, tone=exchange_tone),
        Column(say.TOOK, _took, width=84),
        Column(say.WHO, lambda row: _cell(row.actor), width=146, is_spare=True),
    )


def exchange_road(row: ExchangeLine) -> str:
    bundle = row.facts.get("sequence")
    return say.road(row.road, row.direction, bundle if isinstance(bundle, int) else None)


def exchange_outcome(row: ExchangeLine) -> str:
    """A glyph and a word."""
    if row.outcome is None:
        return say.UNDER_WAY
    if row.outcome == DONE:
        return say.DONE
    if row.outcome == CUT_OFF:
        return say.CUT_OFF
    if row.outcome == Cancelled.code:
        return say.STOPPED
    return f"✗ {say.short_of(row.outcome)}"


def exchange_tone(row: ExchangeLine) -> str | None:
    if row.outcome is None:
        return None
    if row.outcome == DONE:
        return "lightest"
    return "grave" if row.outcome in (CUT_OFF, Cancelled.code) else "gravest"


def _did(row: ExchangeLine) -> str:
    return say.did(row.direction, row.outcome, row.facts)


def _took(row: ExchangeLine) -> str:
    if row.ended_at is None:
        return words.DASH
    return say.length(max(0.0, (row.ended_at - row.started_at).total_seconds()))


def _cell(text: str | None) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else ""
