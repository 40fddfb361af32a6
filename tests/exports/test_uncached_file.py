"""A file read past the memory of the machine is the same to the byte, wherever it lies."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cport_desktop.exports.uncached_file import UncachedFile
from tests.exports.synthetic import noise

MIB = 1024 * 1024
MEMORY = Path("/dev/shm")

sizes = pytest.mark.parametrize(
    "size", [0, 1, 511, 512, 4095, 4096, 4097, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 4096 + 7]
)


@sizes
@pytest.mark.parametrize("at_a_time", [1_000, 262_144, -1])
def test_it_is_read_to_its_end_and_no_further(tmp_path: Path, size: int, at_a_time: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(noise(5, size))
    with UncachedFile(path) as file:
        read = b"".join(iter(lambda: file.read(at_a_time) or b"", b""))
        assert file.read(1) == b""
    assert read == noise(5, size)


@sizes
def test_where_it_cannot_be_had_it_is_read_all_the_same(size: int) -> None:
    if not MEMORY.is_dir():
        pytest.skip("there is no file system in memory")
    path = MEMORY / f"cport-{os.getpid()}"
    try:
        path.write_bytes(noise(5, size))
        with UncachedFile(path) as file:
            assert hashlib.file_digest(file, "sha256").digest() == (
                hashlib.sha256(noise(5, size)).digest()
            )
    finally:
        path.unlink()


def test_a_file_that_is_not_there_is_told_as_always(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        UncachedFile(tmp_path / "none")


def test_no_descriptor_is_left(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(noise(5, 10_000))
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with UncachedFile(path) as file:
            file.read(5)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
