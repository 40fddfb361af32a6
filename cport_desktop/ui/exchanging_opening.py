"""Fills `ui.exchanging.Exchanging` from the workstation and an open vault: each intention is one
use case, its answer in the window's terms.
"""

from __future__ import annotations

from cport_desktop.domain.exchange_history import PastExchange
from cport_desktop.domain.rows import Page
from cport_desktop.ui.exchanging import Exchanging
from cport_desktop.ui.exchanging_lines import ExchangeLine
from cport_desktop.usecases.exchange_record import past_exchanges
from cport_desktop.vault.vault import Vault


def exchanging_of(vault: Vault) -> Exchanging:
    """All that may be asked about the exchange of one open vault, from any lane."""
    return Exchanging(
        history=lambda limit, after: _history(vault, limit, after),
    )


def _history(vault: Vault, limit: int, after: str | None) -> Page[ExchangeLine]:
    page = past_exchanges(vault, limit=limit, after=after)
    return Page(tuple(map(_exchange_line, page.rows)), page.next_cursor, page.elapsed_ms)


def _exchange_line(past: PastExchange) -> ExchangeLine:
    return ExchangeLine(
        number=past.number,
        road=past.road,
        direction=past.direction.value,
        started_at=past.started_at,
        ended_at=past.ended_at,
        actor=past.actor,
        outcome=past.outcome,
        facts=past.facts,
    )
