"""The release as it was built: what is in it, where it runs, what it hears and whom it calls.

Needs `make package`; run by `make test-packaging`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cport_desktop import __version__
from tests.packaging.trees import REPOSITORY, Installed, built, in_workshop, need

pytestmark = pytest.mark.packages

APART = ["unshare", "--user", "--map-root-user", "--mount"]
FORBIDDEN = re.compile(
    r"Svg|WebEngine|Qml|Quick|imageformats|iconengines|platformthemes|sqldrivers"
    r"|tkinter|idlelib|ensurepip|/pip/|/tests?/|__pycache__|\.pyi?$"
)


@pytest.fixture(scope="session")
def tree() -> Path:
    return built()


@pytest.fixture
def installed(tree: Path, tmp_path: Path) -> Installed:
    return Installed(tree, tmp_path)


# What is in it ---------------------------------------------------------------------------------


def test_nothing_that_draws_foreign_pictures_and_nothing_of_a_workshop_is_in_it(tree: Path):
    names = [path.relative_to(tree).as_posix() for path in tree.rglob("*")]
    assert not [name for name in names if FORBIDDEN.search(name)]
    assert not [path for path in tree.rglob("*") if path.is_symlink()], "a stick has no links"


def test_no_file_tells_of_the_machine_that_it_was_built_on(tree: Path):
    ours = [str(REPOSITORY), str(tree), sys.base_prefix, sys.prefix]
    told = [f"{folder}/".encode() for folder in ours]
    found = [
        str(file.relative_to(tree))
        for file in tree.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in told)
    ]
    assert not found


def test_every_module_of_qt_that_our_code_imports_is_in_it_and_no_other(tree: Path):
    sources = (REPOSITORY / "cport_desktop").rglob("*.py")
    imported = {
        name
        for source in sources
        for name in re.findall(r"from PySide6\.(\w+) import", source.read_text(encoding="utf-8"))
    }
    there = {file.name.split(".")[0] for file in (tree / "app" / "PySide6").glob("Qt*.so")}
    assert there == imported


def test_every_library_is_in_it_or_on_the_list_of_what_the_system_has(tree: Path):
    looked = subprocess.run(
        [sys.executable, "-c", CLOSURE, str(tree)],
        cwd=REPOSITORY / "packaging",
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "packaging")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert looked.returncode == 0, looked.stderr
    assert int(looked.stdout) > 100


CLOSURE = """
import sys
from pathlib import Path
from tree_contents import LEFT_TO_THE_SYSTEM, SOUND, WAYLAND
from tree_libraries import check_closure
print(len(check_closure(Path(sys.argv[1]), {**LEFT_TO_THE_SYSTEM, **WAYLAND, **SOUND})))
"""


def test_built_twice_in_different_folders_it_has_the_same_bytes(tmp_path: Path):
    def built_in(folder: Path) -> Path:
        command = [sys.executable, str(REPOSITORY / "packaging" / "build_tree.py"), str(folder)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795000000"}
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        (made,) = folder.iterdir()
        return made

    trees = [str(built_in(tmp_path / name)) for name in ("one", "another folder")]
    compare = [sys.executable, str(REPOSITORY / "packaging" / "compare_trees.py"), *trees]
    done = subprocess.run(compare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[:4000]


# Where it runs ---------------------------------------------------------------------------------


def test_it_says_its_version(installed: Installed):
    assert __version__ in installed.run("--version").stdout


def test_its_decoders_are_confined_as_well_as_those_from_source(installed: Installed):
    def level(said: dict[str, object]) -> object:
        (found,) = [each for each in said["findings"] if each["code"] == "sandbox"]  # type: ignore[attr-defined]
        return found["verdict"], found["found"]

    source = subprocess.run(
        [sys.executable, "-I", "-m", "cport_desktop", "--json", "doctor"],
        env=installed.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert level(installed.answers("doctor")) == level(json.loads(source.stdout))


def test_the_whole_product_runs_from_a_folder_with_blanks_on_a_system_that_cannot_be_written(
    tree: Path, tmp_path: Path
):
    need("unshare", "mount")
    home = tmp_path / "a home"
    place = tmp_path / "a stick (read-only)"
    home.mkdir()
    place.mkdir()
    mounted = 'mount --bind "$1" "$2" && mount -o remount,bind,ro "$2" && shift 2 && exec "$@"'
    before: list[str | Path] = [*APART, "sh", "-c", mounted, "sh", tree, place]
    done = Installed(place, home).run("demo", "--headless", "--keep", home / "demo", before=before)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / "demo").is_dir()


def test_it_runs_where_it_was_moved_to_and_by_a_link(tree: Path, tmp_path: Path):
    moved = tmp_path / "moved" / "there"
    shutil.copytree(tree, moved)
    link = tmp_path / "bin" / "cport"
    link.parent.mkdir()
    link.symlink_to("../moved/there/bin/cport")
    said = subprocess.run([link, "--version"], capture_output=True, text=True, check=True)
    assert __version__ in said.stdout


def test_a_stick_from_which_nothing_may_run_is_told_by_a_sentence(tree: Path, tmp_path: Path):
    need("unshare", "mount")
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = (
        'mount -t tmpfs -o noexec none "$2" && cp -r "$1/bin" "$1/VERSION" "$2" &&'
        ' mkdir -p "$2/runtime" && cp -r "$1/runtime/bin" "$2/runtime" && exec sh "$2/bin/cport" doctor'
    )
    done = subprocess.run(
        [*APART, "sh", "-c", copied, "sh", tree, stick],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 77, done.stderr
    assert "Copy its folder to a place where programs may run" in done.stderr


# What it hears ---------------------------------------------------------------------------------


def test_nothing_in_the_environment_changes_what_is_loaded(installed: Installed):
    need("strace")
    foreign = installed.home / "foreign"
    (foreign / "platforms").mkdir(parents=True)
    for name in ("sitecustomize.py", "json.py", "cport_desktop.py", "os.py"):
        (foreign / name).write_text("raise SystemExit('foreign')\n", encoding="ascii")
    for name in ("libQt6Core.so.6", "libpython3.11.so.1.0", "libssl.so.3", "openssl.cnf"):
        (foreign / name).write_bytes(b"foreign")
    (foreign / "platforms" / "libqoffscreen.so").write_bytes(b"foreign")
    folders = "PYTHONPATH PYTHONHOME PYTHONUSERBASE LD_LIBRARY_PATH QT_PLUGIN_PATH"
    folders += " QT_QPA_PLATFORM_PLUGIN_PATH OPENSSL_MODULES GCONV_PATH"
    hostile = dict.fromkeys(folders.split(), str(foreign)) | {
        "PYTHONSTARTUP": str(foreign / "json.py"),
        "LD_PRELOAD": str(foreign / "libssl.so.3"),
        "OPENSSL_CONF": str(foreign / "openssl.cnf"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    installed.make_vault()
    log = installed.home / "calls"
    trace: list[str | Path] = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=file", "-o", log]
    for words in (("doctor",), ("window",), ("reports", "search", "")):
        # A window goes on until somebody closes it.
        closed = ["timeout", "--signal=INT", "10"] if words == ("window",) else []
        done = installed.run(*words, before=[*closed, *trace], extra=hostile)
        assert "foreign" not in done.stdout
        calls = log.read_text(errors="replace").splitlines()
        ours = next(
            n for n, call in enumerate(calls) if "cport-runtime" in call and "execve(" in call
        )
        assert not [call for call in calls[ours + 1 :] if f"{foreign}/" in call]


# Whom it calls ---------------------------------------------------------------------------------

LOOKED_UP = re.compile(r'"/etc/(resolv\.conf|hosts|host\.conf)"|libnss_(dns|resolve|mdns)')
INTERNET = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg)\(.*AF_INET|socket\(AF_INET6?,")


TRACED_WINDOW = """
import os, sys
from measure_start import a_display, seconds_to_the_window
log, program, vault = sys.argv[1:]
trace = ["strace", "-f", "-qq", "-e", "trace=network,openat", "-o", log]
with a_display() as display:
    screen = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    seconds_to_the_window([*trace, program, "--vault", vault], screen, staying=3)
"""


def test_from_its_start_to_the_end_of_an_offline_session_it_calls_nobody(installed: Installed):
    need("strace", "Xvfb", "xwininfo")
    installed.make_vault()
    log = installed.home / "calls"
    trace: list[str | Path] = ["strace", "-f", "-qq", "-e", "trace=network,openat", "-o", log]
    # Not `doctor`: it tries from inside a decoder what must not succeed.
    for words in (("overview",), ("reports", "search", ""), ("audit", "verify"), ("sync", "-h")):
        done = installed.run(*words, before=trace)
        assert done.returncode == 0, done.stderr
        assert_calls_nobody(log)
    in_workshop(
        TRACED_WINDOW, log, installed.tree / "bin" / "cport-desktop", installed.home / "vault"
    )
    assert_calls_nobody(log)


def assert_calls_nobody(log: Path) -> None:
    calls = log.read_text(errors="replace").splitlines()
    assert len(calls) > 50
    assert not [call for call in calls if INTERNET.search(call) or LOOKED_UP.search(call)]
