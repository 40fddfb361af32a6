"""One attempt of an intruder, as the program sees it."""

from __future__ import annotations

from contextlib import suppress

from cport_desktop.media.attempts import Outcome, outcome_of
from cport_desktop.media.newborn import Births
from cport_desktop.media.nursery_words import NOT_HERE, TRY

_ANSWER = 6
"""Bytes: the length of a frame, and two that tell an error."""


def tried(births: Births, number: int, *, patience_seconds: float) -> Outcome:
    """What came of the attempt with this number, in a child of its own.

    Raises:
        SandboxRefused: no child can be had.
    """
    child = births.birth(TRY)
    said, answer = 0, bytearray(_ANSWER)
    try:
        with suppress(BrokenPipeError):
            child.send([bytes([number])])
        if not child.can_receive(round(patience_seconds * 1000)):
            return Outcome.REACHED
        said = child.receive(memoryview(answer))
    finally:
        child.end()
    if said != _ANSWER:
        return Outcome.ENDED
    error = int.from_bytes(answer[-2:], "big")
    return Outcome.UNKNOWN if error == NOT_HERE else outcome_of(error)
