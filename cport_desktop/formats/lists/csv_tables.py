"""Tables of digests as text: any delimiter, with headings or without; and those whose headings are known.

    icse         MD5;SHA1;PhotoDNA;Image ID;… (INTERPOL's ICSE, as public readers know it)
    nsrl-rds2    "SHA-1","MD5","CRC32","FileName","FileSize",… (NSRLFile.txt)
    hashkeeper   "file_id","hashset_id","file_name","directory","hash",…
    csv          any other

A cell may be quoted and run over lines. What a column is, `columns` tells. Of ICSE's, and of tables as they
leave here (`own_tables`), what has no place in an entry is kept as its rest; of others it is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from typing import Final

from cport_desktop.domain.known import Algorithm
from cport_desktop.domain.spreadsheet import as_it_was
from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.hash_list_file import (
    Column,
    Line,
    Listed,
    ListKind,
    Plan,
    Refusal,
    Refused,
    Row,
    shown,
    whole_lines,
)
from cport_desktop.formats.lists.columns import (
    DIGESTS,
    Meaning,
    columns_of,
    has_headings,
    is_digest,
)
from cport_desktop.formats.lists.csv_records import records
from cport_desktop.formats.lists.entries import entry_of, plain_word
from cport_desktop.formats.lists.own_tables import (
    OF_DIFFERENCES,
    OWN_DIGESTS,
    is_own,
    rest_of_own,
)
from cport_desktop.formats.lists.told import number, rest_of
from cport_desktop.formats.md5sum_lines import readable
from cport_desktop.words import list_files as words

DELIMITERS: Final = (",", ";", "\t", "|")
_TRIED: Final = 200
"""Lines by which a table is known."""

_ICSE: Final = frozenset({"md5", "sha1", "photodna", "imageid"})
_RDS2: Final = frozenset({"sha1", "md5", "crc32", "filename", "productcode"})
_HASHKEEPER: Final = frozenset({"fileid", "hashsetid", "filename", "hash"})
ICSE_PROFILE: Final = "ICSE baseline"
_BASELINE: Final = "baseline"
_TAKEN_BACK: Final = frozenset({"removed", "withdrawn", "deleted", "revoked"})
_ALGORITHMS: Final[Mapping[str, Algorithm | None]] = {
    Meaning.DIGEST: None,
    Meaning.MD5: Algorithm.MD5,
    Meaning.SHA1: Algorithm.SHA1,
    Meaning.SHA256: Algorithm.SHA256,
    Meaning.PDQ: Algorithm.PDQ,
}


@dataclass(frozen=True, slots=True)
class _Table:
    """How a text divides: by which letter, and its first records."""

    delimiter: str
    records: tuple[tuple[str, ...], ...]
    score: int
    """Records of several cells of which one is a digest."""


def _table(beginning: bytes) -> _Table:
    """The table that most of a beginning is one of."""
    lines = [line.decode("utf-8", "backslashreplace") for line in whole_lines(beginning)[:_TRIED]]
    return max((_divided(lines, delimiter) for delimiter in DELIMITERS), key=_fitness)


def _fitness(table: _Table) -> tuple[int, int]:
    return table.score, len(table.records[0]) if table.records else 0


def _divided(lines: Sequence[str], delimiter: str) -> _Table:
    records: list[tuple[str, ...]] = []
    reader = csv.reader((f"{line}\n" for line in lines if line.strip()), delimiter=delimiter)
    with suppress(csv.Error):
        records.extend(tuple(record) for record in reader)
    score = sum(len(record) > 1 and any(map(is_digest, record)) for record in records)
    return _Table(delimiter, tuple(records), score)


def _headings(beginning: bytes) -> frozenset[str]:
    records = _table(beginning).records
    return (
        frozenset(plain_word(cell) for cell in records[0]) if has_headings(records) else frozenset()
    )


def _recognises_csv(beginning: bytes) -> bool:
    """A heading that names digests, or more rows with digests than there are lines of md5sum's."""
    table = _table(beginning)
    first = beginning.lstrip().partition(b"\n")[0]
    # `MD5 (a, b) = …` names a digest as a heading does.
    if has_headings(table.records) and not readable(first):
        said = {column.meaning for column in columns_of(table.records, {})}
        if DIGESTS & said and (len(table.records[0]) > 1 or _is_named(table)):
            return True
    return table.score > readable(beginning)


def _is_named(table: _Table) -> bool:
    """Of a table of one column, the heading itself says that it has digests."""
    return any(column.meaning in DIGESTS for column in columns_of(table.records[:1], {}))


def _recognises(known: frozenset[str], beginning: bytes) -> bool:
    return known <= _headings(beginning)


