"""Before a package is called done it is read back: every byte on the medium, through the seal, to the
digest of each file in it.
"""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.age_rereading import reread
from cport_desktop.crypto.age_writing import CHUNK, TAG, Written
from cport_desktop.crypto.recipients import Recipient, generate_identity
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.package import PackagedMedia
from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.errors import Cancelled, DigestMismatch
from cport_desktop.exports.composition import compose
from cport_desktop.exports.reading_back import Found, Sealed, read_back
from tests.exports.synthetic import (
    QuickDocuments,
    authority,
    digests_of,
    noise,
    package_content,
    packaged,
    signer_of,
    taxonomy,
)

OURS = generate_identity()
SEALED_CHUNK = CHUNK + TAG


@dataclass(frozen=True)
class Package:
    """One that was sealed, and its bytes."""

    sealed: Sealed
    blob: bytes


@pytest.fixture(scope="module")
def package() -> Package:
    content = package_content()
    long = packaged(101, noise(1, 5 * CHUNK), "png")
    out = io.BytesIO()
    sealed = compose(
        replace(content, media=(long, *content.media[1:])),
        signer=signer_of(authority()),
        recipients=[Recipient("court", OURS.public)],
        documents=QuickDocuments(),
        taxonomy=taxonomy(),
        out=out,
        announce=silent,
        is_cancelled=never,
    )
    return Package(sealed, out.getvalue())


def found_at(
    paths: list[Path],
    sealed: Sealed,
    *,
    announce: Callable[[Progress], None] = silent,
    is_cancelled: Callable[[], bool] = never,
) -> Found:
    return read_back(paths, sealed, name="case.age", announce=announce, is_cancelled=is_cancelled)


def laid(folder: Path, *pieces: bytes) -> list[Path]:
    paths = [folder / f"case.age.{number:03}" for number in range(1, len(pieces) + 1)]
    for path, piece in zip(paths, pieces, strict=True):
        path.write_bytes(piece)
    return paths


def test_what_lies_there_is_found_and_digested(package: Package, tmp_path: Path) -> None:
    found = found_at(laid(tmp_path, package.blob), package.sealed)
    digest = hashlib.sha256(package.blob).hexdigest()
    assert found == Found(digest, (digest,))


@pytest.mark.parametrize("cut", [1, 200, SEALED_CHUNK, SEALED_CHUNK + 1])
def test_parts_are_read_as_one_and_digested_each(
    package: Package, tmp_path: Path, cut: int
) -> None:
    blob = package.blob
    pieces = (blob[:cut], blob[cut : 2 * SEALED_CHUNK], blob[2 * SEALED_CHUNK :])
    found = found_at(laid(tmp_path, *pieces), package.sealed)
    assert found.sha256 == hashlib.sha256(blob).hexdigest()
    assert found.files == tuple(hashlib.sha256(piece).hexdigest() for piece in pieces)


def test_every_changed_byte_is_noticed(package: Package, tmp_path: Path) -> None:
    """In the head, in a chunk and in its tag, at its borders, at the end."""
    blob = package.blob
    head = len(package.sealed.seal.head)
    places = {0, 30, head - 17, head - 1, head, head + SEALED_CHUNK - 1, len(blob) - 1}
    for place in sorted(places | set(range(0, len(blob), len(blob) // 40))):
        changed = bytearray(blob)
        changed[place] ^= 4
        with pytest.raises(DigestMismatch):
            found_at(laid(tmp_path, bytes(changed)), package.sealed)


def test_what_is_cut_doubled_moved_or_added_is_noticed(package: Package, tmp_path: Path) -> None:
    blob, head = package.blob, len(package.sealed.seal.head)
    one, two = head + SEALED_CHUNK, head + 2 * SEALED_CHUNK
    for changed in (
        b"",
        blob[: head - 1],
        blob[:head],
        blob[:one],
        blob[:-1],
        blob + b"x",
        blob[:one] + blob[head:],
        blob[:one] + blob[two:],
        blob[:head] + blob[one:two] + blob[head:one] + blob[two:],
    ):
        with pytest.raises(DigestMismatch):
            found_at(laid(tmp_path, changed), package.sealed)


def test_parts_that_were_exchanged_are_noticed(package: Package, tmp_path: Path) -> None:
    half = len(package.blob) // 2
    paths = laid(tmp_path, package.blob[:half], package.blob[half:])
    with pytest.raises(DigestMismatch):
        found_at(paths[::-1], package.sealed)


def test_a_file_that_got_in_changed_is_named(package: Package, tmp_path: Path) -> None:
    """Such as by a memory that forgets a bit between the digest and the seal."""
    paths = laid(tmp_path, package.blob)
    members = list(package.sealed.members)
    for place, member in enumerate(members):
        other = replace(member, sha256=hashlib.sha256(b"?").hexdigest())
        expected = replace(package.sealed, members=(*members[:place], other, *members[place + 1 :]))
        with pytest.raises(DigestMismatch) as caught:
            found_at(paths, expected)
        assert caught.value.facts["what"] == member.name


def test_a_file_too_few_or_too_many_is_noticed(package: Package, tmp_path: Path) -> None:
    paths = laid(tmp_path, package.blob)
    members = package.sealed.members
    for expected in (members[:-1], (*members, members[-1])):
        with pytest.raises(DigestMismatch):
            found_at(paths, replace(package.sealed, members=expected))


def test_progress_grows_to_its_total_and_it_can_be_stopped(
    package: Package, tmp_path: Path
) -> None:
    paths, told = laid(tmp_path, package.blob), list[Progress]()
    found_at(paths, package.sealed, announce=told.append)
    assert {each.phase for each in told} == {Phase.CHECKING}
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert all(each.total == package.sealed.size >= each.done for each in told)
    for moment in range(len(told) - 1):
        answers = [True] + [False] * moment
        with pytest.raises(Cancelled):
            found_at(paths, package.sealed, is_cancelled=answers.pop)


@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize("chunks", [0, 1, 2, 4, 8, 9])
@pytest.mark.parametrize("at_a_time", [10_000, 1_000_000])
def test_a_seal_is_opened_again_at_every_edge_of_a_chunk(
    chunks: int, more: int, at_a_time: int
) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(at_a_time, -1 if size is None else size))

    content, out = noise(3, max(0, chunks * CHUNK + more)), io.BytesIO()
    written = age.seal(io.BytesIO(content), out, [Recipient("x", OURS.public)])
    assert written.size == len(out.getvalue())
    assert b"".join(reread(Slow(out.getvalue()), written, name="x")) == content


def test_what_opens_a_seal_again_never_shows_its_key() -> None:
    written = age.seal(io.BytesIO(b"x"), io.BytesIO(), [Recipient("x", OURS.public)])
    assert isinstance(written, Written)
    assert "payload" not in repr(written)


def test_memory_does_not_grow_with_the_package(tmp_path: Path) -> None:
    """48 MiB are read back, and the peak stays at some pieces of them."""
    piece, many = noise(9, 256 * 1024), 192

    def read() -> Iterator[bytes]:
        for _ in range(many):
            yield bytes(piece)

    media = PackagedMedia(MediaId(101), digests_of(piece * many), "bin", read)
    path = tmp_path / "case.age"
    with path.open("wb") as out:
        sealed = compose(
            replace(package_content(1), media=(media,)),
            signer=signer_of(authority()),
            recipients=[Recipient("court", OURS.public)],
            documents=QuickDocuments(),
            taxonomy=taxonomy(),
            out=out,
            announce=silent,
            is_cancelled=never,
        )
    tracemalloc.start()
    try:
        found_at([path], sealed)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
