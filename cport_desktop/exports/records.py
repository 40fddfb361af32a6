"""The records of a package as JSON: what it is, and each report (media: `media_record`).

Keys are snake_case and stable (docs/formats/package.md). The portal's own document of a
report stands under `portal` to the byte, so that fields and codes that this version does not
know reach the reader as they came; what this agency added stands beside it under `local`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

import cport_desktop
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.ids import media_reference, report_reference
from cport_desktop.domain.operation import OperationRow
from cport_desktop.domain.package import PackageContent, PackagedMedia
from cport_desktop.domain.report import Hotline
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import MalformedMessage, MessageTooLarge, PackageMalformed
from cport_desktop.exports.bag import PAYLOAD_FOLDER, BagFacts
from cport_desktop.formats.operation_record import body_record
from cport_desktop.formats.strict_json import require_sound

FORMAT = "cport-package-2"
EARLIER_FORMATS = frozenset({"cport-package-1"})
"""Packages that were composed earlier and are still verified: their media stand in `media/` itself,
without a bag, and some members are not there.
"""
SOFTWARE = "CPORT Desktop"
LONGEST_RECORD = 16 * 1024 * 1024
"""Bytes of `package.json`: a hundred thousand redactions, each with its reason."""
_FULL = 120
"""It may hold so many times the values of a message: as many as there is room for."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class _Stated(msgspec.Struct, frozen=True):
    """The moment as it stands there: one spelling is allowed, and no other zone."""

    composed_at: str


class LogRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """The audit log of the composing vault, with the entry of this disclosure in it.

    `key` verifies the signed head in `CHECKPOINT_NAME`; packages made earlier have neither.
    """

    head: str
    size: Count
    key: str = ""


class CountsRecord(msgspec.Struct, frozen=True):
    """`media` are files, each once; `media_items` are the portal's numbers for them."""

    reports: Count
    content_items: Count
    media: Count
    media_bytes: Count
    media_items: Count
    media_omitted: Count


class RecipientRecord(msgspec.Struct, frozen=True):
    name: str
    public: str


class SoftwareRecord(msgspec.Struct, frozen=True):
    name: str
    version: str


class OmittedRecord(msgspec.Struct, frozen=True):
    media: str
    reason: str


class RedactionRecord(msgspec.Struct, frozen=True):
    """What was destroyed: `what` and `where`, never what was there. `sha256` of the file that goes."""

    what: str
    how: str
    where: tuple[str, ...]
    reason: str
    sha256: str | None


class PackageRecord(msgspec.Struct, frozen=True):
    """`package.json`: what this package is."""

    format: str
    synthetic: bool
    nature: str
    title: str
    composed_at: datetime
    composed_by: str
    agency: str
    agreement: str
    taxonomy: str
    recipients: tuple[RecipientRecord, ...]
    audit_log: LogRecord
    counts: CountsRecord
    omitted_media: tuple[OmittedRecord, ...]
    software: SoftwareRecord
    media_level: str = "original"
    redactions: tuple[RedactionRecord, ...] = ()
    case: str = ""


def package_record(
    content: PackageContent, recipients: Sequence[Recipient], taxonomy: Taxonomy
) -> PackageRecord:
    """What `content` amounts to."""
    files = {packed.digests.sha256: packed.digests.size for packed in content.media}
    return PackageRecord(
        format=FORMAT,
        synthetic=content.nature.is_synthetic,
        nature=content.nature.value,
        title=content.title,
        composed_at=content.composed_at,
        composed_by=content.composed_by,
        agency=content.agency,
        agreement=content.agreement,
        taxonomy=taxonomy.version,
        recipients=tuple(RecipientRecord(r.name, r.public) for r in recipients),
        audit_log=LogRecord(content.log_head, content.log_size, content.log_key),
        counts=CountsRecord(
            reports=len(content.reports),
            content_items=sum(len(dossier.report.contents) for dossier in content.reports),
            media=len(files),
            media_bytes=sum(files.values()),
            media_items=len(content.media),
            media_omitted=len(content.omitted_media),
        ),
        omitted_media=tuple(
            OmittedRecord(media_reference(media), reason) for media, reason in content.omitted_media
        ),
        software=SoftwareRecord(SOFTWARE, cport_desktop.__version__),
        media_level=content.media_level.value,
        redactions=tuple(
            RedactionRecord(each.what, each.how, each.where, each.reason, each.sha256)
            for each in content.redactions
        ),
        case=content.case,
    )


