"""What a vault says of itself to anybody, read without a key and without holding it."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.errors import VaultDamaged
from cport_desktop.vault import header_files
from cport_desktop.vault.header import print_header
from cport_desktop.vault.header_v1 import public_facts_v1
from cport_desktop.vault.key_slots import PublicFacts, public_facts
from cport_desktop.vault.layout import Layout


def read_label(directory: Path) -> PublicFacts:
    """Identity, nature and key slots of the vault in `directory`.

    Raises:
        NotAVault: there is none.
        VaultNewer, VaultDamaged: its header cannot be read.
    """
    found = header_files.read(Layout(directory))
    if found.headers:
        return public_facts(print_header(found.headers[0]))
    if found.first_version is None:
        raise VaultDamaged(where="header")
    return public_facts_v1(found.first_version)
