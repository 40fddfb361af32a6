"""Lists as tables of text: CSV with all that an entry has, and INTERPOL's ICSE columns.

CSV is UTF-8, commas, a header, lines that end in CR LF; several things in a cell have `; ` between
them. Texts of others are kept from beginning a formula (OWASP), which is counted.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Final

from cport_desktop.domain.listed import ListedEntry, ListHead, Source
from cport_desktop.domain.spreadsheet import neutral
from cport_desktop.exports.hash_lists.photodna import as_hex
from cport_desktop.exports.hash_lists.tally import (
    DIGEST,
    ENTRY,
    GUARDED,
    ListFormat,
    Tally,
    gathered,
    standing,
)

_OWN_COLUMNS: Final = ("md5", "sha1", "sha256", "sha512", "pdq", "vpdq", "photodna")
"""Algorithms that have a column of their own; the others share one."""
COLUMNS: Final = (
    *_OWN_COLUMNS,
    *("digests", "name", "size", "type", "category", "quality", "classification", "source"),
    *("feedback", "more", "entry", "status"),
)
ICSE_COLUMNS: Final = (
    *("MD5", "SHA1", "PhotoDNA", "Image ID", "Is distributed", "Victim identified"),
    *("Offender identified", "Series name", "Number of submissions", "File Available"),
    *("Media Type", "Baseline"),
)
"""As INTERPOL's files have them (domain.md 3.6, by IPED)."""
_BASELINE: Final = 1
"""The code of the taxonomy that the column is about (domain.md 1.3)."""
_ICSE_MORE: Final = (
    *("IsDistributed", "VictimIdentified", "OffenderIdentified", "Series"),
    *("NumberOfSubmissions", "FileAvailable"),
)
"""Names by which `ListedEntry.more` has what columns 5 to 10 say."""


class _Lines:
    """Rows as bytes; texts that would begin a formula are guarded and counted."""

    def __init__(self, tally: Tally, delimiter: str) -> None:
        self._tally = tally
        self._delimiter = delimiter

    def line(self, cells: Sequence[str]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._delimiter, lineterminator="\r\n").writerow(cells)
        return text.getvalue().encode("utf-8", "backslashreplace")

    def safe(self, text: str | None) -> str:
        if not text:
            return ""
        told = neutral(text.replace("\0", "\\x00"))
        if told != text:
            self._tally.lose(GUARDED)
        return told


def _csv(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    return gathered(_csv_lines(head, source, tally))


def _csv_lines(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    lines = _Lines(tally, ",")
    yield lines.line(COLUMNS)
    for entry in source():
        tally.wrote(entry)
        others = [f"{word}:{text}" for word, text in entry.digests if word not in _OWN_COLUMNS]
        yield lines.line(
            [
                *(lines.safe(entry.digest(word)) for word in _OWN_COLUMNS),
                lines.safe("; ".join(others)),
                lines.safe(entry.name),
                _number(entry.size),
                lines.safe(entry.media_type),
                lines.safe(entry.category),
                _number(entry.quality),
                _number(entry.classification),
                lines.safe(entry.source),
                lines.safe("; ".join(f"{word}:{count}" for word, count in entry.feedback)),
                _more(entry),
                lines.safe(entry.entry_id),
                _status(head, entry),
            ]
        )


def _status(head: ListHead, entry: ListedEntry) -> str:
    if entry.is_removed:
        return "removed"
    return "added" if head.is_difference else "listed"


def _more(entry: ListedEntry) -> str:
    """As a JSON object, which begins no formula."""
    if not entry.more:
        return ""
    return json.dumps(dict(entry.more), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _icse(_head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    return gathered(_icse_lines(source, tally))


def _icse_lines(source: Source, tally: Tally) -> Iterator[bytes]:
    lines = _Lines(tally, ";")
    yield lines.line(ICSE_COLUMNS)
    for entry in standing(source, tally):
        md5, sha1 = entry.digest("md5"), entry.digest("sha1")
        photodna = as_hex(entry.digest("photodna") or "")
        if md5 is None and sha1 is None and photodna is None:
            tally.lose(ENTRY)
            continue
        tally.wrote(entry)
        _lose_beside_icse(entry, photodna, tally)
        more = dict(entry.more)
        yield lines.line(
            [
                (md5 or "").upper(),
                (sha1 or "").upper(),
                photodna or "",
                lines.safe(entry.entry_id),
                *(lines.safe(more.get(name)) for name in _ICSE_MORE),
                lines.safe((entry.media_type or "").partition("/")[0]),
                _baseline(entry),
            ]
        )


def _lose_beside_icse(entry: ListedEntry, photodna: str | None, tally: Tally) -> None:
    carried = {"media_type", "more"}
    if entry.classification in (None, _BASELINE):
        carried.add("classification")
    tally.lose_rest(entry, digests=("md5", "sha1", "photodna"), fields=carried)
    if any(name not in _ICSE_MORE for name, _ in entry.more):
        tally.lose("more")
    if entry.digest("photodna") and photodna is None:
        tally.lose(f"{DIGEST}photodna")
    if "/" in (entry.media_type or ""):
        tally.lose("media_type")


def _baseline(entry: ListedEntry) -> str:
    return "" if entry.classification is None else str(entry.classification == _BASELINE).lower()


CSV: Final = ListFormat("csv", "csv", _csv, tells_removed=True)
ICSE: Final = ListFormat("icse", "csv", _icse, tells_removed=False)
