"""A long file in parts: all of them under their names and found whole, or nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.errors import OutputExists, OutputUnwritable, StorageFull, ValueUnknown
from cport_desktop.exports.split_files import (
    MOST_PARTS,
    growing_parts,
    joined_digest,
    list_path,
    open_joined,
    part_path,
    parts_there,
)


def split(path: Path, pieces: list[bytes], most: int) -> None:
    with growing_parts(path, most, begins_with=b"") as out:
        for piece in pieces:
            out.write(piece)
        parts = out.parts([joined_digest([part])[0] for part in out.settle()])
        whole = b"".join(pieces)
        out.write_list(parts, sha256=hashlib.sha256(whole).hexdigest(), size=len(whole))


@settings(max_examples=40, deadline=None)
@given(pieces=st.lists(st.binary(min_size=1, max_size=40), min_size=1), most=st.integers(7, 60))
def test_parts_joined_are_what_was_written_and_all_but_the_last_are_full(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], most: int
) -> None:
    path = tmp_path_factory.mktemp("parts") / "case.age"
    split(path, pieces, most)
    whole = b"".join(pieces)
    parts = parts_there(path)
    assert [part.stat().st_size for part in parts[:-1]] == [most] * (len(parts) - 1)
    assert 1 <= parts[-1].stat().st_size <= most
    assert joined_digest(parts) == (hashlib.sha256(whole).hexdigest(), len(whole))
    for named in (path, parts[0], list_path(path)):
        with open_joined(named) as joined:
            assert joined.read() == whole


def test_the_list_is_one_that_sha256sum_checks(tmp_path: Path) -> None:
    path = tmp_path / "case.age"
    split(path, [b"neutral " * 100], 100)
    command = ["sha256sum", "--check", "--strict", "--quiet", list_path(path).name]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    part_path(path, 2).write_bytes(b"x")
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode != 0


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (OSError(errno.ENOSPC, "full"), StorageFull),
        (OSError(errno.EFBIG, "too large"), StorageFull),
        (OSError(errno.EIO, "gone"), OutputUnwritable),
        (OSError(errno.ENODEV, "unplugged"), OutputUnwritable),
    ],
)
def test_a_medium_that_fails_in_the_middle_keeps_no_part(
    tmp_path: Path, raised: OSError, told: type[Exception]
) -> None:
    with (
        pytest.raises(told),
        growing_parts(tmp_path / "case.age", 100, begins_with=b"") as out,
    ):
        out.write(b"neutral " * 100)
        raise raised
    assert not list(tmp_path.iterdir())


def test_what_lies_there_is_never_overwritten_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "case.age"
    for number in (1, 2, 3):
        there = part_path(path, number)
        there.write_bytes(b"of somebody else")
        with pytest.raises(OutputExists):
            split(path, [b"neutral " * 40], 100)
        assert [each.name for each in tmp_path.iterdir()] == [there.name]
        assert there.read_bytes() == b"of somebody else"
        there.unlink()
    list_path(path).write_bytes(b"of somebody else")
    with pytest.raises(OutputExists):
        split(path, [b"neutral " * 40], 100)
    assert [each.name for each in tmp_path.iterdir()] == [list_path(path).name]


def test_what_a_killed_process_left_stands_in_nobodys_way(tmp_path: Path) -> None:
    """Killed while parts got their names: the first has it last, so that its working file lies there."""
    path = tmp_path / "case.age"
    part_path(path, 1).with_name("case.age.001.part").write_bytes(b"neutral " * 10)
    part_path(path, 2).with_name("case.age.002.part").write_bytes(b"neutral")
    for left in (part_path(path, 3), part_path(path, 4), list_path(path)):
        left.write_bytes(b"left")
    with growing_parts(path, 100, begins_with=b"neutral") as out:
        out.write(b"neutral " * 20)
        parts = out.parts([joined_digest([part])[0] for part in out.settle()])
        out.write_list(parts, sha256="", size=160)
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "case.age.001",
        "case.age.002",
        "case.age.parts.txt",
    ]


@pytest.mark.parametrize("first", [None, b"of somebody else"])
def test_parts_whose_first_was_taken_elsewhere_are_kept(
    tmp_path: Path, first: bytes | None
) -> None:
    """Parts go on media of their own: what lies beside no working file of ours is somebody's."""
    path = tmp_path / "case.age"
    list_path(path).write_bytes(b"kept")
    part_path(path, 2).write_bytes(b"kept")
    if first is not None:
        part_path(path, 1).with_name("case.age.001.part").write_bytes(first)
    with (
        pytest.raises(OutputExists),
        growing_parts(path, 100, begins_with=b"neutral") as out,
    ):
        out.write(b"neutral")
    assert list_path(path).read_bytes() == part_path(path, 2).read_bytes() == b"kept"


def test_the_first_part_has_its_name_when_all_else_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = tmp_path / "case.age", list[list[str]]()
    link = os.link

    def watched(source: Path, target: Path) -> None:
        link(source, target)
        seen.append(sorted(each.name for each in tmp_path.iterdir() if each.suffix != ".part"))

    monkeypatch.setattr(os, "link", watched)
    split(path, [b"neutral " * 30], 100)
    names = ["case.age.001", "case.age.002", "case.age.003", "case.age.parts.txt"]
    assert seen == [names[3:], names[2:], names[1:], names]


def test_more_parts_than_three_digits_can_tell_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueUnknown):
        split(tmp_path / "case.age", [b"x" * (MOST_PARTS + 1)], 1)
    assert not list(tmp_path.iterdir())


def test_parts_behind_a_gap_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "case.age"
    split(path, [b"neutral " * 100], 100)
    part_path(path, 4).unlink()
    assert len(parts_there(path)) == 3
    with pytest.raises(FileNotFoundError):
        open_joined(tmp_path / "other.age")
