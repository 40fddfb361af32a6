"""JSON that is longer than memory: walked along, and only what is wanted taken out, value by value.

A path is the names that lead to a value, `*` for each element of an array. What is wanted is taken as the
bytes that it is written in (then decoded by itself); what lies on the way is walked; all else is passed over.
Memory holds a piece of the file and one value of at most `LARGEST_VALUE` bytes. Of a wanted
value that is longer comes a `Beginning`. A single text that long ends the walk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from io import BufferedReader
from typing import Final

import msgspec

from cport_desktop.errors import HashListUnreadable
from cport_desktop.words import list_files as words

Path = tuple[str, ...]
EACH: Final = "*"

LARGEST_VALUE: Final = 1 << 20
"""Bytes of one value that is taken out."""
DEEPEST: Final = 64
"""Arrays and objects in one another."""
_PIECE: Final = 1 << 18
_BLANK: Final = re.compile(rb"[ \t\r\n]*")
_TOKEN: Final = re.compile(rb'([{\[])|([}\]])|"[^"\\]*(?:\\.[^"\\]*)*"|(")', re.DOTALL)
"""Opens, closes, a whole text, a text that is cut off."""
_OPENS, _CLOSES, _CUT = 1, 2, 3
_PLAIN: Final = re.compile(rb"[-+.0-9A-Za-z]+")
_NAMED: Final = re.compile(rb'"[ \t\r\n]*:')
"""Behind every name of an object; within a text it may stand as well."""
_SHOWN: Final = 2_000
"""Bytes of a value that is too long."""
_LONGEST_PLAIN: Final = 400
"""Bytes of a number or a word."""

_OBJECT, _ARRAY, _TEXT, _COMMA, _COLON = b"{", b"[", b'"', b",", b":"
_ENDS: Final = {_OBJECT: b"}", _ARRAY: b"]"}


class Beginning(bytes):
    """How a value begins that is too long."""


def walk(file: BufferedReader, wanted: Collection[Path]) -> Iterator[tuple[Path, bytes]]:
    """The values at the paths that are wanted, in the order in which they stand.

    Raises:
        HashListUnreadable: it is no JSON, or ends in the middle, or goes beyond a bound.
    """
    ways = frozenset(path[:length] for path in wanted for length in range(len(path)))
    text = _Text(file)
    yield from _Walk(text, frozenset(wanted), ways).value(())
    text.require_end()


class _Walk:
    def __init__(self, text: _Text, wanted: frozenset[Path], ways: frozenset[Path]) -> None:
        self._text = text
        self._wanted = wanted
        self._ways = ways

    def value(self, path: Path) -> Iterator[tuple[Path, bytes]]:
        if path in self._wanted:
            yield path, self._text.take()
            return
        first = self._text.peek()
        if path not in self._ways or first not in _ENDS:
            self._text.take(is_kept=False)
            return
        self._text.step()
        if self._text.peek() == _ENDS[first]:
            self._text.step()
            return
        while True:
            yield from self.value((*path, self._text.key() if first == _OBJECT else EACH))
            after = self._text.peek()
            self._text.step()
            if after == _ENDS[first]:
                return
            if after != _COMMA:
                raise HashListUnreadable(cause=words.NO_JSON)


class _Text:
    """A file with a place in it; holds what is behind the place as far as it was needed."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self._held = b""
        self._at = 0

    def peek(self) -> bytes:
        """The next byte that is no blank."""
        while True:
            found = _BLANK.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held):
                return self._held[self._at : self._at + 1]
            self._more()

    def step(self) -> None:
        """Past the byte that was peeked at."""
        self._at += 1

    def key(self) -> str:
        """The name in an object, past its colon."""
        if self.peek() != _TEXT:
            raise HashListUnreadable(cause=words.NO_JSON)
        key = _decoded(self.take())
        if self.peek() != _COLON or not isinstance(key, str):
            raise HashListUnreadable(cause=words.NO_JSON)
        self.step()
        return key

    def take(self, *, is_kept: bool = True) -> bytes:
        """The next value, past it; a `Beginning` if it is too long, or was not to be kept."""
        first = self.peek()
        if first in _ENDS or first == _TEXT:
            return self._take_nested(is_kept=is_kept)
        return self._take_plain()

    def _take_plain(self) -> bytes:
        while True:
            found = _PLAIN.match(self._held, self._at)
            if found is None or found.end() - self._at > _LONGEST_PLAIN:
                raise HashListUnreadable(cause=words.NO_JSON)
            if found.end() < len(self._held) or not self._has_more():
                self._at = found.end()
                return found[0]

    def _take_nested(self, *, is_kept: bool) -> bytes:
        """A text, an object or an array. Tokens are looked at once, wherever a piece of the file ends."""
        depth, looked = 0, self._at
        beginning: Beginning | None = None if is_kept else Beginning()
        while True:
            for token in _TOKEN.finditer(self._held, looked):
                kind = token.lastindex
                if kind == _CUT:
                    looked = token.start()
                    break
                looked = token.end()
                depth += (kind == _OPENS) - (kind == _CLOSES)
                if depth > DEEPEST:
                    raise HashListUnreadable(cause=words.TOO_DEEP)
                if depth <= 0:
                    taken = self._held[self._at : looked]
                    self._at = looked
                    if beginning is not None:
                        return beginning
                    return taken if len(taken) <= LARGEST_VALUE else Beginning(taken[:_SHOWN])
            else:
                looked = len(self._held)
            if len(self._held) - looked > LARGEST_VALUE:
                raise HashListUnreadable(cause=words.TOO_LONG_TEXT)
            if beginning is None and looked - self._at > LARGEST_VALUE:
                beginning = Beginning(self._held[self._at : self._at + _SHOWN])
            if beginning is not None:
                self._at = looked
            looked -= self._at
            self._more()

    def require_end(self) -> None:
        """Nothing, if only blanks are left.

        Raises:
            HashListUnreadable: a second text stands behind the first; what would read it says otherwise.
        """
        while self._held[self._at :].strip(b" \t\r\n") == b"":
            self._at = len(self._held)
            if not self._has_more():
                return
        raise HashListUnreadable(cause=words.NO_JSON)

    def _has_more(self) -> bool:
        """More of the file is held, if there is any; the place is the beginning of what is held."""
        piece = self._file.read(_PIECE)
        self._held = self._held[self._at :] + piece
        self._at = 0
        return bool(piece)

    def _more(self) -> None:
        if not self._has_more():
            raise HashListUnreadable(cause=words.CUT_OFF)


def decoded_object(value: bytes) -> dict[str, object] | None:
    """A value that was taken out, if it is an object that every reader understands alike; None if it is
    none, too long, or has a name twice.
    """
    told = None if isinstance(value, Beginning) else _decoded(value)
    return told if isinstance(told, dict) and _has_each_once(value, told) else None


def _has_each_once(value: bytes, told: object) -> bool:
    """No name stands twice in an object of it. Counted exactly only where there may be one more."""
    count = _names(told)
    if len(_NAMED.findall(value)) <= count:
        return True
    written = 0

    def tell(pairs: list[tuple[str, object]]) -> None:
        nonlocal written
        written += len(pairs)

    json.loads(value, object_pairs_hook=tell)
    return written == count


def _names(told: object) -> int:
    if isinstance(told, dict):
        return len(told) + sum(map(_names, told.values()))
    return sum(map(_names, told)) if isinstance(told, list) else 0


def _decoded(value: bytes) -> object:
    """None for what is no JSON by itself (a number out of bounds, letters that are none)."""
    try:
        return msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
