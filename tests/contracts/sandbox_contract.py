"""What every sandbox keeps to, whichever machine it runs on.

A suite for one implementation is a class named `Test…` that inherits from `SandboxContract` and
gives it a `sandbox` fixture.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import CannotShow, MediaKind, RevealGrant, RevealLevel
from cport_desktop.errors import SandboxRefused
from cport_desktop.media.sandbox import Sandbox, SandboxLevel
from tests.media.samples import jpeg

GRANT = RevealGrant(MediaId(1), RevealLevel.FULL, seconds=5.0, audit_sequence=1)


class Stream:
    """Pieces of a file, and whether somebody took them to their end."""

    def __init__(self, whole: bytes, piece: int = 1000) -> None:
        self._whole, self._piece = whole, piece
        self.is_at_end = False

    def __iter__(self) -> Iterator[bytes]:
        for at in range(0, len(self._whole), self._piece):
            yield self._whole[at : at + self._piece]
        self.is_at_end = True


class SandboxContract:
    def test_a_picture_is_described_or_refused_as_the_level_says(self, sandbox: Sandbox):
        whole = jpeg()
        if sandbox.level is SandboxLevel.NONE:
            with contextlib.suppress(SandboxRefused):
                sandbox.examine([whole], size=len(whole))
                raise AssertionError("decoded without confinement")
            return
        seen = sandbox.examine([whole], size=len(whole))
        assert seen.kind is MediaKind.IMAGE
        assert seen.veil is not None
        assert seen.thumbnail is not None

    def test_every_stream_is_taken_to_its_end(self, sandbox: Sandbox):
        whole = jpeg()
        for foreign in (whole, whole[: len(whole) // 2], b"", b"no media at all " * 1000):
            for stated in (len(foreign), len(foreign) // 2, len(foreign) + 999):
                examined, revealed = Stream(foreign), Stream(foreign)
                with contextlib.suppress(SandboxRefused):
                    sandbox.examine(examined, size=stated)
                with contextlib.suppress(SandboxRefused):
                    sandbox.reveal(revealed, size=stated, grant=GRANT)
                assert examined.is_at_end
                assert revealed.is_at_end

    def test_the_content_of_a_file_raises_nothing(self, sandbox: Sandbox):
        for foreign in (b"", b"\xff\xd8\xff" + bytes(500), b"RIFF" + b"\xff" * 500, bytes(5000)):
            with contextlib.suppress(SandboxRefused):
                assert isinstance(
                    sandbox.examine([foreign], size=len(foreign)).cannot_show, CannotShow
                )
                assert sandbox.reveal([foreign], size=len(foreign), grant=GRANT) is None

    def test_empty_pieces_are_no_end(self, sandbox: Sandbox):
        whole = jpeg()
        with contextlib.suppress(SandboxRefused):
            pieces = [b"", whole[:100], b"", b"", whole[100:], b""]
            assert sandbox.examine(pieces, size=len(whole)) == sandbox.examine(
                [whole], size=len(whole)
            )

    def test_it_may_be_closed_twice(self, sandbox: Sandbox):
        sandbox.close()
        sandbox.close()
