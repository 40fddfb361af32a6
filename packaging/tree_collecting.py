"""What goes into a release, brought together from where it comes from: the locked packages, the
interpreter that runs the build, our own package and its resources. Nothing is compiled or linked here.
"""

from __future__ import annotations

import fnmatch
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tree_contents import (
    LEFT_OUT_OF_PACKAGES,
    LEFT_OUT_OF_THE_LIBRARY,
    QT_LIBRARIES,
    QT_MODULES,
    QT_PLUGINS,
)

PROJECT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = PROJECT / "packaging" / "locks" / "runtime.txt"
LIBRARY: Final = f"python{sys.version_info.major}.{sys.version_info.minor}"
_ICU: Final = "libicu*"
_NOT_OURS: Final = ("__pycache__", "*.pyc")
_NOT_READ: Final = ("*.po", "*.pot")
"""Sources of catalogues; the program reads what is compiled of them."""


class NothingMatches(Exception):
    """A pattern of the lists fits nothing: what it was written for has changed."""


def collect_packages(into: Path) -> None:
    """The locked packages, checked by their hashes, less what a release does not hold."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps"]
    command += ["--require-hashes", "--no-build-isolation", "--ignore-installed"]
    # One of them comes as source: without debugging notes, and named as it is called here.
    flags = {"CFLAGS": "-g0", "LDFLAGS": "-Wl,--build-id=none"}
    subprocess.run(
        [*command, "--no-cache-dir", "--target", str(into), "-r", str(LOCK)],
        env={**os.environ, **flags, "SOURCE_DATE_EPOCH": "0"},
        check=True,
        stderr=subprocess.DEVNULL,
    )
    _leave_out(into, LEFT_OUT_OF_PACKAGES)
    _keep_of_qt(into / "PySide6")


def collect_interpreter(runtime: Path) -> None:
    """The interpreter that runs this, its standard library, and nothing that was added to it."""
    base = Path(sys.base_prefix)
    library = runtime / "lib" / LIBRARY
    # What was installed into the interpreter may be large; not even copied.
    unread = shutil.ignore_patterns("site-packages", "__pycache__", "test", "tests")
    shutil.copytree(base / "lib" / LIBRARY, library, ignore=unread)
    _leave_out(library, LEFT_OUT_OF_THE_LIBRARY)
    (library / "site-packages").mkdir()
    (runtime / "bin").mkdir()
    shutil.copyfile(
        (base / "bin" / LIBRARY).resolve(strict=True), runtime / "bin" / "cport-runtime"
    )
    shared = shared_library()
    if shared is not None:
        shutil.copyfile(shared, runtime / "lib" / shared.name)


def shared_library() -> Path | None:
    """The interpreter's own library, where it has one that is shared."""
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    folder = Path(str(sysconfig.get_config_var("LIBDIR")))
    return folder / name if ".so" in name else None


def collect_ours(into: Path) -> None:
    """Our own package and `resources`, as they stand in the working tree."""
    ours = shutil.ignore_patterns(*_NOT_OURS)
    shutil.copytree(PROJECT / "cport_desktop", into / "cport_desktop", ignore=ours)
    read = shutil.ignore_patterns(*_NOT_READ)
    shutil.copytree(PROJECT / "resources", into / "resources", ignore=read)


def _leave_out(folder: Path, patterns: Sequence[str]) -> None:
    """Raises:
    NothingMatches: a pattern fits nothing.
    """
    idle = set(patterns)
    for file in list(_files(folder)):
        name = file.relative_to(folder).as_posix()
        fitting = [pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)]
        idle.difference_update(fitting)
        if fitting:
            file.unlink()
    _drop_empty(folder)
    if idle:
        raise NothingMatches(f"in {folder.name}: {', '.join(sorted(idle))}")


def _keep_of_qt(folder: Path) -> None:
    """Of PySide6 the modules, libraries and plugins of the lists; its own Python part whole."""
    libraries = [f"Qt/lib/libQt6{name}.so.6" for name in QT_LIBRARIES]
    modules = [f"{name}.abi3.so" for name in QT_MODULES]
    plugins = [f"Qt/plugins/{name}" for name in QT_PLUGINS]
    kept = {*libraries, *modules, *plugins}
    patterns = (f"Qt/lib/{_ICU}", "libpyside6.abi3.so.*", "__init__.py", "_config.py", "support/*")
    missing = sorted(name for name in kept if not (folder / name).is_file())
    if missing:
        raise NothingMatches(f"in {folder.name}: {', '.join(missing)}")
    for file in list(_files(folder)):
        name = file.relative_to(folder).as_posix()
        if name not in kept and not any(fnmatch.fnmatchcase(name, each) for each in patterns):
            file.unlink()
    _drop_empty(folder)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def _drop_empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
