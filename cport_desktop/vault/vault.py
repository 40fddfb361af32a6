"""A vault: a folder in which nothing lies in the clear, and the one door to it.

Promises: one process at a time; one transaction at a time, from any thread; any number of
readers beside it; a vault is demo or live from birth and for ever. Does not know what
reports are: the rooms beside this one read and write them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from cport_desktop.clock import Clock
from cport_desktop.crypto.passphrase import Cost
from cport_desktop.domain.ids import Actor, MediaId, VaultId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import NotAVault, StorageFull
from cport_desktop.vault.blobs import BlobStore
from cport_desktop.vault.connections import ReaderPool, Writer
from cport_desktop.vault.derivatives import Derivatives
from cport_desktop.vault.durable_files import naming_disk_faults, write_durably
from cport_desktop.vault.ground import (
    access_entry,
    clear_away,
    lay_out,
    make_empty_folder,
    open_database,
    record,
)
from cport_desktop.vault.intake import Intake
from cport_desktop.vault.intake_desk import IntakeDesk
from cport_desktop.vault.key_slots import LONGEST_HEADER, OpenedHeader, new_header, open_header
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.lock_file import LockFile
from cport_desktop.vault.transaction import Reader, Transaction

_ASKED_AT_ONCE = 500
"""Media items in one query: a page of any list at once."""


class Vault:
    """An open vault. Made by `open_vault`; ends with `close` (or the `with` block)."""

    def __init__(
        self, layout: Layout, header: OpenedHeader, *, writer: Writer, lock: LockFile
    ) -> None:
        self._layout = layout
        self._header = header
        self._writer = writer
        self._lock = lock
        self._readers = ReaderPool(layout.database, header.keys.database)
        self._intakes = IntakeDesk(layout, header.vault, writer)
        self._blobs = BlobStore(layout, header.vault)
        self._derivatives = Derivatives(
            layout.derivatives, header.keys.derivatives, self._announced_digests
        )
        self._is_closed = False

    @property
    def identity(self) -> VaultId:
        return self._header.vault

    @property
    def nature(self) -> Nature:
        return self._header.nature

    @property
    def actor(self) -> Actor:
        """The analyst: the name of the slot that opened the vault."""
        return self._header.actor

    @property
    def directory(self) -> Path:
        return self._layout.directory

    @property
    def layout(self) -> Layout:
        return self._layout

    @property
    def header(self) -> OpenedHeader:
        """What the header said when the vault was opened."""
        return self._header

    @property
    def blobs(self) -> BlobStore:
        return self._blobs

    @property
    def derivatives(self) -> Derivatives:
        return self._derivatives

    def intake(self, media_id: MediaId) -> Intake:
        """The way in for the bytes of an announced media item, behind what is here already.

        Not inside a transaction of the same thread.

        Raises:
            UnknownReference: no such item was announced.
            StorageFull, VaultDamaged: the disk.
            RuntimeError: an intake of this item is under way.
        """
        return self._intakes.begin(media_id)

    def transaction(self) -> AbstractContextManager[Transaction]:
        """All that happens in the block, durably, or nothing of it.

        One at a time: others wait at the door. Leaving by an exception undoes everything.

        Raises:
            WroteWithoutTrace: something was changed and no audit entry recorded.
            StorageFull, VaultDamaged: the disk; nothing was changed.
            RuntimeError: a transaction inside a transaction.
        """
        return self._writer.transaction()

    def reader(self) -> AbstractContextManager[Reader]:
        """One state of the vault, as it is now, for as long as the block lasts.

        Keep it short: what is written meanwhile cannot be merged into the file.

        Raises:
            Cancelled: it was interrupted.
        """
        return self._readers.reader()

    def close(self) -> None:
        """Nobody holds the vault any more. May be called more than once."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            # The end of a session on a full disk must not keep the vault locked.
            with suppress(StorageFull):
                record(self._writer, access_entry(self.identity, "close"))
        finally:
            self._readers.close()
            self._derivatives.close()
            self._writer.close()
            self._lock.release()

    def _announced_digests(self, media_ids: Sequence[MediaId]) -> dict[MediaId, str]:
        """What is known of these media items, in one query for each few hundred."""
        found: dict[MediaId, str] = {}
        with self.reader() as reader:
            for first in range(0, len(media_ids), _ASKED_AT_ONCE):
                some = media_ids[first : first + _ASKED_AT_ONCE]
                marks = ", ".join("?" * len(some))
                query = "SELECT media_id, announced_sha256 FROM media_item WHERE media_id IN"
                found.update(reader.connection.execute(f"{query} ({marks})", some).fetchall())
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def create_vault(
    directory: Path,
    *,
    nature: Nature,
    analyst: str,
    passphrase: bytes,
    cost: Cost,
    clock: Clock,
) -> VaultId:
    """A new, empty vault lies in `directory`, which is made if need be, and is closed.

    The header is written last: without it there is no vault. What was begun is removed
    again if it cannot be finished.

    Raises:
        VaultExists: there is a vault, or a part of one.
        OutputExists: the folder holds something else.
        StorageFull: no room.
        ValueError: a cost or a name that no vault accepts.
    """
    layout = Layout(directory)
    new = new_header(nature=nature, analyst=analyst, passphrase=passphrase, cost=cost)
    with naming_disk_faults("vault"):
        make_empty_folder(layout)
        try:
            lay_out(layout, new.opened, clock=clock)
            write_durably(layout.header, new.content)
        except BaseException:
            clear_away(layout)
            raise
    return new.opened.vault


def open_vault(directory: Path, *, passphrase: bytes, clock: Clock, program: str) -> Vault:
    """The vault in `directory`, unlocked and held by this process. `program` is who says so.

    Raises:
        NotAVault: there is none.
        VaultHeld: another process has it.
        WrongPassphrase: no slot opens.
        VaultNewer: written by a later version.
        VaultDamaged: header, database and nature do not agree, or a page fails its check.
        StorageFull: no room to record that it was opened.
    """
    layout = Layout(directory)
    if not layout.header.is_file():
        raise NotAVault(path=str(directory))
    lock = LockFile(layout.lock, program=program)
    try:
        header = open_header(_read_header(layout), passphrase=passphrase)
        lock.tell(analyst=header.actor)
        writer = open_database(layout, header, clock=clock)
        try:
            IntakeDesk(layout, header.vault, writer).sweep()
            record(writer, access_entry(header.vault, "open", ("program", program)))
            return Vault(layout, header, writer=writer, lock=lock)
        except BaseException:
            writer.close()
            raise
    except BaseException:
        lock.release()
        raise


def _read_header(layout: Layout) -> bytes:
    with naming_disk_faults(layout.header.name), layout.header.open("rb") as file:
        return file.read(LONGEST_HEADER + 1)
