from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.crypto.sealing import (
    CHUNK,
    HEADER,
    SEALED_CHUNK,
    TAG,
    SealedReader,
    SealedWriter,
    sealed_size,
    whole_chunks,
)
from cport_desktop.errors import VaultDamaged
from tests.builders import noise

KEY = noise(32, seed=1)
CONTEXT = b"vault|blob|original"

lengths = st.one_of(
    st.integers(0, 200),
    st.builds(
        lambda chunks, more: max(0, chunks * CHUNK + more), st.integers(1, 5), st.integers(-2, 2)
    ),
)


def sealed(
    content: bytes, *, key: bytes = KEY, context: bytes = CONTEXT, cut: int = 70_001
) -> bytes:
    out = io.BytesIO()
    writer = SealedWriter.begin(out.write, key, context)
    for start in range(0, len(content), cut):
        writer.write(content[start : start + cut])
    writer.finish()
    return out.getvalue()


def opened(ciphertext: bytes, *, key: bytes = KEY, context: bytes = CONTEXT) -> SealedReader:
    return SealedReader(io.BytesIO(ciphertext), key, context, name="blob")


def read_all(ciphertext: bytes) -> bytes:
    return b"".join(opened(ciphertext))


@given(lengths, st.integers(1, 40_000))
def test_what_we_seal_the_reference_implementation_opens(length, cut):
    content = noise(length)
    reference = Cobblestone256Decryptor(KEY, CONTEXT)
    assert reference.update(sealed(content, cut=cut)) + reference.finalize() == content


@given(lengths)
def test_what_the_reference_implementation_seals_we_open(length):
    content = noise(length)
    reference = Cobblestone256Encryptor(KEY, CONTEXT)
    assert read_all(reference.update(content) + reference.finalize()) == content


@given(lengths)
def test_the_length_of_a_sealed_file_is_known_beforehand(length):
    assert len(sealed(noise(length))) == sealed_size(length)


@given(st.data(), lengths)
def test_any_part_reads_as_it_was_written(data, length):
    content = noise(length)
    reader = opened(sealed(content))
    offset = data.draw(st.integers(0, length + 5))
    wanted = data.draw(st.integers(0, 3 * CHUNK))
    assert reader.size == length
    assert reader.read_at(offset, wanted) == content[offset : offset + wanted]


