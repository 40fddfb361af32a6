"""Where a vault lies, who holds it, and what to do about a place that serves it badly."""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN_HOLDER = "another program"

_HAZARDS: Mapping[str, tuple[str, str]] = {
    "network": (
        "The vault lies on a network share ({what}, at {where}).",
        "Move its folder to a disk of this machine: over a network locks may fail, and a line that drops while something is written can damage the database.",
    ),
    "foreign": (
        "The vault lies on a file system that another program provides ({what}, at {where}).",
        "Move its folder to a disk of this machine, unless you know that this program keeps locks and flushes to disk.",
    ),
    "cloud": (
        "The vault lies in a folder that {what} copies elsewhere ({where}).",
        "Move it out of that folder: what is copied while it is being written cannot be opened, an older copy may be put back over a newer one, and each copy tells somebody else how much there is.",
    ),
    "removable": (
        "The vault lies on a removable medium ({what}, at {where}).",
        "Keep it on a disk of this machine and carry backups and courier bundles on the medium; never pull it out while the vault is open.",
    ),
    "memory": (
        "The vault lies in memory ({what}, at {where}) and is gone when this machine stops.",
        "Move its folder to a disk, unless this is a rehearsal.",
    ),
    "lawless": (
        "The file system under the vault keeps no owners and no permissions ({what}, at {where}).",
        "Use a disk with a file system of this machine (ext4, XFS, btrfs, NTFS): here anybody at this machine may remove the vault's files, and a power cut may cost more than the last write.",
    ),
    "read_only": (
        "The vault lies on a medium that cannot be written ({what}, at {where}).",
        "Copy the whole folder to a disk of this machine and open it there: every look must be recorded.",
    ),
}


def hazard(kind: str, *, what: str, where: str) -> tuple[str, str]:
    """What is the matter with the place, and what to do."""
    message, advice = _HAZARDS[kind]
    return message.format(what=what, where=where), advice


PLACE = "Place of the vault"
PLACE_IS_FIT = "a disk of this machine"
