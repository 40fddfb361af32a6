"""A file and what stands beside it: all or none; a killed process stands in nobody's way, and what somebody
keeps is never removed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cport_desktop.errors import OutputExists, OutputUnwritable
from cport_desktop.exports.file_set import growing_set, require_free
from cport_desktop.exports.output_files import write_new, write_out

CONTENT = b"a list of shapes"
MANIFEST = f'{{"sha256": "{hashlib.sha256(CONTENT).hexdigest()}"}}'.encode()
SIGNATURE = b"\x30signed " + hashlib.sha256(MANIFEST).digest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shapes.csv"


@pytest.fixture
def beside(path: Path) -> list[Path]:
    return [path.with_name("shapes.csv.manifest.json"), path.with_name("shapes.csv.p7s")]


def write(path: Path, beside: list[Path]) -> None:
    require_free(path, beside)
    with growing_set(path, begins_with=CONTENT[:4]) as (_, descriptor, others):
        write_out(descriptor, CONTENT)
        others.write(beside[0], MANIFEST)
        others.write(beside[1], SIGNATURE)


def contents(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_all_of_it_stands(path: Path, beside: list[Path]) -> None:
    write(path, beside)
    assert contents(path) == {
        path.name: CONTENT,
        beside[0].name: MANIFEST,
        beside[1].name: SIGNATURE,
    }


@pytest.mark.parametrize("signed", [False, True])
def test_what_a_killed_process_left_beside_its_working_file_stands_in_nobodys_way(
    path: Path, beside: list[Path], signed: bool
) -> None:
    path.with_name(f"{path.name}.part").write_bytes(CONTENT)
    beside[0].write_bytes(MANIFEST)
    beside[1].with_name(f"{beside[1].name}.cport.part").write_bytes(SIGNATURE[:5])
    if signed:
        beside[1].write_bytes(SIGNATURE)
    write(path, beside)
    assert sorted(contents(path)) == sorted(each.name for each in (path, *beside))


def test_a_manifest_that_somebody_keeps_is_not_taken_for_one(
    path: Path, beside: list[Path]
) -> None:
    """Of a list that was moved elsewhere, beside a working file of another attempt, or of none."""
    beside[0].write_bytes(MANIFEST)
    with pytest.raises(OutputExists):
        write(path, beside)
    path.with_name(f"{path.name}.part").write_bytes(CONTENT + b" and more")
    with pytest.raises(OutputExists):
        write(path, beside)
    assert beside[0].read_bytes() == MANIFEST


def test_nothing_of_it_is_left_if_its_name_came_to_be_taken(path: Path, beside: list[Path]) -> None:
    with (
        pytest.raises(OutputExists),
        growing_set(path, begins_with=CONTENT[:4]) as (_, descriptor, others),
    ):
        write_out(descriptor, CONTENT)
        others.write(beside[0], MANIFEST)
        path.write_bytes(b"another's")
    assert contents(path) == {path.name: b"another's"}


def test_a_short_file_never_has_its_name_before_it_is_whole(tmp_path: Path) -> None:
    """What a killed process left is replaced, whatever is in it: nobody else has such names."""
    path = tmp_path / "receipt.eml"
    path.with_name("receipt.eml.cport.part").write_bytes(b"half of another")
    write_new(path, b"a receipt")
    assert contents(path) == {"receipt.eml": b"a receipt"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable):
        write_new(tmp_path / "gone" / "receipt.eml", b"a receipt")
