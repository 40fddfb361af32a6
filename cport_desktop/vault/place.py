"""Where a vault lies: what is known of the medium, and whether it serves a vault badly.

A place is never refused: the one who chose it may know better. It is warned about at creation,
at opening, at backup and by doctor. What the system says comes in as values (`Surroundings`),
so that every case can be tried on any machine; `vault.surroundings` asks this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from cport_desktop.vault import places_known


class HazardKind(StrEnum):
    """What a place may do to a vault. Values are keys of `words.places`."""

    NETWORK = "network"
    FOREIGN = "foreign"
    """A file system in user space of which nothing is known."""
    CLOUD = "cloud"
    REMOVABLE = "removable"
    MEMORY = "memory"
    LAWLESS = "lawless"
    """No owners and no permissions."""
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class Hazard:
    """`what` names the file system or the program; `where` the mount point or folder."""

    kind: HazardKind
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of /proc/self/mountinfo (proc(5)), as far as it matters here.

    `device` is `major:minor`.
    """

    device: str
    point: str
    file_system: str
    is_read_only: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a system says of its disks and folders.

    `mountinfo` is the text of /proc/self/mountinfo, empty where there is none. `names_in` gives
    the names in a folder (none, if it cannot be read), `is_removable` whether the device
    `major:minor` can be pulled out, `drive_type` what GetDriveTypeW answers for a root of Windows.
    """

    mountinfo: str
    names_in: Callable[[PurePath], Collection[str]]
    is_removable: Callable[[str], bool]
    drive_type: Callable[[str], int]


_ESCAPE = re.compile(r"\\([0-7]{3})")

_DRIVE_REMOVABLE, _DRIVE_REMOTE, _DRIVE_CD, _DRIVE_MEMORY = 2, 4, 5, 6
"""GetDriveTypeW, winbase.h."""
_DEVICE_PATHS = ("\\\\?\\", "\\\\.\\")


def hazards(directory: PurePath, around: Surroundings) -> tuple[Hazard, ...]:
    """What speaks against keeping a vault in `directory` (absolute, links resolved)."""
    if isinstance(directory, PureWindowsPath):
        drive = _windows_hazard(directory, around.drive_type)
        found = [] if drive is None else [drive]
    else:
        found = list(_mount_hazards(directory, around))
    return (*found, *_cloud_hazards(directory, around.names_in))


def read_mounts(mountinfo: str) -> tuple[Mount, ...]:
    """The lines of /proc/self/mountinfo that can be understood, in their order."""
    return tuple(mount for line in mountinfo.splitlines() if (mount := _read_mount(line)))


def mount_of(directory: PurePath, mounts: Collection[Mount]) -> Mount | None:
    """What is mounted where `directory` lies: the deepest point, and the latest of equal ones."""
    found = None
    for mount in mounts:
        point = PurePosixPath(mount.point)
        lies_there = point == directory or point in directory.parents
        if lies_there and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def _read_mount(line: str) -> Mount | None:
    fields = line.split(" ")
    try:
        separator = fields.index("-", 6)
        device, point, options = fields[2], _unescaped(fields[4]), fields[5]
        file_system, more = fields[separator + 1], fields[separator + 3 :]
    except (ValueError, IndexError):
        return None
    read_only = "ro" in options.split(",") or "ro" in ",".join(more).split(",")
    return Mount(device, point, file_system, read_only)


def _unescaped(field: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), field)


def _mount_hazards(directory: PurePath, around: Surroundings) -> Iterator[Hazard]:
    mount = mount_of(directory, read_mounts(around.mountinfo))
    if mount is None:
        return
    kind = _kind_of(mount.file_system)
    if kind is not None:
        yield Hazard(kind, mount.file_system, mount.point)
    if kind not in (HazardKind.NETWORK, HazardKind.MEMORY) and around.is_removable(mount.device):
        yield Hazard(HazardKind.REMOVABLE, mount.file_system, mount.point)
    if mount.is_read_only:
        yield Hazard(HazardKind.READ_ONLY, mount.file_system, mount.point)


def _kind_of(file_system: str) -> HazardKind | None:
    if file_system in places_known.LAWLESS:
        return HazardKind.LAWLESS
    if file_system in places_known.MEMORY:
        return HazardKind.MEMORY
    family, _, own = file_system.partition(".")
    if (
        family in places_known.NETWORK
        or own in places_known.NETWORK
        or own in places_known.NETWORK_IN_USER_SPACE
    ):
        return HazardKind.NETWORK
    # `fuseblk` is a disk of this machine under a driver in user space.
    if family == "fuse" and own not in places_known.OWN_IN_USER_SPACE:
        return HazardKind.FOREIGN
    return None


def _cloud_hazards(
    directory: PurePath, names_in: Callable[[PurePath], Collection[str]]
) -> Iterator[Hazard]:
    """The nearest folder above that a sync client looks after, by its name or its marks."""
    for folder in (directory, *directory.parents):
        client = _client_by_name(folder.name) or _client_by_marks(names_in(folder))
        if client is not None:
            yield Hazard(HazardKind.CLOUD, client, str(folder))
            return


def _client_by_name(name: str) -> str | None:
    plain = name.casefold()
    if plain in places_known.CLOUD_NAMES:
        return places_known.CLOUD_NAMES[plain]
    somebody = places_known.CLOUD_OF_SOMEBODY.fullmatch(plain)
    return None if somebody is None else places_known.CLOUD_NAMES[somebody[1]]


def _client_by_marks(names: Collection[str]) -> str | None:
    for name in names:
        plain = name.casefold()
        if plain in places_known.MARKERS:
            return places_known.MARKERS[plain]
        if places_known.MARKER_OF_MANY.fullmatch(plain):
            return "ownCloud or Nextcloud"
    return None


def _windows_hazard(directory: PureWindowsPath, drive_type: Callable[[str], int]) -> Hazard | None:
    drive = _plain_drive(directory.drive)
    if drive.startswith("\\\\"):
        return Hazard(HazardKind.NETWORK, "a share", drive)
    kind = {
        _DRIVE_REMOVABLE: HazardKind.REMOVABLE,
        _DRIVE_REMOTE: HazardKind.NETWORK,
        _DRIVE_CD: HazardKind.READ_ONLY,
        _DRIVE_MEMORY: HazardKind.MEMORY,
    }.get(drive_type(f"{drive}\\"))
    return None if kind is None else Hazard(kind, f"drive {drive}", f"{drive}\\")


def _plain_drive(drive: str) -> str:
    r"""`C:` for `\\?\C:` and `\\server\share` for `\\?\UNC\server\share`."""
    for device in _DEVICE_PATHS:
        if drive.startswith(device):
            rest = drive.removeprefix(device)
            unc = rest[:4].casefold() == "unc\\"
            return f"\\\\{rest[4:]}" if unc else rest
    return drive
