"""What an analyst likes counts from now on: where times are told, how soon the window locks, how long a
look lasts. What the machine allows bounds it.
"""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.domain.draft import THE_PREFERENCES, DraftContent, DraftPlace
from cport_desktop.domain.preferences import USUAL, Preferences, lock_after, look_for
from cport_desktop.ui import figures
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.vigil import Vigil


def preferences_in(drafts: Mapping[DraftPlace, DraftContent]) -> Preferences:
    """What lies among these drafts."""
    kept = drafts.get(THE_PREFERENCES)
    return kept if isinstance(kept, Preferences) else USUAL


def take_on(wanted: Preferences, seat: Seat, vigil: Vigil) -> None:
    """It counts, for whatever is shown, asked or waited for from now on."""
    settling = seat.session.settling
    figures.tell_times(in_universal=wanted.is_universal)
    vigil.allow(lock_after(wanted, settling.bounds))
    seat.look.seconds = look_for(wanted, settling.bounds)
    settling.look_for(seat.look.seconds)


def put_off(vigil: Vigil, *, seconds: float) -> None:
    """Nobody is at the window: the machine's own settings count."""
    figures.tell_times(in_universal=False)
    vigil.allow(seconds)
