"""Reads a foreign container once, from front to end, in constant memory, and believes nothing.

It is a sink: bytes are written into it as they come out of the seal, so that nothing of a
package has to stand on a disk to be checked. Because every member is stored with complete
local headers (`zip_layout`), no seeking is needed; the directory at the end is compared with
the one that the members seen must have. Anything else has a name, a `Fault`.

Nothing is ever extracted, and no name from inside is ever used as a path.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Protocol

from cport_desktop.exports import zip_layout
from cport_desktop.exports.container import (
    MANIFEST_NAME,
    MIMETYPE,
    MIMETYPE_NAME,
    MOST_MEMBERS,
    SIGNATURE_NAME,
    SYNTHETIC_COMMENT,
    writing_order,
)
from cport_desktop.exports.custody_reader import CustodyListener, SeenCustody
from cport_desktop.exports.zip_layout import Placed

LONGEST_NAME = 200
"""Characters. The longest honest one (`media/data/<sha256>.<ext>`) has under 90."""
PACKAGE_NAME = "package.json"
CHECKPOINT_NAME = "audit-checkpoint.txt"
KEPT = {
    MIMETYPE_NAME: len(MIMETYPE),
    PACKAGE_NAME: 16 * 1024 * 1024,
    MANIFEST_NAME: 64 * 1024 * 1024,
    SIGNATURE_NAME: 256 * 1024,
    CHECKPOINT_NAME: 64 * 1024,
}
"""Members whose content is needed, and the bytes that each may have at most."""
_APPETITE = 256 * 1024
"""Bytes gathered before they are looked at: digests are cheaper in large pieces."""
_SHOWN = 80
"""Bytes of a dishonest name that are told."""
_HONEST_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_OTHER_ON_WINDOWS = re.compile(
    r"(?i)(?:.*/)?(?:(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?|[^/]*\.)(?:/.*)?"
)
"""A device, or a name whose last dot is dropped there: as a file or as a folder."""


class Fault(StrEnum):
    """What is wrong with a container. Each is a sentence in `words.packages`."""

    NO_CONTAINER = "no_container"
    MIMETYPE = "mimetype"
    NAME_TWICE = "name_twice"
    NAME_ESCAPES = "name_escapes"
    COMPRESSED = "compressed"
    HEADER = "header"
    ORDER = "order"
    CHECKSUM = "checksum"
    DIRECTORY = "directory"
    TRUNCATED = "truncated"
    TRAILING = "trailing"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class SeenMember:
    """A member that was read to its end; `sha256` is that of the bytes seen."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SeenContainer:
    """All members in order, the content of those in `KEPT`, and the date that all share. `custody`:
    what was seen of `custody.json` as it went by, if it is there.
    """

    members: tuple[SeenMember, ...]
    kept: dict[str, bytes]
    stamp: tuple[int, int]
    comment: bytes
    custody: SeenCustody | None = None


class MemberListener(Protocol):
    """Hears what stands in a container as it goes by. Nothing of it was checked yet: use none of it
    before the whole was found good.
    """

    def begins(self, name: str, size: int) -> None: ...

    def takes(self, piece: bytes) -> None:
        """The next bytes of the member that began last."""
        ...

    def ends(self) -> None: ...


