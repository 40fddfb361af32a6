"""What of a media item can stand on a hash list: the digests that were made here, of bytes that are
here. What the portal merely announced of a file that has not arrived is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.domain.operation import HashAlgorithm, HashEntry

LEAST_QUALITY: Final = 50
"""Of PDQ: below it, its makers say, a picture is too plain to be compared."""


def digests_of(item: MediaItem) -> tuple[HashEntry, ...]:
    """Every digest of `item` that is known, the surest first."""
    if item.state is not MediaState.HELD or item.digests is None:
        return ()
    found = [
        HashEntry(HashAlgorithm.SHA256, item.digests.sha256),
        HashEntry(HashAlgorithm.SHA1, item.digests.sha1),
        HashEntry(HashAlgorithm.MD5, item.digests.md5),
    ]
    if item.perceptual_hash is not None and (item.quality or 0) >= LEAST_QUALITY:
        found.append(HashEntry(HashAlgorithm.PDQ, item.perceptual_hash))
    return tuple(found)


def algorithms_of(items: Iterable[MediaItem]) -> tuple[HashAlgorithm, ...]:
    """Those of which at least one of `items` has a digest, the surest first."""
    found = (entry.algorithm for item in items for entry in digests_of(item))
    return tuple(dict.fromkeys(found))


def entries_of(
    items: Iterable[MediaItem], algorithms: Iterable[HashAlgorithm]
) -> tuple[HashEntry, ...]:
    """The digests of `items` by these algorithms, each once."""
    wanted = frozenset(algorithms)
    found = (entry for item in items for entry in digests_of(item))
    return tuple(dict.fromkeys(entry for entry in found if entry.algorithm in wanted))
