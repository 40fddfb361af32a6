"""The contracts between rooms hold, and would notice if they did not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    # The copy must be looked at, not the tree that is installed.
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copytree(
        ROOT / "cport_desktop",
        folder / "cport_desktop",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_is_kept(copy: Path) -> None:
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("vault/blobs.py", "from cport_desktop.sync import exchange", "Floors"),
        ("domain/report.py", "from cport_desktop.formats import taxonomies", "Floors"),
        ("cli/answer.py", "import PySide6", "PySide6 only in ui"),
        ("usecases/act.py", "import httpx", "httpx only in sync"),
        ("usecases/act.py", "import sqlcipher3", "sqlcipher3 only in vault"),
        ("ui/desk.py", "import PIL", "No decoder"),
        ("media/sandbox.py", "from cport_desktop.media.child import pipes", "No decoder"),
        ("usecases/act.py", "import numpy", "numpy only in matching"),
        ("matching/pdq_index.py", "from cport_desktop.vault import search", "Floors"),
        ("basement/__init__.py", "", "Floors"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    copy: Path, room: str, line: str, contract: str
) -> None:
    path = copy / "cport_desktop" / room
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{line}\n")
    try:
        done = lint_imports(copy)
    finally:
        if before is None:
            shutil.rmtree(path.parent)
        else:
            path.write_text(before)
    assert done.returncode != 0
    assert contract in done.stdout or "basement" in done.stdout
