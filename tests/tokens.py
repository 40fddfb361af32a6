"""PKCS#11 tokens in software (SoftHSM 2), made for a test and gone with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PIN = b"271828"
_MODULES = (
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib64/pkcs11/libsofthsm2.so"),
    Path("/usr/local/lib/softhsm/libsofthsm2.so"),
)


def _installed_module() -> Path | None:
    return next((path for path in _MODULES if path.is_file()), None)


needs_token = pytest.mark.skipif(
    _installed_module() is None or shutil.which("softhsm2-util") is None,
    reason="no token can be made: apt-get install softhsm2",
)


@dataclass(frozen=True, slots=True)
class TokenDrawer:
    """Tokens in a folder, and the module that reaches them."""

    folder: Path
    module: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}

    def make(self, label: str, pin: bytes = PIN) -> str:
        """A new token; its serial number."""
        done = self._softhsm(
            "--init-token",
            "--free",
            "--label",
            label,
            "--so-pin",
            "31415926",
            "--pin",
            pin.decode(),
        )
        slot = re.search(r"reassigned to slot (\d+)", done)
        assert slot is not None
        return f"{int(slot[1]):x}"

    def remove(self, label: str) -> None:
        """The token is not plugged in any more, for ever."""
        self._softhsm("--delete-token", "--token", label)

    def _softhsm(self, *arguments: str) -> str:
        done = subprocess.run(
            ["softhsm2-util", *arguments],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@contextmanager
def token_drawer(folder: Path) -> Iterator[TokenDrawer]:
    """An empty drawer. The module finds it as long as the block lasts, here and in children."""
    module = _installed_module()
    assert module is not None
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    drawer = TokenDrawer(folder, module)
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ.update(drawer.environment)
    try:
        yield drawer
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before
