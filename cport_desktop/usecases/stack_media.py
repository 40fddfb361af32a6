"""Bring the stacks up to date: what came is compared with all that was here.

What holds, so that it may be stopped anywhere and repeated at any time: a lot of contents, what
they are like and the mark of how far it came are one transaction. What is compared are digests; no
file is opened.

The rooms that compare many digests need numpy, and a start of either face does without: they are
imported when there is something to compare.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.permission import require
from cport_desktop.vault import likeness_stacks
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Stacked:
    """`contents`: that were compared now."""

    contents: int


def catch_up(vault: Vault, *, announce: Announce, is_cancelled: IsCancelled) -> Stacked:
    """Every content that is held has been compared with every other one.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        Cancelled: somebody stopped it; what was compared stays.
        StorageFull, VaultDamaged: the disk; likewise.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        work = likeness_stacks.work_left(reader)
    if work.is_done:
        return Stacked(0)
    from cport_desktop.usecases.comparing import compared  # noqa: PLC0415 - brings numpy

    return Stacked(compared(vault, work, announce=announce, is_cancelled=is_cancelled))


def restack(vault: Vault, *, announce: Announce, is_cancelled: IsCancelled) -> Stacked:
    """All stacks are computed from nothing; what persons said of them stays.

    Raises: as `catch_up`.
    """
    require(vault, Role.ANALYST)
    likeness_stacks.begin_anew(vault)
    return catch_up(vault, announce=announce, is_cancelled=is_cancelled)
