"""The size that was chosen on a machine is the size in which its window is drawn from the next start on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cport_desktop.settings import SCALES, keep_scale, scale

PROGRAM = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QWidget
from cport_desktop.settings import Settings, scale
from cport_desktop.ui import app
app.enlarge(scale(os.environ))
made = app.prepare(Settings().resources)
print(QWidget().devicePixelRatioF(), os.environ.get("QT_SCALE_FACTOR"))
"""


def drawn(environment: dict[str, str]) -> list[str]:
    """The factor by which a process draws, and what it tells the one that takes its place."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return ran.stdout.split()


def test_a_window_is_drawn_as_large_as_was_chosen_and_after_a_lock_as_was_chosen_since(
    tmp_path: Path,
) -> None:
    machine = {"XDG_STATE_HOME": str(tmp_path)}
    assert drawn(machine) == ["1.0", "None"]
    keep_scale(machine, 150)
    assert drawn(machine) == ["1.5", "1.5"]
    keep_scale(machine, 100)
    inherited = {**machine, "CPORT_SCALED": "150", "QT_SCALE_FACTOR": "1.5"}
    assert drawn(inherited) == ["1.0", "None"]
    asked_for = {**machine, "QT_SCALE_FACTOR": "1.25"}
    assert drawn(asked_for) == ["1.25", "1.25"]


def test_only_sizes_that_are_offered_are_kept_and_anything_else_in_the_file_counts_as_none(
    tmp_path: Path,
) -> None:
    machine = {"XDG_STATE_HOME": str(tmp_path)}
    for percent in SCALES:
        keep_scale(machine, percent)
        assert scale(machine) == percent
    with pytest.raises(ValueError, match="300"):
        keep_scale(machine, 300)
    (kept,) = (tmp_path / "cport-desktop").iterdir()
    for nonsense in ("", "99999999999999", "1e3", "110", "\u00b2"):
        kept.write_text(nonsense, "utf-8")
        assert scale(machine) == 100
