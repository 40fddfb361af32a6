"""Keeps those who copy sealed blobs and those who remove them apart.

While a backup runs, every blob that its copy of the database knows has to be there; while an
erasure or a change of the master key is under way, no copy may begin. Neither waits for the other:
a backup may take hours, and whoever comes second is told at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from cport_desktop.errors import KeepingUnderWay
from cport_desktop.words import keeping as words


class BlobGuard:
    """From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._staying = 0
        self._is_going = False

    @contextmanager
    def staying(self) -> Iterator[None]:
        """In the block no blob is removed and no key of the vault changes.

        Raises:
            KeepingUnderWay: one is being removed or changed now.
        """
        with self._lock:
            if self._is_going:
                raise KeepingUnderWay(what=words.AN_ERASURE)
            self._staying += 1
        try:
            yield
        finally:
            with self._lock:
                self._staying -= 1

    @contextmanager
    def going(self) -> Iterator[None]:
        """In the block the caller alone may remove blobs or change keys.

        Raises:
            KeepingUnderWay: a backup is being made, or somebody else is at it.
        """
        with self._lock:
            if self._staying:
                raise KeepingUnderWay(what=words.A_BACKUP)
            if self._is_going:
                raise KeepingUnderWay(what=words.AN_ERASURE)
            self._is_going = True
        try:
            yield
        finally:
            with self._lock:
                self._is_going = False
