"""Seal every file anew, when the keys of the old ones may be known. Needs an administrator."""

from __future__ import annotations

from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require
from cport_desktop.vault import resealing
from cport_desktop.vault.resealing import Resealed
from cport_desktop.vault.vault import Vault


def reseal_files(vault: Vault, *, announce: Announce, is_cancelled: IsCancelled) -> Resealed:
    """Every file has a new key and a new name; an interrupted round goes on where it was.

    Raises:
        RoleMissing: not an administrator.
        Cancelled, KeepingUnderWay, StorageFull, VaultDamaged: as `vault.resealing.reseal`.
    """
    require(vault, Role.ADMINISTRATOR)
    return resealing.reseal(vault, announce=announce, is_cancelled=is_cancelled)
