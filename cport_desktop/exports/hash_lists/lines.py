r"""Lists of one digest a line: `md5sum`, and PDQ.

    60b725f10c9c85c70d97880dfe8191b3  circle.png
    MD5 (shapes\circle.png) = 60b725f10c9c85c70d97880dfe8191b3

A name with a backslash is written as BSD does: GNU's escaped line begins with a backslash, and `hfind`
of The Sleuth Kit passes over it. What ends a line is written out (`\n`, `\r`, `\x00`), and counted as
changed. An entry without a name is its digest alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cport_desktop.domain.listed import ListHead, Source
from cport_desktop.exports.hash_lists.tally import (
    ENTRY,
    NAME_CHANGED,
    ListFormat,
    Tally,
    gathered,
    standing,
)

_ENDING: Final = str.maketrans({"\n": "\\n", "\r": "\\r", "\0": "\\x00"})
_LONGEST_NAME: Final = 7_500
"""Bytes: a line that is longer than 8,192 is read by nobody here."""


def _md5sum(_head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    return gathered(_md5_lines(source, tally))


def _md5_lines(source: Source, tally: Tally) -> Iterator[bytes]:
    for entry in standing(source, tally):
        digest = entry.digest("md5")
        if digest is None:
            tally.lose(ENTRY)
            continue
        tally.wrote(entry)
        tally.lose_rest(entry, digests=("md5",), fields=("name",))
        yield _line(digest, entry.name, tally)


def _line(digest: str, name: str | None, tally: Tally) -> bytes:
    if not name or not name.strip():
        if name:
            tally.lose("name")
        return f"{digest}\n".encode("ascii")
    told = name.translate(_ENDING).encode("utf-8", "backslashreplace")
    if len(told) > _LONGEST_NAME:
        told = told[:_LONGEST_NAME].decode("utf-8", "ignore").encode()
    if told != name.encode("utf-8", "backslashreplace"):
        tally.lose(NAME_CHANGED)
    if b"\\" in told:
        return b"MD5 (" + told + b") = " + digest.encode("ascii") + b"\n"
    return digest.encode("ascii") + b"  " + told + b"\n"


def _pdq(_head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    return gathered(_pdq_lines(source, tally))


def _pdq_lines(source: Source, tally: Tally) -> Iterator[bytes]:
    for entry in standing(source, tally):
        found = [text for word, text in entry.digests if word == "pdq"]
        if not found:
            tally.lose(ENTRY)
            continue
        tally.wrote(entry)
        tally.lose_rest(entry, digests=("pdq",), fields=())
        for digest in found:
            yield f"{digest}\n".encode("ascii")


MD5SUM: Final = ListFormat("md5sum", "md5", _md5sum, tells_removed=False)
PDQ: Final = ListFormat("pdq", "pdq", _pdq, tells_removed=False)
