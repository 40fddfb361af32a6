"""What the window may ask about settings that are not a vault's: what this machine allows, and what it is
told before any vault is open.

`Settling` belongs to an open vault and is filled by `ui.settling_opening`. What an analyst wants for
themselves lies with their drafts (`domain.preferences`). Every callable may be called from any thread and
raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.domain.preferences import Bounds
from cport_desktop.ui.updating import Updating


@dataclass(frozen=True, slots=True)
class OfMachine:
    """What is kept on this machine, for whoever opens a window on it."""

    language: Callable[[], str | None]
    """The code of the language that was chosen; None: as the system says."""
    keep_language: Callable[[str | None], None]
    scale: Callable[[], int]
    """Percent."""
    keep_scale: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Settling:
    bounds: Bounds
    look_for: Callable[[float], None]
    """Looks last so many seconds from now on."""
    of_machine: OfMachine | None
    """None where the window was not told where this machine keeps anything."""
    updating: Updating | None = None
    """None likewise."""
