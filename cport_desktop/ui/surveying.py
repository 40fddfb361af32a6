"""What the window may ask about the whole of the work: what is new, what is first, what is remembered.

`Surveying` belongs to an open vault and is filled by `ui.surveying_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.memory import Memory
from cport_desktop.domain.overview import Duties, Endings, News, Overdue
from cport_desktop.domain.priority import WorkQueue
from cport_desktop.domain.progress import Announce, IsCancelled


@dataclass(frozen=True, slots=True)
class Surveying:
    """Each part of the overview is asked for by itself."""

    memory: Callable[[ReportId], Memory]
    """Of a report that is open: a part of its opening, which is on record."""
    catch_up: Callable[[Announce, IsCancelled], int]
    """What every report has in common with others is known; how many were looked at."""
    queue: Callable[[int], WorkQueue]
    """(how many): a part of the overview."""
    news: Callable[[bool], News]
    """(somebody came here): on record, and remembered until they come again."""
    overdue: Callable[[], Overdue]
    endings: Callable[[], Endings]
    duties: Callable[[], Duties]
