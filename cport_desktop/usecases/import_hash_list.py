"""Read a hash list in from a file: what can be read is taken, what cannot is told line by line.

A line that is refused fails nothing; a file in which nothing can be read is refused as a whole. What
was cut off, by a crash or by a person, leaves nothing that anybody sees. Memory does not grow with the
file.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Final

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.known import LONGEST_LIST_TEXT, OWN_LIST_MARK, HitTally
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled, InputUnreadable, TextUnfit, ValueUnknown
from cport_desktop.formats import hash_list_file
from cport_desktop.formats.hash_list_file import ListFormat, Refused, Row
from cport_desktop.formats.md5sum_lines import MD5SUM
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.permission import require
from cport_desktop.vault.list_reading import Entry, ListReading, NewList, remove_unfinished
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words

FORMATS: Final = (MD5SUM,)
"""Kinds of files, in the order in which they are tried."""
AUTO: Final = "auto"
_LOT: Final = 20_000
"""Lines that are taken together: a tenth of a second in which others wait to write."""
_PIECE: Final = 1 << 20
"""Bytes that are read together for the digest of the file."""
PREVIEWED: Final = 10
"""Rows of a file that are shown before it is read in."""


@dataclass(frozen=True, slots=True)
class ListOrder:
    """A file, and what a person says of it. `name`: None for the file's own. `format`: one of
    `FORMATS` by its name, or `AUTO`. `is_rehearsal`: it is read and counted, and nothing stays.
    """

    path: Path
    name: str | None = None
    source: str = ""
    version: str = ""
    handling: str | None = None
    is_negative: bool = False
    format: str = AUTO
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the lines. `list_id` is None after a rehearsal. `first`: rows as they were
    understood, the first few. `hits`: what the list's contents came to.
    """

    list_id: str | None
    name: str
    format: str
    file_sha256: str
    accepted: int
    rejected: int
    duplicates: int
    first: tuple[Row, ...]
    hits: HitTally


def import_hash_list(
    vault: Vault,
    order: ListOrder,
    *,
    announce: Announce,
    is_cancelled: IsCancelled,
    reject: Callable[[Refused], None] = lambda _: None,
) -> Imported:
    """The list is whole and matched; `reject` was told each line that was refused.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        InputUnreadable: the file. ValueUnknown: no such kind of file.
        TextUnfit: a name, a source or a version is too long.
        HashListUnreadable: nothing in the file can be read; nothing was taken.
        KeepingUnderWay: somebody began to read another list in.
        Cancelled: it was asked to stop; nothing is left of it.
        StorageFull, VaultDamaged: the disk; likewise.
    """
    require(vault, Role.ANALYST)
    new_list = _described(order)
    remove_unfinished(vault)
    try:
        file = order.path.open("rb")
    except OSError as error:
        cause = error.strerror or "unknown"
        raise InputUnreadable(path=str(order.path), cause=cause) from error
    with file:
        return _imported(vault, order, new_list, _Watched(file, announce, is_cancelled, reject))


@dataclass(frozen=True, slots=True)
class _Watched:
    """A file that is read, who looks on, and who is told what is refused."""

    file: BufferedReader
    announce: Announce
    is_cancelled: IsCancelled
    reject: Callable[[Refused], None]


@dataclass(frozen=True, slots=True)
class _Counted:
    """`accepted` have a digest, each line of its own."""

    sha256: str
    size: int
    accepted: int
    rejected: int
    first: tuple[Row, ...]


def _imported(vault: Vault, order: ListOrder, new: NewList, watched: _Watched) -> Imported:
    kind = _kind_of(order, watched.file)
    reading = ListReading(vault, replace(new, format=kind.name), is_rehearsal=order.is_rehearsal)
    try:
        counted = _read(reading, kind, watched)
        duplicates = _settled(reading, watched, counted.size)
        if order.is_rehearsal:
            reading.discard()
        else:
            _show(vault, reading, new, counted)
    except BaseException:
        reading.discard()
        raise
    return Imported(
        list_id=None if order.is_rehearsal else new.list_id,
        name=new.name,
        format=kind.name,
        file_sha256=counted.sha256,
        accepted=counted.accepted - duplicates,
        rejected=counted.rejected,
        duplicates=duplicates,
        first=counted.first,
        hits=HitTally() if order.is_rehearsal else match_due(vault, announce=watched.announce),
    )


