"""The release as a folder that needs no Python, no compiler and no rights: `make package`.

    python packaging/build_tree.py [FOLDER]      into FOLDER (build/) as cport-desktop-VERSION-linux-x86_64

    bin/cport, bin/cport-desktop     launchers, POSIX sh
    runtime/                         the interpreter, its library, what that is linked to
    app/                             cport_desktop, the locked packages, resources
    VERSION

No link is in it (sticks have none), no path of the machine it was built on, no time but that of the last
commit: built twice it has the same bytes (`compare_trees`). What is in it and what is not is decided in
`tree_contents`; why it is a private interpreter and no packer: docs/adr/0057.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import tree_contents as contents
from tree_collecting import (
    LIBRARY,
    PROJECT,
    collect_interpreter,
    collect_ours,
    collect_packages,
    shared_library,
)
from tree_compiling import compile_in_place
from tree_libraries import (
    check_closure,
    drop_unused,
    find_in_system,
    is_compiled,
    oldest_c_library,
    settle,
    strip,
)

from cport_desktop import __version__

PLATFORM: Final = "linux-x86_64"
PACKAGES: Final = "../../../../app"
"""From the folder where an interpreter looks for packages to ours; read by `site` from a `.pth` file."""
_CONFIGURATION: Final = "_sysconfigdata__linux_x86_64-linux-gnu"


class MachineTold(Exception):
    """A file of the tree holds a path of the machine that it was built on."""


def release_name() -> str:
    return f"cport-desktop-{__version__}-{PLATFORM}"


def source_date() -> int:
    """Seconds since 1970: `SOURCE_DATE_EPOCH` if it is set, else when the last commit was made."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    command = ["git", "-C", str(PROJECT), "log", "-1", "--format=%ct"]
    return int(told or subprocess.run(command, check=True, capture_output=True).stdout)


def build(folder: Path) -> Path:
    """The tree, made anew below `folder`; it takes its name when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    _fill(unfinished)
    root = folder / release_name()
    shutil.rmtree(root, ignore_errors=True)
    unfinished.rename(root)
    return root


def _fill(root: Path) -> None:
    app, runtime = root / "app", root / "runtime"
    collect_packages(app)
    collect_interpreter(runtime)
    collect_ours(app)
    _add_libraries(root)
    _settle_interpreter(root)
    _configure(runtime)
    compile_in_place(app, "app")
    compile_in_place(runtime / "lib" / LIBRARY, LIBRARY)
    write_launchers(root)
    (root / "VERSION").write_text(f"{__version__}\n", encoding="ascii")
    drop_unused(root, [*app.glob("*.libs"), app / "PySide6" / "Qt" / "lib"])
    check_closure(root, {**contents.LEFT_TO_THE_SYSTEM, **contents.WAYLAND, **contents.SOUND})
    _same_for_all(root, source_date())
    _tell_nothing(root, machine_paths(root))


def _add_libraries(root: Path) -> None:
    """The system's libraries that a release brings along, under the names they are asked for by."""
    screen = root / "app" / "PySide6" / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    beside_qt = root / "app" / "PySide6" / "Qt" / "lib"
    for name, found in find_in_system(screen, contents.BESIDE_QT).items():
        shutil.copyfile(found, beside_qt / name)
    modules = root / "runtime" / "lib" / LIBRARY / "lib-dynload"
    for module in sorted(modules.glob("*.so")):
        for name, found in find_in_system(module, contents.BESIDE_THE_LIBRARY).items():
            shutil.copyfile(found, modules / name)


def _settle_interpreter(root: Path) -> None:
    """The interpreter's files know nothing of where they were built, and find each other here."""
    library = root / "runtime" / "lib" / LIBRARY
    modules = [file for file in sorted((library / "lib-dynload").iterdir()) if is_compiled(file)]
    program = root / "runtime" / "bin" / "cport-runtime"
    shared = shared_library()
    looks = dict.fromkeys(modules, "$ORIGIN") | {program: "$ORIGIN/../lib"}
    if shared is not None:
        looks[root / "runtime" / "lib" / shared.name] = "$ORIGIN"
    for file, searching in looks.items():
        strip(file)
        settle(file, sys.base_prefix, searching)
    for file in (root / "app" / "pdqhash").rglob("*.so"):
        strip(file)


def _configure(runtime: Path) -> None:
    """Where its packages lie, and of how it was built only what a program may ask for."""
    library = runtime / "lib" / LIBRARY
    (library / "site-packages" / "cport.pth").write_text(f"{PACKAGES}\n", encoding="ascii")
    shared = shared_library()
    told = {
        "INSTSONAME": "" if shared is None else shared.name,
        "SOABI": _abi(),
        "TZPATH": "/usr/share/zoneinfo:/etc/zoneinfo",
    }
    (library / f"{_CONFIGURATION}.py").write_text(
        f'"""What this interpreter tells of itself."""\nbuild_time_vars = {told!r}\n',
        encoding="ascii",
    )


def _abi() -> str:
    return f"cpython-{sys.version_info.major}{sys.version_info.minor}-x86_64-linux-gnu"


def write_launchers(root: Path) -> None:
    """Each is one file: what both share is put into it."""
    (root / "bin").mkdir()
    sources = PROJECT / "packaging" / "launchers"
    shared = (sources / "choose.sh").read_text(encoding="utf-8")
    for name in ("cport", "cport-desktop"):
        text = (sources / f"{name}.sh").read_text(encoding="utf-8")
        (root / "bin" / name).write_text(text.replace("@choose@\n", shared), encoding="utf-8")


def _same_for_all(root: Path, moment: int) -> None:
    """Times and permissions are those of the release, not of whoever built it."""
    programs = {root / "bin" / "cport", root / "bin" / "cport-desktop"}
    programs.add(root / "runtime" / "bin" / "cport-runtime")
    for path in (*root.rglob("*"), root):
        path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
        os.utime(path, (moment, moment))


def machine_paths(root: Path) -> tuple[str, ...]:
    """What no file may hold: folders of this machine that have a say in the build. (Not the home: whoever
    built the wheels may have worked in one of the same name.)
    """
    return tuple(sorted({sys.base_prefix, sys.prefix, str(PROJECT), str(root)}))


def _tell_nothing(root: Path, paths: tuple[str, ...]) -> None:
    told = sorted(_telling(root, paths))
    if told:
        raise MachineTold("\n".join(told))


def _telling(root: Path, paths: tuple[str, ...]) -> Iterator[str]:
    for file in root.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for path in paths:
            if f"{path}/".encode() in content or content.endswith(path.encode()):
                yield f"{file.relative_to(root)} holds {path}"


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "build"
    root = build(folder.absolute())
    compiled = [file for file in root.rglob("*") if file.is_file() and is_compiled(file)]
    size = sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
    major, minor = oldest_c_library(compiled)
    print(f"{root.name}: {size / 1024**2:.0f} MiB, glibc {major}.{minor} or later")
    return 0


if __name__ == "__main__":
    sys.exit(main())
