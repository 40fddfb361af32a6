"""Each test has a window of its own, in a process of its own."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.locking.window_process import make_vault

COLOUR = (0xC3, 0x5A, 0x17)
"""A colour that nothing in the window has, so that its pixels are found in memory."""

if sys.platform != "linux":
    pytest.skip("processes are looked at through /proc", allow_module_level=True)


@pytest.fixture(scope="session")
def picture() -> bytes:
    """A benign picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (320, 240), COLOUR).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def vault(tmp_path: Path, picture: bytes) -> Path:
    return make_vault(tmp_path / "vault", picture)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder that the window takes for its home."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def root() -> None:
    """Only root reads the memory of a process that is not dumpable."""
    if os.geteuid() != 0:
        pytest.skip("reading the memory of an undumpable process takes root")
