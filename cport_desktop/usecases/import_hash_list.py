"""Read a hash list in from a file: what can be read is taken, what cannot is told line by line.

A line that is refused fails nothing; a file in which nothing can be read is refused as a whole. What
was cut off, by a crash or by a person, leaves nothing that anybody sees. Memory does not grow with the
file.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Final

from cport_desktop.domain.known import LONGEST_LIST_TEXT, OWN_LIST_MARK, HitTally
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    Cancelled,
    HashListUnreadable,
    InputUnreadable,
    TextUnfit,
)
from cport_desktop.formats.hash_list_file import Column, Plan, Refused, Row
from cport_desktop.formats.lists.manifest_file import ListManifest
from cport_desktop.formats.lists.perceptual_lines import PDQ
from cport_desktop.formats.region_profiles import named_region
from cport_desktop.usecases.list_kinds import AUTO, Way, way_of
from cport_desktop.usecases.list_manifest import Beside, manifest_beside
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.show_list import ReadFile, Show, show_as_own
from cport_desktop.vault.list_reading import ListReading, NewList
from cport_desktop.vault.list_removal import remove_unfinished
from cport_desktop.vault.vault import Vault
from cport_desktop.words import list_files

_LOT: Final = 20_000
"""Lines that are taken together: a tenth of a second in which others wait to write."""
_PIECE: Final = 1 << 20
"""Bytes that are read together for the digest of the file."""
PREVIEWED: Final = 10
"""Rows of a file that are shown before it is read in."""


@dataclass(frozen=True, slots=True)
class ListOrder:
    """A file, and what a person says of it. `name`: None for the file's own. `format`: one of
    `list_kinds.NAMES`, or `AUTO`. `columns`: of a table, a meaning and a heading or a number; empty for
    what the table says by itself. `profile`: of which region the categories are, None for what the file
    says. `is_rehearsal`: it is read and counted, and nothing stays. `trust`: certificates (PEM), under
    one of which the manifest beside the file must be signed. What a person does not say, the manifest does.
    """

    path: Path
    name: str | None = None
    source: str = ""
    version: str = ""
    handling: str | None = None
    is_negative: bool = False
    format: str = AUTO
    is_rehearsal: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    trust: bytes | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows. `list_id` is None after a rehearsal. `first`: rows as they were
    understood, the first few. `hits`: what the list's contents came to. `columns`: of a table.
    `profile`: of which region its categories are. `is_negative`: what is on it is known to be harmless,
    as was said, as its manifest says, or as all files of this kind are. `beside`: its manifest.
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
    columns: tuple[Column, ...] = ()
    profile: str | None = None
    is_negative: bool = False
    beside: Beside | None = None


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
        InputUnreadable: the file. ValueUnknown: no such kind of file, no such column.
        TextUnfit: a name, a source or a version is too long.
        HashListUnreadable: nothing in the file can be read; nothing was taken.
        HashListUnreadable, SignatureInvalid, NatureRefused, KeyFileMalformed: as `manifest_beside`; or the
            manifest is of another file.
        KeepingUnderWay: somebody began to read another list in.
        Cancelled: it was asked to stop; nothing is left of it.
        StorageFull, VaultDamaged: the disk; likewise.
    """
    require(vault, Role.ANALYST)
    return read_in(
        vault, order, show_as_own, announce=announce, is_cancelled=is_cancelled, reject=reject
    )


def read_in(
    vault: Vault,
    order: ListOrder,
    show: Show,
    *,
    announce: Announce,
    is_cancelled: IsCancelled,
    reject: Callable[[Refused], None] = lambda _: None,
) -> Imported:
    """As `import_hash_list`, with what is read shown by `show`; if that fails, nothing is left of it.

    Raises:
        As `import_hash_list`, and as `show`.
    """
    require(vault, Role.ANALYST)
    beside = manifest_beside(vault, order.path, trust=order.trust)
    if beside is not None:
        order = _completed(order, beside.manifest)
    new_list = _described(order)
    remove_unfinished(vault)
    try:
        file = order.path.open("rb")
    except OSError as error:
        cause = error.strerror or "unknown"
        raise InputUnreadable(path=str(order.path), cause=cause) from error
    with file:
        watched = _Watched(file, announce, is_cancelled, reject, beside)
        return _imported(vault, order, new_list, watched, show)


@dataclass(frozen=True, slots=True)
class _Watched:
    """A file that is read, who looks on, and who is told what is refused."""

    file: BufferedReader
    announce: Announce
    is_cancelled: IsCancelled
    reject: Callable[[Refused], None]
    beside: Beside | None


