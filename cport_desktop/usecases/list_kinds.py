"""Which kind of file of digests one is, and how it is read: those included that a process of its own must
read.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import Final

from cport_desktop.domain.known import Algorithm
from cport_desktop.errors import HashListUnreadable, ValueUnknown
from cport_desktop.formats.hash_list_file import (
    ListKind,
    Plan,
    Refusal,
    Refused,
    Row,
    beginning_of,
)
from cport_desktop.formats.lists.csv_tables import CSV
from cport_desktop.formats.lists.entries import entry_of
from cport_desktop.formats.lists.foreign_rows import DatabaseList, ForeignRow
from cport_desktop.formats.lists.kinds import KINDS, recognised
from cport_desktop.formats.lists.text import (
    as_utf8,
    encoding_of,
    ends_in_cr,
    require_unpacked,
    utf8_file,
    with_lf,
)
from cport_desktop.media.foreign_rows import MAGIC, foreign_rows
from cport_desktop.words import known as words
from cport_desktop.words import list_files

AUTO: Final = "auto"
DATABASES: Final[tuple[DatabaseList, ...]] = ("nsrl-rds3", "kdb")
NAMES: Final = (*(kind.name for kind in KINDS), *DATABASES)
"""What the kinds are called, in the order in which they are tried."""
_TELLS_AFTER: Final = 1_000
"""Rows after which the place in the file is moved on."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a file is read: as which kind, and in which encoding its text is, None for UTF-8."""

    name: str
    plan: Plan
    encoding: str | None
    is_text: bool
    has_cr: bool = False
    """Its lines end in CR alone."""
    is_harmless: bool = False
    """What files of this kind name is known to be harmless, whoever reads them in."""

    def rows(self, file: BufferedReader) -> Generator[Row]:
        """All rows of the file. Close them, whatever becomes of them."""
        file.seek(0)
        return self.plan.rows(
            utf8_file(file, self.encoding, has_cr=self.has_cr) if self.is_text else file
        )


def way_of(file: BufferedReader, *, kind: str, said: Mapping[str, str]) -> Way:
    """The way in which `file` is read. `kind`: one of `NAMES`, or `AUTO`; what is `said` of
    columns makes it a table.

    Raises:
        ValueUnknown: no such kind, no such column.
        HashListUnreadable: it is none of these kinds, packed, or cannot be read.
    """
    chosen = [one for one in kinds_of(file) if kind in (AUTO, one.name)]
    if not chosen:
        raise ValueUnknown(what=words.A_FORMAT, value=kind, accepted=", ".join([AUTO, *NAMES]))
    untrusted = beginning_of(file)
    require_unpacked(untrusted)
    encoding = encoding_of(untrusted)
    beginning = as_utf8(untrusted, encoding)
    has_cr = b"\0" not in beginning and ends_in_cr(beginning)
    beginning = with_lf(beginning) if has_cr else beginning
    if said and kind == AUTO:
        chosen = [CSV]
    is_text = b"\0" not in beginning and bool(beginning.strip())
    # A person who names a kind that has no mark of its own is believed.
    is_believed = len(chosen) == 1 and not chosen[0].is_marked and is_text
    one = chosen[0] if is_believed else recognised(beginning, chosen)
    is_text = not one.is_binary
    plan = one.plan(beginning, said)
    return Way(one.name, plan, encoding, is_text, is_text and has_cr, one.is_harmless)


def kinds_of(file: BufferedReader) -> tuple[ListKind, ...]:
    """All kinds that `file` may be of."""
    database = _Database(file)
    databases = (
        ListKind(
            name,
            partial(database.is_list, name),
            database.plan,
            is_binary=True,
            is_marked=True,
            is_harmless=name == "nsrl-rds3",
        )
        for name in DATABASES
    )
    return (*KINDS, *databases)


@dataclass(slots=True)
class _Database:
    """A file that may be a database of digests; which list it is, is asked once."""

    file: BufferedReader
    _told: DatabaseList | None = field(default=None, init=False)

    def is_list(self, name: DatabaseList, beginning: bytes) -> bool:
        if not beginning.startswith(MAGIC):
            return False
        self._require_settled()
        if self._told is None:
            with foreign_rows(self.file) as rows:
                self._told = rows.kind
        return self._told == name

    def _require_settled(self) -> None:
        """Nothing, if all that is in the database stands in its file.

        Raises:
            HashListUnreadable: some of it lies in a journal beside it, which is not read.
        """
        for ending in ("-wal", "-journal"):
            beside = Path(f"{self.file.name}{ending}")
            with suppress(OSError):
                if beside.stat().st_size:
                    raise HashListUnreadable(cause=list_files.unsettled(beside.name))

    def plan(self, _beginning: bytes, _said: Mapping[str, str]) -> Plan:
        return Plan(self._rows)

    def _rows(self, file: BufferedReader) -> Generator[Row]:
        """The place in `file` is moved as the other process comes on, so that it tells how far."""
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        with foreign_rows(self.file) as rows:
            for number, row in enumerate(rows, 1):
                if rows.count and not number % _TELLS_AFTER:
                    file.seek(min(size, size * number // rows.count))
                yield _said_by(number, row)
        file.seek(size)


def _said_by(number: int, row: ForeignRow) -> Row:
    md5, sha1, sha256, name = row
    digests = ((Algorithm.MD5, md5), (Algorithm.SHA1, sha1), (Algorithm.SHA256, sha256))
    said = entry_of(((algorithm, told or "") for algorithm, told in digests), name=name or None)
    if isinstance(said, Refusal):
        return Refused(number, said, " ".join(cell or "–" for cell in row)[:200])
    return number, said
