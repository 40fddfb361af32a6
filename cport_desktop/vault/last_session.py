"""How the session before this one ended: closed, or cut off.

A vault that was closed says so in its log. Where the last opening has no such entry, the process
was killed, the power failed, or somebody pressed the panic key; the next opening puts that on
record, since only it can.
"""

from __future__ import annotations

from cport_desktop.clock import iso_utc
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import VaultId
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Connection

VERB = "cut_off"


def cut_off_entry(connection: Connection, vault: VaultId) -> AuditDraft | None:
    """What the log is to say of the session before this one; None if it was closed, or if
    there was none.

    Reads the log backward to the last opening or closing: one entry where all is well, and all
    of the session that was cut off where it is not.
    """
    row = connection.execute(
        "SELECT sequence, verb, session FROM audit_entry"
        " WHERE action = 'access' AND verb IN ('open', 'close') AND object_kind = 'vault'"
        " ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    if row is None or row[1] == "close":
        return None
    session = row[2]
    last, at_us = connection.execute(
        "SELECT sequence, at_us FROM audit_entry WHERE session = ? AND sequence >= ?"
        " ORDER BY sequence DESC LIMIT 1",
        (session, row[0]),
    ).fetchone() or (row[0], 0)
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb=VERB,
        object_kind=ObjectKind.VAULT,
        object_reference=vault,
        payload=(
            ("session", session),
            ("last_entry", str(last)),
            ("last_entry_at", iso_utc(moment_of(at_us))),
        ),
    )
