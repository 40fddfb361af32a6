"""The Debian package of a release: `dist/cport-desktop_VERSION_amd64.deb`.

    python packaging/build_deb.py TREE [FOLDER]

The tree of `build_tree` goes as it is to `/usr/lib/cport-desktop`, so that its signed list still holds
there; around it stands what a desktop looks for: two commands, manual pages, completions, an entry in
the menu, icons, AppStream data, types of files. No script runs when it is installed or removed, and
nothing is written outside the package's own files: removed, it is gone.

The same bytes from the same tree: all times are the tree's (`SOURCE_DATE_EPOCH`, else that of its
`VERSION`), all files are root's, names stand in order, and `dpkg-deb` (1.21 or later) is told so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

import man_pages
from tree_contents import LEFT_TO_THE_SYSTEM, SOUND, WAYLAND
from tree_libraries import is_compiled, oldest_c_library

from cport_desktop.cli.command_tree import commands
from cport_desktop.cli.completion import SHELLS
from cport_desktop.cli.grammar import parser

PROJECT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = PROJECT / "packaging" / "debian"
NAME: Final = "cport-desktop"
HOME: Final = Path("usr/lib") / NAME
MAINTAINER: Final = "CPORT Desktop maintainers <maintainers@cport.example>"
APPSTREAM: Final = "example.cport.desktop.metainfo.xml"

COMPLETIONS: Final[Mapping[str, str]] = {
    "bash": "bash-completion/completions/cport",
    "zsh": "zsh/vendor-completions/_cport",
    "fish": "fish/vendor_completions.d/cport.fish",
}
"""Where each shell looks for what packages bring, below `/usr/share`."""

ALSO_CALLED: Final[Mapping[str, str]] = {"libglib2.0-0": "libglib2.0-0t64"}
"""Debian 13 renamed what depends on how wide a time is."""

RECOMMENDED: Final = ("bubblewrap",)
"""The second wall around decoders (docs/adr/0030); without it they are confined by filters alone."""

SUGGESTED: Final = ("age", "openssl", "opensc", "bash-completion")
"""What people check packages with, tokens, and the program that makes bash read completions."""


def write_package(root: Path, folder: Path) -> Path:
    """The package of the tree `root`, in `folder`; it takes its name when it is whole."""
    version = (root / "VERSION").read_text(encoding="ascii").strip()
    moment = _moment(root)
    made = folder / f"{NAME}_{version}_amd64.deb"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="unfinished-") as place:
        staged = Path(place) / "root"
        _fill(staged, root, version, moment)
        unfinished = Path(place) / made.name
        _pack(staged, unfinished, moment)
        unfinished.rename(made)
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    made.with_name(f"{made.name}.sha256").write_text(f"{digest}  {made.name}\n", encoding="ascii")
    return made


def _moment(root: Path) -> int:
    """Seconds since 1970."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    return int(told) if told else int((root / "VERSION").stat().st_mtime)


def _fill(staged: Path, root: Path, version: str, moment: int) -> None:
    shutil.copytree(root, staged / HOME, symlinks=True)
    (staged / "usr" / "bin").mkdir(parents=True)
    for command in ("cport", "cport-desktop"):
        (staged / "usr" / "bin" / command).symlink_to(f"../lib/{NAME}/bin/{command}")
    for place, content in _beside(root, version, moment):
        file = staged / "usr" / "share" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    _same_for_all(staged, moment)
    size = sum(map(_kibibytes, staged.rglob("*")))
    control = staged / "DEBIAN"
    control.mkdir()
    files = [path for path in sorted(staged.rglob("*")) if path.is_file() and not path.is_symlink()]
    (control / "md5sums").write_text("".join(_sums(files, staged)), encoding="utf-8")
    told = {"version": version, "installed_size": str(size), **_needs(root)}
    (control / "control").write_text(_filled("control.in", told), encoding="utf-8")
    for path in (control, *control.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (moment, moment))


