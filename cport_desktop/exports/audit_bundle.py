"""An export of the audit log: one ZIP that anybody can read and verify without this product.

Members and how to verify them are described in the text that goes with them
(`words.audit_export`). Entries are written as they come, in constant memory.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cport_desktop.crypto.signed_note import SignedNote, VerifierKey, print_note
from cport_desktop.domain.audit import ExportedEntry
from cport_desktop.exports.tables import neutral
from cport_desktop.words.audit_export import HOW_TO_VERIFY

HEADER: Final = (
    "entry",
    "at",
    "actor",
    "action",
    "verb",
    "object_kind",
    "object",
    "reason",
    "recipient",
    "particulars",
    "particulars_erased_by",
    "leaf",
)


@dataclass(frozen=True, slots=True)
class KnownElsewhere:
    """An earlier head that somebody else keeps too."""

    kind: str
    holder: str
    at: datetime
    size: int
    root: bytes
    note: str


@dataclass(frozen=True, slots=True)
class AuditBundle:
    """`entries` gives them all from the first on, each time it is called. `note` is the head
    of exactly these entries, signed with `key`.
    """

    entries: Callable[[], Iterator[ExportedEntry]]
    anchors: tuple[KnownElsewhere, ...]
    note: SignedNote
    key: VerifierKey
    made_at: datetime


def write_bundle(bundle: AuditBundle, out: BinaryIO) -> None:
    """The whole ZIP is in `out`; the caller flushes and names it."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _small_members(bundle):
            archive.writestr(_member(name, bundle), content)
        for name, pieces in (
            ("entries.csv", _table(bundle.entries())),
            ("entries.jsonl", map(_line, bundle.entries())),
        ):
            with archive.open(_member(name, bundle), "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)


def _small_members(bundle: AuditBundle) -> Iterator[tuple[str, bytes]]:
    yield "HOW-TO-VERIFY.txt", HOW_TO_VERIFY.encode()
    yield "checkpoint.txt", print_note(bundle.note)
    yield "checkpoint-text.txt", bundle.note.text.encode()
    yield "checkpoint.sig", bundle.note.signatures[0].content
    yield "log-key.pem", _pem(bundle.key)
    yield "log-key.txt", f"{bundle.key}\n".encode()
    yield "anchors.jsonl", b"".join(map(_anchor, bundle.anchors))


def _member(name: str, bundle: AuditBundle) -> zipfile.ZipInfo:
    made_at = bundle.made_at
    year = min(max(made_at.year, 1980), 2107)  # what a ZIP file can say
    info = zipfile.ZipInfo(
        name, (year, made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
    )
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _table(entries: Iterator[ExportedEntry]) -> Iterator[bytes]:
    yield _row(HEADER)
    for exported in entries:
        entry, draft = exported.entry, exported.entry.draft
        yield _row(
            (
                str(entry.sequence),
                entry.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
                entry.actor,
                draft.action.value,
                draft.verb,
                draft.object_kind.value,
                draft.object_reference,
                draft.reason or "",
                draft.recipient or "",
                "; ".join(f"{name}: {value}" for name, value in draft.payload),
                "" if entry.erased_by is None else str(entry.erased_by),
                entry.leaf,
            )
        )


def _row(fields: tuple[str, ...]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutral(field) for field in fields])
    return text.getvalue().encode()


def _line(exported: ExportedEntry) -> bytes:
    return _json(
        {
            "canonical": exported.canonical,
            "salt": None if exported.salt is None else exported.salt.hex(),
            "payload": exported.payload,
            "erased_by": exported.entry.erased_by,
        }
    )


def _anchor(anchor: KnownElsewhere) -> bytes:
    return _json(
        {
            "kind": anchor.kind,
            "holder": anchor.holder,
            "at": anchor.at.isoformat(),
            "size": anchor.size,
            "root": anchor.root.hex(),
            "note": anchor.note,
        }
    )


def _json(record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _pem(key: VerifierKey) -> bytes:
    return Ed25519PublicKey.from_public_bytes(key.public).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
