"""The release that `make package` built, and what its tests share."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cport_desktop import __version__

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = f"cport-desktop-{__version__}-linux-x86_64"
PASSPHRASE = "seven quiet herons cross the winter estuary"
PATIENCE = 600


def built() -> Path:
    """The tree; a test of it fails where there is none."""
    tree = Path(os.environ.get("CPORT_TREE") or REPOSITORY / "build" / NAME)
    assert (tree / "VERSION").is_file(), f"there is no release in {tree}: make package"
    return tree


@dataclass(frozen=True)
class Installed:
    """A release at some place, used by somebody with a home and nothing else in the environment."""

    tree: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "CPORT_VAULT": str(self.home / "vault"),
            "CPORT_PASSPHRASE_FILE": str(self.home / "passphrase.txt"),
        }

    def command(self, *words: str | Path) -> list[str | Path]:
        return [self.tree / "bin" / "cport", *words]

    def run(
        self,
        *words: str | Path,
        before: Sequence[str | Path] = (),
        extra: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """`cport` with `words`, and `extra` in its environment, by what stands `before` it."""
        return subprocess.run(
            [*before, *self.command(*words)],
            env=self.environment | (extra or {}),
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def answers(self, *words: str | Path, **how: Any) -> Any:
        """What `cport --json` says."""
        done = self.run("--json", *words, **how)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def make_vault(self) -> None:
        (self.home / "passphrase.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
        self.answers("vault", "create", "--demo", "--analyst", "Ada Example")


def need(*tools: str) -> None:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


def in_workshop(code: str, *arguments: str | Path) -> str:
    """What `code` prints that imports the modules of `packaging/`."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "packaging")},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
