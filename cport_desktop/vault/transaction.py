"""What a use case holds while it reads or writes: a connection, and the duty to leave a trace.

A `Reader` sees one state of the vault for as long as it is held, whatever is written
meanwhile. A `Transaction` is all or nothing, and does not commit a change without an entry
in the audit log.
"""

from __future__ import annotations

from datetime import datetime

from cport_desktop.crypto.merkle import Frontier
from cport_desktop.domain.audit import AuditDraft
from cport_desktop.domain.ids import Actor
from cport_desktop.vault.audit_trail import AuditTrail, Stamp, load_frontier
from cport_desktop.vault.database import Connection


class WroteWithoutTrace(RuntimeError):
    """A bug: a transaction changed something and recorded nothing. It was rolled back."""


class Reader:
    """One consistent state of the vault. Not for two threads at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        return self._connection

    def interrupt(self) -> None:
        """From any thread: the statement that runs now ends with `Cancelled`."""
        self._connection.interrupt()


class Transaction(Reader):
    """All or nothing. Sees its own writes. `now` is one moment for all of it."""

    def __init__(self, connection: Connection, stamp: Stamp) -> None:
        super().__init__(connection)
        self._stamp = stamp
        self._trail: AuditTrail | None = None
        self._changes_before = connection.total_changes

    @property
    def now(self) -> datetime:
        return self._stamp.at

    @property
    def actor(self) -> Actor:
        return self._stamp.actor

    def record(self, draft: AuditDraft) -> int:
        """Add an entry to the audit log, in this transaction; its sequence."""
        if self._trail is None:
            self._trail = AuditTrail(self._connection)
        return self._trail.append(draft, self._stamp)

    @property
    def has_recorded(self) -> bool:
        return self._trail is not None

    def log(self) -> Frontier:
        """The tree of the log as it stands, with all that this transaction recorded."""
        if self._trail is None:
            return load_frontier(self._connection)
        return self._trail.frontier()

    def seal(self) -> None:
        """Make the log's head agree; called by the vault, once, before it commits.

        Raises:
            WroteWithoutTrace: something was changed and nothing recorded.
        """
        if self._trail is not None:
            self._trail.save()
        elif self._connection.total_changes != self._changes_before:
            raise WroteWithoutTrace
