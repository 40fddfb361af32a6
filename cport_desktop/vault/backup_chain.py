"""A backup together with those that it builds on: each found among the files that were given,
each proved to be the very one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.errors import BackupDamaged, BackupUnfit, VaultDamaged
from cport_desktop.vault.backup_format import HERE, NOWHERE, Base, Entry
from cport_desktop.vault.backup_reader import BackupReader, look_at, open_backup
from cport_desktop.vault.header import VaultKeys, parse_header
from cport_desktop.vault.key_slots import OpenedHeader, open_header
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.words import keeping as words


@dataclass(frozen=True, slots=True)
class Chain:
    """The backup, and by place those of its bases that hold a blob of it."""

    target: BackupReader
    bases: dict[int, BackupReader]

    @property
    def size(self) -> int:
        """Bytes that a restore writes."""
        blobs = sum(entry.size for entry in self.target.entries() if entry.place != NOWHERE)
        return self.target.manifest.database_size + blobs

    def blobs(self) -> Iterator[tuple[BackupReader, Entry, int]]:
        """Every blob that is to be had: the file it is in, the entry, the offset there.

        Raises:
            BackupDamaged: a file has not got what it should have.
        """
        for place, reader in sorted({HERE: self.target, **self.bases}.items()):
            here = reader.blobs_here()
            for entry in self.target.entries():
                if entry.place != place:
                    continue
                found = next((one for one in here if one[0].blob == entry.blob), None)
                if found is None or found[0].size != entry.size:
                    raise BackupDamaged(file=reader.name, where=f"blob {entry.blob}")
                yield reader, entry, found[1]

    def lost(self) -> Iterator[Entry]:
        """Blobs that the vault itself had lost when the backup was made."""
        return (entry for entry in self.target.entries() if entry.place == NOWHERE)


def opened_by(path: Path, secret: Secret, slot: str | None) -> OpenedHeader:
    """What a slot of the backup's time gives access to.

    Raises:
        WrongPassphrase: no slot of that time opens.
        BackupDamaged, VaultNewer: the head cannot be read, or its parts are of two vaults.
    """
    head = look_at(path).head
    try:
        opened = open_header(parse_header(head.header.encode()), secret, slot_name=slot)
    except VaultDamaged as error:
        raise BackupDamaged(file=path.name, where="header") from error
    if opened.vault != head.vault or opened.nature is not head.nature:
        raise BackupDamaged(file=path.name, where="head")
    return opened


@contextmanager
def open_chain(path: Path, bases: Sequence[Path], keys: VaultKeys) -> Iterator[Chain]:
    """The backup at `path`, and those of `bases` that it needs.

    Raises:
        BackupUnfit: one that it needs was not given, or is another one.
        BackupDamaged, VaultNewer: one of them cannot be read.
    """
    with ExitStack() as open_files:
        target = open_files.enter_context(open_backup(path, keys.backup))
        places = {entry.place for entry in target.entries()} - {HERE, NOWHERE}
        offered = {look_at(base).head.backup: base for base in bases}
        found: dict[int, BackupReader] = {}
        for place in sorted(places):
            wanted = target.manifest.chain[place - 1]
            reader = _open_base(target, wanted, offered, keys)
            found[place] = open_files.enter_context(reader)
        yield Chain(target, found)


def _open_base(
    target: BackupReader, wanted: Base, offered: dict[str, Path], keys: VaultKeys
) -> BackupReader:
    if wanted.backup not in offered:
        cause = words.base_missing(wanted.backup, wanted.made_at)
        raise BackupUnfit(file=target.name, cause=cause)
    reader = open_backup(offered[wanted.backup], keys.backup)
    is_same_vault = reader.preamble.head.vault == target.preamble.head.vault
    if reader.digest != wanted.digest or not is_same_vault:
        reader.close()
        raise BackupUnfit(file=reader.name, cause=words.NOT_THE_BASE)
    return reader