def print_package(record: PackageRecord) -> bytes:
    """`package.json`, indented for people."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def parse_package(untrusted: bytes) -> PackageRecord:
    """The record of `package.json`.

    Raises:
        PackageMalformed: if it is none, or of another format.
    """
    try:
        require_sound(untrusted, limit=LONGEST_RECORD, fullness=_FULL)
        record = msgspec.json.decode(untrusted, type=PackageRecord)
        stated = msgspec.json.decode(untrusted, type=_Stated)
    except (msgspec.DecodeError, MalformedMessage, MessageTooLarge, RecursionError) as error:
        raise PackageMalformed(cause="package_record") from error
    if _MOMENT.fullmatch(stated.composed_at) is None:
        raise PackageMalformed(cause="package_record")
    if record.format != FORMAT and record.format not in EARLIER_FORMATS:
        raise PackageMalformed(cause="package_format")
    return record


def bag_facts(record: PackageRecord) -> BagFacts:
    """What the bag of the package's media says of itself."""
    return BagFacts(
        agency=record.agency,
        title=record.title,
        composed_at=record.composed_at,
        identifier=f"{record.audit_log.size}-{record.audit_log.head}",
        software=f"{record.software.name} {record.software.version}",
    )


def report_name(dossier: Dossier) -> str:
    """The member that holds the report."""
    return f"reports/{report_reference(dossier.report.report_id)}.json"


def print_report(dossier: Dossier, *, is_synthetic: bool) -> bytes:
    """One report: the portal's document to the byte, and what was added here."""
    record = {
        "format": FORMAT,
        "synthetic": is_synthetic,
        "id": report_reference(dossier.report.report_id),
        "local": {
            "status": dossier.row.status.value,
            "withdrawn_reason": dossier.withdrawn_reason,
            "classification_as_seen": dossier.row.classification,
            "is_overlaid": dossier.row.is_overlaid,
            "hotline": _hotline(dossier.hotline),
            "operations": [
                _operation(row) for row in dossier.operations if _is_about_it_alone(row)
            ],
            "media": [
                {"content_id": content_id, "media": [_media_id(dossier, p) for p in positions]}
                for content_id, positions in dossier.media_of
                if positions
            ],
        },
        "portal": msgspec.Raw(dossier.document),
    }
    return msgspec.json.encode(record) + b"\n"


def media_name(packed: PackagedMedia) -> str:
    """The member that holds the file: named by its digest, never by a foreign name."""
    return f"{PAYLOAD_FOLDER}{packed.digests.sha256}.{_extension(packed.extension)}"


def _is_about_it_alone(row: OperationRow) -> bool:
    """A case that was handed over names other reports as well, and is told to nobody else."""
    return row.operation.report_id is not None


def _operation(row: OperationRow) -> dict[str, object]:
    operation = row.operation
    return {
        "operation": operation.operation_id,
        "actor": operation.actor,
        "made_at": operation.made_at,
        "state": row.state.value,
        "reason": row.reason,
        "settled_at": row.settled_at,
        **body_record(operation.body),
    }


def _hotline(hotline: Hotline | None) -> dict[str, object] | None:
    if hotline is None:
        return None
    return {"id": hotline.hotline_id, "name": hotline.name, "country": hotline.country}


def _media_id(dossier: Dossier, position: int) -> str:
    return media_reference(dossier.media[position].media_id)


def _extension(untrusted: str) -> str:
    is_plain = untrusted.isascii() and untrusted.isalnum() and 0 < len(untrusted) <= 5
    return untrusted.lower() if is_plain else "bin"
