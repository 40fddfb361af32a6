"""What people here said of an entry of a hash list, each in a sentence."""

from __future__ import annotations

from cport_desktop.words.tongue import tr


def said_here(word: str, *, by: str, at: str, note: str) -> str:
    """`Disputed by Analyst A, 4 May 2026: a test card`."""
    is_right = word == "confirm"
    if not note:
        if is_right:
            return tr("Confirmed by {by}, {at}.", by=by, at=at)
        return tr("Disputed by {by}, {at}.", by=by, at=at)
    if is_right:
        return tr("Confirmed by {by}, {at}: {note}", by=by, at=at, note=note)
    return tr("Disputed by {by}, {at}: {note}", by=by, at=at, note=note)
