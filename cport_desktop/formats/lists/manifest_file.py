"""The manifest beside a list that somebody handed out (`docs/formats/hash_list.md`), as a stranger wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from cport_desktop.formats.strict_json import decode, require_sound

LARGEST_MANIFEST: Final = 256 * 1024
"""Bytes; one of ours has 1,500."""
_Text = Annotated[str, Meta(max_length=512)]
_Count = Annotated[int, Meta(ge=0)]


class _File(msgspec.Struct):
    format: _Text
    size: _Count
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class _List(msgspec.Struct):
    id: _Text
    name: _Text
    version: _Text
    source: _Text
    negative: bool
    handling: _Text | None = None
    category_region: _Text | None = None


class _Extent(msgspec.Struct):
    whole: bool
    entries: _Count
    since: _Text | None = None


class _Manifest(msgspec.Struct):
    kind: Literal["cport-hash-list-manifest/1"]
    synthetic: bool
    file: _File
    list: _List
    extent: _Extent


_MANIFEST: Final = msgspec.json.Decoder(_Manifest)


@dataclass(frozen=True, slots=True)
class ListManifest:
    """What a file of digests is, by the word of whoever handed it out. `sha256`, `size`: of the file;
    `region`: of its categories; `is_whole`: it is no difference between two versions.
    """

    sha256: str
    size: int
    form: str
    list_id: str
    name: str
    version: str
    source: str
    handling: str | None
    is_negative: bool
    region: str | None
    is_whole: bool
    is_synthetic: bool


def parse_manifest(untrusted: bytes) -> ListManifest:
    """The manifest that these bytes are.

    Raises:
        MalformedMessage, MessageTooLarge: they are none.
    """
    require_sound(untrusted, limit=LARGEST_MANIFEST)
    wire = decode(_MANIFEST, untrusted, "$")
    return ListManifest(
        sha256=wire.file.sha256,
        size=wire.file.size,
        form=wire.file.format,
        list_id=wire.list.id,
        name=wire.list.name,
        version=wire.list.version,
        source=wire.list.source,
        handling=wire.list.handling,
        is_negative=wire.list.negative,
        region=wire.list.category_region,
        is_whole=wire.extent.whole and wire.extent.since is None,
        is_synthetic=wire.synthetic,
    )
