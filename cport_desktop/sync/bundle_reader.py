"""Opens the parts of a bundle, in whatever order they are given, and reads what is in them.

    plaintext = length of the signed manifest (8 bytes, big-endian) | manifest | members, in order

Opening checks what can be checked without reading all of it: that the files are parts, for this
side, sealed to this key, of one bundle, whole at their ends, and all there. `Members.verify` reads
every byte and compares each member with the manifest; nothing may be applied before. Memory does not grow with the
size. Nothing is written anywhere, and no member has a name.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from cport_desktop.crypto import key_wrapping
from cport_desktop.crypto.key_wrapping import WrappingPair
from cport_desktop.crypto.sealing import SealedReader
from cport_desktop.domain.courier import BundleId, Heading, Manifest, Member, PartHeader
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import (
    BundleMalformed,
    BundleSealedElsewhere,
    BundleUnexpected,
    Cancelled,
    DigestMismatch,
    MessageTooLarge,
    PartDamaged,
    PartsMissing,
    PartsMixed,
    VaultDamaged,
)
from cport_desktop.formats.bundle_header import HEADER_SIZE, key_id, parse_header
from cport_desktop.formats.bundle_manifest import LONGEST_MANIFEST
from cport_desktop.sync.bundle_writer import WRAPPED_SIZE, purpose
from cport_desktop.sync.drive import PIECE, naming_drive_faults, open_to_read

_LENGTH: Final = 8
_NAMED_AT_MOST: Final = 20
"""Missing parts that are told by number."""


@dataclass(frozen=True, slots=True)
class _Part:
    path: Path
    header: PartHeader
    line: bytes
    wrapped: bytes
    file: BinaryIO


class OpenedBundle:
    """The parts of one bundle, open. `envelope` is the signed manifest as it came."""

    def __init__(self, paths: Sequence[Path], own: WrappingPair, heading: Heading) -> None:
        """Open `paths`, which are for `heading` and sealed to `own`.

        Raises:
            DriveAbsent, DriveLocked, DriveRemoved: a file cannot be read.
            BundleMalformed, MessageNewer: one of them is no part.
            BundleUnexpected, BundleSealedElsewhere: they are for somebody else.
            PartDamaged, PartsMixed, PartsMissing: they do not make a whole.
        """
        self._files = ExitStack()
        try:
            self._open(paths, own, heading)
        except BaseException:
            self._files.close()
            raise

    def _open(self, paths: Sequence[Path], own: WrappingPair, heading: Heading) -> None:
        parts = [self._begin(path) for path in paths]
        for part in parts:
            if part.header.heading is not heading:
                raise BundleUnexpected(found=_SIDES[part.header.heading])
            if part.header.key_id != key_id(own.public):
                raise BundleSealedElsewhere
        self._parts = sorted(parts, key=lambda part: part.header.part)
        self._sealed = [self._unsealed(part, own) for part in self._parts]
        self._require_one_bundle()
        self._ends: list[int] = []
        for sealed in self._sealed:
            self._ends.append(sealed.size + (self._ends[-1] if self._ends else 0))
        self.envelope = self._read_envelope()

    @property
    def bundle(self) -> BundleId:
        return self._parts[0].header.bundle

    @property
    def heading(self) -> Heading:
        return self._parts[0].header.heading

    @property
    def parts(self) -> int:
        return len(self._parts)

    @property
    def size(self) -> int:
        """Bytes within the seals."""
        return self._ends[-1]

    def _begin(self, path: Path) -> _Part:
        file = self._files.enter_context(open_to_read(path))
        with naming_drive_faults(path, is_begun=True):
            line, wrapped = file.read(HEADER_SIZE), file.read(WRAPPED_SIZE)
        return _Part(path, parse_header(line), line, wrapped, file)

    def _unsealed(self, part: _Part, own: WrappingPair) -> SealedReader:
        header = part.header
        for_what = purpose(header.heading, header.bundle)
        key = key_wrapping.unwrap(own.private, part.wrapped, purpose=for_what)
        if key is None:
            raise _damaged(part)
        try:
            with naming_drive_faults(part.path, is_begun=True):
                start = HEADER_SIZE + WRAPPED_SIZE
                return SealedReader(part.file, key, part.line, name=part.path.name, start=start)
        except (VaultDamaged, ValueError) as error:
            raise _damaged(part) from error

    def _require_one_bundle(self) -> None:
        first = self._parts[0]
        for before, part in zip([first, *self._parts], self._parts, strict=False):
            is_again = part is not before and part.header.part == before.header.part
            if is_again or (part.header.bundle, part.header.parts, part.wrapped) != (
                first.header.bundle,
                first.header.parts,
                first.wrapped,
            ):
                raise PartsMixed(path=str(part.path))
        here = {part.header.part for part in self._parts}
        missing = [part for part in range(1, first.header.parts + 1) if part not in here]
        if missing:
            told = ", ".join(map(str, missing[:_NAMED_AT_MOST]))
            more = "" if len(missing) <= _NAMED_AT_MOST else " …"
            raise PartsMissing(missing=told + more, parts=first.header.parts)

    def _read_envelope(self) -> bytes:
        length = int.from_bytes(self.read(0, _LENGTH), "big")
        if self.size < _LENGTH or not 0 < length <= min(LONGEST_MANIFEST, self.size - _LENGTH):
            raise BundleMalformed(cause="it has no manifest")
        self.members_at = _LENGTH + length
        return self.read(_LENGTH, length)

    def read(self, offset: int, length: int) -> bytes:
        """The plaintext from `offset` on, over the borders of parts; shorter only at the end.

        Raises:
            PartDamaged, DriveRemoved.
        """
        found = bytearray()
        while len(found) < length and offset + len(found) < self.size:
            at = offset + len(found)
            number = bisect_right(self._ends, at)
            begin = self._ends[number - 1] if number else 0
            part = self._parts[number]
            try:
                with naming_drive_faults(part.path, is_begun=True):
                    found += self._sealed[number].read_at(at - begin, length - len(found))
            except VaultDamaged as error:
                raise _damaged(part) from error
        return bytes(found)

    def close(self) -> None:
        self._files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Members:
    """What a bundle holds behind its manifest, by the number of the member from 0."""

    def __init__(self, bundle: OpenedBundle, manifest: Manifest) -> None:
        """`manifest` is from the bundle's envelope, and accounts for each byte of it.

        Raises:
            BundleMalformed: it is another bundle's, or lists more or less than is here.
        """
        self._bundle = bundle
        self._members = manifest.members
        sizes = (member.size for member in manifest.members)
        self._begins = list(accumulate(sizes, initial=bundle.members_at))
        if (manifest.bundle, manifest.heading) != (bundle.bundle, bundle.heading):
            raise BundleMalformed(cause="its manifest is another bundle's")
        if self._begins[-1] != bundle.size:
            raise BundleMalformed(cause="its manifest lists more or less than is in it")

    def verify(self, *, announce: Announce, is_cancelled: IsCancelled) -> None:
        """Every byte was read, and every member is the one that the manifest lists.

        Raises:
            PartDamaged: a part was changed.
            DigestMismatch: a member is another one.
            Cancelled, DriveRemoved.
        """
        for number, member in enumerate(self._members):
            if is_cancelled():
                raise Cancelled
            announce(Progress(Phase.CHECKING, number, len(self._members)))
            digest = hashlib.sha256()
            for piece in self.pieces(number):
                digest.update(piece)
            _require_listed(digest.hexdigest(), member, number)

    def pieces(self, number: int, *, skip: int = 0) -> Iterator[bytes]:
        """The bytes of a member, without the first `skip`, in pieces of 1 MiB at most.

        Raises:
            PartDamaged, DriveRemoved.
        """
        begin, end = self._begins[number], self._begins[number + 1]
        for offset in range(begin + skip, end, PIECE):
            yield self._bundle.read(offset, min(PIECE, end - offset))

    def message(self, number: int, *, limit: int) -> bytes:
        """A member that is a message, compared with the manifest once more.

        Raises:
            MessageTooLarge: it is longer than `limit`.
            DigestMismatch, PartDamaged, DriveRemoved.
        """
        member = self._members[number]
        if member.size > limit:
            raise MessageTooLarge(limit=limit)
        content = b"".join(self.pieces(number))
        _require_listed(hashlib.sha256(content).hexdigest(), member, number)
        return content


_SIDES: Final = {Heading.PORTAL: "portal", Heading.STATION: "station"}


def envelope_length(envelope: bytes) -> bytes:
    """What stands before the manifest."""
    return len(envelope).to_bytes(_LENGTH, "big")


def _damaged(part: _Part) -> PartDamaged:
    header = part.header
    return PartDamaged(path=str(part.path), part=header.part, parts=header.parts)


def _require_listed(sha256: str, member: Member, number: int) -> None:
    if sha256 != member.sha256:
        raise DigestMismatch(what=f"member {number + 1} of the bundle")
