"""One connection that writes, several that read, on one SQLCipher file.

Searches go on reading the state of the search before as long as it answers the same (`vault.lasting_states`).
"""

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
from cport_desktop.vault.lasting_states import Turns
from cport_desktop.vault.transaction import Reader, Transaction

NOBODY = Actor("")
"""Before the database was asked who it is that opens it."""

_STEPS_UNASKED = 50_000
"""Of SQLite's virtual machine, a millisecond or so, before a reader is asked whether to go on."""
_KEPT_READERS = 4
"""Idle connections that are kept: one for each reading lane of the window."""
_MOST_LASTING = 2
"""Of them, those that keep the state of a search: a page and its facets are asked side by side."""


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
        self.turns = Turns()

    def act_as(self, actor: Actor) -> None:
        """Entries of the log are this person's from now on."""
        self._actor = actor

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All that happens in the block, durably, or nothing of it. See `Vault.transaction`."""
        with self._alone(), self._turning(), self._all_or_nothing() as transaction:
            yield transaction
            transaction.seal()

    @contextmanager
    def trace(self) -> Iterator[Transaction]:
        """As `transaction`, for a block that records an entry and writes nothing else."""
        with self._alone(), self._all_or_nothing() as transaction:
            yield transaction
            transaction.seal()
            self.turns.trace()

    @contextmanager
    def bookkeeping(self) -> Iterator[Connection]:
        """As `transaction`, for the vault's own books alone: no entry in the log is asked for.

        Keys of files that are still to arrive say nothing about anybody's acts.
        """
        with self._alone(), self._turning(), self._all_or_nothing() as transaction:
            yield transaction.connection

    def cut_log(self) -> bool:
        """The log of writes is merged into the file and cut to nothing: no older page is left in
        it. False if a reader that sees an earlier state stood in the way for long.
        """
        with self._alone(), naming_faults(self._path.name):
            self.turns.take()
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
    def _turning(self) -> Iterator[None]:
        self.turns.begin()
        try:
            yield
        finally:
            self.turns.take()

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
    """Connections that cannot write, handed out to any thread, one each. `turns`: of the connection
    that writes to the same file, if there is one here.
    """

    def __init__(self, path: Path, key: bytes, turns: Turns | None = None) -> None:
        self._path = path
        self._key = key
        self._turns = turns or Turns()
        self._idle: list[Connection] = []
        self._lasting: list[tuple[Connection, int]] = []
        self._lock = threading.Lock()
        self._is_closed = False
        self._turns.rest_with(self._rest)

    @contextmanager
    def reader(self, is_cancelled: IsCancelled = never) -> Iterator[Reader]:
        """One state of the vault. See `Vault.reader`."""
        connection = self._take()
        with self._reading(connection, is_cancelled) as reader:
            yield reader
        self._give_back(connection)

    @contextmanager
    def searching(self, is_cancelled: IsCancelled = never) -> Iterator[Reader]:
        """A state of the vault that may lack the latest entries of searches. See `Vault.searching`."""
        turn = self._turns.number  # Asked before the state begins, which is as new at least.
        connection = self._take_lasting(turn) or self._take()
        with self._reading(connection, is_cancelled) as reader:
            yield reader
        self._keep(connection, turn)

    def close(self) -> None:
        """Nobody gets a connection any more; those in use are closed when they come back."""
        with self._lock:
            self._is_closed = True
            idle = [*self._idle, *(connection for connection, _ in self._lasting)]
            self._idle, self._lasting = [], []
        for connection in idle:
            connection.close()

    @contextmanager
    def _reading(self, connection: Connection, is_cancelled: IsCancelled) -> Iterator[Reader]:
        """A connection that met an error goes back from here."""
        try:
            with naming_faults(self._path.name):
                if not connection.in_transaction:
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

    def _take(self) -> Connection:
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the vault is closed")
            if self._idle:
                return self._idle.pop()
        return connect_reader(self._path, self._key)

    def _take_lasting(self, turn: int | None) -> Connection | None:
        """One whose state began in this turn, the latest that was used."""
        with self._lock:
            for at in reversed(range(len(self._lasting))):
                if self._lasting[at][1] == turn:
                    return self._lasting.pop(at)[0]
        return None

    def _give_back(self, connection: Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with self._lock:
            if not self._is_closed and len(self._idle) < _KEPT_READERS - _MOST_LASTING:
                self._idle.append(connection)
                return
        connection.close()

    def _keep(self, connection: Connection, turn: int | None) -> None:
        """With its state, if it still answers searches: whoever takes a turn later comes for it."""
        with self._lock:
            is_open = not self._is_closed and len(self._lasting) < _MOST_LASTING
            if is_open and turn is not None and turn == self._turns.number:
                self._lasting.append((connection, turn))
                return
        self._give_back(connection)

    def _rest(self) -> None:
        """States that nobody reads end: they would keep what is written from being merged."""
        with self._lock:
            ending, self._lasting = self._lasting, []
        for connection, _ in ending:
            self._give_back(connection)
