"""The nursery inside namespaces of its own, where this machine lets an ordinary user have them.

bubblewrap executes a command with a network, processes, messages, a host name, groups and users of its
own, and with a file system that is empty but for what is bound into it, read-only: the interpreter, its
library, the packages that it imports, and the system's shared libraries. There is no shell, no home, no
vault, no device but `/dev/null`, and no address to reach.

A third wall, behind the filter and Landlock: it holds where one of those had a hole, and it is missing
where the system forbids it (AppArmor on Ubuntu since 24.04, hardened hosts, most containers); whoever
starts a nursery tries it once, and does without.

    program ── bwrap (watches) ── nursery: process 1 of its namespace ── children
"""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

_NAME: Final = "bwrap"
SYSTEM_FOLDERS: Final = (Path("/usr/bin"), Path("/bin"), Path("/usr/local/bin"))
"""Where administrators put programs. `PATH` is the user's, and asked by nobody."""
_ROOT: Final = 0
_NOBODY: Final = "65534"

_NAMESPACES: Final = (
    "--unshare-user",
    "--unshare-pid",
    "--unshare-net",
    "--unshare-ipc",
    "--unshare-uts",
    # Kernels without control groups have no such namespace.
    "--unshare-cgroup-try",
    "--uid",
    _NOBODY,
    "--gid",
    _NOBODY,
    "--hostname",
    "decoder",
    "--cap-drop",
    "ALL",
    # All of it ends when whoever started it does; as process 1, the nursery takes its children along.
    "--die-with-parent",
    "--as-pid-1",
)
_SHARED_LIBRARIES: Final = (
    Path("/usr/lib"),
    Path("/usr/lib32"),
    Path("/usr/lib64"),
    Path("/lib"),
    Path("/lib32"),
    Path("/lib64"),
    Path("/etc/ld.so.cache"),
)
_PACKAGE: Final = Path(__file__).resolve().parents[1]


def find_bubblewrap(folders: Iterable[Path] = SYSTEM_FOLDERS) -> Path | None:
    """The program, if nobody but root can put something else in its place; None where there is none."""
    return next((found for folder in folders if _is_trusted(found := folder / _NAME)), None)


def enclosed(
    command: Sequence[str], *, folders: Iterable[Path] = SYSTEM_FOLDERS
) -> tuple[str, ...] | None:
    """The command that executes `command`, which begins with this interpreter, inside namespaces; None
    where bubblewrap is not installed. Whether the system lets it is seen when it is started.
    """
    program = find_bubblewrap(folders)
    if program is None:
        return None
    return (str(program), *_NAMESPACES, *_file_system(), "--", *command)


def ours_in(prefix: str, package: Path = _PACKAGE) -> Path:
    """Where our own package is read from. In a release (docs/adr/0057) all that it imports lies beside it, in
    the folder next to the interpreter's; elsewhere what lies beside it is a checkout, and stays outside.
    """
    is_release = package.parents[1] == Path(prefix).parent
    return package.parent if is_release else package


def _file_system() -> Iterator[str]:
    """What can be seen from inside; nothing of it can be written."""
    for place in (*_SHARED_LIBRARIES, *_places_of_the_interpreter()):
        yield from _shown(place)
    yield from ("--dev-bind", os.devnull, os.devnull)
    yield from ("--proc", "/proc")
    yield from ("--remount-ro", "/", "--chdir", "/")


def _shown(place: Path) -> tuple[str, ...]:
    """A link is shown as it is, so that what is named by it is found; what is not there is left out."""
    if place in _SHARED_LIBRARIES and place.is_symlink():
        return ("--symlink", str(place.readlink()), str(place))
    if place.exists():
        return ("--ro-bind", str(place), str(place))
    return ()


def _places_of_the_interpreter() -> tuple[Path, ...]:
    """What an isolated start of this interpreter reads: each by itself, and none a whole installation,
    which might be somebody's home.
    """
    program = Path(sys.executable)
    shared = sysconfig.get_config_var("INSTSONAME") or ""
    folders = {sysconfig.get_config_var("LIBDIR") or "", f"{sys.base_prefix}/lib"}
    libraries = [Path(folder, shared) for folder in folders if shared.startswith("libpython")]
    packages = [
        Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")
    ]
    # A virtual environment is told by this file.
    mark = Path(sys.prefix, "pyvenv.cfg")
    every = (program, program.resolve(), mark, *packages, *sorted(libraries), ours_in(sys.prefix))
    return tuple(dict.fromkeys(every))


def _is_trusted(program: Path) -> bool:
    try:
        # Also the folders of the file itself, wherever a link leads.
        above = {*program.parents, *program.resolve(strict=True).parents}
        told = program.stat()
        folders = [folder.stat() for folder in above]
    except OSError:
        return False
    is_program = stat.S_ISREG(told.st_mode) and bool(told.st_mode & stat.S_IXOTH)
    return is_program and _is_roots(told) and all(_is_roots(each) for each in folders)


def _is_roots(told: os.stat_result) -> bool:
    """Only root can change it; of a folder: what root has in it. (In a sticky one everybody may put
    something, and take away only what is theirs.)
    """
    is_sticky = stat.S_ISDIR(told.st_mode) and bool(told.st_mode & stat.S_ISVTX)
    is_shared = bool(told.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    return told.st_uid == _ROOT and (is_sticky or not is_shared)
