"""A file and what stands beside it (a manifest, a signature): all of them, or none.

The file is written under another name, flushed and read back; then what stands beside it is written, each
file with its name; the file gets its own name last. So whoever finds the file finds all of it. What a killed
process left of an attempt is told from what somebody keeps: under the file's working name lies the very
content of which the manifest and the signature speak.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cport_desktop.errors import OutputExists
from cport_desktop.exports.output_files import (
    growing_file,
    naming_output_faults,
    part_of,
    sync_folder,
)
from cport_desktop.exports.signed_mail import write_and_confirm

_LARGEST_BESIDE: Final = 1 << 20
"""Bytes of a manifest or a signature; of what is longer nothing is said."""


@dataclass(slots=True)
class Beside:
    """Writes what stands beside a file."""

    _folder: Path
    _made: list[Path] = field(default_factory=list)

    def write(self, path: Path, content: bytes) -> str:
        """A new file, read back from the medium; its SHA-256 in hex.

        Raises:
            OutputExists, StorageFull, OutputUnwritable, DigestMismatch.
        """
        if not self._made:
            # The working name of the file itself outlives a power cut before any of these names does.
            sync_folder(self._folder)
        sha256 = write_and_confirm(path, content)
        self._made.append(path)
        return sha256

    def remove(self) -> None:
        """What was written is gone, as far as the medium lets it be."""
        with suppress(OSError):
            while self._made:
                self._made.pop().unlink(missing_ok=True)
            sync_folder(self._folder)


@contextmanager
def growing_set(path: Path, *, begins_with: bytes) -> Iterator[tuple[Path, int, Beside]]:
    """As `growing_file`, and what stands beside it; all of it vanishes if the block fails, or if the file
    cannot get its name.

    Raises:
        OutputExists, StorageFull, OutputUnwritable, DigestMismatch.
    """
    beside = Beside(path.parent)
    try:
        with growing_file(path, begins_with=begins_with) as (part, descriptor):
            try:
                yield part, descriptor, beside
            except BaseException:
                # Before the working name goes, by which a left-over is known.
                beside.remove()
                raise
    except BaseException:
        beside.remove()
        raise


def require_free(path: Path, beside: Sequence[Path]) -> None:
    """None of these names is taken; what a killed process left under them is gone.

    Raises:
        OutputExists: one is; it is never overwritten.
        OutputUnwritable: the medium does not answer.
    """
    with naming_output_faults(path):
        if path.exists():
            raise OutputExists(path=str(path))
        for each in _left_over(part_of(path), [each for each in beside if each.exists()]):
            each.unlink()
        for each in beside:
            if each.exists():
                raise OutputExists(path=str(each))


def _left_over(part: Path, there: Sequence[Path]) -> list[Path]:
    """Those that speak of what lies at `part`, or of one that does."""
    if not there or not part.is_file():
        return []
    with part.open("rb") as file:
        known = [hashlib.file_digest(file, "sha256")]
    found = []
    for each in there:
        with each.open("rb") as file:
            content = file.read(_LARGEST_BESIDE)
        if any(one.digest() in content or one.hexdigest().encode() in content for one in known):
            found.append(each)
            known.append(hashlib.sha256(content))
    return found