def _plan(
    beginning: bytes, said: Mapping[str, str], *, keeps_rest: bool, profile: str | None
) -> Plan:
    table = _table(beginning)
    columns = columns_of(table.records, said)
    if keeps_rest:
        columns = tuple(map(_with_baseline, columns))
    if not any(column.meaning in DIGESTS for column in columns):
        raise HashListUnreadable(cause=words.NO_COLUMN)
    headings = [column.heading or "" for column in columns]
    is_ours = not said and is_own(headings)
    read = _own_reader(columns) if is_ours else _reader(columns, keeps_rest=keeps_rest)
    rows = partial(
        _rows,
        delimiter=table.delimiter,
        width=len(columns),
        read=read,
        passed=int(has_headings(table.records)),
    )
    has_category = any(column.meaning == Meaning.CATEGORY for column in columns)
    return Plan(rows, profile=profile if has_category else None, columns=columns)


def _with_baseline(column: Column) -> Column:
    if column.heading and plain_word(column.heading) == _BASELINE:
        return Column(column.number, column.heading, Meaning.CATEGORY.value)
    return column


def _reader(columns: Sequence[Column], *, keeps_rest: bool) -> Callable[[Sequence[str]], Line]:
    """What makes an entry of a record."""
    place = {column.meaning: column.number - 1 for column in columns if column.meaning}
    digests = [
        (_ALGORITHMS[column.meaning], column.number - 1)
        for column in columns
        if column.meaning in DIGESTS
    ]
    name, category, quality = map(place.get, (Meaning.NAME, Meaning.CATEGORY, Meaning.QUALITY))
    status = place.get(Meaning.STATUS)
    others = [
        (column.heading or str(column.number), column.number - 1)
        for column in columns
        if keeps_rest and column.meaning is None
    ]

    def read(record: Sequence[str]) -> Line:
        def cell(at: int | None) -> str:
            return record[at].strip() if at is not None and at < len(record) else ""

        if cell(status).casefold() in _TAKEN_BACK:
            return Refusal.TAKEN_BACK
        stated = cell(quality)
        known_quality = number(stated) if stated else None
        if stated and known_quality is None:
            return Refusal.MALFORMED
        return entry_of(
            ((algorithm, cell(at)) for algorithm, at in digests),
            name=cell(name) or None,
            quality=known_quality,
            category=cell(category) or None,
            rest=rest_of({heading: cell(at) for heading, at in others}) if others else None,
        )

    return read


def _own_reader(columns: Sequence[Column]) -> Callable[[Sequence[str]], Line]:
    """As `_reader`, of a table that left here: texts as they were, and what else it says is kept.

    Raises:
        HashListUnreadable: when read, of a table that is a difference between two versions.
    """
    named = [column.heading or "" for column in columns]

    def read(record: Sequence[str]) -> Line:
        cells = dict(zip(named, map(as_it_was, record), strict=False))
        if cells.get("status") in OF_DIFFERENCES:
            raise HashListUnreadable(cause=words.DIFFERENCE)
        stated = cells.get("quality", "")
        quality = number(stated) if stated else None
        if stated and quality is None:
            return Refusal.MALFORMED
        return entry_of(
            (
                (_ALGORITHMS[word], cells.get(word, ""))
                for word in OWN_DIGESTS
                if word in _ALGORITHMS
            ),
            name=cells.get("name") or None,
            quality=quality,
            category=cells.get("category") or None,
            rest=rest_of(rest_of_own(cells)),
        )

    return read


def _rows(
    file: BufferedReader,
    *,
    delimiter: str,
    width: int,
    read: Callable[[Sequence[str]], Line],
    passed: int,
) -> Generator[Row]:
    """`passed`: records at the beginning that name columns."""
    left_to_pass = passed
    for found in records(file, delimiter=delimiter, width=width):
        if isinstance(found, Refused):
            yield found
            continue
        number, record = found
        if not any(record):
            continue
        if left_to_pass and any(cell.strip() for cell in record):
            left_to_pass -= 1
            continue
        said = read(record)
        if isinstance(said, Listed):
            yield number, said
        elif said is not None:
            yield Refused(number, said, shown(delimiter.join(record).encode()))


def _kind(
    name: str, known: frozenset[str], *, keeps_rest: bool = False, is_harmless: bool = False
) -> ListKind:
    profile = ICSE_PROFILE if keeps_rest else None
    return ListKind(
        name,
        partial(_recognises, known),
        partial(_plan, keeps_rest=keeps_rest, profile=profile),
        is_harmless=is_harmless,
    )


ICSE: Final = _kind("icse", _ICSE, keeps_rest=True)
RDS2: Final = _kind("nsrl-rds2", _RDS2, is_harmless=True)
HASHKEEPER: Final = _kind("hashkeeper", _HASHKEEPER)
CSV: Final = ListKind("csv", _recognises_csv, partial(_plan, keeps_rest=False, profile=None))
