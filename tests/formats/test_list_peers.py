"""Lists that other programs made are known by their content and read."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.domain.known import Algorithm
from cport_desktop.formats.hash_list_file import Listed, Refused
from cport_desktop.usecases.list_kinds import AUTO, way_of

CIRCLE, SQUARE = hashlib.md5(b"circle").hexdigest(), hashlib.md5(b"square").hexdigest()
CIRCLE_256 = hashlib.sha256(b"circle").hexdigest()
SQUARE_256 = hashlib.sha256(b"square").hexdigest()


def read(path: Path, kind: str) -> list[tuple[str | None, dict[str, str]]]:
    with path.open("rb") as file:
        way = way_of(file, kind=AUTO, said={})
        rows = list(way.rows(file))
    assert way.name == kind
    assert not any(isinstance(row, Refused) for row in rows)
    return [_told(row[1]) for row in rows if not isinstance(row, Refused)]


def _told(listed: Listed) -> tuple[str | None, dict[str, str]]:
    return listed.name, {algorithm.word: digest.hex() for algorithm, digest in listed.digests}


@pytest.mark.skipif(shutil.which("hfind") is None, reason="needs hfind: apt-get install sleuthkit")
def test_a_database_of_the_sleuth_kit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "shapes.kdb"
    subprocess.run(["hfind", "-c", path], check=True, capture_output=True)
    subprocess.run(["hfind", "-a", path, CIRCLE, SQUARE], check=True, capture_output=True)
    assert read(path, "kdb") == [(None, {"md5": CIRCLE}), (None, {"md5": SQUARE})]


def test_a_bundle_of_the_stix_library_is_read(tmp_path: Path) -> None:
    stix2: Any = pytest.importorskip("stix2", reason="needs stix2: pip install stix2")
    bundle = stix2.Bundle(
        stix2.File(name="circle.png", hashes={"MD5": CIRCLE, "SHA-256": CIRCLE_256}),
        stix2.Indicator(
            name="square",
            pattern=f"[file:hashes.'SHA-256' = '{SQUARE_256}']",
            pattern_type="stix",
        ),
    )
    (tmp_path / "list").write_text(bundle.serialize())
    assert read(tmp_path / "list", "stix") == [
        ("circle.png", {"md5": CIRCLE, "sha256": CIRCLE_256}),
        ("square", {"sha256": SQUARE_256}),
    ]


def test_an_event_of_the_misp_library_is_read(tmp_path: Path) -> None:
    pymisp: Any = pytest.importorskip("pymisp", reason="needs pymisp: pip install pymisp")
    event = pymisp.MISPEvent()
    event.info = "synthetic"
    event.add_attribute("md5", SQUARE)
    made = pymisp.MISPObject("file")
    made.add_attribute("sha256", CIRCLE_256)
    made.add_attribute("filename", "circle.png")
    event.add_object(made)
    (tmp_path / "list").write_text(event.to_json())
    told = read(tmp_path / "list", "misp")
    assert sorted(told, key=str) == sorted(
        [(None, {"md5": SQUARE}), ("circle.png", {Algorithm.SHA256.word: CIRCLE_256})], key=str
    )
