"""What keeps the way to Windows open, as far as it can be kept from here. What was never run there stands in
docs/platforms.md.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.workshop import script

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "cport_desktop"
HANDED_OUT = ROOT / "packaging" / "verify"
NO_FILES = {"av", "tarfile", "zipfile"}
"""Whose `open` opens no text."""
LINUX_ONLY = {
    "cport_desktop.media.child.births",
    "cport_desktop.media.child.call_filter",
    "cport_desktop.media.child.confinement",
    "cport_desktop.media.child.file_wall",
    "cport_desktop.media.child.pipes",
    "cport_desktop.media.child.trying",
    "cport_desktop.media.child.__main__",
    "cport_desktop.media.rows_child.__main__",
}
"""What confines a child by means of Linux; started there alone, imported by nobody else."""

WITHOUT_POSIX = """
import asyncio, importlib, json, os, select, subprocess, sys, types
import ctypes, multiprocessing, socket, tempfile, uuid, webbrowser, zoneinfo
for library in json.loads(sys.argv[1]):
    importlib.import_module(library)
try:
    multimedia = importlib.import_module("PySide6.QtMultimedia")
except ImportError:  # a machine without a sound server
    multimedia = None
for gone in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"):
    sys.modules[gone] = None
for gone in ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "statvfs", "fork", "getuid", "geteuid",
             "getgid", "setsid", "killpg", "sync", "readv", "writev", "pread", "pwrite", "memfd_create",
             "sched_getaffinity", "posix_fadvise", "fchmod", "mkfifo", "getpgid", "sysconf", "nice"):
    if hasattr(os, gone):
        delattr(os, gone)
os.O_BINARY = 0
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
sys.platform = "win32"
if not multimedia:
    sys.modules["PySide6.QtMultimedia"] = types.ModuleType("PySide6.QtMultimedia")
    sys.modules["PySide6.QtMultimedia"].__getattr__ = lambda name: type(name, (), {})
lost = []
for room in json.loads(sys.argv[2]):
    try:
        importlib.import_module(room)
    except Exception as error:
        lost.append(f"{room}: {type(error).__name__}: {error}")
print(json.dumps(lost))
"""
FOREIGN = [
    *("PIL.Image", "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"),
    *("av", "cryptography.x509", "httpx", "imagehash", "keyring", "keyring.backends", "lxml.etree"),
    *("msgspec", "numpy", "pdqhash", "pkcs11", "pyhanko.sign", "pyrage", "reportlab.platypus"),
    *("scipy.fftpack", "sqlcipher3", "starlette.applications", "uvicorn", "zstandard"),
]


def modules() -> list[str]:
    rooms = []
    for source in sorted(PRODUCT.rglob("*.py")):
        name = ".".join(source.relative_to(ROOT).with_suffix("").parts)
        if name not in LINUX_ONLY and not name.endswith("__main__"):
            rooms.append(name.removesuffix(".__init__"))
    return rooms


def test_every_room_but_those_of_linux_loads_on_a_system_without_its_calls():
    import json  # noqa: PLC0415 - beside its use

    command = [sys.executable, "-c", WITHOUT_POSIX, json.dumps(FOREIGN), json.dumps(modules())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_the_rooms_of_linux_are_there():
    for name in LINUX_ONLY:
        assert (ROOT / name.replace(".", "/")).with_suffix(".py").is_file(), name


def calls(source: Path) -> Iterator[ast.Call]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def leans_on_the_locale(call: ast.Call) -> bool:
    """Text goes through a file or a pipe, and nobody says in which encoding."""
    given = {word.arg: word.value for word in call.keywords}
    if "encoding" in given or None in given:
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in NO_FILES:
        return False
    if name == "read_text":
        return not call.args
    if name == "write_text":
        return len(call.args) < 2
    if name in {"run", "Popen", "check_output"}:
        return any(_is_true(given.get(word)) for word in ("text", "universal_newlines"))
    if name in {"open", "fdopen"}:
        return _opens_text(call, given, first=0 if _is_method(call) else 1)
    return False


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _is_method(call: ast.Call) -> bool:
    """`path.open(mode)`; but the mode of `os.fdopen(descriptor, mode)` is its second argument."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "open"


def _opens_text(call: ast.Call, given: dict[str | None, ast.expr], *, first: int) -> bool:
    mode = given.get("mode") or (call.args[first] if len(call.args) > first else None)
    return (
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and mode.value.strip("rwax+t") == ""
    )


@pytest.mark.parametrize("folder", [PRODUCT, HANDED_OUT], ids=lambda folder: folder.name)
def test_text_never_leans_on_the_locale(folder: Path):
    found = [
        f"{source.relative_to(ROOT)}:{call.lineno}"
        for source in sorted(folder.rglob("*.py"))
        for call in calls(source)
        if leans_on_the_locale(call)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "leans"),
    [
        ("path.read_text()", True),
        ("path.read_text('utf-8')", False),
        ("path.write_text(text)", True),
        ("path.write_text(text, encoding='utf-8')", False),
        ("path.open('w')", True),
        ("path.open('wb')", False),
        ("open(path, 'a')", True),
        ("os.fdopen(number, 'w')", True),
        ("os.fdopen(number, 'wb')", False),
        ("subprocess.run(command, text=True)", True),
        ("subprocess.run(command, text=True, encoding='utf-8')", False),
        ("dialog.open()", False),
    ],
)
def test_what_leans_on_the_locale_is_seen(code: str, leans: bool):
    (call, *_) = (n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call))
    assert leans_on_the_locale(call) is leans


def test_every_file_of_the_product_has_a_name_that_windows_can_keep():
    names = [
        path.relative_to(ROOT).as_posix()
        for folder in (PRODUCT, ROOT / "resources", ROOT / "docs", ROOT / "packaging")
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts
    ]
    why = script("portable_names").why_not_portable
    assert {name: why(name) for name in names if why(name) is not None} == {}
    assert len({name.casefold() for name in names}) == len(names)


def test_every_file_that_a_vault_and_a_gateway_write_has_such_a_name(tmp_path: Path):
    made = tmp_path / "made"
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "cport_desktop",
        "generate",
        "--reports",
        "10",
        "--out",
        made,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    names = [path.relative_to(made).as_posix() for path in made.rglob("*")]
    assert len(names) > 40
    why = script("portable_names").why_not_portable
    assert {name: why(name) for name in names if why(name) is not None} == {}
    assert len({name.casefold() for name in names}) == len(names)
