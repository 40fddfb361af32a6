"""The files of a package, as they go: originals, pictures drawn anew, or veils."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import MediaItem, Picture
from cport_desktop.domain.package import Derived, PackagedMedia
from cport_desktop.exports.grey_png import grey_png
from cport_desktop.media.hashing import DigestingStream
from cport_desktop.usecases.package_choice import Chosen
from cport_desktop.usecases.package_redacting import Drawn, original_of
from cport_desktop.vault.vault import Vault

Left = tuple[tuple[MediaId, str], ...]

_AT_ONCE = 500


def packed_media(
    vault: Vault, chosen: Chosen, level: PackageMedia, drawn: Drawn
) -> tuple[tuple[PackagedMedia, ...], Left]:
    """The media of `chosen` as they go at `level`, and those that stay, each with a code of `words`."""
    if level is PackageMedia.NONE:
        return (), tuple((item.media_id, "not chosen") for item in chosen.media)
    if level is PackageMedia.VEILED:
        return _veils(vault, chosen.media, drawn)
    return tuple(_original(vault, item, drawn) for item in chosen.media), ()


def _original(vault: Vault, item: MediaItem, drawn: Drawn) -> PackagedMedia:
    new = drawn.get(item.media_id)
    if new is not None:
        return PackagedMedia(item.media_id, new.digests, "png", new.read, Derived.REDACTED)
    if item.digests is None:
        raise ValueError("only media that are held can be packed")
    return PackagedMedia(
        media_id=item.media_id,
        digests=item.digests,
        extension=item.format or "bin",
        read=original_of(vault, item.media_id),
    )


def _veils(
    vault: Vault, media: Sequence[MediaItem], drawn: Drawn
) -> tuple[tuple[PackagedMedia, ...], Left]:
    kept: dict[MediaId, Picture] = {}
    for first in range(0, len(media), _AT_ONCE):
        some = [item.media_id for item in media[first : first + _AT_ONCE]]
        kept |= vault.derivatives.veils([each for each in some if each not in drawn])
    for media_id, new in drawn.items():
        if new.seen.veil is not None:
            kept[media_id] = new.seen.veil
    packed = tuple(
        _veil(item.media_id, kept[item.media_id]) for item in media if item.media_id in kept
    )
    without = tuple((item.media_id, "no veil") for item in media if item.media_id not in kept)
    return packed, without


def _veil(media_id: MediaId, veil: Picture) -> PackagedMedia:
    stream = DigestingStream([grey_png(veil)])
    pieces = tuple(stream)
    return PackagedMedia(media_id, stream.digests(), "png", _again(pieces), Derived.VEIL)


def _again(pieces: tuple[bytes, ...]) -> Callable[[], Iterator[bytes]]:
    return lambda: iter(pieces)