def _described(order: ListOrder) -> NewList:
    name = (order.name or order.path.stem).strip() or order.path.name
    for text in (name, order.source, order.version, order.handling or ""):
        if len(text) > LONGEST_LIST_TEXT:
            raise TextUnfit(length=len(text), limit=LONGEST_LIST_TEXT)
    return NewList(
        list_id=f"{OWN_LIST_MARK}{secrets.token_hex(6)}",
        name=name,
        version=order.version.strip(),
        source=order.source.strip(),
        handling=order.handling,
        is_negative=order.is_negative,
        format="",
    )


def _kind_of(order: ListOrder, file: BufferedReader) -> ListFormat:
    chosen = [kind for kind in FORMATS if order.format in (AUTO, kind.name)]
    if not chosen:
        accepted = ", ".join([AUTO, *(kind.name for kind in FORMATS)])
        raise ValueUnknown(what=words.A_FORMAT, value=order.format, accepted=accepted)
    return hash_list_file.recognised(hash_list_file.beginning_of(file), chosen)


def _read(reading: ListReading, kind: ListFormat, watched: _Watched) -> _Counted:
    """All lines are taken or refused."""
    file = watched.file
    digest = _digest(watched)
    size = file.tell()
    file.seek(0)
    rows = hash_list_file.rows(hash_list_file.bounded_lines(file), kind)
    accepted, rejected, first = 0, 0, list[Row]()
    while lot := list(islice(rows, _LOT)):
        if watched.is_cancelled():
            raise Cancelled
        first += lot[: PREVIEWED - len(first)]
        refused = [row for row in lot if isinstance(row, Refused)]
        for row in refused:
            watched.reject(row)
        entries = list(_entries(lot))
        reading.take(entries)
        accepted, rejected = accepted + len(entries), rejected + len(refused)
        watched.announce(Progress(Phase.IMPORTING, min(file.tell(), size), 2 * size))
    return _Counted(digest, size, accepted, rejected, tuple(first))


def _digest(watched: _Watched) -> str:
    """SHA-256 of the file, which was read to its end; from a slow stick that takes its time."""
    digest = hashlib.sha256()
    while piece := watched.file.read(_PIECE):
        if watched.is_cancelled():
            raise Cancelled
        digest.update(piece)
    return digest.hexdigest()


def _entries(lot: Iterable[Row]) -> Iterator[Entry]:
    for row in lot:
        if not isinstance(row, Refused):
            line, listed = row
            yield line, listed.algorithm, listed.digest, listed.name


def _settled(reading: ListReading, watched: _Watched, size: int) -> int:
    """How many entries were left out, since an earlier one has their digest."""
    duplicates = 0
    for twice, part in reading.settle():
        if watched.is_cancelled():
            raise Cancelled
        duplicates += twice
        watched.announce(Progress(Phase.IMPORTING, size + int(part * size), 2 * size))
    return duplicates


def _show(vault: Vault, reading: ListReading, new: NewList, counted: _Counted) -> None:
    with vault.transaction() as tx:
        entries = reading.show(tx, file_sha256=counted.sha256)
        tx.record(
            AuditDraft(
                action=AuditAction.COLLECTION,
                verb="import_list",
                object_kind=ObjectKind.HASH_LIST,
                object_reference=new.list_id,
                payload=(
                    ("name", new.name),
                    ("source", new.source),
                    ("version", new.version),
                    ("negative", "yes" if new.is_negative else "no"),
                    ("file_sha256", counted.sha256),
                    ("entries", str(entries)),
                    ("rejected", str(counted.rejected)),
                ),
            )
        )
