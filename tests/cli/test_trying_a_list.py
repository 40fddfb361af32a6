"""Trying a list on the command line: how far it is on stderr; what leaves in the clear is said there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import CportHere


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "own.md5"
    path.write_text(f"{hashlib.md5(b'own').hexdigest()}  own.png\nrubbish\n")
    return path


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_trying_tells_how_far_it_is(cport: CportHere, path: Path) -> None:
    ran = cport("--progress", "json", "--json", "hashlist", "import", path, "--dry-run")

    assert ran.json["dry_run"] is True
    told = [line for line in lines(ran.err) if line.get("phase") == "importing"]
    assert told
    assert told[-1]["done"] == told[-1]["total"] == 2 * path.stat().st_size


def test_what_leaves_in_the_clear_is_said(cport: CportHere, path: Path, tmp_path: Path) -> None:
    out = tmp_path / "rejects.txt"
    ran = cport("--progress", "json", "hashlist", "import", path, "--dry-run", "--rejects", out)
    (warning,) = [line["warning"] for line in lines(ran.err) if "warning" in line]
    assert warning["code"] == "clear.rejects"
    assert str(out) in warning["message"]
    assert out.exists()

    without = cport("hashlist", "import", path, "--dry-run")
    assert "in the clear" not in without.err
    quiet = cport("--quiet", "hashlist", "import", path, "--dry-run", "--rejects", f"{out}.2")
    assert quiet.err == ""