def _imported(
    vault: Vault, order: ListOrder, new: NewList, watched: _Watched, show: Show
) -> Imported:
    way = way_of(watched.file, kind=order.format, said=order.columns)
    new = replace(
        new,
        format=way.name,
        profile=_profile(order, way.plan),
        is_negative=new.is_negative or way.is_harmless,
    )
    reading = ListReading(vault, new, is_rehearsal=order.is_rehearsal)
    try:
        read = _read(reading, way, watched)
        if order.is_rehearsal:
            reading.discard()
        elif not read.accepted:
            raise HashListUnreadable(cause=list_files.NOTHING_TAKEN)
        else:
            show(vault, reading, read)
    except BaseException:
        reading.discard()
        raise
    return Imported(
        list_id=None if order.is_rehearsal else new.list_id,
        name=new.name,
        format=way.name,
        file_sha256=read.sha256,
        accepted=read.accepted - read.twice,
        rejected=read.rejected,
        duplicates=read.twice,
        first=read.first,
        hits=HitTally() if order.is_rehearsal else match_due(vault, announce=watched.announce),
        columns=way.plan.columns,
        profile=new.profile,
        is_negative=new.is_negative,
        beside=watched.beside,
    )


def _completed(order: ListOrder, manifest: ListManifest) -> ListOrder:
    """With what the manifest says where a person says nothing. That its files are harmless, both may say.

    Raises:
        HashListUnreadable: of another region than a person says are its categories.
    """
    region, said = named_region(manifest.region), (order.profile or "").strip()
    if region and said and region.casefold() != said.casefold():
        raise HashListUnreadable(cause=list_files.other_profile(said, region))
    # Digests of PDQ alone look like those of SHA-256: here somebody says which they are.
    is_pdq = order.format == AUTO and manifest.form == PDQ.name
    return replace(
        order,
        name=order.name or manifest.name or None,
        source=order.source or manifest.source,
        version=order.version or manifest.version,
        handling=order.handling or manifest.handling,
        is_negative=order.is_negative or manifest.is_negative,
        format=PDQ.name if is_pdq else order.format,
        profile=said or region,
    )


def _described(order: ListOrder) -> NewList:
    name = (order.name or order.path.stem).strip() or order.path.name
    said = (order.source, order.version, order.handling or "", order.profile or "")
    for text in (name, *said):
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


def _profile(order: ListOrder, plan: Plan) -> str | None:
    """Of which region the categories are: as the file says, or a person where it names none.

    Raises:
        HashListUnreadable: a person says another than the file.
    """
    said = (order.profile or "").strip() or None
    if said is None or plan.profile is None or plan.profile.casefold() == said.casefold():
        return plan.profile or said
    if plan.names_region:
        raise HashListUnreadable(cause=list_files.other_profile(said, plan.profile))
    return said


def _read(reading: ListReading, way: Way, watched: _Watched) -> ReadFile:
    """All rows are taken or refused."""
    file = watched.file
    digest = _digest(watched)
    size = file.tell()
    beside = watched.beside
    if beside is not None:
        beside.require_file(digest)
    with closing(way.rows(file)) as rows:
        read = _take(reading, rows, watched, digest, size)
    twice = _settled(reading, watched, size)
    return replace(read, twice=twice, signer=None if beside is None else beside.signer)


def _take(
    reading: ListReading, rows: Iterator[Row], watched: _Watched, digest: str, size: int
) -> ReadFile:
    accepted, rejected, first = 0, 0, list[Row]()
    while lot := list(islice(rows, _LOT)):
        if watched.is_cancelled():
            raise Cancelled
        first += lot[: PREVIEWED - len(first)]
        entries = [row for row in lot if not isinstance(row, Refused)]
        for row in lot:
            if isinstance(row, Refused):
                watched.reject(row)
        reading.take(entries)
        accepted, rejected = accepted + len(entries), rejected + len(lot) - len(entries)
        watched.announce(Progress(Phase.IMPORTING, min(watched.file.tell(), size), 2 * size))
    return ReadFile(reading.new, digest, accepted, rejected, 0, tuple(first))


def _digest(watched: _Watched) -> str:
    """SHA-256 of the file, which was read to its end; from a slow stick that takes its time."""
    digest = hashlib.sha256()
    while piece := watched.file.read(_PIECE):
        if watched.is_cancelled():
            raise Cancelled
        digest.update(piece)
    return digest.hexdigest()


def _settled(reading: ListReading, watched: _Watched, size: int) -> int:
    """How many entries were left out, since an earlier one has their digest."""
    duplicates = 0
    for twice, part in reading.settle():
        if watched.is_cancelled():
            raise Cancelled
        duplicates += twice
        watched.announce(Progress(Phase.IMPORTING, size + int(part * size), 2 * size))
    return duplicates
