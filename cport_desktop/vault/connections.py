"""One connection that writes, several that read, on one SQLCipher file."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cport_desktop.clock import Clock
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.progress import Announce, IsCancelled, never
from cport_desktop.errors import VaultDamaged
from cport_desktop.vault.audit_trail import Stamp
from cport_desktop.vault.database import (
    Connection,
    connect,
    connect_reader,
    copy_pages,
    naming_faults,
)
from cport_desktop.vault.transaction import Reader, Transaction

NOBODY = Actor("")
"""Before the database was asked who it is that opens it."""

_STEPS_UNASKED = 50_000
"""Of SQLite's virtual machine, a millisecond or so, before a reader is asked whether to go on."""
_KEPT_READERS = 4
"""Idle connections that are kept: one for each reading lane of the window."""


class Writer:
    """The one connection that writes: one transaction at a time, from any thread."""

    def __init__(self, path: Path, key: bytes, *, clock: Clock, actor: Actor = NOBODY) -> None:
        self._actor = actor
        self._clock = clock
        self._session = secrets.token_hex(8)
        self._opened_at = clock.monotonic()
        self._door = threading.RLock()
        self._is_busy = False
        self._is_spoilt = False
        self._path = path
        self._key = key
        self._connection = connect(path, key)

    def act_as(self, actor: Actor) -> None:
        """Entries of the log are this person's from now on."""
        self._actor = actor

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All that happens in the block, durably, or nothing of it. See `Vault.transaction`."""
        with self._alone(), self._all_or_nothing() as transaction:
            yield transaction
            transaction.seal()

    @contextmanager
    def bookkeeping(self) -> Iterator[Connection]:
        """As `transaction`, for the vault's own books alone: no entry in the log is asked for.

        Keys of files that are still to arrive say nothing about anybody's acts.
        """
        with self._alone(), self._all_or_nothing() as transaction:
            yield transaction.connection

    def cut_log(self) -> bool:
        """The log of writes is merged into the file and cut to nothing: no older page is left in
        it. False if a reader that sees an earlier state stood in the way for long.
        """
        with self._alone(), naming_faults(self._path.name):
            found = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return found is not None and found[0] == 0

    def copy_to(self, path: Path, key: bytes, announce: Announce) -> None:
        """`path` holds every page as it is now, under `key`. Nothing is written meanwhile.

        Raises:
            StorageFull, VaultDamaged: as `copy_pages`; what was begun is the caller's to remove.
        """
        with self._alone(), naming_faults(self._path.name):
            copy_pages(self._connection, path, key, announce)

    def close(self) -> None:
        """The file is merged with its log of writes. Waits for a transaction under way."""
        with self._door:
            self._connection.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._door:
            if self._is_busy:
                raise RuntimeError("a transaction is open already on this thread")
            self._is_busy = True
            try:
                self._connect_again_if_spoilt()
                yield
            except VaultDamaged:
                # SQLCipher answers nothing more on a connection that met a damaged page.
                self._connection.close()
                self._is_spoilt = True
                raise
            finally:
                self._is_busy = False

    def _connect_again_if_spoilt(self) -> None:
        if self._is_spoilt:
            self._connection = connect(self._path, self._key)
            self._is_spoilt = False

    @contextmanager
    def _all_or_nothing(self) -> Iterator[Transaction]:
        with naming_faults(self._path.name):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield Transaction(self._connection, self._stamp())
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back by itself where the disk was full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def now(self) -> datetime:
        """What the machine's clock says."""
        return self._clock.now()

    def monotonic(self) -> float:
        """Seconds since some moment, by a clock that nobody can set."""
        return self._clock.monotonic()

    def _stamp(self) -> Stamp:
        elapsed_us = round((self._clock.monotonic() - self._opened_at) * 1_000_000)
        return Stamp(self.now(), self._session, elapsed_us, self._actor)


@contextmanager
def _stopping(connection: Connection, is_cancelled: IsCancelled) -> Iterator[None]:
    """A statement ends with `Cancelled` soon after `is_cancelled` says so."""
    if is_cancelled is never:
        yield
        return
    connection.set_progress_handler(is_cancelled, _STEPS_UNASKED)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


class ReaderPool:
    """Connections that cannot write, handed out to any thread, one each."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._is_closed = False

    @contextmanager
    def reader(self, is_cancelled: IsCancelled = never) -> Iterator[Reader]:
        """One state of the vault. See `Vault.reader`."""
        connection = self._take()
        try:
            with naming_faults(self._path.name):
                connection.execute("BEGIN")
                with _stopping(connection, is_cancelled):
                    yield Reader(connection)
        except VaultDamaged:
            # SQLCipher answers nothing more on a connection that met a damaged page.
            connection.close()
            raise
        except BaseException:
            self._give_back(connection)
            raise
        else:
            self._give_back(connection)

    def close(self) -> None:
        """Nobody gets a connection any more; those in use are closed when they come back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> Connection:
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the vault is closed")
            if self._idle:
                return self._idle.pop()
        return connect_reader(self._path, self._key)

    def _give_back(self, connection: Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with self._lock:
            if not self._is_closed and len(self._idle) < _KEPT_READERS:
                self._idle.append(connection)
                return
        connection.close()
