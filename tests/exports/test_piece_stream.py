"""Pieces on their way: written, or worked on, by a thread of their own."""

from __future__ import annotations

import io
import threading

import pytest

from cport_desktop.exports.alongside import MOST_WAITING, Ahead, Alongside
from cport_desktop.exports.piece_stream import SinkAlongside

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


def test_all_is_written_in_order() -> None:
    out = Taking()
    with SinkAlongside(out) as sink:
        for piece in PIECES:
            sink.write(piece)

    assert out.getvalue() == b"".join(PIECES)


def test_a_full_medium_stops_whoever_writes() -> None:
    written = 0
    with pytest.raises(OSError, match="No space left"), SinkAlongside(Full()) as sink:
        for _ in range(100_000):
            written += sink.write(bytes(1_000))

    assert written < 10_000_000


def test_a_medium_that_is_full_at_the_end_is_told_of_at_the_end() -> None:
    with pytest.raises(OSError, match="No space left"), SinkAlongside(Full()) as sink:
        sink.write(bytes(20_000))
        sink.write(b"the last piece")


def test_what_stops_the_block_comes_out_of_it_and_no_thread_is_left() -> None:
    before = threading.active_count()
    with pytest.raises(KeyError), SinkAlongside(io.BytesIO()) as sink:
        sink.write(b"begun")
        raise KeyError

    assert threading.active_count() == before


def test_as_many_pieces_wait_as_are_allowed_and_no_more() -> None:
    """Whoever makes pieces faster than they are taken has to wait."""
    taken, put, most = 0, 0, 0

    def take(_: bytes) -> None:
        nonlocal taken, most
        most = max(most, put - taken)
        threading.Event().wait(0.0002)
        taken += 1

    with Alongside(take, name="taking") as aside:
        for _ in range(300):
            aside.put(b"x")
            put += 1
    assert taken == 300
    assert most <= MOST_WAITING + 1


def test_a_block_that_is_left_by_an_error_does_not_take_what_waits() -> None:
    may_go, taken = threading.Event(), []

    def take(piece: bytes) -> None:
        may_go.wait()
        taken.append(piece)

    def leave() -> None:
        with Alongside(take, name="taking") as aside:
            for _ in range(MOST_WAITING):
                aside.put(b"x")
            threading.Timer(0.05, may_go.set).start()
            raise KeyError

    with pytest.raises(KeyError):
        leave()
    assert len(taken) <= 1


def test_pieces_are_asked_for_before_they_are_wanted_and_come_in_order() -> None:
    pieces = iter([bytes([number]) for number in range(100)])
    with Ahead(lambda: next(pieces, b""), name="making") as ahead:
        taken = list(iter(ahead.take, b""))
        assert ahead.take() == b""
    assert taken == [bytes([number]) for number in range(100)]


def test_what_goes_wrong_ahead_comes_when_its_turn_has_come() -> None:
    pieces = iter([b"1", b"2"])
    with Ahead(lambda: next(pieces), name="making") as ahead:
        assert [ahead.take(), ahead.take()] == [b"1", b"2"]
        with pytest.raises(StopIteration):
            ahead.take()
        assert ahead.take() == b""


def test_nobody_asks_for_more_than_may_wait_and_nothing_once_the_block_is_left() -> None:
    before, asked = threading.active_count(), 0

    def make() -> bytes:
        nonlocal asked
        asked += 1
        return b"x"

    with pytest.raises(KeyError), Ahead(make, name="making") as ahead:
        ahead.take()
        raise KeyError
    at_the_end = asked
    assert at_the_end <= 2 * MOST_WAITING + 3
    assert threading.active_count() == before
    threading.Event().wait(0.01)
    assert asked == at_the_end
