"""The same session on a display server, where pixels are read from the server and not from the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SESSIONS = "tests/ui/test_every_frame.py"
_MOST_SECONDS = 900


OTHERS = "tests/ui/display_sessions.py"


def test_what_only_a_display_server_shows() -> None:
    assert " passed" in _on_a_display(OTHERS)


@pytest.mark.faults
@pytest.mark.parametrize("sessions", [[], ["-m", "faults", "-k", "random and 3"]])
def test_every_frame_that_a_display_server_has_is_veiled_but_within_looks(
    sessions: list[str],
) -> None:
    assert " passed" in _on_a_display(SESSIONS, *sessions)


def _on_a_display(*arguments: str) -> str:
    """What these tests print, run on a display server; none of them failed."""
    display = shutil.which("xvfb-run")
    if display is None or shutil.which("xauth") is None:
        pytest.skip("needs a virtual display: apt-get install xvfb xauth")
    done = subprocess.run(
        [
            *(display, "-a", "-s", "-screen 0 1600x900x24"),
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments),
        ],
        capture_output=True,
        text=True,
        timeout=_MOST_SECONDS,
        check=False,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout
