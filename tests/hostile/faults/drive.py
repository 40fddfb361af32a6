"""A drive that can be pulled out: a real ext4 file system in a file, which the kernel tears off at a word.

From then on every call that needs the drive fails (EIO), to files that are open as well, and nothing that was
not written yet is written, the journal included: as if it was unplugged. Plugged in again, it is mounted anew,
and its journal is gone through. Wants root and a loop device.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_SHUT_DOWN: Final = 0x8004587D
"""EXT4_IOC_SHUTDOWN, `_IOR('X', 125, __u32)`."""
_AND_FLUSH_NOTHING: Final = struct.pack("I", 2)
"""EXT4_GOING_FLAGS_NOLOGFLUSH."""
_SIZE: Final = 32 << 20
NEEDS: Final = (
    "no drive can be made: wants root, loop devices and mkfs.ext4 (apt-get install e2fsprogs)"
)


class Drive:
    """Mounted at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "drive"
        self._image = folder / "drive.img"
        self.folder.mkdir()
        with self._image.open("wb") as image:
            image.truncate(_SIZE)
        _run("mkfs.ext4", "-q", "-F", str(self._image))
        self._plug()

    def unplug(self) -> None:
        """It is gone. It may be said more than once."""
        try:
            descriptor = os.open(self.folder, os.O_RDONLY)
        except OSError:
            return
        try:
            fcntl.ioctl(descriptor, _SHUT_DOWN, _AND_FLUSH_NOTHING)
        finally:
            os.close(descriptor)

    def plug_in_again(self) -> None:
        """What was on the medium is there."""
        self.remove()
        self._plug()

    def remove(self) -> None:
        _run("umount", str(self.folder))

    def _plug(self) -> None:
        _run("mount", "-o", "loop", str(self._image), str(self.folder))


@contextmanager
def a_drive(folder: Path) -> Iterator[Drive]:
    drive = Drive(folder)
    try:
        yield drive
    finally:
        drive.remove()


def can_be_made(folder: Path) -> bool:
    """This machine lets one be made, torn off and mounted again."""
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        return False
    try:
        with a_drive(folder) as drive:
            drive.unplug()
            drive.plug_in_again()
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
