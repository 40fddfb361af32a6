from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.digest import Digests
from cport_desktop.media.hashing import DigestingStream


@given(st.lists(st.binary(max_size=200)))
def test_digests_are_those_of_the_whole_however_it_came(pieces: list[bytes]):
    stream, whole = DigestingStream(pieces), b"".join(pieces)
    assert list(stream) == pieces
    assert stream.digests() == Digests(
        len(whole),
        hashlib.md5(whole).hexdigest(),
        hashlib.sha1(whole).hexdigest(),
        hashlib.sha256(whole).hexdigest(),
        zlib.crc32(whole),
    )


def test_there_is_no_digest_of_a_half():
    stream = DigestingStream([b"one", b"two"])
    next(iter(stream))
    with pytest.raises(ValueError, match="not come to its end"):
        stream.digests()


def test_a_stream_that_breaks_off_has_no_digest():
    def broken() -> Iterator[bytes]:
        yield b"one"
        raise OSError("gone")

    stream = DigestingStream(broken())
    with pytest.raises(OSError, match="gone"):
        list(stream)
    with pytest.raises(ValueError, match="not come to its end"):
        stream.digests()