class FaultFound(Exception):
    """Ends the reading; never leaves this room."""

    def __init__(self, fault: Fault, name: str | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.name = name


class ContainerReader:
    """Write a container into it, then ask `finish` what it was.

    After a fault the rest is swallowed, so that whoever writes can still find out whether the
    seal around it is whole.
    """

    def __init__(self, listener: MemberListener | None = None) -> None:
        self._custody = CustodyListener()
        self._listeners = [self._custody] if listener is None else [self._custody, listener]
        self._buffer = bytearray()
        self._has_ended = False
        self._fault: FaultFound | None = None
        self._seen: SeenContainer | None = None
        self._reading = self._read()
        self._advance()

    def write(self, piece: bytes) -> int:
        if self._fault is None:
            self._buffer += piece
            if len(self._buffer) >= _APPETITE:
                self._advance()
        return len(piece)

    def finish(self) -> SeenContainer | Fault:
        """What was read, or what is wrong with it. Nothing may be written afterwards."""
        ended = self.ended()
        return ended.fault if isinstance(ended, FaultFound) else ended

    def ended(self) -> SeenContainer | FaultFound:
        """As `finish`; a fault comes with the file that it is about, fit to be shown."""
        self._has_ended = True
        if self._fault is None and self._seen is None:
            self._advance()
        if self._fault is not None:
            return self._fault
        return self._seen if self._seen is not None else FaultFound(Fault.TRUNCATED)

    def _advance(self) -> None:
        try:
            next(self._reading)
        except StopIteration as end:
            self._seen = end.value
        except FaultFound as fault:
            self._fault = fault
            self._buffer.clear()

    def _read(self) -> Generator[None, None, SeenContainer]:
        members: list[SeenMember] = []
        placed: list[Placed] = []
        kept: dict[str, bytes] = {}
        stamp = (0, 0)
        position = 0
        while True:
            signature = yield from self._take(4)
            if signature != zip_layout.LOCAL_SIGNATURE:
                break
            place, stamp, length = yield from self._header(stamp, position, is_first=not placed)
            member = yield from self._content(place, kept)
            placed.append(place)
            members.append(member)
            position += length + place.size
            if len(placed) > MOST_MEMBERS:
                raise FaultFound(Fault.TOO_MANY)
        if not placed:
            raise FaultFound(Fault.NO_CONTAINER)
        _check_names(members)
        comment = yield from self._directory(signature, placed, stamp, position)
        return SeenContainer(tuple(members), kept, stamp, comment, self._custody.seen)

    def _header(
        self, stamp: tuple[int, int], position: int, *, is_first: bool
    ) -> Generator[None, None, tuple[Placed, tuple[int, int], int]]:
        fixed = zip_layout.LOCAL_SIGNATURE + (yield from self._take(zip_layout.LOCAL.size - 4))
        fields = zip_layout.LOCAL.unpack(fixed)
        method, time, date, crc32 = fields[3:7]
        size, name_length, extra_length = fields[8:11]
        if method:
            raise FaultFound(Fault.COMPRESSED)
        if extra_length not in (0, zip_layout.LOCAL_EXTRA64.size):
            raise FaultFound(Fault.HEADER)
        name = _name((yield from self._take(name_length)), is_first=is_first)
        extra = yield from self._take(extra_length)
        if extra:
            size = zip_layout.LOCAL_EXTRA64.unpack(extra)[2]
        expected_stamp = (date, time) if is_first else stamp
        header = zip_layout.local_header(name, size, crc32, expected_stamp)
        if header != fixed + name.encode() + extra:
            raise FaultFound(Fault.HEADER, name)
        return Placed(name, size, crc32, position), expected_stamp, len(header)

    def _content(self, place: Placed, kept: dict[str, bytes]) -> Generator[None, None, SeenMember]:
        limit = KEPT.get(place.name)
        if limit is not None and place.size > limit:
            raise FaultFound(Fault.TOO_LARGE, place.name)
        digest = hashlib.sha256()
        crc32 = 0
        pieces: list[bytes] = []
        left = place.size
        for listener in self._listeners:
            listener.begins(place.name, place.size)
        while left:
            piece = yield from self._some(left)
            left -= len(piece)
            digest.update(piece)
            crc32 = zlib.crc32(piece, crc32)
            for listener in self._listeners:
                listener.takes(piece)
            if limit is not None:
                pieces.append(piece)
        if crc32 != place.crc32:
            raise FaultFound(Fault.CHECKSUM, place.name)
        for listener in self._listeners:
            listener.ends()
        if limit is not None:
            kept[place.name] = b"".join(pieces)
        if place.name == MIMETYPE_NAME and kept[MIMETYPE_NAME] != MIMETYPE:
            raise FaultFound(Fault.MIMETYPE)
        return SeenMember(place.name, place.size, digest.hexdigest())

    def _directory(
        self, first: bytes, placed: list[Placed], stamp: tuple[int, int], offset: int
    ) -> Generator[None, None, bytes]:
        size = 0
        seen = first
        for place in placed:
            expected = zip_layout.central_header(place, stamp)
            seen += yield from self._take(len(expected) - len(seen))
            if seen != expected:
                raise FaultFound(Fault.DIRECTORY, place.name)
            size += len(expected)
            seen = b""
        return (yield from self._end(len(placed), size, offset))

    def _end(self, count: int, size: int, offset: int) -> Generator[None, None, bytes]:
        plain = zip_layout.directory_end(count, size=size, offset=offset, comment=b"")
        seen = yield from self._take(len(plain))
        (length,) = struct.unpack("<H", seen[-2:])
        if length not in (0, len(SYNTHETIC_COMMENT)) or seen[:-2] != plain[:-2]:
            raise FaultFound(Fault.DIRECTORY)
        comment = yield from self._take(length)
        if comment not in (b"", SYNTHETIC_COMMENT):
            raise FaultFound(Fault.DIRECTORY)
        while not self._has_ended and not self._buffer:
            yield
        if self._buffer:
            raise FaultFound(Fault.TRAILING)
        return comment

    def _take(self, size: int) -> Generator[None, None, bytes]:
        while len(self._buffer) < size:
            if self._has_ended:
                raise FaultFound(Fault.TRUNCATED)
            yield
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _some(self, most: int) -> Generator[None, None, bytes]:
        while not self._buffer:
            if self._has_ended:
                raise FaultFound(Fault.TRUNCATED)
            yield
        return (yield from self._take(min(most, len(self._buffer))))


def _name(untrusted: bytes, *, is_first: bool) -> str:
    if is_first and untrusted != MIMETYPE_NAME.encode():
        raise FaultFound(Fault.MIMETYPE)
    name = untrusted.decode("latin-1")
    if (
        len(name) > LONGEST_NAME
        or not _HONEST_NAME.fullmatch(name)
        or _OTHER_ON_WINDOWS.fullmatch(name)
    ):
        raise FaultFound(Fault.NAME_ESCAPES, _shown(untrusted))
    return name


def _shown(untrusted: bytes) -> str:
    """A foreign name, so that it cannot do anything to a terminal or a page."""
    text = untrusted[:_SHOWN].decode("latin-1")
    return "".join(c if " " <= c <= "~" else f"\\x{ord(c):02x}" for c in text)


def _check_names(members: list[SeenMember]) -> None:
    """No two names that some file system takes for one, no file that is another's folder, and all
    in the writing order.
    """
    names = [member.name for member in members]
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise FaultFound(Fault.NAME_TWICE, name)
        seen.add(name.casefold())
    for name in names:
        if any(str(folder).casefold() in seen for folder in PurePosixPath(name).parents):
            raise FaultFound(Fault.NAME_TWICE, name)
    if sorted(names, key=writing_order) != names:
        raise FaultFound(Fault.ORDER)
