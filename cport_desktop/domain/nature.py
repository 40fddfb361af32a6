"""Demo or live: what a vault and a portal are, from birth and for ever.

A demo vault holds synthetic material only, says so on all that it shows and exports, and
talks to demo portals only. A live one refuses a demo portal. Nothing turns one into the other.
"""

from __future__ import annotations

from enum import StrEnum

from cport_desktop.errors import NatureRefused


class Nature(StrEnum):
    DEMO = "demo"
    LIVE = "live"

    @property
    def is_synthetic(self) -> bool:
        return self is Nature.DEMO


def require_same_nature(ours: Nature, theirs: Nature) -> None:
    """Nothing, if both are of one nature.

    Raises:
        NatureRefused: if they differ.
    """
    if ours is not theirs:
        raise NatureRefused(ours=ours.value, theirs=theirs.value)
