"""Long files come to their medium while they grow; a medium that fails is found out on the way."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cport_desktop.exports.steady_file import SteadyFile


@contextmanager
def descriptor_of(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def test_all_is_there_in_order(tmp_path: Path) -> None:
    pieces = [bytes([number % 256]) * (number * 37 % 5_000) for number in range(300)]
    path = tmp_path / "file"
    with descriptor_of(path) as descriptor, SteadyFile(descriptor, at_once=10_000) as out:
        for piece in pieces:
            assert out.write(memoryview(piece)) == len(piece)
    assert path.read_bytes() == b"".join(pieces)
    assert out.size == path.stat().st_size


def test_a_medium_that_is_full_is_told_of_at_once() -> None:
    with (
        pytest.raises(OSError, match="No space left"),
        descriptor_of(Path("/dev/full")) as descriptor,
        SteadyFile(descriptor) as out,
    ):
        out.write(b"x")


def test_a_medium_that_keeps_nothing_is_found_out_while_more_is_written() -> None:
    """A pipe takes bytes, and fails when they should be brought to a medium."""
    source, descriptor = os.pipe()
    draining = threading.Thread(target=drained, args=(source,))
    draining.start()
    written = 0
    try:
        with (
            pytest.raises(OSError, match="Invalid argument"),
            SteadyFile(descriptor, at_once=1_000) as out,
        ):
            for _ in range(100_000):
                written += out.write(bytes(1_000))
    finally:
        os.close(descriptor)
        draining.join()
    assert written < 100_000_000


def test_a_medium_that_fails_at_the_end_is_found_out_at_the_end() -> None:
    source, descriptor = os.pipe()
    try:
        with pytest.raises(OSError, match="Invalid argument"), SteadyFile(descriptor) as out:
            out.write(b"a few bytes")
            out.settle()
    finally:
        os.close(descriptor)
        os.close(source)


def test_no_thread_is_left_by_whatever_ends_it(tmp_path: Path) -> None:
    before = threading.active_count()
    with descriptor_of(tmp_path / "file") as descriptor:
        with pytest.raises(KeyError), SteadyFile(descriptor, at_once=10) as out:
            out.write(b"begun, and more")
            raise KeyError
        with SteadyFile(descriptor) as out:
            out.settle()
            out.settle()
    assert threading.active_count() == before


def drained(source: int) -> None:
    while os.read(source, 65_536):
        """What comes out of the pipe goes nowhere."""
    os.close(source)
