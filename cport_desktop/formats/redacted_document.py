"""A report's document in which nothing is told of certain files but their numbers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

from cport_desktop.domain.ids import MediaId

_NUMBER: Final = "mediaId"


def document_redacted(document: bytes, media: Collection[MediaId]) -> bytes:
    """`document` (sound JSON of a report): whatever is said of one of `media`, digests, names and
    members of later versions among it, is dropped; to the byte as it is if it speaks of none.
    """
    if not media:
        return document
    tree = msgspec.json.decode(document)
    redacted = _redacted(tree, frozenset(media))
    return document if redacted == tree else msgspec.json.encode(redacted)


def _redacted(tree: object, media: frozenset[int]) -> object:
    if isinstance(tree, list):
        return [_redacted(each, media) for each in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get(_NUMBER) in media:
        return {_NUMBER: tree[_NUMBER]}
    return {name: _redacted(value, media) for name, value in tree.items()}
