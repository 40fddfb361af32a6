"""Certificates of erasure and the register of them, as signed notes that people can read.

A certificate is a checkpoint of the vault's log (C2SP tlog-checkpoint) with further lines. The
head that it states has the entries of the erasure behind it, so one signature says both, and
the file can be held against the log like any other checkpoint:

    cport.vault/5f0c…/1
    1284
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    cport-erasure/1
    erasure E-3b9f20c1a7d4
    at 2026-05-17T12:00:00Z
    by Ada Example
    rule not-illegal
    clause 6.3
    reason The period has ended.
    report HL-884179
    media M-20417 9d1f…               <- SHA-256 of the key that was destroyed, or «-»

    — cport.vault/5f0c…/1 Az3grlgt…

The register is one file: such a note that names every certificate by its SHA-256
(`cport-erasure-register/1`, then `certificate E-… <hex>`), and behind it the certificates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.crypto.checkpoint import Checkpoint, parse_checkpoint
from cport_desktop.crypto.signed_note import SignedNote, parse_note
from cport_desktop.domain.anchoring import parse_origin
from cport_desktop.domain.erasure import Certificate, ErasedMedia, ErasureId, Ground
from cport_desktop.domain.ids import (
    Actor,
    ReportId,
    media_reference,
    parse_media_reference,
    parse_report_reference,
    report_reference,
)
from cport_desktop.errors import CheckpointMalformed

LONGEST_REGISTER: Final = 64 * 1024 * 1024
"""Bytes. A certificate of 10,000 reports with their media has about 3 MiB."""

_CERTIFICATE: Final = "cport-erasure/1"
_REGISTER: Final = "cport-erasure-register/1"
_DASH: Final = "\u2014 "
_NO_KEY: Final = "-"
_HEX: Final = frozenset("0123456789abcdef")
_ONCE: Final = ("erasure", "at", "by", "rule", "clause", "reason")


@dataclass(frozen=True, slots=True)
class Register:
    """The note that names the certificates, and each of them as it came. Nothing is verified."""

    note: SignedNote
    checkpoint: Checkpoint
    certificates: tuple[bytes, ...]


def certificate_text(certificate: Certificate, origin: str) -> str:
    """What is signed. Texts of people are put on one line."""
    ground = certificate.ground
    single = {
        "erasure": certificate.erasure_id,
        "at": iso_utc(certificate.at),
        "by": _on_one_line(certificate.actor),
        "rule": ground.rule,
        "clause": _on_one_line(ground.clause or ""),
        "reason": _on_one_line(ground.reason),
    }
    lines = [
        _CERTIFICATE,
        *(f"{name} {value}" for name, value in single.items() if value),
        *(f"report {report_reference(number)}" for number in certificate.reports),
        *(
            f"media {media_reference(item.media_id)} {item.key_digest or _NO_KEY}"
            for item in certificate.media
        ),
    ]
    head = Checkpoint(
        origin, certificate.log_size, bytes.fromhex(certificate.log_root), tuple(lines)
    )
    return head.text


def read_certificate(untrusted: bytes) -> tuple[SignedNote, Checkpoint, Certificate]:
    """What a certificate says, not verified.

    Raises:
        CheckpointMalformed: it is none.
    """
    note = parse_note(untrusted, limit=LONGEST_REGISTER)
    head = parse_checkpoint(note.text)
    if not head.extensions or head.extensions[0] != _CERTIFICATE:
        raise CheckpointMalformed(cause="not a certificate of erasure")
    single: dict[str, str] = {}
    reports: list[ReportId] = []
    media: list[ErasedMedia] = []
    for line in head.extensions[1:]:
        name, _, value = line.partition(" ")
        if name == "report":
            reports.append(_report(value))
        elif name == "media":
            media.append(_media(value))
        elif name not in _ONCE or name in single or not value:
            raise CheckpointMalformed(cause="certificate of erasure")
        else:
            single[name] = value
    return note, head, _certificate(head, single, tuple(reports), tuple(media))


def register_text(head: Checkpoint, certificates: Sequence[bytes]) -> str:
    """What is signed of a register with these certificates, at this head of the log."""
    named = [
        f"certificate {read_certificate(note)[2].erasure_id} {hashlib.sha256(note).hexdigest()}"
        for note in certificates
    ]
    return Checkpoint(head.origin, head.size, head.root, (_REGISTER, *named)).text


def read_register(untrusted: bytes) -> Register:
    """A register and the certificates that it names, all there and in order; not verified.

    Raises:
        CheckpointMalformed: it is none, or a certificate is missing, strange or changed.
    """
    if len(untrusted) > LONGEST_REGISTER:
        raise CheckpointMalformed(cause="too long")
    notes = split_notes(untrusted)
    note = parse_note(notes[0], limit=LONGEST_REGISTER)
    head = parse_checkpoint(note.text)
    if not head.extensions or head.extensions[0] != _REGISTER:
        raise CheckpointMalformed(cause="not a register of erasures")
    if register_text(head, notes[1:]) != note.text:
        raise CheckpointMalformed(cause="register of erasures")
    return Register(note, head, tuple(notes[1:]))


def split_notes(untrusted: bytes) -> list[bytes]:
    """Several notes in one file, one behind the other."""
    notes: list[bytes] = []
    below = False
    for line in untrusted.splitlines(keepends=True):
        is_signature = line.startswith(_DASH.encode())
        if not notes or (below and not is_signature):
            notes.append(b"")
        notes[-1] += line
        below = is_signature
    return notes or [b""]


def _certificate(
    head: Checkpoint,
    single: dict[str, str],
    reports: tuple[ReportId, ...],
    media: tuple[ErasedMedia, ...],
) -> Certificate:
    origin = parse_origin(head.origin)
    if origin is None or not {"erasure", "at", "by", "rule"} <= set(single):
        raise CheckpointMalformed(cause="certificate of erasure")
    return Certificate(
        vault=origin.vault,
        erasure_id=ErasureId(single["erasure"]),
        at=_moment(single["at"]),
        actor=Actor(single["by"]),
        ground=Ground(single["rule"], single.get("clause"), single.get("reason", "")),
        reports=reports,
        media=media,
        log_size=head.size,
        log_root=head.root.hex(),
    )


def _report(value: str) -> ReportId:
    number = parse_report_reference(value)
    if number is None or report_reference(number) != value:
        raise CheckpointMalformed(cause="number of a report")
    return number


def _media(value: str) -> ErasedMedia:
    reference, _, digest = value.partition(" ")
    number = parse_media_reference(reference)
    is_digest = len(digest) == 64 and set(digest) <= _HEX
    if (
        number is None
        or media_reference(number) != reference
        or not (is_digest or digest == _NO_KEY)
    ):
        raise CheckpointMalformed(cause="number of a media item")
    return ErasedMedia(number, digest if is_digest else None)


def _moment(value: str) -> datetime:
    try:
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise CheckpointMalformed(cause="moment") from error
    if iso_utc(moment) != value:
        raise CheckpointMalformed(cause="moment")
    return moment


def _on_one_line(text: str) -> str:
    """White space and control characters as one space each run."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(plain.split())
