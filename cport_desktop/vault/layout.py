"""Where things lie in a vault's folder.

    header-a.json    key slots, nature, identity: all that must be read before unlocking
    header-b.json    the same once more
    vault.db         SQLCipher: replica, outbox, audit log, keys of blobs
    vault.db.next    the same while it is migrated or rekeyed, until it takes the other's place
    derivatives.db   SQLCipher: veils and thumbnails; can be rebuilt
    blobs/xx/…       sealed files, immutable, under random names
    staging/…        sealed files that are still arriving
    lock             held by the one process that writes
    unfinished       only while the vault is being made or restored

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
    def headers(self) -> tuple[Path, Path]:
        return self.directory / "header-a.json", self.directory / "header-b.json"

    @property
    def header_v1(self) -> Path:
        """The only copy that a vault of the first version had."""
        return self.directory / "header.json"

    @property
    def database(self) -> Path:
        return self.directory / "vault.db"

    @property
    def next_database(self) -> Path:
        return self.directory / "vault.db.next"

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
    def unfinished(self) -> Path:
        return self.directory / "unfinished"

    @property
    def next_derivatives(self) -> Path:
        """As `next_database`, for the other one."""
        return self.directory / "derivatives.db.next"

    @property
    def unfinished_restore(self) -> Path:
        """What a restore lays out here before it is a vault."""
        return self.directory / "unfinished-restore"

    @property
    def lock(self) -> Path:
        return self.directory / "lock"

    def blob(self, blob: BlobId) -> Path:
        """The place of a sealed blob. 256 folders keep each of them short."""
        return self.blobs / blob[:2] / blob

    def staged(self, blob: BlobId) -> Path:
        return self.staging / blob
