"""How long a state that was read answers searches.

As soon as anything is written, another connection that begins to read throws away all pages that it
has deciphered (SQLite, `pagerBeginReadTransaction`). Each search writes an entry of the log first, so
that each would decipher its pages anew: 430 of them for a page by domain, more than half of its time.
What such an entry tells is in the log alone, where no search looks. So a search goes on in the state of
the one before, and begins a new one when anything else was written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

MOST_TRACES: Final = 50
"""Entries of searches that a state outlasts: what is written behind it cannot be merged into the file."""


class Turns:
    """How often more was written than entries of searches."""

    def __init__(self) -> None:
        self._number = 0
        self._is_writing = False
        self._traces = 0
        self._rests: list[Callable[[], None]] = []

    @property
    def number(self) -> int | None:
        """A state that was begun under this number answers searches while it is the number. None while
        something else is being written, which may be there at any moment.
        """
        return None if self._is_writing else self._number

    def rest_with(self, rest: Callable[[], None]) -> None:
        """`rest` is called when a turn was taken: no state that nobody reads is kept any longer."""
        self._rests.append(rest)

    def trace(self) -> None:
        """An entry of a search was written, and nothing else. By the thread that writes."""
        self._traces += 1
        if self._traces == MOST_TRACES:
            self.take()

    def begin(self) -> None:
        """Something else is about to be written. By the thread that writes."""
        self._is_writing = True

    def take(self) -> None:
        """Something else was written, or may have been. By the thread that writes."""
        self._number += 1
        self._traces = 0
        self._is_writing = False
        for rest in self._rests:
            rest()
