"""Files of digests: which kind a file is, and what each of its lines says. Bytes in, digests out.

A kind of file is a `ListFormat`: it reads one line and gives an entry, a refusal, or nothing (an empty
line, a comment). Other kinds stand beside `md5sum_lines`; which one a file is, its beginning tells.
A line is read by itself, so that memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from typing import Final

from cport_desktop.domain.known import Algorithm
from cport_desktop.errors import HashListUnreadable
from cport_desktop.words import known as words

LONGEST_LINE: Final = 8_192
"""Bytes: a path may be 4,096, and each of its letters escaped."""
_BEGINNING: Final = 1 << 16
"""Bytes by which a file is recognised."""
_TRIED: Final = 1_000
"""Lines of it that are tried."""
_BOM: Final = b"\xef\xbb\xbf"
_SHOWN: Final = 200
"""Characters of a refused line that are kept for whoever mends it."""


class Refusal(StrEnum):
    """Why a line was refused."""

    NO_DIGEST = "no_digest"
    LENGTH = "length"
    ALGORITHM = "algorithm"
    EMPTY_INPUT = "empty_input"
    ESCAPE = "escape"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Listed:
    """A known file: the digest as bytes, and its name, if the line has one."""

    algorithm: Algorithm
    digest: bytes
    name: str | None


Line = Listed | Refusal | None
"""What a line says; None if it says nothing."""


@dataclass(frozen=True, slots=True)
class ListFormat:
    """`read` gives what one line says, without its end."""

    name: str
    read: Callable[[bytes], Line]


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was refused: its number from 1, why, and how it begins."""

    line: int
    refusal: Refusal
    text: str


Row = tuple[int, Listed] | Refused


def recognised(beginning: bytes, formats: Sequence[ListFormat]) -> ListFormat:
    """The first of `formats` in which some line of `beginning` is an entry.

    Raises:
        HashListUnreadable: it is none of these.
    """
    if not beginning.removeprefix(_BOM).strip():
        raise HashListUnreadable(cause=words.EMPTY)
    if b"\0" in beginning:
        raise HashListUnreadable(cause=words.BINARY)
    lines = beginning.removeprefix(_BOM).splitlines()[:_TRIED]
    for one in formats:
        if any(isinstance(one.read(line), Listed) for line in lines):
            return one
    raise HashListUnreadable(cause=words.NO_TEXT)


def beginning_of(file: BufferedReader) -> bytes:
    """As much of a file as tells what it is; it is read from there on again."""
    beginning = file.read(_BEGINNING)
    file.seek(0)
    return beginning


def rows(file: Iterable[bytes], one: ListFormat) -> Iterator[Row]:
    """What the lines of `file` say, each with its number; those that say nothing are left out."""
    for number, untrusted_line in enumerate(file, 1):
        line = untrusted_line.removeprefix(_BOM) if number == 1 else untrusted_line
        said = Refusal.TOO_LONG if len(line) > LONGEST_LINE else one.read(line.rstrip(b"\r\n"))
        if isinstance(said, Listed):
            yield number, said
        elif said is not None:
            text = line[:_SHOWN].decode("utf-8", "backslashreplace").rstrip("\r\n")
            yield Refused(number, said, text)


def bounded_lines(file: BufferedReader) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only its beginning, and a little more."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST_LINE)
        yield line
