"""Sealing with age: what is sealed here opens there, and nothing opens for the wrong one."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import (
    Identity,
    Recipient,
    generate_identity,
    parse_recipient,
    print_identity,
    read_identities,
    read_identity,
)
from cport_desktop.errors import Cancelled, IdentityMismatch, KeyFileMalformed, PackageMalformed
from tests.exports.peers import needs, run

OURS = generate_identity()
THEIRS = generate_identity()
MANY_CHUNKS = bytes(range(256)) * 1024


def sealed(content: bytes, *identities: Identity) -> bytes:
    out = io.BytesIO()
    age.seal(io.BytesIO(content), out, [Recipient("x", i.public) for i in identities])
    return out.getvalue()


def opened(blob: bytes, *identities: Identity) -> bytes:
    out = io.BytesIO()
    age.open(io.BytesIO(blob), out, identities)
    return out.getvalue()


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 70_000))
def test_what_is_sealed_opens_for_each_recipient(start: bytes, more: int) -> None:
    content = start + bytes(more)
    blob = sealed(content, OURS, THEIRS)
    assert opened(blob, OURS) == opened(blob, THEIRS) == content


def test_it_opens_for_nobody_else() -> None:
    with pytest.raises(IdentityMismatch):
        opened(sealed(MANY_CHUNKS, OURS), THEIRS)


@pytest.mark.parametrize("length", [1, 100, 65_552, 70_000])
def test_a_seal_cut_short_is_damaged(length: int) -> None:
    blob = sealed(MANY_CHUNKS, OURS)
    with pytest.raises(PackageMalformed):
        opened(blob[:-length], OURS)


def test_a_seal_with_something_behind_it_is_damaged() -> None:
    with pytest.raises(PackageMalformed):
        opened(sealed(MANY_CHUNKS, OURS) + b"x", OURS)


def test_a_file_that_was_never_sealed_is_no_package() -> None:
    for rubbish in (b"", b"rubbish", MANY_CHUNKS):
        with pytest.raises(PackageMalformed):
            opened(rubbish, OURS)


class Failing(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise Cancelled

    def write(self, piece: object) -> int:
        raise Cancelled


def test_the_error_of_either_end_comes_out_as_it_was() -> None:
    recipient = [Recipient("x", OURS.public)]
    blob = sealed(MANY_CHUNKS, OURS)
    with pytest.raises(Cancelled):
        age.seal(Failing(), io.BytesIO(), recipient)
    with pytest.raises(Cancelled):
        age.seal(io.BytesIO(MANY_CHUNKS), Failing(), recipient)
    with pytest.raises(Cancelled):
        age.open(Failing(), io.BytesIO(), [OURS])
    with pytest.raises(Cancelled):
        age.open(io.BytesIO(blob), Failing(), [OURS])


class HalfWay(io.BytesIO):
    """Ends with an error after some bytes."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 100_000:
            raise Cancelled
        return super().read(size)


def test_what_a_failure_leaves_behind_opens_for_nobody() -> None:
    out = io.BytesIO()
    with pytest.raises(Cancelled):
        age.seal(HalfWay(MANY_CHUNKS), out, [Recipient("x", OURS.public)])
    with pytest.raises(PackageMalformed):
        opened(out.getvalue(), OURS)


