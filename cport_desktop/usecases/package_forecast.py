"""What an order would come to, before anything is drawn, written or recorded: for each recipient and for
each package what goes, what stays out and why, and about how large it becomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.redaction import Redacted
from cport_desktop.domain.rows import Dossier
from cport_desktop.media.bounds import REDRAWN_SIDE
from cport_desktop.usecases.package_choice import Chosen
from cport_desktop.usecases.package_leave import Foreseen, Variant
from cport_desktop.usecases.redaction_reach import KeptHere

_OF_A_DOCUMENT = 5
"""A report is in a package as JSON, in the tables, in the graph and in the document for reading."""
_OF_A_REPORT = 6 * 1024
_OF_A_FILE = 2 * 1024
"""What is said of a file in all these places, and its headers."""
_OF_A_PACKAGE = 192 * 1024
"""Documents that are in every package, typefaces among them."""
_OF_A_VEIL = 300
_BYTES_OF_FOUR_PIXELS = 6
"""In a picture drawn anew, as a PNG."""


@dataclass(frozen=True, slots=True)
class ForeseenPackage:
    """One package of the order. `files` are different ones, of `media_bytes` together; `omitted`: media
    that stay here, each with a code of `words`; `size` is an estimate in bytes, `parts` how many files
    it is split into.
    """

    path: Path
    recipients: tuple[str, ...]
    media: PackageMedia
    reports: int
    content_items: int
    files: int
    media_bytes: int
    omitted: tuple[tuple[str, str], ...]
    size: int
    parts: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """For each recipient what the agreement says, and each package for those to whom it may go. With
    somebody among them to whom nothing may go the order is refused as a whole. `kept`: redactions that
    are kept of what would go, done in this order or not.
    """

    recipients: tuple[Foreseen, ...]
    packages: tuple[ForeseenPackage, ...]
    redactions: tuple[Redacted, ...]
    kept: tuple[KeptHere, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """It can be composed as it stands."""
        return all(each.refusal is None for each in self.recipients)


def foreseen_package(
    variant: Variant,
    chosen: Chosen,
    *,
    path: Path,
    part_size: int | None,
    redrawn: frozenset[MediaId],
) -> ForeseenPackage:
    """What the package of `variant` would be; `redrawn`: media that are drawn anew for it."""
    sizes = _sizes(chosen.media, variant.media, redrawn)
    size = _OF_A_PACKAGE + sum(map(_of_a_report, chosen.dossiers))
    size += sum(sizes.values()) + _OF_A_FILE * len(sizes)
    omitted = [(media_reference(media), why) for media, why in chosen.omitted]
    if variant.media is PackageMedia.NONE:
        omitted += [(media_reference(item.media_id), "not chosen") for item in chosen.media]
    return ForeseenPackage(
        path=path,
        recipients=tuple(each.name for each in variant.recipients),
        media=variant.media,
        reports=len(chosen.dossiers),
        content_items=sum(len(dossier.report.contents) for dossier in chosen.dossiers),
        files=len(sizes),
        media_bytes=sum(sizes.values()),
        omitted=tuple(omitted),
        size=size,
        parts=1 if part_size is None else -(-size // part_size),
    )


def _of_a_report(dossier: Dossier) -> int:
    return _OF_A_REPORT + _OF_A_DOCUMENT * len(dossier.document)


def _sizes(
    media: Sequence[MediaItem], level: PackageMedia, redrawn: frozenset[MediaId]
) -> dict[str, int]:
    """Bytes of each different file, by its digest."""
    if level is PackageMedia.NONE:
        return {}
    if level is PackageMedia.VEILED:
        return {item.announced_sha256: _OF_A_VEIL for item in media}
    return {
        item.announced_sha256: _drawn_anew(item) if item.media_id in redrawn else item.size
        for item in media
    }


def _drawn_anew(item: MediaItem) -> int:
    pixels = min((item.width or 1) * (item.height or 1), REDRAWN_SIDE * REDRAWN_SIDE)
    return pixels * _BYTES_OF_FOUR_PIXELS // 4
