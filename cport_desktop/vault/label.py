"""What a vault says of itself to anybody, read without a key and without holding it."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.errors import NotAVault
from cport_desktop.vault.durable_files import naming_disk_faults
from cport_desktop.vault.key_slots import LONGEST_HEADER, PublicFacts, public_facts
from cport_desktop.vault.layout import Layout


def read_label(directory: Path) -> PublicFacts:
    """Identity, nature and key slots of the vault in `directory`.

    Raises:
        NotAVault: there is none.
        VaultNewer, VaultDamaged: its header cannot be read.
    """
    header = Layout(directory).header
    if not header.is_file():
        raise NotAVault(path=str(directory))
    with naming_disk_faults("header"), header.open("rb") as file:
        return public_facts(file.read(LONGEST_HEADER + 1))
