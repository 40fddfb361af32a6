"""Files that a person asks for by path."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from cport_desktop.errors import CportError, OutputExists, OutputUnwritable, StorageFull
from cport_desktop.exports.output_files import naming_output_faults, write_new


def test_a_new_file_is_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "new"
    write_new(path, b"content")
    assert path.read_bytes() == b"content"
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_existing_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.write_bytes(b"before")
    with pytest.raises(OutputExists) as caught:
        write_new(path, b"after")
    assert caught.value.facts["path"] == str(path)
    assert path.read_bytes() == b"before"


def test_a_folder_that_is_not_there_is_named_with_the_cause(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable) as caught:
        write_new(tmp_path / "nowhere" / "new", b"content")
    assert caught.value.facts["cause"] == "No such file or directory"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EACCES, OutputUnwritable),
        (errno.EROFS, OutputUnwritable),
        (errno.EIO, OutputUnwritable),
        (errno.EEXIST, OutputExists),
    ],
)
def test_each_cause_has_its_own_error(
    tmp_path: Path, code: int, expected: type[CportError]
) -> None:
    with pytest.raises(expected), naming_output_faults(tmp_path):
        raise OSError(code, "from the system", str(tmp_path))


def test_a_name_that_would_not_outlive_a_power_cut_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flush_no_folder(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "from the system")

    monkeypatch.setattr(os, "fsync", flush_no_folder)
    with pytest.raises(OutputUnwritable):
        write_new(tmp_path / "new", b"content")
    assert list(tmp_path.iterdir()) == []


def test_a_working_name_that_stays_makes_no_failure_of_what_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new"

    def remove_nothing(_path: Path, *, missing_ok: bool = False) -> None:
        raise OSError(errno.EIO, "from the system")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", remove_nothing)
        write_new(path, b"content")
    assert path.read_bytes() == b"content"
    path.unlink()
    write_new(path, b"again")
    assert [each.name for each in tmp_path.iterdir()] == ["new"]
