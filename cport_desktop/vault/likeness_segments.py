"""Where indexes of likeness lie between two runs: beside the derived pictures, as lost as they.

They hold digests of content, so they lie in that sealed file. When a content is erased the one of its
range goes (`likeness.segments_lost`) and is made again from the table; the others never had anything of
it. A file that is missing or damaged holds none, which costs work and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cport_desktop.errors import StorageFull, StorageUnwritable, VaultDamaged
from cport_desktop.vault.database import Connection, connect, naming_faults
from cport_desktop.vault.segment_table import TABLE
from cport_desktop.vault.vault import Vault


def kept_segment(vault: Vault, number: int) -> bytes | None:
    """The bytes of a segment; None if it is not here, or cannot be read."""
    with suppress(VaultDamaged), _file(vault) as connection:
        row = connection.execute(
            "SELECT packed FROM likeness_segment WHERE number = ?", (number,)
        ).fetchone()
        return None if row is None else bytes(row[0])
    return None


def keep_segment(vault: Vault, number: int, packed: bytes) -> None:
    """The segment is kept; on a disk that takes nothing it is not, and is made again."""
    with suppress(VaultDamaged, StorageFull, StorageUnwritable), _file(vault) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO likeness_segment (number, packed) VALUES (?, ?)",
            (number, packed),
        )


@contextmanager
def _file(vault: Vault) -> Iterator[Connection]:
    path = vault.layout.derivatives
    if not path.is_file():
        raise VaultDamaged(where=path.name)
    connection = connect(path, vault.header.keys.derivatives, durable=False)
    try:
        with naming_faults(path.name):
            connection.execute(TABLE)
            yield connection
    finally:
        connection.close()
