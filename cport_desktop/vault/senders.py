"""Who handed it to us: packages of colleagues in which a report or the bytes of a media item came."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.disclosure import MEDIA, REPORT
from cport_desktop.domain.ids import parse_media_reference, parse_report_reference
from cport_desktop.domain.imported import ImportRecord
from cport_desktop.vault import imported_packages
from cport_desktop.vault.transaction import Reader

_OF_ITEM: Final = """
SELECT DISTINCT p.sha256 FROM imported_item AS i INDEXED BY imported_item_by_reference
CROSS JOIN imported_package AS p ON p.number = i.package
WHERE i.kind = ? AND i.reference = ? AND i.standing <> 'clash'
"""
"""A number that clashes means something else there."""
_OF_BYTES: Final = """
SELECT DISTINCT p.sha256 FROM media_item AS m INDEXED BY media_by_announcement
CROSS JOIN imported_item AS i INDEXED BY imported_item_by_reference
  ON i.kind = 'media' AND i.reference = m.media_id AND i.standing IN ('new', 'same')
CROSS JOIN imported_package AS p ON p.number = i.package
WHERE m.announced_sha256 = ?
"""


def of_item(
    reader: Reader, kind: str | None, reference: str, sha256: str | None
) -> tuple[ImportRecord, ...]:
    """Every package in which this item stood, or a file with these bytes under any number that is here;
    the newest first. `reference` as people write it.
    """
    found: list[str] = []
    number = _number(kind, reference)
    if number is not None:
        found += [text for (text,) in reader.connection.execute(_OF_ITEM, (kind, number))]
    if sha256 is not None:
        found += [text for (text,) in reader.connection.execute(_OF_BYTES, (sha256,))]
    records = [imported_packages.find(reader, each) for each in dict.fromkeys(found)]
    return tuple(sorted((each for each in records if each), key=lambda each: each.at, reverse=True))


def _number(kind: str | None, reference: str) -> int | None:
    if kind == MEDIA:
        return parse_media_reference(reference)
    return parse_report_reference(reference) if kind == REPORT else None
