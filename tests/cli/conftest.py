"""The command line as another process, and one finished demo for all that only look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import CportHere
from tests.cli.ran import Ran

REPORTS = 40


@dataclass(frozen=True, slots=True)
class Cport:
    """Runs `cport` with a vault and its passphrase file."""

    home: Path
    vault: Path | None = None
    passphrase_file: Path | None = None
    more: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path, seconds: float = 120) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "cport_desktop", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            env=self.environment(),
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        chosen = {"HOME": str(self.home), **kept, **self.more}
        if self.vault is not None:
            chosen["CPORT_VAULT"] = str(self.vault)
        if self.passphrase_file is not None:
            chosen["CPORT_PASSPHRASE_FILE"] = str(self.passphrase_file)
        return chosen


@dataclass(frozen=True, slots=True)
class Demo:
    """A finished `cport demo --headless --keep`."""

    folder: Path
    cport: Cport
    answer: Any

    @property
    def here(self) -> CportHere:
        """Asks the demo's vault in this process: for all but what a process is needed for."""
        return CportHere(self.cport.home, self.folder / "vault", self.cport.passphrase_file)

    @property
    def package(self) -> Path:
        return self.folder / "package.age"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    home = tmp_path_factory.mktemp("home")
    ran = Cport(home)("--json", "demo", "--headless", "--reports", str(REPORTS), "--keep", folder)
    assert ran.status == 0, ran.out + ran.err
    cport = Cport(home, vault=folder / "vault", passphrase_file=folder / "passphrase.txt")
    return Demo(folder, cport, ran.json)


@pytest.fixture
def vault_copy(demo: Demo, tmp_path: Path) -> Path:
    """A copy of the demo's vault, to work in."""
    return Path(shutil.copytree(demo.folder / "vault", tmp_path / "vault"))


@pytest.fixture
def cport(demo: Demo, vault_copy: Path, tmp_path: Path) -> CportHere:
    """Runs verbs on that copy, in this process: a start costs a second."""
    return CportHere(tmp_path, vault_copy, demo.folder / "passphrase.txt")