class Endless:
    """As many bytes as asked for in all, none of them kept."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        piece = bytes(min(size, self.left))
        self.left -= len(piece)
        return piece


class Counting:
    def __init__(self) -> None:
        self.size = 0

    def write(self, piece: bytes) -> int:
        self.size += len(piece)
        return len(piece)


def test_memory_does_not_grow_with_the_stream() -> None:
    tracemalloc.start()
    try:
        counting = Counting()
        age.seal(Endless(32 * 1024 * 1024), counting, [Recipient("x", OURS.public)])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert counting.size > 32 * 1024 * 1024
    assert peak < 2 * 1024 * 1024


def test_age_opens_what_was_sealed_here(tmp_path: Path) -> None:
    program = needs("age")
    (tmp_path / "key").write_bytes(print_identity(OURS))
    (tmp_path / "blob").write_bytes(sealed(MANY_CHUNKS, OURS))
    done = run(program, "-d", "-i", "key", "blob", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, MANY_CHUNKS)


def test_what_age_sealed_opens_here(tmp_path: Path) -> None:
    program = needs("age")
    (tmp_path / "plain").write_bytes(MANY_CHUNKS)
    run(program, "-r", OURS.public, "-o", "blob", "plain", cwd=tmp_path)
    assert opened((tmp_path / "blob").read_bytes(), OURS) == MANY_CHUNKS


def test_a_key_file_survives_printing_and_reading() -> None:
    assert read_identity(print_identity(OURS)) == OURS
    both = print_identity(OURS) + b"\n# second\r\n" + print_identity(THEIRS)
    assert read_identities(both) == (OURS, THEIRS)


def test_a_recipient_is_read_from_a_key_a_recipients_file_or_an_identity_file() -> None:
    texts = (OURS.public, f"# court\n{OURS.public}\n", print_identity(OURS).decode())
    assert {parse_recipient(text, name="court") for text in texts} == {
        Recipient("court", OURS.public)
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "age1",
        OURS.public[:-1],
        OURS.public[:-1] + ("p" if OURS.public.endswith("q") else "q"),
        "ssh-rsa AAAA",
    ],
    ids=["empty", "comment", "beginning", "cut", "changed", "of another kind"],
)
def test_a_damaged_recipient_is_named(text: str) -> None:
    with pytest.raises(KeyFileMalformed) as caught:
        parse_recipient(text)
    assert "recipient" in str(caught.value.facts["what"])


def test_two_recipients_where_one_is_wanted_are_refused() -> None:
    with pytest.raises(KeyFileMalformed):
        parse_recipient(f"{OURS.public}\n{THEIRS.public}\n")


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"\xff\xfe",
        b"# comment",
        OURS.public.encode(),
        OURS.secret[:-1].encode(),
        b"x" * 99_999,
    ],
    ids=["empty", "not text", "comment", "public half", "cut", "too long"],
)
def test_a_damaged_key_file_is_named_and_its_content_is_not(untrusted: bytes) -> None:
    with pytest.raises(KeyFileMalformed) as caught:
        read_identity(untrusted)
    assert OURS.secret[:30] not in str(caught.value)


def test_an_identity_never_shows_its_secret() -> None:
    assert OURS.secret not in repr(OURS)


def test_sealing_to_nobody_is_refused() -> None:
    with pytest.raises(KeyFileMalformed):
        age.seal(io.BytesIO(b"x"), io.BytesIO(), [])


EDGES = [edge + more for edge in (65_536, 131_072, 262_144, 524_288) for more in (-1, 0, 1)]
"""One chunk, two, as many as are sealed together, and twice as many."""


@pytest.mark.parametrize("length", [0, 1, *EDGES, 700_000])
def test_the_age_command_opens_what_is_sealed_here_at_every_edge_of_a_chunk(
    length: int, tmp_path: Path
) -> None:
    """And what it seals itself is as long: no chunk is cut otherwise, none is empty."""
    content = (MANY_CHUNKS * 3)[:length]
    (tmp_path / "identity").write_bytes(print_identity(THEIRS))
    (tmp_path / "sealed").write_bytes(sealed(content, OURS, THEIRS))

    age_command = needs("age")
    done = run(age_command, "--decrypt", "-i", "identity", "sealed", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout == content
    (tmp_path / "plain").write_bytes(content)
    to = ("-r", OURS.public, "-r", THEIRS.public)
    run(age_command, *to, "-o", "theirs", "plain", cwd=tmp_path)
    assert (tmp_path / "theirs").stat().st_size == (tmp_path / "sealed").stat().st_size


@pytest.mark.parametrize("at_a_time", [1, 1_000, 65_536, 100_000])
def test_a_source_may_give_its_bytes_as_it_likes(at_a_time: int) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(at_a_time)

    content = MANY_CHUNKS[: 70_000 if at_a_time == 1 else None]
    out = io.BytesIO()
    age.seal(Slow(content), out, [Recipient("x", OURS.public)])
    assert opened(out.getvalue(), OURS) == content


def test_nothing_is_sealed_to_a_key_that_gives_no_secret() -> None:
    """The point of order one: whoever knows the specification could open what is sealed to it."""
    zero = "age1" + "q" * 52
    with pytest.raises(KeyFileMalformed):
        age.seal(io.BytesIO(b"x"), io.BytesIO(), [Recipient("x", zero + _checksum(zero))])


def _checksum(text: str) -> str:
    """Of a Bech32 text without one (BIP 173)."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    human, data = text[:3], [letters.index(each) for each in text[4:]]
    values = [ord(c) >> 5 for c in human] + [0] + [ord(c) & 31 for c in human] + data + [0] * 6
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            check ^= generator if top >> bit & 1 else 0
    return "".join(letters[(check ^ 1) >> 5 * (5 - place) & 31] for place in range(6))