def _beside(root: Path, version: str, moment: int) -> Iterator[tuple[Path, bytes]]:
    """What lies below `/usr/share`."""
    day = datetime.fromtimestamp(moment, UTC)
    entry = SOURCES / f"{NAME}.desktop"
    yield Path("applications", entry.name), entry.read_bytes()
    told = {"version": version, "date": day.date().isoformat()}
    yield Path("metainfo", APPSTREAM), _filled("metainfo.xml.in", told).encode()
    yield Path("mime", "packages", f"{NAME}.xml"), (SOURCES / "mime.xml").read_bytes()
    yield Path("lintian", "overrides", NAME), (SOURCES / "lintian-overrides").read_bytes()
    icons = PROJECT / "packaging" / "icons"
    for icon in sorted(icons.rglob("*.png")):
        yield Path("icons", "hicolor", icon.relative_to(icons)), icon.read_bytes()
    for name, page in man_pages.PAGES.items():
        yield Path("man", "man1", f"{name}.gz"), _packed(page(day.date().isoformat()))
    tree = tuple(commands(parser()))
    for shell, place in COMPLETIONS.items():
        yield Path(place), SHELLS[shell](tree).encode()
    yield Path("doc", NAME, "copyright"), _copyright(root).encode()
    yield Path("doc", NAME, "changelog.gz"), _packed(_changes(version, day))


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), 9, mtime=0)


def _changes(version: str, day: datetime) -> str:
    told = "  * The release of this version; what it brings is told in its manual."
    signed = f" -- {MAINTAINER}  {format_datetime(day)}"
    return f"{NAME} ({version}) stable; urgency=medium\n\n{told}\n\n{signed}\n"


def _copyright(root: Path) -> str:
    lines = (PROJECT / "LICENSE").read_text(encoding="utf-8").splitlines()
    licence = "\n".join(f" {line.strip()}" if line.strip() else " ." for line in lines)
    return _filled("copyright.in", {"licence": licence, "components": _components(root)})


def _components(root: Path) -> str:
    """What the list of the tree names, a line each."""
    listed = root / "sbom.cdx.json"
    if not listed.exists():
        return ""
    named = json.loads(listed.read_bytes()).get("components", [])
    lines = sorted(f" - {each['name']} {each.get('version', '')}".rstrip() for each in named)
    return "\n .\n It holds:\n" + "\n".join(lines)


def _filled(name: str, told: Mapping[str, str]) -> str:
    text = (SOURCES / name).read_text(encoding="utf-8")
    for what, value in told.items():
        text = text.replace(f"@{what}@", value)
    return text


def _needs(root: Path) -> dict[str, str]:
    """What the tree leaves to the system, as fields of the package."""
    compiled = (path for path in root.rglob("*") if path.is_file() and is_compiled(path))
    major, minor = oldest_c_library(compiled)
    library = f"libc6 (>= {major}.{minor})"
    found = {name: _package(name) for name in sorted({*LEFT_TO_THE_SYSTEM.values()})}
    found["libc6"] = library
    recommended = {*RECOMMENDED, *map(_package, (*WAYLAND.values(), *SOUND.values()))}
    return {
        "depends": ", ".join(found.values()),
        "recommends": ", ".join(sorted(recommended - {*found.values()})),
        "suggests": ", ".join(SUGGESTED),
    }


def _package(name: str) -> str:
    newer = ALSO_CALLED.get(name)
    return f"{name} | {newer}" if newer else name


def _sums(files: Iterable[Path], staged: Path) -> Iterator[str]:
    """MD5, as `dpkg --verify` reads it; what vouches for the files is the signed list in the tree."""
    for file in files:
        digest = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
        yield f"{digest}  {file.relative_to(staged).as_posix()}\n"


def _kibibytes(path: Path) -> int:
    """As Debian's policy reckons: whole ones for a file, one for anything else."""
    return -(-path.stat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1


def _same_for_all(staged: Path, moment: int) -> None:
    """Times of the release, and no right that depends on who built it."""
    for path in (*staged.rglob("*"), staged):
        if not path.is_symlink():
            is_open = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if is_open else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _pack(staged: Path, file: Path, moment: int) -> None:
    command = ("dpkg-deb", "--root-owner-group", "--threads-max=2", "-Zxz", "-z3", "--build")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment), "LC_ALL": "C.UTF-8"}
    subprocess.run((*command, staged, file), env=environment, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    root = Path(sys.argv[1]).resolve()
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else PROJECT / "dist"
    made = write_package(root, folder.resolve())
    print(f"{made}: {made.stat().st_size / 1024**2:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
