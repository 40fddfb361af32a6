"""Foreign JSON, read strictly.

msgspec decides shapes and refuses NaN, numbers out of range, control characters and lone
surrogates by itself. This room adds what it lets pass: a key written twice, invalid UTF-8
inside a value that nobody asked for, a nesting that only the stack would stop, and a message
that is small on the wire and huge in memory.

Whatever is wrong becomes `MalformedMessage`, which says where (a JSON path such as
`$.changes[3].report.revision`) and why, and never repeats a value.
"""

from __future__ import annotations

import codecs
import re
from typing import TypeVar

import msgspec

from cport_desktop.errors import MalformedMessage, MessageTooLarge

DEEPEST = 32
"""Levels. The deepest honest message (batch · change · report · content · url · hosting)
has ten; unknown fields may add to it, and a recursive reader must still be safe."""

MOST_BRACKETS = 150_000
"""Opening brackets of a message, those within texts included: an honest batch of 1000 reports
has 21,000. Each may cost 250 bytes of memory, so this is 38 MB at most."""

MOST_COMMAS = 250_000
"""Commas of a message, those within texts included: bounds the count of values likewise. An honest
batch of 1000 reports has 76,000; a key and its value may cost 200 bytes of memory."""

Wire = TypeVar("Wire")
JsonTree = dict[str, object] | list[object]


def require_sound(untrusted: bytes, *, limit: int, fullness: int = 1) -> None:
    """Nothing, if `untrusted` is one JSON text that every reader understands alike. It may hold
    `fullness` times as many values as a message (files that are no message, read by nobody's vault).

    Raises:
        MessageTooLarge: if it is longer than `limit` bytes or holds too many values.
        MalformedMessage: if it is not UTF-8, not JSON, nested too deeply, or says a key twice.
    """
    if len(untrusted) > limit:
        raise MessageTooLarge(limit=limit)
    if untrusted.count(b"[") + untrusted.count(b"{") > MOST_BRACKETS * fullness:
        raise MessageTooLarge(limit=MOST_BRACKETS * fullness)
    if untrusted.count(b",") > MOST_COMMAS * fullness:
        raise MessageTooLarge(limit=MOST_COMMAS * fullness)
    _require_utf8(untrusted)
    tree = _read(untrusted)
    keys = _require_shallow(tree)
    # A text that is printed back to the byte cannot have lost a key on the way, and printing
    # is ten times as fast as counting the keys of the text.
    if msgspec.json.encode(tree) != untrusted and _keys_written(untrusted) != keys:
        raise MalformedMessage(where="$", cause="the same key twice in one object")


def decode(decoder: msgspec.json.Decoder[Wire], sound: bytes | msgspec.Raw, where: str) -> Wire:
    """The struct that `sound` (already through `require_sound`) holds; `where` is its path.

    Raises:
        MalformedMessage: if the shape is another.
    """
    try:
        return decoder.decode(sound)
    except msgspec.DecodeError as error:
        path, cause = _diagnosis(str(error))
        raise MalformedMessage(where=where + path, cause=cause) from error
    except (RecursionError, ValueError) as error:
        raise MalformedMessage(where=where, cause="cannot be read") from error


def _require_utf8(untrusted: bytes) -> None:
    """Piece by piece: the whole as one text could take four times its length."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(untrusted), _PIECE):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(untrusted[start : start + _PIECE], start + _PIECE >= len(untrusted))
        except UnicodeDecodeError as error:
            at = start - pending + error.start
            raise MalformedMessage(where="$", cause=f"not UTF-8 at byte {at}") from error


def _read(untrusted: bytes) -> object:
    try:
        return msgspec.json.decode(untrusted)
    except msgspec.DecodeError as error:
        path, cause = _diagnosis(str(error))
        raise MalformedMessage(where="$" + path, cause=cause) from error
    except RecursionError as error:
        raise MalformedMessage(where="$", cause=_TOO_DEEP) from error
    except ValueError as error:
        raise MalformedMessage(where="$", cause="cannot be read") from error


_TOO_DEEP = f"nested deeper than {DEEPEST} levels"


def _require_shallow(tree: object) -> int:
    """How many keys all objects of `tree` have together."""
    level = [tree] if isinstance(tree, dict | list) else []
    keys = 0
    for _ in range(DEEPEST):
        keys += sum(len(node) for node in level if type(node) is dict)
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return keys
    raise MalformedMessage(where="$", cause=_TOO_DEEP)


def _keys_written(sound: bytes) -> int:
    """How many keys stand in `sound`: texts before a colon."""
    return sum(text.lastindex is not None for text in _TEXT.finditer(sound))


_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"([ \t\r\n]*+:)?', re.DOTALL)
_PIECE = 64 * 1024


_AT = re.compile(r" - at `\$([^`]*)`$")
_SAFE = re.compile(r"^(Expected |Object missing required field |Invalid RFC3339 |Invalid base64 )")
_SYNTAX = re.compile(r"\(byte (\d+)\)")


def _diagnosis(message: str) -> tuple[str, str]:
    """Path behind `$` and cause, from a library's sentence: what may quote a value is left out."""
    found = _AT.search(message)
    path = found.group(1) if found else ""
    said = _AT.sub("", message)
    if _SAFE.match(said):
        return path, said
    position = _SYNTAX.search(said)
    if position:
        return path, f"not JSON at byte {position.group(1)}"
    if said.startswith("Invalid "):
        return path, "not one of the values known"
    return path, "out of range" if "range" in said else "not JSON"
