"""Sentences about files of digests: what one is, why it is refused, what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr

EMPTY = tr("nothing at all")
BINARY = tr("bytes that no text has")
NO_TEXT = tr("nothing that reads as a digest")
NOTHING_TAKEN = tr("not one entry that can be taken; try it without keeping it to see why")
CUT_OFF = tr("JSON that ends in the middle")
NO_JSON = tr("JSON that is none")
TOO_DEEP = tr("JSON that is nested deeper than any list is")
TOO_LONG_TEXT = tr("JSON with a text that is longer than a whole entry may be")
NO_CONTEXT = tr("JSON of a kind of list that is not known here")
DIFFERENCE = tr(
    "a difference between two versions of a list, which takes entries back; read the whole list in"
)
NO_COLUMN = tr("a table of which no column has digests; say which one has")
NO_LIST_INSIDE = tr("a database with other tables than a list has")
DATABASE_DAMAGED = tr("a database that is damaged")
DATABASE_REPLACED = tr("a database that was replaced while it was opened")
DATABASE_ENDLESS = tr("a database whose answer takes no end")
DATABASE_SILENT = tr("a database that stopped the process which reads it")
NOT_CONFINED = tr(
    "a database, and this machine has nothing to confine the process that would read it"
)
A_COLUMN = tr("column")
A_MEANING = tr("what a column has")
LEFT_OUT = tr("left out")
CATEGORY = tr("Category there")

_MEANINGS: Final[Mapping[str, str]] = {
    "digest": tr("digests, told by their length"),
    "md5": "MD5",
    "sha1": "SHA-1",
    "sha256": "SHA-256",
    "pdq": "PDQ",
    "name": tr("names of files"),
    "category": tr("categories"),
    "quality": tr("quality of the PDQ digest"),
    "status": tr("whether it is on the list still"),
}


def packed(name: str) -> str:
    """The file is packed: `ZIP`."""
    return tr("a file packed as {packing}; unpack it first", packing=name)


def unsettled(name: str) -> str:
    """Part of a database lies in a journal beside it: `list.db-wal`."""
    return tr(
        "a database of which a part lies in {name} beside it; open and close it with the program that wrote it",
        name=name,
    )


def other_profile(said: str, written: str) -> str:
    """Another region was said than the file names."""
    return tr(
        "categories of the region profile {written}, and {said} was said; categories are never converted",
        said=said,
        written=written,
    )


def meaning(word: str | None) -> str:
    """What a column has."""
    return LEFT_OUT if word is None else _MEANINGS.get(word, word)


def category(code: str, region: str | None) -> str:
    """A category as its list has it, and of which region it is."""
    if region is None:
        return tr("{code}, of a region that nobody named", code=code)
    return tr("{code} of {region}", code=code, region=region)
