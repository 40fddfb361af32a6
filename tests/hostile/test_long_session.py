"""Thousands of acts in the real window, and not a byte of their content outside what was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.hostile.long_session import Day, found_anywhere, play

MAY_APPEAR = ("asked", "home/.local/state/cport-desktop/marks")
"""Files asked for by path (with their `.part`), and the marks of this machine, which hold heads."""


@pytest.mark.faults
def test_a_long_day_leaves_no_plaintext_anywhere(tmp_path: Path) -> None:
    if shutil.which("inotifywait") is None:
        pytest.skip("inotifywait is not installed: apt-get install inotify-tools")
    day = Day(tmp_path / "day")
    day.root.mkdir()

    play(day)

    assert sum(day.done.values()) >= 3000
    assert all(
        day.done[act] for act in ("search", "open", "reveal", "feedback", "sync", "compose", "lock")
    )
    assert len(day.canaries) >= 50
    assert found_anywhere(day) == []
    folders = {
        day.root / part
        for part in (
            "home",
            "scratch",
            "run",
            "home/.local",
            "home/.local/state",
            "home/.local/state/cport-desktop",
        )
    }
    strays = {
        path
        for path in day.appeared - folders
        if not str(path.relative_to(day.root)).startswith(MAY_APPEAR)
    }
    assert strays == set()
    assert not list((day.root / "scratch").iterdir())

    (day.root / "home" / "control").write_text(next(iter(day.canaries)))
    assert found_anywhere(day) != [], "the search sees nothing"
