"""Texts of digests of what is seen: PDQ lists, and what ThreatExchange's tools call a local file.

    f8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22
    f8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22,100     and its quality
    pdq f8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6339c4e9c9b22     kind of signal, value

A PDQ digest is as long as SHA-256: without a quality behind each of them, a file of them is one only if a
person says so (or a column is named after it, `csv_tables`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from cport_desktop.domain.known import Algorithm
from cport_desktop.formats.hash_list_file import (
    Line,
    Listed,
    ListKind,
    Plan,
    Refusal,
    bounded_lines,
    line_rows,
    whole_lines,
)
from cport_desktop.formats.lists.entries import LARGEST_QUALITY, entry_of

_TRIED: Final = 200
# Two blanks are `sha256sum`'s, before the name of a file that is called by a number.
_PDQ: Final = re.compile(rb"\s*([0-9A-Fa-f]{8,})(?:(?:\s*[,;]\s*|\s)(\d{1,9}))?\s*\Z")
_SIGNAL: Final = re.compile(rb"([a-z][a-z0-9_]{1,40})[ \t]+(\S.*?)\s*\Z", re.DOTALL)
_SIGNALS: Final[Mapping[bytes, Algorithm]] = {
    b"pdq": Algorithm.PDQ,
    b"md5": Algorithm.MD5,
    b"video_md5": Algorithm.MD5,
    b"sha1": Algorithm.SHA1,
    b"sha256": Algorithm.SHA256,
}
_OTHER_SIGNALS: Final = frozenset(
    {b"url", b"url_md5", b"raw_text", b"text_tlsh", b"trend_query", b"vpdq", b"photodna"}
    | {b"video_tmk", b"tmk", b"pdq_ocr", b"pdf_tlsh"}
)


def read_pdq(untrusted_line: bytes) -> Line:
    """A digest, and its quality if there is one."""
    if _says_nothing(untrusted_line):
        return None
    found = _PDQ.match(untrusted_line)
    if found is None:
        return Refusal.NO_DIGEST
    digits, told = found.groups()
    quality = None if told is None else int(told)
    return entry_of([(Algorithm.PDQ, digits.decode("ascii"))], quality=quality)


def read_signal(untrusted_line: bytes) -> Line:
    """A kind of signal and its value."""
    if _says_nothing(untrusted_line):
        return None
    found = _SIGNAL.match(untrusted_line)
    if found is None:
        return Refusal.NO_DIGEST
    word, value = found.groups()
    algorithm = _SIGNALS.get(word)
    if algorithm is None:
        return Refusal.NOT_MATCHED
    return entry_of([(algorithm, value.decode("utf-8", "backslashreplace"))])


def _says_nothing(line: bytes) -> bool:
    text = line.strip()
    return not text or text[:1] in (b"#", b";")


def _is_pdq(beginning: bytes) -> bool:
    """Every line has a digest and a quality."""
    lines = _lines(beginning)
    found = [_PDQ.match(line) for line in lines]
    return bool(lines) and all(
        each is not None
        and each[2] is not None
        and int(each[2]) <= LARGEST_QUALITY
        and isinstance(read_pdq(line), Listed | Refusal)
        and len(each[1]) == 64
        for each, line in zip(found, lines, strict=True)
    )


def _is_signals(beginning: bytes) -> bool:
    """Every line has a kind of signal that those tools know, and one is matched here."""
    lines = _lines(beginning)
    found = [_SIGNAL.match(line) for line in lines]
    kinds = {each[1] if each else b"" for each in found}
    return bool(kinds & _SIGNALS.keys()) and kinds <= (_SIGNALS.keys() | _OTHER_SIGNALS)


def _lines(beginning: bytes) -> list[bytes]:
    return [line for line in whole_lines(beginning)[:_TRIED] if not _says_nothing(line)]


def _plan(_beginning: bytes, _said: Mapping[str, str], *, read: Callable[[bytes], Line]) -> Plan:
    return Plan(lambda file: line_rows(bounded_lines(file), read))


PDQ: Final = ListKind("pdq", _is_pdq, partial(_plan, read=read_pdq))
SIGNALS: Final = ListKind("threatexchange", _is_signals, partial(_plan, read=read_signal))
