"""Seals a bundle into one file, or into several for small media.

    part = clear header (78) | wrapped content key (1168) | Cobblestone-256 of this part's share

All parts have one content key; each is sealed by itself, bound to its own header, so that each
can be checked alone. Memory does not grow with the size. All parts are written and read back before
the first gets its name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cport_desktop.crypto import key_wrapping
from cport_desktop.crypto.chunk_cipher import CHUNK, HEADER, KEY_SIZE, SEALED_CHUNK, TAG
from cport_desktop.crypto.sealing import SealedWriter, sealed_size
from cport_desktop.domain.courier import MOST_PARTS, BundleId, Heading, PartHeader
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import Cancelled, ValueUnknown
from cport_desktop.formats.bundle_header import HEADER_SIZE, key_id, print_header
from cport_desktop.sync.drive import UnfinishedFile, flush_folder, require_free, require_room

WRAPPED_SIZE: Final = 1168
"""Bytes of a wrapped content key: an encapsulation of 1120, the key, and its tag."""

LEAST_PART: Final = 64 * 1024
"""Bytes. Below, most of a part would be header and wrapped key."""

_BEFORE: Final = HEADER_SIZE + WRAPPED_SIZE


def purpose(heading: Heading, bundle: BundleId) -> bytes:
    """What a content key is wrapped for."""
    return f"cport-bundle-v1 content key {heading.value} {bundle}".encode("ascii")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be written. `plain` gives exactly `size` bytes. `recipient`: the public half of the
    sealing key of the other side. `part_size`: bytes of one file at most; None: one file.
    """

    heading: Heading
    bundle: BundleId
    recipient: bytes
    plain: Iterator[bytes]
    size: int
    part_size: int | None = None


def part_names(target: Path, parts: int) -> tuple[Path, ...]:
    """`target` itself for a single part; `target.001`, `target.002` … otherwise."""
    if parts == 1:
        return (target,)
    return tuple(target.with_name(f"{target.name}.{part:03}") for part in range(1, parts + 1))


def capacity(part_size: int) -> int:
    """How many bytes fit, sealed, into a part of `part_size` bytes.

    Raises:
        ValueUnknown: that is too small for a part.
    """
    if part_size < LEAST_PART:
        raise ValueUnknown(
            what="part size", value=str(part_size), accepted=f"{LEAST_PART} bytes and more"
        )
    whole, rest = divmod(part_size - _BEFORE - HEADER, SEALED_CHUNK)
    # The last chunk is shorter than a whole one and has a tag of its own.
    return whole * CHUNK + rest - TAG if rest >= TAG else whole * CHUNK - 1


def require_possible(target: Path, part_size: int | None) -> None:
    """Nothing, if a bundle may be begun there, as far as can be seen beforehand.

    Raises:
        OutputExists: there is something of the name, or of the first part's.
        ValueUnknown: parts so small hold nothing.
        DriveAbsent, DriveLocked: the folder.
    """
    if part_size is not None:
        capacity(part_size)
    require_room(target.parent, 0)
    for name in {*part_names(target, 1), *part_names(target, 2)}:
        require_free(name)


def write_bundle(
    target: Path, parcel: Parcel, *, announce: Announce, is_cancelled: IsCancelled
) -> tuple[Path, ...]:
    """The parts lie under their names, were read back, and the drive may be unplugged.

    Nothing is left where it did not come so far, as far as the drive still answers.

    Raises:
        OutputExists: there is something of one of the names.
        ValueUnknown: parts so small that there would be too many, or none could hold anything.
        Cancelled: it was asked to stop.
        The errors of `sync.drive`.
    """
    share = parcel.size if parcel.part_size is None else capacity(parcel.part_size)
    parts = max(1, -(-parcel.size // share)) if share else 1
    if parts > MOST_PARTS:
        accepted = f"a size that makes {MOST_PARTS} parts at most"
        raise ValueUnknown(what="part size", value=str(parcel.part_size), accepted=accepted)
    names = part_names(target, parts)
    for name in names:
        require_free(name)
    require_room(target.parent, parts * _BEFORE + sealed_size(parcel.size) + parts * SEALED_CHUNK)
    writing = _Writing(parcel, parts, share, announce, is_cancelled)
    return writing.carry_out(names)


class _Writing:
    def __init__(
        self,
        parcel: Parcel,
        parts: int,
        share: int,
        announce: Announce,
        is_cancelled: IsCancelled,
    ) -> None:
        self._parcel = parcel
        self._parts = parts
        self._share = share
        self._announce = announce
        self._is_cancelled = is_cancelled
        self._key = os.urandom(KEY_SIZE)
        self._wrapped = key_wrapping.wrap(
            parcel.recipient, self._key, purpose=purpose(parcel.heading, parcel.bundle)
        )
        self._rest = b""
        self._done = 0

    def carry_out(self, names: tuple[Path, ...]) -> tuple[Path, ...]:
        files: list[UnfinishedFile] = []
        named: list[Path] = []
        try:
            for part, name in enumerate(names, start=1):
                files.append(UnfinishedFile(name))
                self._fill(files[-1], part)
            for number, file in enumerate(files):
                self._announce(Progress(Phase.CHECKING, number, len(files)))
                file.verify()
                self._stop_if_asked()
            for file in files:
                file.name()
                named.append(file.target)
            flush_folder(names[0].parent)
        except BaseException:
            for file in files:
                file.discard()
            for path in named:
                with suppress(OSError):
                    path.unlink()
            raise
        return names

    def _fill(self, file: UnfinishedFile, part: int) -> None:
        """This part's share is in `file`, and flushed."""
        parcel = self._parcel
        head = print_header(
            PartHeader(parcel.heading, parcel.bundle, part, self._parts, key_id(parcel.recipient))
        )
        file.write(memoryview(head + self._wrapped))
        sealed = SealedWriter.begin(file.write, self._key, head)
        for piece in self._next_share(part):
            self._stop_if_asked()
            sealed.write(piece)
            self._done += len(piece)
            self._announce(Progress(Phase.SEALING, self._done, parcel.size))
        sealed.finish()
        file.flush()

    def _next_share(self, part: int) -> Iterator[bytes]:
        """As many bytes as this part holds; all that is left for the last one."""
        left = self._parcel.size - self._done if part == self._parts else self._share
        while left:
            piece, self._rest = self._rest or next(self._parcel.plain, b""), b""
            if not piece:
                raise RuntimeError("fewer bytes than were announced")
            if len(piece) > left:
                piece, self._rest = piece[:left], piece[left:]
            left -= len(piece)
            yield piece
        if part == self._parts and (self._rest or next(self._parcel.plain, b"")):
            raise RuntimeError("more bytes than were announced")

    def _stop_if_asked(self) -> None:
        if self._is_cancelled():
            raise Cancelled
