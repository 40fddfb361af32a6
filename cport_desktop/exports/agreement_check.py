"""Whether a container agrees with what its own `package.json` and list of checksums say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from cport_desktop.crypto.checkpoint import parse_checkpoint
from cport_desktop.crypto.signed_note import parse_note, parse_verifier, verified
from cport_desktop.errors import CheckpointMalformed, SignatureInvalid
from cport_desktop.exports.container import SYNTHETIC_COMMENT, SYNTHETIC_NAME
from cport_desktop.exports.container_reader import CHECKPOINT_NAME, SeenContainer, SeenMember
from cport_desktop.exports.manifest import CHECKSUMS_NAME, Reference, print_checksums
from cport_desktop.exports.records import PackageRecord
from cport_desktop.exports.zip_layout import dos_stamp


def disagreement(
    record: PackageRecord, seen: SeenContainer, references: Sequence[Reference]
) -> str | None:
    """The first contradiction, by its code of `words.packages`; None if there is none."""
    media = [member for member in seen.members if member.name.startswith("media/")]
    reports = sum(member.name.startswith("reports/") for member in seen.members)
    size = sum(member.size for member in media)
    counts = record.counts
    if (counts.reports, counts.media, counts.media_bytes) != (reports, len(media), size):
        return "counts"
    if not all(_is_named_by_digest(member) for member in media):
        return "media_name"
    if not _has_consistent_marks(record, seen):
        return "synthetic"
    if seen.stamp != dos_stamp(record.composed_at):
        return "moment"
    if not _has_fitting_checkpoint(record, seen):
        return "checkpoint"
    return None if _has_fitting_checksums(seen, references) else "checksums"


def _is_named_by_digest(member: SeenMember) -> bool:
    return PurePosixPath(member.name).stem == member.sha256


def _has_consistent_marks(record: PackageRecord, seen: SeenContainer) -> bool:
    """Everything says that it is synthetic, or nothing does."""
    has_note = any(member.name == SYNTHETIC_NAME for member in seen.members)
    comment = SYNTHETIC_COMMENT if record.synthetic else b""
    return has_note == record.synthetic == (record.nature == "demo") and seen.comment == comment


def _has_fitting_checkpoint(record: PackageRecord, seen: SeenContainer) -> bool:
    """The signed head of the log is the one that `package.json` names; or there is none, as in
    packages made earlier.
    """
    content = seen.kept.get(CHECKPOINT_NAME)
    if content is None:
        return not record.audit_log.key
    try:
        note, key = parse_note(content), parse_verifier(record.audit_log.key)
        head = parse_checkpoint(note.text)
        is_signed = verified(note, key) is not None
    except (CheckpointMalformed, SignatureInvalid):
        return False
    said = (record.audit_log.size, record.audit_log.head)
    return is_signed and head.origin == key.name and (head.size, head.root.hex()) == said


def _has_fitting_checksums(seen: SeenContainer, references: Sequence[Reference]) -> bool:
    listed = [reference for reference in references if reference.name != CHECKSUMS_NAME]
    expected = hashlib.sha256(print_checksums(listed)).hexdigest()
    return any(m.name == CHECKSUMS_NAME and m.sha256 == expected for m in seen.members)
