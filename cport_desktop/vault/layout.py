"""Where things lie in a vault's folder.

    header.json      key slots, nature, identity: all that must be read before unlocking
    vault.db         SQLCipher: replica, outbox, audit log, keys of blobs
    derivatives.db   SQLCipher: veils and thumbnails; can be rebuilt
    blobs/xx/…       sealed files, immutable, under random names
    staging/…        sealed files that are still arriving
    lock             held by the one process that writes

Folders are made with mode 0700 and files with 0600.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.ids import BlobId


@dataclass(frozen=True, slots=True)
class Layout:
    directory: Path

    @property
    def header(self) -> Path:
        return self.directory / "header.json"

    @property
    def database(self) -> Path:
        return self.directory / "vault.db"

    @property
    def derivatives(self) -> Path:
        return self.directory / "derivatives.db"

    @property
    def blobs(self) -> Path:
        return self.directory / "blobs"

    @property
    def staging(self) -> Path:
        return self.directory / "staging"

    @property
    def lock(self) -> Path:
        return self.directory / "lock"

    def blob(self, blob: BlobId) -> Path:
        """The place of a sealed blob. 256 folders keep each of them short."""
        return self.blobs / blob[:2] / blob

    def staged(self, blob: BlobId) -> Path:
        return self.staging / blob
