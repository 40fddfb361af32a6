"""Verbs of the audit log: read it, check it, hand out its head, export it, erase particulars.

None of them filters, sorts or counts by person, nor takes an option that would.
"""

from __future__ import annotations

from pathlib import Path

from cport_desktop.cli import records
from cport_desktop.cli.answer import CHECK_FAILED, Answer, Json, listing
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.anchoring import Anchoring
from cport_desktop.domain.audit import AuditEntry, AuditVerdict
from cport_desktop.errors import ValueUnknown
from cport_desktop.usecases import keep_checkpoint, read_audit
from cport_desktop.usecases.erase_particulars import erase_particulars
from cport_desktop.usecases.export_audit import AuditOrder, export_audit
from cport_desktop.usecases.keep_checkpoint import HandedOut
from cport_desktop.words import audit as words

_ORDERS = {None: False, "-entry": False, "entry": True}
"""Whether the oldest entry comes first."""


def entries(session: Session) -> Answer:
    """`cport audit list [--purpose P]`."""
    options = session.options
    sort = options.text("sort")
    if sort not in _ORDERS:
        raise ValueUnknown(what="order of the audit log", value=sort, accepted="entry, -entry")
    with session.vault() as vault:
        page = read_audit.list_audit(
            vault,
            limit=options.number("limit"),
            after=options.text("after"),
            purpose=options.text("purpose"),
            oldest_first=_ORDERS[sort],
        )
    columns = ("No.", "Time (UTC)", "Who", "Kind", "What", "Object", "Reason", "Recipient")
    return listing(
        [records.audit_entry(entry) for entry in page.rows],
        text=table(columns, [_line(entry) for entry in page.rows]),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )


def verify(session: Session) -> Answer:
    """`cport audit verify [--against FILE] [--against-code CODE]`."""
    path = session.options.path("against")
    against = None if path is None else read_key_file(path)
    with session.vault() as vault:
        verdict = read_audit.verify_audit(
            vault, against=against, code=session.options.text("against_code")
        )
    return _verdict(verdict)


def checkpoint(session: Session) -> Answer:
    """`cport audit checkpoint FILE`."""
    path = session.options.needed_path("file")
    with session.vault() as vault:
        handed_out = keep_checkpoint.write_checkpoint(vault, path)
    return _handed_out(handed_out, path)


def code(session: Session) -> Answer:
    """`cport audit code`."""
    with session.vault() as vault:
        handed_out = keep_checkpoint.give_diary_code(vault)
    return _handed_out(handed_out, None)


def export(session: Session) -> Answer:
    """`cport audit export FILE [--purpose P] [--recipient R]`."""
    options = session.options
    order = AuditOrder(
        path=options.needed_path("file"),
        recipient=options.text("recipient"),
        purpose=options.text("purpose"),
    )
    with session.vault() as vault:
        exported = export_audit(vault, order)
    fields: dict[str, Json] = {
        "path": str(order.path.absolute()),
        "entries": exported.entries,
        "head": exported.head,
        "verified": True,
        "key": exported.key,
    }
    return Answer(fields, f"{facts(list(fields.items()))}\n{words.EXPORTED}")


def erase(session: Session) -> Answer:
    """`cport audit erase ENTRY --reason R`."""
    sequence = session.options.number("entry")
    with session.vault() as vault:
        erase_particulars(vault, sequence, reason=session.options.text("reason"))
    return Answer({"entry": sequence, "erased": True}, words.erased(sequence))


def acknowledge_rollback(session: Session) -> Answer:
    """`cport audit acknowledge-rollback --reason R`."""
    with session.vault(acknowledge_rollback=session.options.required("reason")) as vault:
        verdict = read_audit.verify_audit(vault)
    return _verdict(verdict)


def anchoring_record(anchoring: Anchoring) -> dict[str, Json]:
    """What became of the log's head at an exchange."""
    return {
        "state": anchoring.state.value,
        "size": anchoring.size,
        "lineage": anchoring.lineage,
        "held_size": anchoring.held_size,
        "held_lineage": anchoring.held_lineage,
        "error": anchoring.error,
        "message": words.anchoring(anchoring.state.value, anchoring.size, anchoring.held_size),
    }


def _line(entry: AuditEntry) -> tuple[str, ...]:
    draft = entry.draft
    return (
        str(entry.sequence),
        iso_utc(entry.at),
        entry.actor,
        draft.action.value,
        draft.verb,
        draft.object_reference,
        draft.reason or "",
        draft.recipient or "",
    )


def _verdict(verdict: AuditVerdict) -> Answer:
    fields: dict[str, Json] = {
        "entries": verdict.entries,
        "head": verdict.head,
        "verified": verdict.is_verified,
        "fault": verdict.fault,
        "faults": list(verdict.faults),
        "anchors": verdict.anchors,
        "erased": verdict.erased,
        "remarks": list(verdict.remarks),
    }
    counted = [(name, fields[name]) for name in ("entries", "head", "anchors", "erased")]
    lines = [facts(counted), *verdict.remarks]
    if verdict.is_verified:
        return Answer(fields, "\n".join([*lines, words.WHOLE]))
    return Answer(fields, "\n".join([*lines, *map(words.fault_line, verdict.faults)]), CHECK_FAILED)


def _handed_out(handed_out: HandedOut, path: Path | None) -> Answer:
    fields: dict[str, Json] = {
        "entries": handed_out.size,
        "head": handed_out.head,
        "verified": True,
        "origin": handed_out.origin,
        "key": handed_out.key,
        "code": handed_out.code,
        "at": iso_utc(handed_out.at),
    }
    if path is not None:
        fields["path"] = str(path.absolute())
    return Answer(fields, f"{facts(list(fields.items()))}\n{words.KEEP_ELSEWHERE}")
