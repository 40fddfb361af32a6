"""Whether a container agrees with what its own `package.json` and list of checksums say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from cport_desktop.crypto.checkpoint import parse_checkpoint
from cport_desktop.crypto.signed_note import parse_note, parse_verifier, verified
from cport_desktop.errors import CheckpointMalformed, SignatureInvalid
from cport_desktop.exports.bag import BAG_FOLDER, PAYLOAD_FOLDER, Payload, print_bag
from cport_desktop.exports.container import CHECKSUMS_NAME, SYNTHETIC_COMMENT, SYNTHETIC_NAME
from cport_desktop.exports.container_reader import CHECKPOINT_NAME, SeenContainer, SeenMember
from cport_desktop.exports.manifest import Reference, print_checksums
from cport_desktop.exports.records import EARLIER_FORMATS, PackageRecord, bag_facts
from cport_desktop.exports.zip_layout import dos_stamp


def disagreement(
    record: PackageRecord, seen: SeenContainer, references: Sequence[Reference]
) -> str | None:
    """The first contradiction, by its code of `words.packages`; None if there is none."""
    found = (cause for cause, holds in _checks(record, seen, references) if not holds)
    return next(found, None)


def _checks(
    record: PackageRecord, seen: SeenContainer, references: Sequence[Reference]
) -> Iterator[tuple[str, bool]]:
    """Each way to contradict itself, and whether the package does not: made only when asked for."""
    is_early = record.format in EARLIER_FORMATS
    folder = BAG_FOLDER if is_early else PAYLOAD_FOLDER
    media = [member for member in seen.members if member.name.startswith(folder)]
    reports = sum(member.name.startswith("reports/") for member in seen.members)
    size = sum(member.size for member in media)
    counts = record.counts
    counted = (counts.reports, counts.media, counts.media_bytes)
    yield "counts", counted == (reports, len(media), size)
    yield "media_name", all(_is_named_by_digest(member) for member in media)
    yield "bag", is_early or _has_fitting_bag(record, seen, media)
    yield "synthetic", _has_consistent_marks(record, seen)
    yield "moment", seen.stamp == dos_stamp(record.composed_at)
    yield "custody", _has_fitting_custody(record, seen)
    yield "checkpoint", _has_fitting_checkpoint(record, seen)
    yield "checksums", _has_fitting_checksums(seen, references)


def _is_named_by_digest(member: SeenMember) -> bool:
    return PurePosixPath(member.name).stem == member.sha256


def _has_fitting_bag(
    record: PackageRecord, seen: SeenContainer, media: Sequence[SeenMember]
) -> bool:
    """Beside the media the bag has its four tag files, each as this package must have it."""
    payload = [Payload(member.name, member.size, member.sha256) for member in media]
    tags = print_bag(payload, bag_facts(record))
    expected = {name: hashlib.sha256(content).hexdigest() for name, content in tags.items()}
    found = {
        member.name: member.sha256
        for member in seen.members
        if member.name.startswith(BAG_FOLDER) and not member.name.startswith(PAYLOAD_FOLDER)
    }
    return found == expected


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
    is_as_written = str(key) == record.audit_log.key
    return (
        is_as_written
        and is_signed
        and head.origin == key.name
        and (head.size, head.root.hex()) == said
    )


def _has_fitting_custody(record: PackageRecord, seen: SeenContainer) -> bool:
    """All that it tells is proved under the head that `package.json` names; packages made earlier tell
    nothing.
    """
    custody = seen.custody
    if custody is None:
        return True
    said = (record.audit_log.size, record.audit_log.head, record.synthetic)
    return custody.is_sound and (custody.size, custody.root, custody.is_synthetic) == said


def _has_fitting_checksums(seen: SeenContainer, references: Sequence[Reference]) -> bool:
    listed = [reference for reference in references if reference.name != CHECKSUMS_NAME]
    expected = hashlib.sha256(print_checksums(listed)).hexdigest()
    return any(m.name == CHECKSUMS_NAME and m.sha256 == expected for m in seen.members)
