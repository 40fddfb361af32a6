"""Identifiers as types, so that one cannot be passed for another.

Numbers given by the portal keep their numbers; people see them with a prefix
(`HL-884179` for a report, `M-20417` for a media item).
"""

from __future__ import annotations

from typing import NewType

ReportId = NewType("ReportId", int)
ContentId = NewType("ContentId", int)
MediaId = NewType("MediaId", int)
HotlineId = NewType("HotlineId", int)
OperationId = NewType("OperationId", str)
"""UUID in its canonical text form: the idempotency key of the operation."""
VaultId = NewType("VaultId", str)
"""32 lower-case hex digits, random, made at birth of the vault."""
StationId = NewType("StationId", str)
PortalId = NewType("PortalId", str)
BlobId = NewType("BlobId", str)
"""32 lower-case hex digits, random; also the file name of the sealed blob."""
Actor = NewType("Actor", str)
"""Name of the analyst whose key slot opened the vault."""
AnalystId = NewType("AnalystId", str)
"""32 lower-case hex digits, random."""
SlotId = NewType("SlotId", str)
"""32 lower-case hex digits, random."""
Cursor = NewType("Cursor", str)
"""Opaque position in a portal's stream of changes."""

REPORT_PREFIX = "HL-"
MEDIA_PREFIX = "M-"


def report_reference(report: ReportId) -> str:
    """The form in which people read and type a report's number: `HL-884179`."""
    return f"{REPORT_PREFIX}{report}"


def media_reference(media: MediaId) -> str:
    """The form in which people read and type a media item's number: `M-20417`."""
    return f"{MEDIA_PREFIX}{media}"


def parse_report_reference(text: str) -> ReportId | None:
    """`HL-884179`, `hl-884179` or `884179` → 884179; None if it is none of these."""
    number = _number_behind(REPORT_PREFIX, text)
    return None if number is None else ReportId(number)


def parse_media_reference(text: str) -> MediaId | None:
    """`M-20417`, `m-20417` or `20417` → 20417; None if it is none of these."""
    number = _number_behind(MEDIA_PREFIX, text)
    return None if number is None else MediaId(number)


def _number_behind(prefix: str, text: str) -> int | None:
    digits = text.strip().upper().removeprefix(prefix)
    # Sixty-three bits, since that is what the vault's tables hold.
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        return None
    return int(digits)
