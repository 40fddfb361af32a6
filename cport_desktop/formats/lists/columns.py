"""What the columns of a table of digests are: by their headings, by what is in them, or as a person says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from cport_desktop.errors import ValueUnknown
from cport_desktop.formats.hash_list_file import Column
from cport_desktop.formats.lists.entries import BY_LENGTH, BY_WORD, plain_word
from cport_desktop.words import list_files as words


class Meaning(StrEnum):
    """Which part of an entry a column is. `DIGEST`: digests that their length tells. `STATUS`: whether the
    entry is on its list still.
    """

    DIGEST = "digest"
    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    PDQ = "pdq"
    NAME = "name"
    CATEGORY = "category"
    QUALITY = "quality"
    STATUS = "status"


DIGESTS: Final = frozenset({Meaning.DIGEST, Meaning.MD5, Meaning.SHA1, Meaning.SHA256, Meaning.PDQ})
_HEADINGS: Final[Mapping[str, Meaning]] = {
    **{word: Meaning(algorithm.word) for word, algorithm in BY_WORD.items()},
    "md5hash": Meaning.MD5,
    "hashmd5": Meaning.MD5,
    "md5sum": Meaning.MD5,
    "sha1hash": Meaning.SHA1,
    "hashsha1": Meaning.SHA1,
    "sha256hash": Meaning.SHA256,
    "hashsha256": Meaning.SHA256,
    "hashpdq": Meaning.PDQ,
    "hash": Meaning.DIGEST,
    "hashvalue": Meaning.DIGEST,
    "digest": Meaning.DIGEST,
    "checksum": Meaning.DIGEST,
    "name": Meaning.NAME,
    "filename": Meaning.NAME,
    "file": Meaning.NAME,
    "category": Meaning.CATEGORY,
    "categorycode": Meaning.CATEGORY,
    "quality": Meaning.QUALITY,
    "pdqquality": Meaning.QUALITY,
    "status": Meaning.STATUS,
}
"""Meanings by headings as `plain_word` leaves them."""


def is_digest(cell: str) -> bool:
    """It is as long as a digest, and hexadecimal."""
    text = cell.strip()
    if len(text) not in BY_LENGTH:
        return False
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return " " not in text


def has_headings(records: Sequence[Sequence[str]]) -> bool:
    """The first record names columns: no cell of it is a digest, and one is named after one, or the
    second record has one.
    """
    if not records or any(map(is_digest, records[0])):
        return False
    if any(_HEADINGS.get(plain_word(cell)) in DIGESTS for cell in records[0]):
        return True
    return len(records) > 1 and any(map(is_digest, records[1]))


def columns_of(records: Sequence[Sequence[str]], said: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns of a table that begins with `records`. What a person said holds, and nothing else then.

    Raises:
        ValueUnknown: no such meaning, or no such column.
    """
    headings = list(records[0]) if has_headings(records) else []
    rows = records[1:] if headings else records
    width = max((len(record) for record in records), default=0)
    meanings = _said(headings, width, said) if said else _seen(headings, rows, width)
    return tuple(
        Column(
            at + 1,
            headings[at].strip() if at < len(headings) else None,
            None if (meaning := meanings.get(at)) is None else meaning.value,
        )
        for at in range(width)
    )


def _said(headings: Sequence[str], width: int, said: Mapping[str, str]) -> dict[int, Meaning]:
    found: dict[int, Meaning] = {}
    plain = [heading.strip().casefold() for heading in headings]
    for word, column in said.items():
        if word not in list(Meaning):
            raise ValueUnknown(what=words.A_MEANING, value=word, accepted=", ".join(Meaning))
        wanted = column.strip().casefold()
        if wanted in plain:
            found[plain.index(wanted)] = Meaning(word)
        elif wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:4]) <= width:
            found[int(wanted[:4]) - 1] = Meaning(word)
        else:
            accepted = ", ".join([*headings, f"1–{width}"])
            raise ValueUnknown(what=words.A_COLUMN, value=column, accepted=accepted)
    return found


def _seen(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> dict[int, Meaning]:
    """By headings; where none of those is of a digest, by what is in the columns. The first column
    with a meaning has it.
    """
    found: dict[int, Meaning] = {}
    for at, heading in enumerate(headings):
        meaning = _HEADINGS.get(plain_word(heading))
        if meaning is not None and meaning not in found.values():
            found[at] = meaning
    if not DIGESTS.intersection(found.values()):
        for at in range(width):
            if at not in found and (meaning := _by_content(rows, at)) is not None:
                found[at] = meaning
    if not headings and found:
        for at in range(width):
            cells = [row[at].strip() for row in rows if at < len(row)]
            if at not in found and any(cell and not cell.isnumeric() for cell in cells):
                found[at] = Meaning.NAME
                break
    return found


def _by_content(rows: Sequence[Sequence[str]], at: int) -> Meaning | None:
    cells = [cell for row in rows if at < len(row) and (cell := row[at].strip())]
    digests = [cell for cell in cells if is_digest(cell)]
    if not digests or 2 * len(digests) < len(cells):
        return None
    lengths = {len(cell) for cell in digests}
    if len(lengths) > 1:
        return Meaning.DIGEST
    return Meaning(BY_LENGTH[lengths.pop()].word)
