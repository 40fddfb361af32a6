"""What the window may ask for about redactions that are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.kept_redaction import FileRedaction, KeptRedaction


@dataclass(frozen=True, slots=True)
class Redacting:
    """Every callable may be called from any lane; each act is on record before it answers."""

    of: Callable[[MediaId], KeptRedaction | None]
    """What is kept of the content of an item."""
    keep: Callable[[MediaId, FileRedaction, DraftPlace], Changes]
    """In the place of what was; the draft that it was ends with it."""
    take_back: Callable[[MediaId, str], Changes]
    """(item, why)."""
