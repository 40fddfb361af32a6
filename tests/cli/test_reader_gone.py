"""Whoever reads what the command line prints may stop before its end, as `head` does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cport

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--json", "vault", "status"], 2),
        (["completion", "bash"], 0),
    ],
)
def test_nothing_is_said_where_nobody_listens(
    arguments: list[str], status: int, tmp_path: Path
) -> None:
    """Neither for an error nor for an answer; an error keeps its exit code."""
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "cport_desktop", "--vault", str(tmp_path / "none"), *arguments],
            cwd=ROOT, env=Cport(tmp_path).environment(), stdout=theirs, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    finally:
        os.close(theirs)
    assert (ran.returncode, ran.stderr) == (status, b"")
