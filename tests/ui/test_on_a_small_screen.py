"""On a notebook of 1366×768 pixels, at 150 and at 200 percent, nothing is out of reach. At 100 percent see
`test_nothing_is_cut`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_NOTEBOOK = {
    "screens": [
        {
            "name": "notebook",
            "x": 0,
            "y": 0,
            "width": 1366,
            "height": 768,
            "logicalDpi": 96,
            "dpr": 1,
        }
    ]
}
_MOST_SECONDS = 600


@pytest.mark.parametrize("factor", ["1.5", "2"])
def test_pages_and_dialogs_on_a_notebook_at(factor: str, tmp_path: Path) -> None:
    screen = tmp_path / "screen.json"
    screen.write_text(json.dumps(_NOTEBOOK), "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
            "tests/ui/small_screen_walk.py",
        ],
        capture_output=True,
        text=True,
        timeout=_MOST_SECONDS,
        check=False,
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
            "QT_SCALE_FACTOR": factor,
        },
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout
