"""Writing a list, its manifest and the manifest's signature: all three, or nothing of them.

The list is written beside its place, hashed on the way, flushed and read back from the medium; then the
manifest and its signature; then the list gets its name.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from cport_desktop.crypto.signing import Signer, check_integrity
from cport_desktop.domain.listed import ListHead, Source, WrittenList
from cport_desktop.exports.composition import confirm_written
from cport_desktop.exports.file_set import growing_set, require_free
from cport_desktop.exports.hash_lists.side_manifest import manifest_path, signature_path
from cport_desktop.exports.hash_lists.tally import ListFormat, Tally

_BEGINNING: Final = 64
"""Bytes by which the left-over of a killed process is known as one of ours."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """Where a list goes, in which format, and who signs its manifest; None: nobody."""

    path: Path
    form: ListFormat
    signer: Signer | None

    def require_room(self) -> None:
        """None of its names is taken; what a killed process left of them is gone.

        Raises:
            OutputExists: one is; it is never overwritten.
        """
        require_free(self.path, (manifest_path(self.path), signature_path(self.path)))

    def write(
        self,
        head: ListHead,
        source: Source,
        *,
        manifest: Callable[[WrittenList], bytes],
        watch: Callable[[int], None],
    ) -> WrittenList:
        """The files stand, complete and read back. `manifest` prints what stands beside the list; `watch`
        is told how many entries were written, and may stop it by raising.

        Raises:
            OutputExists, OutputUnwritable, StorageFull: the files.
            DigestMismatch: what was read back is not what was written.
        """
        tally = Tally()
        pieces = self.form.write(head, source, tally)
        first = next(pieces, b"")
        with (
            growing_set(self.path, begins_with=first[:_BEGINNING]) as (part, descriptor, beside),
            os.fdopen(descriptor, "wb", closefd=False) as out,
        ):
            sha256, size = _written(out, chain([first], pieces), lambda: watch(tally.entries))
            confirm_written(part, sha256)
            written = WrittenList(
                sha256=sha256,
                size=size,
                entries=tally.entries,
                removed=tally.removed,
                lost=tally.lost,
                manifest_sha256="",
                signer=None if self.signer is None else self.signer.name,
            )
            record = manifest(written)
            told = beside.write(manifest_path(self.path), record)
            written = replace(written, manifest_sha256=told)
            if self.signer is not None:
                signature = self.signer.sign_detached(record)
                check_integrity(signature, record)
                beside.write(signature_path(self.path), signature)
        return written


def _written(out: BinaryIO, pieces: Iterator[bytes], watch: Callable[[], None]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        watch()
        digest.update(piece)
        size += out.write(piece)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size
