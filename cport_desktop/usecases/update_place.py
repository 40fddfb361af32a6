"""What updates start from: this account's shelf, the release that runs, and what came with it."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from cport_desktop import __version__
from cport_desktop.domain.updates import Part, PartKind, is_older
from cport_desktop.errors import CportError, InputUnreadable
from cport_desktop.formats.domain_lists import parse_criteria, parse_services
from cport_desktop.formats.public_suffix_file import parse_suffixes
from cport_desktop.formats.taxonomies import parse_taxonomy
from cport_desktop.settings import Settings
from cport_desktop.updates.shelf import Current, InForce, Shelf
from cport_desktop.vault.migrations import known_migrations

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Place:
    """`pinned`: the root of trust that came with the program. `installed`: the version that runs where no
    update is chosen; `tree`: where that lies, None where the program does not run from a release (then no
    application is taken in). `came_along`: the parts that came with it.
    """

    shelf: Shelf
    pinned: bytes
    platform: str
    installed: str
    tree: Path | None
    came_along: tuple[Part, ...]

    @property
    def schema(self) -> int:
        """How many migrations the vaults of the running version have."""
        return len(known_migrations())

    def version_of(self, pair: InForce) -> str:
        """Which application runs with `pair`: an installed one that came later goes before it."""
        if pair.version is None or is_older(pair.version, self.installed):
            return self.installed
        return pair.version

    def in_force(self, current: Current) -> tuple[Part, ...]:
        """Every part that counts now, from updates or with the program."""
        found = {part.key: part for part in self.came_along}
        found.update({part.key: part for part in self.shelf.parts(current.now.data)})
        version = self.version_of(current.now)
        application = found.get((PartKind.APPLICATION, ""))
        if application is None or application.version != version:
            found[PartKind.APPLICATION, ""] = Part(PartKind.APPLICATION, version, None)
        return tuple(found.values())


def place_here(settings: Settings) -> Place:
    """The place of this process and account.

    Raises:
        InputUnreadable: the program's own root of trust is not there.
    """
    tree = _tree(settings.floor)
    installed = __version__ if tree is None else _version_in(tree)
    root = settings.update_root
    try:
        pinned = root.read_bytes()
    except OSError as error:
        raise InputUnreadable(path=str(root), cause=error.strerror or "unknown") from error
    return Place(
        Shelf(settings.updates or Path.home() / ".local" / "share" / "cport-desktop"),
        pinned,
        f"{sys.platform}-{platform.machine()}".lower(),
        installed,
        tree,
        (Part(PartKind.APPLICATION, installed, None), *_came_along(settings.as_installed)),
    )


def _tree(floor: Path | None) -> Path | None:
    """The installed release: the one that gave way to an update, or the one that runs."""
    runtime = Path(sys.executable).parent.parent
    running = runtime.parent if runtime.name == "runtime" else None
    candidates = [each for each in (floor, running) if each is not None]
    return next((each for each in candidates if (each / "VERSION").is_file()), None)


def _version_in(tree: Path) -> str:
    with suppress(OSError):
        return (tree / "VERSION").read_text("ascii", "replace").strip()
    return __version__


def _came_along(settings: Settings) -> Iterator[Part]:
    suffixes, services, criteria = settings.domain_rules
    readers: tuple[tuple[PartKind, Path, Callable[[bytes], _Versioned]], ...] = (
        (PartKind.SUFFIXES, suffixes, parse_suffixes),
        (PartKind.SERVICES, services, parse_services),
        (PartKind.CRITERIA, criteria, parse_criteria),
        (PartKind.TAXONOMY, settings.taxonomy, parse_taxonomy),
    )
    for kind, path, parse in readers:
        with suppress(OSError, CportError):
            version = parse(path.read_bytes()).version
            yield Part(kind, version, _day_in(version))


class _Versioned(Protocol):
    @property
    def version(self) -> str: ...


def _day_in(version: str) -> date | None:
    """Lists that are named after their day."""
    found = _DAY.match(version)
    with suppress(ValueError):
        return date.fromisoformat(found[0]) if found else None
    return None
