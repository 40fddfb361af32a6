"""`media.json`: every media item of a package's reports, and whether its file is there.

It tells of items of the package only: how often the same bytes lie elsewhere in the vault is nobody's
business who gets it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.package import Derived, PackageContent, PackagedMedia
from cport_desktop.exports.piece_stream import gathered
from cport_desktop.exports.records import FORMAT


def print_media(content: PackageContent, names: Mapping[MediaId, str]) -> Iterator[bytes]:
    """`media.json` in pieces: every media item of the package's reports, packed (`names`) or not, one a
    line.
    """
    return gathered(_media_lines(content, names))


def _media_lines(content: PackageContent, names: Mapping[MediaId, str]) -> Iterator[bytes]:
    packed = {item.media_id: item for item in content.media}
    omitted = dict(content.omitted_media)
    occurrences = _occurrences(content)
    items = {item.media_id: item for dossier in content.reports for item in dossier.media}
    alike = Counter(_digest_told(item, packed.get(media_id)) for media_id, item in items.items())
    head = {"format": FORMAT, "synthetic": content.nature.is_synthetic}
    yield msgspec.json.encode(head)[:-1] + b',"items":['
    separator = b"\n"
    for media_id, item in sorted(items.items()):
        line = {
            **_media_facts(item, packed.get(media_id)),
            "same_bytes_elsewhere": _others(alike, _digest_told(item, packed.get(media_id))),
            "file": names.get(media_id),
            "omitted": omitted.get(media_id),
            "occurrences": occurrences[media_id],
        }
        yield separator + msgspec.json.encode(line)
        separator = b",\n"
    yield b"\n]}\n"


def _media_facts(item: MediaItem, packed: PackagedMedia | None) -> dict[str, object]:
    derived = None if packed is None else packed.derived
    digests = _digests_told(item, packed)
    return {
        "id": media_reference(item.media_id),
        "kind": item.kind.value if item.kind else None,
        "format": item.format,
        "size": item.size,
        "width": item.width,
        "height": item.height,
        "duration_ms": item.duration_ms,
        "derived": derived,
        "sha256": _digest_told(item, packed),
        "sha1": digests.sha1 if digests else None,
        "md5": digests.md5 if digests else None,
        "pdq": item.perceptual_hash,
        "pdq_quality": item.quality,
        "phash": item.dct_hash,
        "cannot_show": item.cannot_show.value if item.cannot_show else None,
        "original_name": item.file_name,
        "declared_type": item.declared_type,
    }


def _digests_told(item: MediaItem, packed: PackagedMedia | None) -> Digests | None:
    """A veil stands for its original; whatever else goes is what is told of."""
    is_itself = packed is not None and packed.derived is not Derived.VEIL
    return packed.digests if packed is not None and is_itself else item.digests


def _digest_told(item: MediaItem, packed: PackagedMedia | None) -> str | None:
    digests = _digests_told(item, packed)
    return digests.sha256 if digests else item.announced_sha256 or None


def _others(alike: Mapping[str | None, int], digest: str | None) -> int:
    """How many other items of the package have these bytes: of none beside it, whatever is here."""
    return 0 if digest is None else alike[digest] - 1


def _occurrences(content: PackageContent) -> Mapping[MediaId, list[dict[str, object]]]:
    found: defaultdict[MediaId, list[dict[str, object]]] = defaultdict(list)
    for dossier in content.reports:
        report = report_reference(dossier.report.report_id)
        for content_id, positions in dossier.media_of:
            for position in positions:
                found[dossier.media[position].media_id].append(
                    {"report": report, "content_id": content_id}
                )
    return found
