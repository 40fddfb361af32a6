"""A part is kept when it is whole and right, however its bytes come; by values alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.demo.chunking import chunk_map_of
from cport_desktop.domain.chunk_map import (
    MOST_CHUNKS,
    SMALLEST_CHUNK,
    ChunkMap,
    chunk_size_for,
    chunks_of,
    has_chunks,
)
from cport_desktop.domain.ids import MediaId, PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.transfer import LONGEST_REST
from cport_desktop.errors import (
    DigestMismatch,
    MalformedMessage,
    MessageTooLarge,
    TransferCut,
    UnknownReference,
)
from cport_desktop.formats.chunk_message import LONGEST_CHUNK_MESSAGE, parse_chunks, print_chunks
from cport_desktop.formats.wire_bounds import LARGEST_FILE
from cport_desktop.sync.bandwidth import BURST_SECONDS, Bandwidth
from cport_desktop.sync.chunks import checked
from cport_desktop.sync.transfer import rest_after
from tests.builders import NOON, noise

CONTENT = noise(3 * SMALLEST_CHUNK + 4_321, seed=3)


def map_of(content: bytes) -> ChunkMap:
    return chunk_map_of(
        content,
        hashlib.sha256(content).hexdigest(),
        media=MediaId(17),
        portal=PortalId("portal-1"),
        station=StationId("station-1"),
        nature=Nature.DEMO,
    )


CHUNKS = map_of(CONTENT)


def in_pieces(content: bytes, sizes: Iterable[int]) -> Iterator[bytes]:
    at = 0
    for size in sizes:
        yield content[at : at + size]
        at += size
    yield content[at:]


@given(
    st.lists(st.integers(1, 2 * SMALLEST_CHUNK), max_size=8),
    st.integers(0, len(CONTENT) - 1),
)
@settings(max_examples=25, deadline=None)
def test_the_same_bytes_come_out_however_they_come_in_and_wherever_one_goes_on(sizes, start):
    head = CONTENT[start - start % SMALLEST_CHUNK : start]
    kept = checked(in_pieces(CONTENT[start:], sizes), CHUNKS, start=start, head=head)
    assert b"".join(kept) == CONTENT[start:]


@given(st.integers(0, len(CONTENT) - 1), st.lists(st.integers(1, 900_000), max_size=6))
@settings(max_examples=25, deadline=None)
def test_all_parts_before_a_wrong_byte_come_out_and_nothing_of_its_own(at, sizes):
    wrong = CONTENT[:at] + bytes([CONTENT[at] ^ 0xFF]) + CONTENT[at + 1 :]
    kept = bytearray()
    with pytest.raises(DigestMismatch) as caught:
        for piece in checked(in_pieces(wrong, sizes), CHUNKS, start=0):
            kept += piece
    assert caught.value.facts == {"what": "chunk"}
    assert len(kept) == at - at % SMALLEST_CHUNK
    assert kept == CONTENT[: len(kept)]


def test_what_was_not_whole_when_the_line_was_cut_is_not_kept():
    def cut() -> Iterator[bytes]:
        yield CONTENT[: SMALLEST_CHUNK + 500]
        raise TransferCut(got=0, wanted=0)

    kept: list[bytes] = []
    with pytest.raises(TransferCut):
        kept += checked(cut(), CHUNKS, start=0)
        kept.append(b"not reached")
    pieces = checked(iter([CONTENT[: SMALLEST_CHUNK + 500]]), CHUNKS, start=0)
    assert b"".join(pieces) == CONTENT[:SMALLEST_CHUNK]


@pytest.mark.parametrize(
    ("size", "chunk"),
    [
        (0, SMALLEST_CHUNK),
        (1, SMALLEST_CHUNK),
        (SMALLEST_CHUNK * MOST_CHUNKS, SMALLEST_CHUNK),
        (SMALLEST_CHUNK * MOST_CHUNKS + 1, 2 * SMALLEST_CHUNK),
        (LARGEST_FILE, 16 * SMALLEST_CHUNK),
    ],
)
def test_how_large_a_part_is_follows_from_the_file_alone(size, chunk):
    assert chunk_size_for(size) == chunk
    assert chunks_of(size, chunk) <= MOST_CHUNKS


def test_a_file_of_one_part_needs_no_digests_of_parts():
    assert not has_chunks(SMALLEST_CHUNK)
    assert has_chunks(SMALLEST_CHUNK + 1)


class TestTheMessage:
    def test_says_what_it_was_told(self):
        assert parse_chunks(print_chunks(CHUNKS, issued_at=NOON)) == CHUNKS

    @pytest.mark.parametrize(
        ("said", "other"),
        [
            (b'"chunkSize":1048576', b'"chunkSize":2097152'),
            (b'"chunkSize":1048576', b'"chunkSize":0'),
            (b'"chunkSize":1048576', b'"chunkSize":1.5'),
            (b'"size":3150049', b'"size":99999999'),
            (b'"size":3150049', b'"size":-1'),
            (b'"digests":"', b'"digests":"AAAA'),
            (b'"digests":"', b'"digests":"\\u0000'),
            (b'"kind":"chunks"', b'"kind":"batch"'),
            (b'"schema":2', b'"schema":1'),
        ],
    )
    def test_is_refused_when_its_parts_do_not_make_up_the_file(self, said, other):
        message = print_chunks(CHUNKS, issued_at=NOON)
        assert said in message
        with pytest.raises(MalformedMessage):
            parse_chunks(message.replace(said, other))

    def test_of_the_largest_file_fits_its_bound_and_no_longer_one_is_read(self):
        digests = b"\0" * 32 * MOST_CHUNKS
        largest = ChunkMap(
            CHUNKS.portal, CHUNKS.station, Nature.DEMO, MediaId(1), LARGEST_FILE, "0" * 64, digests
        )
        message = print_chunks(largest, issued_at=NOON)
        assert parse_chunks(message) == largest
        with pytest.raises(MessageTooLarge):
            parse_chunks(message + b" " * LONGEST_CHUNK_MESSAGE)


class TestACap:
    def test_lets_through_what_it_says_over_any_stretch_of_time(self):
        now = [0.0]
        cap = Bandwidth(1000, lambda: now[0])
        came = 0
        while now[0] < 60:
            came += 400
            now[0] += cap.take(400)
        assert 60 * 1000 <= came <= (60 + BURST_SECONDS) * 1000 + 400

    def test_saves_up_no_more_than_a_moment(self):
        now = [0.0]
        cap = Bandwidth(1000, lambda: now[0])
        now[0] = 3600.0
        assert cap.take(int(1000 * BURST_SECONDS)) == 0
        assert cap.take(1000) == pytest.approx(1.0)

    def test_is_shared_by_all_that_read(self):
        cap = Bandwidth(1000, lambda: 0.0)
        waits = [cap.take(1000) for _ in range(3)]
        assert waits == pytest.approx([0.75, 1.75, 2.75])


def test_a_file_that_failed_rests_longer_each_time_and_a_day_at_most():
    missing = UnknownReference(kind="media item", reference="M-1")
    rests = [rest_after(missing, tries=tries) for tries in range(1, 9)]
    assert rests[:3] == [timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=16)]
    assert rests == sorted(rests)
    assert rests[-1] == LONGEST_REST == rest_after(missing, tries=10**6)


def test_a_first_cut_is_the_roads_doing():
    cut = TransferCut(got=1, wanted=2)
    assert rest_after(cut, tries=1) == timedelta(0)
    assert rest_after(cut, tries=2) == timedelta(minutes=1)
