"""What the window may ask for about the exchange with the portal: what waits to be said, what was
exchanged, by which road.

`Exchanging` belongs to an open vault and is filled by `ui.exchanging_opening`. Every callable may
be called from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.rows import Page
from cport_desktop.ui.exchanging_lines import ExchangeLine


@dataclass(frozen=True, slots=True)
class Exchanging:
    """Intentions about the exchange. Lists take (limit, cursor) last, long work (…, announce,
    is_cancelled).
    """

    history: Callable[[int, str | None], Page[ExchangeLine]]
    """Every exchange there was, the newest first."""
