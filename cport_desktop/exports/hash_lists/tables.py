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
from cport_desktop.domain.spreadsheet import reversibly_neutral
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
from cport_desktop.formats.lists.csv_tables import ICSE_PROFILE
from cport_desktop.formats.lists.entries import plain_word
from cport_desktop.formats.lists.own_tables import COLUMNS, OWN_DIGESTS, joined

ICSE_COLUMNS: Final = (
    *("MD5", "SHA1", "PhotoDNA", "Image ID", "Is distributed", "Victim identified"),
    *("Offender identified", "Series name", "Number of submissions", "File Available"),
    *("Media Type", "Baseline"),
)
"""As INTERPOL's files have them (domain.md 3.6, by IPED)."""
_BASELINE: Final = 1
"""The code of the taxonomy that the column is about (domain.md 1.3)."""
_ICSE_MORE: Final = tuple(map(plain_word, ICSE_COLUMNS[4:10]))
"""Names by which `ListedEntry.more` has what columns 5 to 10 say, as `plain_word` leaves them."""
_OF_ICSE: Final = frozenset((*_ICSE_MORE, "series", "imageid", "mediatype"))
_BASELINES: Final = frozenset({"true", "false"})


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
        told = reversibly_neutral(text.replace("\0", "\\x00"))
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
        tally.lose_region(head, entry)
        others = [pair for pair in entry.digests if pair[0] not in OWN_DIGESTS]
        yield lines.line(
            [
                *(lines.safe(entry.digest(word)) for word in OWN_DIGESTS),
                lines.safe(joined(others)),
                lines.safe(entry.name),
                _number(entry.size),
                lines.safe(entry.media_type),
                lines.safe(entry.category),
                _number(entry.quality),
                _number(entry.classification),
                lines.safe(entry.source),
                lines.safe(joined(entry.feedback)),
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


def _icse(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    return gathered(_icse_lines(head, source, tally))


def _icse_lines(head: ListHead, source: Source, tally: Tally) -> Iterator[bytes]:
    lines = _Lines(tally, ";")
    yield lines.line(ICSE_COLUMNS)
    for entry in standing(source, tally):
        md5, sha1 = entry.digest("md5"), entry.digest("sha1")
        photodna = as_hex(entry.digest("photodna") or "")
        if md5 is None and sha1 is None and photodna is None:
            tally.lose(ENTRY)
            continue
        tally.wrote(entry)
        baseline = _baseline(head, entry)
        more = {plain_word(name): text for name, text in entry.more}
        more.setdefault("seriesname", more.get("series", ""))
        _lose_beside_icse(entry, photodna, baseline, tally)
        yield lines.line(
            [
                (md5 or "").upper(),
                (sha1 or "").upper(),
                photodna or "",
                lines.safe(more.get("imageid", entry.entry_id)),
                *(lines.safe(more.get(name)) for name in _ICSE_MORE),
                lines.safe((entry.media_type or more.get("mediatype", "")).partition("/")[0]),
                baseline,
            ]
        )


def _lose_beside_icse(
    entry: ListedEntry, photodna: str | None, baseline: str, tally: Tally
) -> None:
    carried = {"media_type", "more"}
    if entry.classification is None or (entry.classification, baseline) == (_BASELINE, "true"):
        carried.add("classification")
    if baseline and baseline == entry.category:
        carried.add("category")
    tally.lose_rest(entry, digests=("md5", "sha1", "photodna"), fields=carried)
    if any(plain_word(name) not in _OF_ICSE for name, _ in entry.more):
        tally.lose("more")
    if entry.digest("photodna") and photodna is None:
        tally.lose(f"{DIGEST}photodna")
    if "/" in (entry.media_type or ""):
        tally.lose("media_type")


def _baseline(head: ListHead, entry: ListedEntry) -> str:
    """As the list itself says; else by the class that the portal gave."""
    if head.category_region == ICSE_PROFILE and entry.category in _BASELINES:
        return entry.category or ""
    return "" if entry.classification is None else str(entry.classification == _BASELINE).lower()


CSV: Final = ListFormat("csv", "csv", _csv, tells_removed=True)
ICSE: Final = ListFormat("icse", "csv", _icse, tells_removed=False)
