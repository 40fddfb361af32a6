"""The command line as another process, and one finished demo for all that only look at it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

REPORTS = 40


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout."""
        return json.loads(self.out)


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
