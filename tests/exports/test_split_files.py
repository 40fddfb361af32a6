"""A long file in parts: all of them under their names and found whole, or nothing."""

from __future__ import annotations

import errno
import hashlib
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
    write_list,
)


def split(path: Path, pieces: list[bytes], most: int) -> None:
    with growing_parts(path, most, begins_with=b"") as out:
        for piece in pieces:
            out.write(piece)
        parts = out.parts([joined_digest([part])[0] for part in out.settle()])
    whole = b"".join(pieces)
    write_list(path, parts, sha256=hashlib.sha256(whole).hexdigest(), size=len(whole))


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
