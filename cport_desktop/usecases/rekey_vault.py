"""Renew the master key: after somebody left, or when it may have become known.

Needs an administrator and a vault that nobody has open. Sealed files keep their keys, and
backups made before keep the old master key: those who ask are told.
"""

from __future__ import annotations

from pathlib import Path

from cport_desktop.clock import Clock
from cport_desktop.domain.progress import Announce
from cport_desktop.domain.roles import Analyst, Role
from cport_desktop.errors import RoleMissing
from cport_desktop.vault import rekeying
from cport_desktop.vault.rekeying import Rekeyed
from cport_desktop.vault.slot_kinds import Secret


def rekey_vault(
    directory: Path,
    *,
    secret: Secret,
    slot: str | None,
    clock: Clock,
    program: str,
    announce: Announce,
) -> Rekeyed:
    """The vault in `directory` has another master key, and every slot opens it as before.

    Raises:
        RoleMissing: the slot is not an administrator's.
        VaultHeld: it is open somewhere.
        WrongPassphrase, VaultDamaged, StorageFull …: as `vault.rekeying.rekey`; it is as it was.
    """
    return rekeying.rekey(
        directory,
        secret=secret,
        slot=slot,
        clock=clock,
        program=program,
        require=_require_administrator,
        announce=announce,
    )


def _require_administrator(analyst: Analyst) -> None:
    if Role.ADMINISTRATOR not in analyst.roles:
        raise RoleMissing(role=Role.ADMINISTRATOR.value)
