"""Bundles of updates made for tests, by the same script that makes real ones, and a place to apply them.

Applications are a few lines of shell: what a launcher answers is all that is asked of one.
"""

from __future__ import annotations

import importlib.util
import io
import json
import sys
import tarfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.updates import Part, PartKind
from cport_desktop.updates.bundle import Metadata, print_head
from cport_desktop.updates.shelf import Shelf
from cport_desktop.usecases.apply_update import Told, apply_update, check_update
from cport_desktop.usecases.update_place import Place

ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLATFORM: Final = "linux-x86_64"
SCHEMA: Final = 12


def _signing() -> ModuleType:
    name = "update_signing"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


signing: Final = _signing()
Keys = Mapping[str, Sequence[Any]]


def a_root(version: int = 1, generation: int = 1, **more: Any) -> bytes:
    """A root that trusts the keys of `generation`; not the demo's, unless it is said."""
    expires = more.pop("expires", NOW + timedelta(days=3650))
    return bytes(signing.make_root(version, keys(generation), expires=expires, **more))


def keys(generation: int = 1) -> Keys:
    return dict(signing.demo_keys(generation))


def suffix_list(day: str) -> bytes:
    """A whole Public Suffix List, with rules of reserved names."""
    return (
        f"// VERSION: {day}_08-00-00_UTC\n"
        "// ===BEGIN ICANN DOMAINS===\nexample\ntest\n// ===END ICANN DOMAINS===\n"
        "// ===BEGIN PRIVATE DOMAINS===\npages.test\n// ===END PRIVATE DOMAINS===\n"
    ).encode()


LAUNCHER: Final = """#!/bin/sh
[ -n "$CPORT_FLOOR" ] || exit 9
case "$*" in
    --version) echo "cport {says}" ;;
    "--json update prove") {proof} ;;
    *) exit 2 ;;
esac
"""


def an_application(version: str, *, says: str | None = None, proof: str | None = None) -> bytes:
    """The archive of a release that answers as one. `says`: which version it calls itself; `proof`: what it
    does when it is to try itself out.
    """
    told = says or version
    answer = json.dumps({"version": told, "schema": SCHEMA})
    files = {
        "bin/cport": LAUNCHER.format(says=told, proof=proof or f"echo '{answer}'").encode(),
        "runtime/bin/cport-runtime": b"#!/bin/sh\n",
        "VERSION": f"{version}\n".encode(),
        "app/words.txt": b"neutral words\n" * 50,
    }
    return an_archive({f"cport-desktop-{version}/{name}": text for name, text in files.items()})


def an_archive(files: Mapping[str, bytes], *more: tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = 0o755 if "/bin/" in name else 0o644
            tar.addfile(entry, io.BytesIO(content))
        for entry in more:
            tar.addfile(entry)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Brings:
    """One part, its file and what is said of it."""

    content: bytes
    told: Mapping[str, object]


def suffixes(day: str = "2026-11-18") -> dict[str, Brings]:
    return {"suffixes": Brings(suffix_list(day), {"part": "suffixes", "version": day, "day": day})}


def application(
    version: str = "0.2", archive: bytes | None = None, platform: str = PLATFORM
) -> dict[str, Brings]:
    told = {"part": "application", "version": version, "day": "2026-11-19", "schema": SCHEMA}
    return {
        "application": Brings(
            an_application(version) if archive is None else archive, {**told, "platform": platform}
        )
    }


def revocations(version: str = "1", **said: object) -> dict[str, Brings]:
    content = json.dumps({"version": version, **said}).encode()
    return {
        "revocations": Brings(
            content, {"part": "revocations", "version": version, "day": "2026-11-19"}
        )
    }


def hash_list(content: bytes, version: str, name: str = "Shapes") -> dict[str, Brings]:
    told = {"part": "hash-list", "version": version, "day": "2026-11-19", "name": name}
    return {"hash-list/1": Brings(content, told)}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Signs bundles. `keys` are those of the demo, whose files are no secret."""

    folder: Path
    keys: Keys = field(default_factory=keys)
    at: datetime = NOW
    lasts: timedelta = timedelta(days=120)
    roots: tuple[bytes, ...] = ()

    def metadata(self, number: int, brings: Mapping[str, Brings]) -> Metadata:
        given = self._given(number, brings)
        issue = signing.Issue(number, self.at, self.at + self.lasts)
        made: Metadata = signing.make_metadata(issue, self.keys, given, self.roots)
        return made

    def bundle(
        self,
        number: int,
        brings: Mapping[str, Brings],
        *,
        change: Callable[[Metadata], Metadata] = lambda metadata: metadata,
        tail: bytes | None = None,
    ) -> Path:
        """The file of it. `change` what is said of it; `tail`: other bytes in place of its files."""
        head = print_head(change(self.metadata(number, brings)))
        files = b"".join(brings[name].content for name in sorted(brings))
        path = self.folder / f"{number}.update"
        path.write_bytes(head + (files if tail is None else tail))
        return path

    def but(self, **changes: Any) -> Publisher:
        return replace(self, **changes)

    def _given(self, number: int, brings: Mapping[str, Brings]) -> dict[str, Any]:
        folder = self.folder / f"files-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        given = {}
        for at, (name, brought) in enumerate(sorted(brings.items())):
            path = folder / str(at)
            path.write_bytes(brought.content)
            given[name] = signing.Given(path, brought.told)
        return given


def a_place(folder: Path, *, installed: str = "0.1", pinned: bytes | None = None) -> Place:
    """A place with an installed release, in a folder of its own."""
    tree = folder / "installed"
    _lay_out(tree, installed)
    return Place(
        Shelf(folder / "home"),
        a_root() if pinned is None else pinned,
        PLATFORM,
        installed,
        tree,
        (Part(PartKind.APPLICATION, installed, None),),
    )


def files_of(archive: bytes) -> dict[str, bytes]:
    """What an archive of a release holds, by its path within the release."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for member in tar:
            source = tar.extractfile(member)
            assert source is not None
            found[str(Path(*Path(member.name).parts[1:]))] = source.read()
    return found


def _lay_out(tree: Path, version: str) -> None:
    if tree.exists():
        return
    for name, content in files_of(an_application(version)).items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o755 if "bin/" in name else 0o644)


def applied(place: Place, path: Path, *, now: datetime = NOW) -> Told:
    return apply_update(
        place, path, now=now, accepts_demo=True, is_cancelled=never, announce=silent
    )


def checked(place: Place, path: Path, *, now: datetime = NOW) -> Told:
    return check_update(place, path, now=now, is_cancelled=never, announce=silent)


def state_of(place: Place) -> dict[str, bytes]:
    """Every file on the shelf but the lock, by its path."""
    home = place.shelf.home
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def versions_in_force(place: Place) -> dict[str, str]:
    return {part.kind.value: part.version for part in place.in_force(place.shelf.current())}
