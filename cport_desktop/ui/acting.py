"""What the window may ask of the hotline that made a report, beyond assessing and feedback.

`HotlineActs` belongs to an open vault and is filled by `ui.acting_opening`. Each queues an operation
that the next exchange sends; each may be called from any thread, and raises errors of the family
`CportError` and nothing else on purpose. What the agreement or the act itself forbids is refused
with its clause or rule, and nothing is queued then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId


@dataclass(frozen=True, slots=True)
class HotlineActs:
    """What is said to a hotline about one report."""

    ask: Callable[[ReportId, str], Changes]
    """A question; its answer comes with a later exchange."""
    hold_takedown: Callable[[ReportId, datetime, str], Changes]
    """(report, until when, why): the hotline waits with notice and takedown."""
    lift_takedown: Callable[[ReportId, str], Changes]
    """(report, why): it need not wait any longer."""
