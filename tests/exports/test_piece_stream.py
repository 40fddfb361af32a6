"""Pieces on their way: digested and written by a thread of their own."""

from __future__ import annotations

import hashlib
import io
import threading

import pytest

from cport_desktop.exports.piece_stream import DigestingSink

PIECES = [bytes([number % 256]) * (number * 37 % 5_000) for number in range(300)]


class Taking(io.BytesIO):
    """Takes at most a thousand bytes at a time."""

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]  # a sink takes bytes alone
        return super().write(piece[:1_000])


class Full(io.BytesIO):
    """A medium with no room left after ten kilobytes."""

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]  # a sink takes bytes alone
        if self.tell() > 10_000:
            raise OSError(28, "No space left on device")
        return super().write(piece)


def test_all_is_written_in_order_and_digested() -> None:
    out = Taking()
    with DigestingSink(out) as sink:
        for piece in PIECES:
            sink.write(piece)

    assert out.getvalue() == b"".join(PIECES)
    assert sink.size == len(out.getvalue())
    assert sink.sha256() == hashlib.sha256(out.getvalue()).hexdigest()


def test_a_full_medium_stops_whoever_writes() -> None:
    written = 0
    with pytest.raises(OSError, match="No space left"), DigestingSink(Full()) as sink:
        for _ in range(100_000):
            written += sink.write(bytes(1_000))

    assert written < 10_000_000


def test_a_medium_that_is_full_at_the_end_is_told_of_at_the_end() -> None:
    with pytest.raises(OSError, match="No space left"), DigestingSink(Full()) as sink:
        sink.write(bytes(20_000))
        sink.write(b"the last piece")


def test_what_stops_the_block_comes_out_of_it_and_no_thread_is_left() -> None:
    before = threading.active_count()
    with pytest.raises(KeyError), DigestingSink(io.BytesIO()) as sink:
        sink.write(b"begun")
        raise KeyError

    assert threading.active_count() == before
