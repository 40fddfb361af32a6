"""Files of digests: what a kind of file is, and what one says. Bytes in, digests out.

A `ListKind` knows its files by their beginning and makes a `Plan` of how one is read; rows come from that
one after another, so that memory does not grow with the file. The kinds are in `formats.lists.kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from typing import Final

from cport_desktop.domain.known import Algorithm

LONGEST_LINE: Final = 8_192
"""Bytes: a path may be 4,096, and each of its letters escaped."""
LONGEST_CATEGORY: Final = 64
"""Characters of a category's code; a longer one is none."""
LONGEST_NAME: Final = 4_096
"""Characters of a file's name that are kept."""
_BEGINNING: Final = 1 << 16
"""Bytes by which a file is recognised."""
_SHOWN: Final = 200
"""Characters of a refused row that are kept for whoever mends it."""


class Refusal(StrEnum):
    """Why a row was refused."""

    NO_DIGEST = "no_digest"
    LENGTH = "length"
    ALGORITHM = "algorithm"
    EMPTY_INPUT = "empty_input"
    ESCAPE = "escape"
    TOO_LONG = "too_long"
    MALFORMED = "malformed"
    NOT_MATCHED = "not_matched"
    LOW_QUALITY = "low_quality"
    CONTRADICTION = "contradiction"
    CATEGORY = "category"
    TAKEN_BACK = "taken_back"
    HARMLESS = "harmless"


Digest = tuple[Algorithm, bytes]


@dataclass(frozen=True, slots=True)
class Listed:
    """A known file: its digests, of each algorithm one, and what else its row says. `quality`: of the PDQ
    digest, 0 to 100. `category`: the code as it is written. `rest`: a JSON object of what has no place.
    """

    digests: tuple[Digest, ...]
    name: str | None = None
    quality: int | None = None
    category: str | None = None
    rest: str | None = None


Line = Listed | Refusal | None
"""What a row says; None if it says nothing."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was refused: its number from 1, why, and how it begins."""

    line: int
    refusal: Refusal
    text: str


Row = tuple[int, Listed] | Refused
"""A number is that of the line in a text, and of the entry in any other file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, from 1: its heading, if there are any, and which part of an entry it is (a
    `formats.lists.columns.Meaning`), None if none.
    """

    number: int
    heading: str | None
    meaning: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How one file is read. `rows` reads it from where it is, and the place in the file tells how far it
    has come. `profile`: of which region its categories are, as far as it says so. `columns`: of a table.
    """

    rows: Callable[[BufferedReader], Generator[Row]]
    profile: str | None = None
    names_region: bool = False
    """`profile` is a region's own, and not one that any region's lists may have."""
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of file. `recognises` is asked with the beginning of a file, as UTF-8 where that is text;
    `plan` likewise, and with what a person says of the columns: a meaning, and a heading or a number.
    `plan` raises `HashListUnreadable`, and `ValueUnknown` for a column that is not there.
    """

    name: str
    recognises: Callable[[bytes], bool]
    plan: Callable[[bytes, Mapping[str, str]], Plan]
    is_binary: bool = False
    """It is read as it lies there; all others are text."""
    is_marked: bool = False
    """Its files are known by a mark; whoever says that another is one is not believed."""
    is_harmless: bool = False
    """It names what is known to be harmless (software, in NSRL's sets), whatever is said of a file."""


def beginning_of(file: BufferedReader) -> bytes:
    """As much of a file as tells what it is; it is read from there on again."""
    beginning = file.read(_BEGINNING)
    file.seek(0)
    return beginning


def whole_lines(beginning: bytes) -> list[bytes]:
    """The lines of a beginning without the last if that may be cut off."""
    lines = beginning.splitlines()
    is_cut = len(beginning) >= _BEGINNING // 2 and not beginning.endswith(b"\n")
    return lines[:-1] if is_cut and len(lines) > 1 else lines


def line_rows(file: Iterable[bytes], read: Callable[[bytes], Line]) -> Generator[Row]:
    """What the lines of `file` say, each with its number; those that say nothing are left out."""
    for number, untrusted_line in enumerate(file, 1):
        is_long = len(untrusted_line) > LONGEST_LINE
        said = Refusal.TOO_LONG if is_long else read(untrusted_line.rstrip(b"\r\n"))
        if isinstance(said, Listed):
            yield number, said
        elif said is not None:
            yield Refused(number, said, shown(untrusted_line))


def shown(untrusted: bytes) -> str:
    """How a refused row begins."""
    return untrusted[:_SHOWN].decode("utf-8", "backslashreplace").rstrip("\r\n")


def bounded_lines(file: BufferedReader) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only its beginning, and a little more."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST_LINE)
        yield line
