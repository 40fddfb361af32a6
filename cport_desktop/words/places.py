"""Where a vault lies, who holds it, and what to do about a place that serves it badly."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr

UNKNOWN_HOLDER = tr("another program")

_HAZARDS: Mapping[str, tuple[str, str]] = {
    "network": (
        tr("The vault lies on a network share ({file_system}, at {folder})."),
        tr(
            "Move its folder to a disk of this machine: over a network locks may fail, and a line that drops while something is written can damage the database."
        ),
    ),
    "foreign": (
        tr(
            "The vault lies on a file system that another program provides ({file_system}, at {folder})."
        ),
        tr(
            "Move its folder to a disk of this machine, unless you know that this program keeps locks and flushes to disk."
        ),
    ),
    "cloud": (
        tr("The vault lies in a folder that {service} copies elsewhere ({folder})."),
        tr(
            "Move it out of that folder: what is copied while it is being written cannot be opened, an older copy may be put back over a newer one, and each copy tells somebody else how much there is."
        ),
    ),
    "removable": (
        tr("The vault lies on a removable medium ({file_system}, at {folder})."),
        tr(
            "Keep it on a disk of this machine and carry backups and courier bundles on the medium; never pull it out while the vault is open."
        ),
    ),
    "memory": (
        tr(
            "The vault lies in memory ({file_system}, at {folder}) and is gone when this machine stops."
        ),
        tr("Move its folder to a disk, unless this is a rehearsal."),
    ),
    "lawless": (
        tr(
            "The file system under the vault keeps no owners and no permissions ({file_system}, at {folder})."
        ),
        tr(
            "Use a disk with a file system of this machine (ext4, XFS, btrfs, NTFS): here anybody at this machine may remove the vault’s files, and a power cut may cost more than the last write."
        ),
    ),
    "read_only": (
        tr("The vault lies on a medium that cannot be written ({file_system}, at {folder})."),
        tr(
            "Copy the whole folder to a disk of this machine and open it there: every look must be recorded."
        ),
    ),
}


def hazard(kind: str, *, what: str, where: str) -> tuple[str, str]:
    """What is the matter with the place, and what to do."""
    message, advice = _HAZARDS[kind]
    return message.format(file_system=what, service=what, folder=where), advice


PLACE = tr("Place of the vault")
PLACE_IS_FIT = tr("a disk of this machine")
