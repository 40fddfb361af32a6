"""Hits that matching found are on record, together with what was matched and the entry in the log."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.known import Found
from cport_desktop.vault import hits, matching_due
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.vault import Vault

VERB: Final = "match"


def put_on_record(
    vault: Vault, found: Collection[Found], *, matched: Collection[int], counted: int, reach: int
) -> int | None:
    """The hits stand and `matched` (serials) is due no more; how many hits are new.

    `counted`: how many digests had come and gone when it was looked. None, and nothing is changed, if
    some came or went meanwhile: what was found may be untrue. `reach`: what the filter in use had
    reached. Where nothing was found nothing is said in the log, since nothing was combined.
    """
    if not found:
        with vault.bookkeeping() as connection:
            if matching_due.state(connection, matching_due.DIGESTS) != counted:
                return None
            matching_due.settle(connection, matched)
            matching_due.reach(connection, matching_due.FILTERED, reach)
        return 0
    with vault.transaction() as tx:
        if matching_due.state(tx.connection, matching_due.DIGESTS) != counted:
            return None
        new = hits.enter(tx.connection, found, at=microseconds(tx.now))
        matching_due.settle(tx.connection, matched)
        matching_due.reach(tx.connection, matching_due.FILTERED, reach)
        tx.record(
            AuditDraft(
                action=AuditAction.COMBINATION,
                verb=VERB,
                object_kind=ObjectKind.VAULT,
                object_reference=vault.identity,
                payload=(("hits_new", str(new)), ("contents", str(len({f.sha256 for f in found})))),
            )
        )
    return new
