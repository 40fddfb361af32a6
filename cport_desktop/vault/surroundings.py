"""What this machine says of its disks and folders, for `vault.place` to judge."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path, PurePath

from cport_desktop.vault.place import Hazard, Surroundings, hazards


def surroundings() -> Surroundings:
    """What this machine says."""
    return Surroundings(_mountinfo(), _names_in, _is_removable, _drive_type)


def hazards_of(directory: Path) -> tuple[Hazard, ...]:
    """What speaks against keeping a vault in `directory`, here and now."""
    return hazards(Path(os.path.realpath(directory)), surroundings())


def _mountinfo() -> str:
    with suppress(OSError):
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def _names_in(folder: PurePath) -> Collection[str]:
    with suppress(OSError):
        return [path.name for path in Path(folder).iterdir()]
    return ()


def _is_removable(device: str) -> bool:
    """By sysfs: the disk says so, hangs on USB or is a memory card, or one below it is."""
    with suppress(OSError):
        return _can_be_pulled_out(Path("/sys/dev/block") / device)
    return False


def _can_be_pulled_out(entry: Path) -> bool:
    disk = entry.resolve(strict=True)
    if not (disk / "removable").is_file():
        disk = disk.parent  # A partition; the disk stands above it.
    says = _words_of(disk / "removable") == "1" or _words_of(disk / "device" / "type") == "SD"
    below = list(disk.glob("slaves/*"))  # Encrypted and joined disks lie on others.
    return says or "/usb" in disk.as_posix() or any(map(_can_be_pulled_out, below))


def _words_of(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace").strip()
    return ""


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - `windll` exists there alone

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    else:  # noqa: RET505 - the checker of types knows this form of asking for the system
        return 0
