"""Where updates lie in a user's folder, and the one file that says which of them is in force.

    current          line 1: a folder of `versions`, or "installed"; line 2: a folder of `data`, or "none";
                     lines 3 and 4: the same of what was in force before
    versions/0.2.0/  an application, laid out as the installed one
    data/17/         files of the other parts, and `parts.json`, which tells of them
    trust/           metadata and revocations that were believed
    staging/         what is not finished; taken away at the next beginning
    lock             held by whoever changes anything

`current` is replaced by one renaming, so that application and data change together or not at all. The
launcher reads its first line. What neither pair names is taken away.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cport_desktop.domain.updates import VERSION, Part, PartKind, Revocations
from cport_desktop.errors import (
    CportError,
    UpdateRefused,
)
from cport_desktop.formats.update_parts import (
    parse_parts,
    parse_revocations,
    print_parts,
    print_revocations,
)
from cport_desktop.updates.believed import Kept
from cport_desktop.updates.durably import naming_faults, remove, sync_folder, write_durably
from cport_desktop.words import updates as words

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

INSTALLED: Final = "installed"
NONE: Final = "none"
_DATA: Final = re.compile(r"[1-9][0-9]{0,17}")

FILES: Final = {
    PartKind.SUFFIXES: "public_suffix_list.dat",
    PartKind.SERVICES: "services.json",
    PartKind.CRITERIA: "criteria.json",
    PartKind.TAXONOMY: "taxonomy.json",
    PartKind.REGION_PROFILE: "region-profile.json",
    PartKind.REVOCATIONS: "revocations.json",
}


@dataclass(frozen=True, slots=True)
class InForce:
    """`version`: of an application on the shelf; None for the installed one. `data`: None for what came
    with the program.
    """

    version: str | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Current:
    now: InForce = InForce()
    before: InForce | None = None


def data_in_force(home: Path) -> Path | None:
    """The folder of the data that an update brought and that counts now; None while there is none."""
    shelf = Shelf(home)
    data = shelf.current().now.data
    return None if data is None else shelf.data_folder(data)


class Shelf:
    """One user's folder of updates. It need not be there yet."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.staging = home / "staging"

    def version_folder(self, version: str) -> Path:
        return self.home / "versions" / version

    def data_folder(self, data: str) -> Path:
        return self.home / "data" / data

    # -- what is in force

    def current(self) -> Current:
        """What is in force; as installed where nothing can be read, or what is named is not there."""
        with suppress(OSError):
            lines = (self.home / "current").read_text("ascii", "replace").split("\n")
            return self._read(lines)
        return Current()

    def _read(self, lines: list[str]) -> Current:
        first, second, third, fourth = (lines + [""] * 4)[:4]
        before = self._pair(third, fourth) if third else None
        return Current(self._pair(first, second), before)

    def _pair(self, version: str, data: str) -> InForce:
        has_version = VERSION.fullmatch(version) and self.version_folder(version).is_dir()
        has_data = _DATA.fullmatch(data) and self.data_folder(data).is_dir()
        return InForce(version if has_version else None, data if has_data else None)

    def put(self, current: Current) -> None:
        """From now on that is in force: one renaming.

        Raises:
            StorageFull, StorageUnwritable, VaultDamaged: the disk; what was in force stays so.
        """
        told = [*_lines(current.now), *(_lines(current.before) if current.before else ())]
        write_durably(self.home / "current", ("\n".join(told) + "\n").encode("ascii"))

    def parts(self, data: str | None) -> tuple[Part, ...]:
        """What a folder of data holds; none where its note cannot be read."""
        if data is None:
            return ()
        with suppress(OSError, CportError):
            return parse_parts((self.data_folder(data) / "parts.json").read_bytes())
        return ()

    # -- what is believed

    def kept(self) -> Kept:
        return Kept(*(self._trusted(name) for name in _TRUSTED))

    def revocations(self) -> Revocations:
        """All that were ever taken in here."""
        with suppress(OSError, CportError):
            return parse_revocations((self.home / "trust" / "revocations.json").read_bytes())
        return Revocations()

    def keep(self, kept: Kept, revocations: Revocations) -> None:
        """Believed from now on. In an order in which any cut leaves what can be gone on from.

        Raises:
            StorageFull, StorageUnwritable, VaultDamaged: the disk.
        """
        folder = self._made(self.home / "trust")
        if revocations != self.revocations():
            write_durably(folder / "revocations.json", print_revocations(revocations))
        for name, content in zip(
            _TRUSTED, (kept.root, kept.timestamp, kept.snapshot, kept.targets), strict=True
        ):
            if content is not None and content != self._trusted(name):
                write_durably(folder / name, content)

    def _trusted(self, name: str) -> bytes | None:
        try:
            return (self.home / "trust" / name).read_bytes()
        except OSError:
            return None

    # -- changing it

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else changes anything meanwhile; what was left unfinished is gone, before and after.

        Raises:
            UpdateRefused: somebody does already.
            StorageFull, StorageUnwritable, VaultDamaged: the disk.
        """
        self._made(self.home)
        with naming_faults("lock"):
            descriptor = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
            remove(self.staging)
            yield
        finally:
            os.close(descriptor)

    def stage(self) -> Path:
        """An empty folder for what is not finished.

        Raises:
            StorageFull, StorageUnwritable, VaultDamaged: the disk.
        """
        remove(self.staging)
        return self._made(self.staging)

    def place_version(self, tree: Path, version: str) -> Path:
        """The application that lies in `tree` is on the shelf; not in force yet."""
        return self._place(tree, self.version_folder(version))

    def place_data(self, folder: Path, data: str, parts: tuple[Part, ...]) -> None:
        """What lies in `folder` is on the shelf; not in force yet."""
        write_durably(folder / "parts.json", print_parts(parts))
        self._place(folder, self.data_folder(data))

    def _place(self, source: Path, target: Path) -> Path:
        self._made(target.parent)
        remove(target)
        with naming_faults(target.name):
            sync_folder(source)
            source.rename(target)
            sync_folder(target.parent)
        return target

    def tidy(self) -> None:
        """What is neither in force nor was before is gone. Nothing fails for it: the next time does it."""
        current = self.current()
        pairs = [current.now, *([current.before] if current.before else [])]
        for folder, names in (
            ("versions", {pair.version for pair in pairs}),
            ("data", {pair.data for pair in pairs}),
        ):
            with suppress(OSError):
                for each in (self.home / folder).iterdir():
                    if each.name not in names:
                        shutil.rmtree(each, ignore_errors=True)
        shutil.rmtree(self.staging, ignore_errors=True)

    def _made(self, folder: Path) -> Path:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        with naming_faults(folder.name):
            for each in reversed(missing):
                each.mkdir(mode=0o700, exist_ok=True)
                sync_folder(each.parent)
        return folder


_TRUSTED: Final = ("root.json", "timestamp.json", "snapshot.json", "targets.json")


def _lines(pair: InForce) -> tuple[str, str]:
    return pair.version or INSTALLED, pair.data or NONE


def _lock(descriptor: int) -> None:
    """It ends with the process, however that ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise UpdateRefused(what="busy", cause=words.REFUSED["busy"]) from error
