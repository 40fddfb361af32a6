"""Code lists as data files: `resources/taxonomies/*.json`.

{"version":"iccam-3.0","source":"…","lists":{"classification":[[1,"baseline","Baseline"]]}}
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import msgspec
from msgspec import Meta

from cport_desktop.domain.taxonomy import Code, CodeList, Taxonomy
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound

LONGEST_TAXONOMY = 4 * 1024 * 1024
"""Bytes; the ICCAM lists have 5 KiB, a national scheme with many languages perhaps 1 MiB."""

MOST_CODES = 20_000

WireCode = tuple[bounds.Code, bounds.NonEmpty, bounds.Name]


class WireTaxonomy(msgspec.Struct):
    version: bounds.NonEmpty
    lists: dict[bounds.NonEmpty, Annotated[tuple[WireCode, ...], Meta(max_length=MOST_CODES)]]


_TAXONOMY = msgspec.json.Decoder(WireTaxonomy)
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


def load(path: Path) -> Taxonomy:
    """The taxonomy in the file at `path`.

    Raises:
        MalformedMessage: if it is no taxonomy, or a list has a number or a key twice.
        MessageTooLarge: if it is longer than `LONGEST_TAXONOMY`.
    """
    return parse_taxonomy(path.read_bytes())


def parse_taxonomy(untrusted: bytes, where: str = "$") -> Taxonomy:
    """As `load`, of the file's bytes; `where` is their path within a greater message."""
    require_sound(untrusted, limit=LONGEST_TAXONOMY)
    wire = decode(_TAXONOMY, untrusted, where)
    lists = {name: _code_list(name, codes, where) for name, codes in wire.lists.items()}
    return Taxonomy(version=wire.version, lists=MappingProxyType(lists))


def print_taxonomy(taxonomy: Taxonomy) -> bytes:
    """The file of a taxonomy, as `parse_taxonomy` reads it."""
    return msgspec.json.encode(
        WireTaxonomy(
            version=taxonomy.version,
            lists={
                name: tuple((code.number, code.key, code.label) for code in codes.codes)
                for name, codes in taxonomy.lists.items()
            },
        )
    )


def _code_list(name: str, wire: tuple[WireCode, ...], where: str) -> CodeList:
    numbers = {number for number, _, _ in wire}
    keys = {key for _, key, _ in wire}
    if len(numbers) != len(wire) or len(keys) != len(wire):
        raise MalformedMessage(where=f"{where}.lists[...]", cause="a number or a key twice")
    if not all(_KEY.match(key) for key in keys):
        raise MalformedMessage(where=f"{where}.lists[...]", cause="a key that is no query word")
    return CodeList(name=name, codes=tuple(Code(number, key, label) for number, key, label in wire))
