"""Media files as sealed blobs: immutable, each under a random name and a random key of its own.

The key lies in the database; when the row goes, the file is noise. What the seal is bound to
is the vault, the blob and its role, so that a file moved to another place does not open.
"""

from __future__ import annotations

from collections.abc import Iterator

from cport_desktop.crypto.sealing import SealedReader
from cport_desktop.domain.ids import BlobId, MediaId, VaultId, media_reference
from cport_desktop.errors import UnknownReference, VaultDamaged
from cport_desktop.vault.durable_files import naming_disk_faults
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.transaction import Reader


def seal_context(vault: VaultId, blob: BlobId) -> bytes:
    """What the seal of an original file is bound to."""
    return f"cport-vault|{vault}|{blob}|original".encode()


class BlobStore:
    """Reads the files that are held."""

    def __init__(self, layout: Layout, vault: VaultId) -> None:
        self._layout = layout
        self._vault = vault

    def open(self, reader: Reader, media_id: MediaId) -> SealedReader:
        """The file of a held media item, readable from anywhere; `reader` may go at once.

        Raises:
            UnknownReference: no such item is held.
            VaultDamaged: the file is missing, cut or changed.
        """
        row = reader.connection.execute(
            "SELECT b.blob_id, b.key, b.size FROM media_item AS m"
            " JOIN blob AS b ON b.blob_id = m.blob_id"
            " WHERE m.media_id = ? AND m.state = 'held' AND b.state = 'held'",
            (media_id,),
        ).fetchone()
        if row is None:
            raise UnknownReference(kind="media", reference=media_reference(media_id))
        blob, key, size = row
        return self.open_blob(BlobId(blob), key, size=size)

    def read(self, reader: Reader, media_id: MediaId) -> Iterator[bytes]:
        """The plaintext of a held media item in order, in pieces of 1 MiB at most.

        The file is found at once, so that `reader` may go before the first piece is asked for.
        Raises as `open`, and `VaultDamaged` where a chunk was changed.
        """
        return _all_of(self.open(reader, media_id))

    def open_blob(self, blob: BlobId, key: bytes, *, size: int) -> SealedReader:
        """As `open`, for a row of `blob`."""
        name = f"blob {blob}"
        with naming_disk_faults(name):
            file = self._layout.blob(blob).open("rb")
        try:
            sealed = SealedReader(file, key, seal_context(self._vault, blob), name=name)
            if sealed.size != size:
                raise VaultDamaged(where=name)
        except BaseException:
            file.close()
            raise
        return sealed


def _all_of(sealed: SealedReader) -> Iterator[bytes]:
    with sealed:
        yield from sealed
