"""Sound JSON taken apart into members or elements, and put together again, each to the byte.

For what went through `strict_json.require_sound`, or was printed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ELEMENTS = msgspec.json.Decoder(list[msgspec.Raw])


def members(sound: bytes | msgspec.Raw) -> dict[str, bytes]:
    """The members of a JSON object, in order."""
    return {name: bytes(value) for name, value in _MEMBERS.decode(sound).items()}


def elements(sound: bytes | msgspec.Raw) -> list[bytes]:
    """The elements of a JSON array."""
    return [bytes(value) for value in _ELEMENTS.decode(sound)]


def print_object(found: Mapping[str, bytes]) -> bytes:
    """A JSON object with these members, in this order."""
    pairs = (msgspec.json.encode(name) + b":" + value for name, value in found.items())
    return b"{" + b",".join(pairs) + b"}"


def print_array(found: Sequence[bytes]) -> bytes:
    """A JSON array with these elements."""
    return b"[" + b",".join(found) + b"]"
