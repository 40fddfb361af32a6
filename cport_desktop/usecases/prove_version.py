"""This version tries itself out: what it came with can be read, and a vault can be made and opened.

It is asked to before it is in force (`updates.proof`), so what this answers is a contract between
versions: docs/formats/update_bundle.md.
"""

from __future__ import annotations

import importlib.util
import secrets
import tempfile
from pathlib import Path
from typing import Final

from cport_desktop import __version__
from cport_desktop.clock import Clock
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import UpdateUnproven
from cport_desktop.formats import taxonomies
from cport_desktop.formats.domain_lists import parse_criteria, parse_services
from cport_desktop.formats.public_suffix_file import parse_suffixes
from cport_desktop.settings import Settings
from cport_desktop.updates.proof import Proof
from cport_desktop.updates.trust import is_demo
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.migrations import known_migrations
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import create_vault, open_vault
from cport_desktop.words import updates as words

_PARTS: Final = ("PySide6.QtWidgets", "cport_desktop.media.child", "cport_desktop.exports.child")
"""What is started only later, in a window or in children."""


def prove_version(settings: Settings, clock: Clock) -> Proof:
    """This version works here.

    Raises:
        UpdateUnproven, CportError: something that it needs does not.
    """
    ours = settings.as_installed
    suffixes, services, criteria = ours.domain_rules
    taxonomies.load(ours.taxonomy)
    parse_suffixes(suffixes.read_bytes())
    parse_services(services.read_bytes())
    parse_criteria(criteria.read_bytes())
    is_demo(ours.update_root.read_bytes())
    if any(importlib.util.find_spec(part) is None for part in _PARTS):
        raise UpdateUnproven(cause=words.NO_PROOF)
    _try_a_vault(clock)
    return Proof(__version__, len(known_migrations()))


def _try_a_vault(clock: Clock) -> None:
    passphrase = secrets.token_hex(16).encode("ascii")
    with tempfile.TemporaryDirectory(prefix="cport-proof-") as folder:
        directory = Path(folder) / "vault"
        create_vault(
            directory,
            nature=Nature.DEMO,
            analyst="-",
            slots=[NewSlot("passphrase", NewPassphrase(passphrase, FLOOR))],
            clock=clock,
        )
        open_vault(directory, secret=Passphrase(passphrase), clock=clock, program="proof").close()
