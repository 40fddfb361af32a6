"""`cport gateway import-iccam` feeds a gateway from files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.in_process import CportHere
from tests.formats.test_iccam import CONTENT, REPORT, SUBMITTED


@pytest.fixture
def cport(tmp_path: Path) -> CportHere:
    return CportHere(tmp_path, tmp_path / "no vault")


def write(path: Path, tree: object) -> Path:
    path.write_text(json.dumps(tree))
    return path


def test_files_are_taken_and_taken_again_without_a_change(cport: CportHere, tmp_path: Path) -> None:
    files = [
        write(tmp_path / "report.json", REPORT),
        write(tmp_path / "items.json", [CONTENT]),
        write(tmp_path / "new.json", SUBMITTED),
    ]
    command = ("--json", "gateway", "import-iccam", "--data", tmp_path / "g", "--reports", "3")
    ran = cport(*command, *files)
    assert ran.status == 0, ran.out + ran.err
    assert (ran.json["imported"], ran.json["corrected"], ran.json["refused"]) == (2, 0, [])
    assert ran.json["reports"] == ["HL-7", "HL-900000000"]
    assert {"list": "site_type", "code": 19, "count": 1} in ran.json["unknown_codes"]
    again = cport(*command, *files)
    assert (again.json["imported"], again.json["unchanged"]) == (0, 2)
    write(files[0], REPORT | {"memo": "synthetic, put right"})
    assert cport(*command, *files).json["corrected"] == 1


def test_what_is_refused_is_named_and_the_rest_is_taken(cport: CportHere, tmp_path: Path) -> None:
    good = write(tmp_path / "good.json", SUBMITTED)
    bad = write(tmp_path / "bad.json", [REPORT, {"reportId": "seven"}])
    command = ("gateway", "import-iccam", "--data", tmp_path / "g", "--reports", "3")
    ran = cport("--json", *command, good, bad, tmp_path / "absent.json")
    assert ran.status == 6
    assert ran.json["imported"] == 1
    places = {Path(each["file"]).name: each["where"] for each in ran.json["refused"]}
    assert places == {"bad.json": "$[1].reportId", "absent.json": ""}
    said = cport(*command, bad)
    assert said.status == 6
    assert "1 file refused" in said.out
    assert "seven" not in said.out