@given(st.data(), lengths)
def test_a_file_that_was_interrupted_goes_on_behind_its_whole_chunks(data, length):
    content = noise(length)
    arrived = data.draw(st.integers(0, length))
    out = io.BytesIO()
    SealedWriter.begin(out.write, KEY, CONTEXT).write(content[:arrived])
    here = b"".join(whole_chunks(out, KEY, CONTEXT))
    assert here == content[: arrived // CHUNK * CHUNK]

    out.seek(0, io.SEEK_END)
    header, chunks = out.getvalue()[:HEADER], len(here) // CHUNK
    resumed = SealedWriter.go_on(out.write, KEY, CONTEXT, header=header, chunks=chunks)
    assert resumed.length == len(here)
    resumed.write(content[len(here) :])
    resumed.finish()
    assert read_all(out.getvalue()) == content


ATTACKED = noise(2 * CHUNK + 100, seed=2)


def test_every_truncation_is_noticed():
    whole = sealed(ATTACKED)
    borders = [
        HEADER,
        *(HEADER + n * SEALED_CHUNK + more for n in (0, 1, 2) for more in (0, 1, TAG)),
    ]
    for length in {*borders, *range(0, len(whole), 97)}:
        with pytest.raises(VaultDamaged):
            read_all(whole[:length])


@given(st.integers(0, sealed_size(len(ATTACKED)) - 1), st.integers(0, 7))
def test_every_flipped_bit_is_noticed(position, bit):
    changed = bytearray(sealed(ATTACKED))
    changed[position] ^= 1 << bit
    with pytest.raises(VaultDamaged):
        read_all(bytes(changed))


def _swapped(whole: bytes) -> bytes:
    first, second = HEADER, HEADER + SEALED_CHUNK
    return (
        whole[:first]
        + whole[second : second + SEALED_CHUNK]
        + whole[first:second]
        + whole[second + SEALED_CHUNK :]
    )


def _without_first(whole: bytes) -> bytes:
    return whole[:HEADER] + whole[HEADER + SEALED_CHUNK :]


def _first_twice(whole: bytes) -> bytes:
    return whole[: HEADER + SEALED_CHUNK] + whole[HEADER:]


def _with_header_of_another(whole: bytes) -> bytes:
    return sealed(ATTACKED)[:HEADER] + whole[HEADER:]


def _with_tail_of_another(whole: bytes) -> bytes:
    cut = HEADER + 2 * SEALED_CHUNK
    return whole[:cut] + sealed(ATTACKED)[cut:]


@pytest.mark.parametrize(
    "attack",
    [
        _swapped,
        _without_first,
        _first_twice,
        _with_header_of_another,
        _with_tail_of_another,
        lambda whole: whole + b"\x00",
        lambda whole: whole + bytes(SEALED_CHUNK),
    ],
)
def test_chunks_cannot_be_moved_left_out_repeated_or_taken_from_elsewhere(
    attack: Callable[[bytes], bytes],
):
    with pytest.raises(VaultDamaged):
        read_all(attack(sealed(ATTACKED)))


def test_another_key_or_context_opens_nothing():
    with pytest.raises(VaultDamaged):
        opened(sealed(b"x"), key=bytes(32))
    with pytest.raises(VaultDamaged):
        opened(sealed(b"x"), context=b"vault|another blob|original")


def test_reading_stops_before_the_first_bad_chunk_of_an_unfinished_file():
    whole = bytearray(sealed(ATTACKED))
    whole[HEADER + SEALED_CHUNK + 5] ^= 1
    assert b"".join(whole_chunks(io.BytesIO(whole), KEY, CONTEXT)) == ATTACKED[:CHUNK]
    assert list(whole_chunks(io.BytesIO(whole[:20]), KEY, CONTEXT)) == []
    assert list(whole_chunks(io.BytesIO(whole), KEY, b"elsewhere")) == []


def test_after_a_failed_write_nothing_more_is_taken():
    def full(piece: memoryview) -> None:
        if len(piece) > HEADER:
            raise OSError("full")

    writer = SealedWriter.begin(full, KEY, CONTEXT)
    with pytest.raises(OSError, match="full"):
        writer.write(bytes(CHUNK))
    for attempt in (lambda: writer.write(b"x"), writer.finish):
        with pytest.raises(RuntimeError):
            attempt()


def test_a_header_of_another_key_does_not_go_on():
    header = sealed(b"x", key=bytes(32))[:HEADER]
    with pytest.raises(ValueError, match="another key"):
        SealedWriter.go_on(lambda _: None, KEY, CONTEXT, header=header, chunks=0)


def test_a_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        SealedWriter.begin(lambda _: None, b"short", CONTEXT)


def test_negative_places_are_refused():
    with pytest.raises(ValueError, match="negative"):
        opened(sealed(b"x")).read_at(-1, 1)


@pytest.mark.parametrize("chunks", [15, 16, 17, 32, 33])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_long_file_is_read_in_pieces_that_are_kept_or_not_as_one_likes(chunks, more):
    content = noise(chunks * CHUNK + more)
    reader = opened(sealed(content))
    pieces = []
    for piece in reader:
        pieces.append(piece)
        assert reader.read_at(5, 10) == content[5:15]
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 16 * CHUNK


class Counting(io.BytesIO):
    """A file that knows how much was read of it, and can be cut while it is read."""

    taken = 0

    def readinto(self, buffer, /):
        count = super().readinto(buffer)
        self.taken += count
        return count


def test_a_file_that_is_read_in_order_is_read_once():
    content = noise(40 * CHUNK + 5)
    file = Counting(sealed(content))
    reader = SealedReader(file, KEY, CONTEXT, name="blob")
    assert b"".join(reader) == content
    assert file.taken == sealed_size(len(content)) - HEADER


@pytest.mark.parametrize("left", [0, 1, SEALED_CHUNK, 20 * SEALED_CHUNK, 32 * SEALED_CHUNK - 1])
def test_a_file_that_is_cut_while_it_is_read_is_noticed(left):
    """Also at the border of a chunk: what the buffer held before never stands for what is gone."""
    file = Counting(sealed(noise(40 * CHUNK)))
    pieces = iter(SealedReader(file, KEY, CONTEXT, name="blob"))
    next(pieces)
    file.truncate(HEADER + left)
    with pytest.raises(VaultDamaged):
        list(pieces)
