"""Programs of others that must understand what leaves here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = {
    "age": "age",
    "openssl": "openssl",
    "unzip": "unzip",
    "pdftotext": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdfsig": "poppler-utils",
    "pdffonts": "poppler-utils",
    "java": "default-jdk-headless",
    "sha256sum": "coreutils",
    "hfind": "sleuthkit",
}


def needs(program: str) -> str:
    """The path of `program`; without it the test is skipped and says how to get it."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed: apt-get install {PACKAGES[program]}")
    return path


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(argument) for argument in arguments], cwd=cwd, capture_output=True, check=False
    )
