"""What every sandbox keeps to, whichever machine it runs on.

A suite for one implementation is a class named `Test…` that inherits from `SandboxContract` and
gives it a fixture `make_sandbox`, good for the whole class: whoever calls it gets a sandbox of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import (
    CannotShow,
    MediaKind,
    OptionalFormat,
    RevealGrant,
    RevealLevel,
)
from cport_desktop.domain.moving import MovingFrame, Sound, SoundGrant, Step
from cport_desktop.errors import Cancelled, SandboxRefused
from cport_desktop.media.sandbox import USUAL_TERMS, Sandbox, SandboxLevel, Terms, Viewing
from tests.media.samples import encoded, jpeg, shapes, video

GRANT = RevealGrant(MediaId(1), RevealLevel.FULL, seconds=5.0, audit_sequence=1)
LISTEN = SoundGrant(MediaId(1), seconds=5.0, audit_sequence=2)
BOX = (160, 120)
FILM = video("mp4", sound="aac")
"""Three seconds, one of them with a tone."""


class Stream:
    """Pieces of a file, and whether somebody took them to their end."""

    def __init__(self, whole: bytes, piece: int = 1000) -> None:
        self._whole, self._piece = whole, piece
        self.is_at_end = False

    def __iter__(self) -> Iterator[bytes]:
        for at in range(0, len(self._whole), self._piece):
            yield self._whole[at : at + self._piece]
        self.is_at_end = True


def look(sandbox: Sandbox, whole: bytes, terms: Terms = USUAL_TERMS) -> Viewing | CannotShow:
    return sandbox.open_viewing([whole], size=len(whole), grant=GRANT, box=BOX, terms=terms)


MakeSandbox = Callable[[], Sandbox]


class SandboxContract:
    @pytest.fixture(scope="class")
    @classmethod
    def sandbox(cls, make_sandbox: MakeSandbox) -> Iterator[Sandbox]:
        sandbox = make_sandbox()
        yield sandbox
        sandbox.close()

    def test_what_it_says_of_itself_is_one_thing(self, sandbox: Sandbox):
        confinement = sandbox.confinement
        assert confinement.level is sandbox.level
        if confinement.level is SandboxLevel.NONE:
            assert not confinement.has_namespaces
        else:
            assert not confinement.is_unproven

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
                opened = Stream(foreign)
                with contextlib.suppress(SandboxRefused):
                    viewing = sandbox.open_viewing(opened, size=stated, grant=GRANT, box=BOX)
                    if not isinstance(viewing, CannotShow):
                        viewing.close()
                assert examined.is_at_end
                assert revealed.is_at_end
                assert opened.is_at_end

    def test_the_content_of_a_file_raises_nothing(self, sandbox: Sandbox):
        for foreign in (b"", b"\xff\xd8\xff" + bytes(500), b"RIFF" + b"\xff" * 500, bytes(5000)):
            with contextlib.suppress(SandboxRefused):
                assert isinstance(
                    sandbox.examine([foreign], size=len(foreign)).cannot_show, CannotShow
                )
                assert sandbox.reveal([foreign], size=len(foreign), grant=GRANT) is None
                assert isinstance(look(sandbox, foreign), CannotShow)

    def test_empty_pieces_are_no_end(self, sandbox: Sandbox):
        whole = jpeg()
        with contextlib.suppress(SandboxRefused):
            pieces = [b"", whole[:100], b"", b"", whole[100:], b""]
            assert sandbox.examine(pieces, size=len(whole)) == sandbox.examine(
                [whole], size=len(whole)
            )

    def test_it_may_be_closed_twice(self, make_sandbox: MakeSandbox):
        sandbox = make_sandbox()
        sandbox.close()
        sandbox.close()

    def test_a_film_can_be_looked_at_and_heard_or_is_refused_as_the_level_says(
        self, sandbox: Sandbox
    ):
        if sandbox.level is SandboxLevel.NONE:
            with pytest.raises(SandboxRefused):
                look(sandbox, FILM)
            return
        viewing = look(sandbox, FILM)
        assert not isinstance(viewing, CannotShow)
        assert (viewing.moving.width, viewing.moving.height) == (160, 120)
        frame = viewing.frame(1000, Step.AT)
        assert isinstance(frame, MovingFrame)
        assert (frame.picture.width, frame.picture.height) == BOX
        behind = viewing.frame(0, Step.NEXT)
        assert isinstance(behind, MovingFrame)
        assert behind.at_ms > frame.at_ms
        assert 1 <= len(viewing.strip(4)) <= 4
        assert isinstance(viewing.sound(LISTEN, 0, 200), Sound)
        viewing.close()
        viewing.close()
        assert isinstance(viewing.frame(0, Step.AT), CannotShow)

    def test_two_files_may_be_open_at_once_and_an_open_one_stands_in_nobodys_way(
        self, sandbox: Sandbox
    ):
        if sandbox.level is SandboxLevel.NONE:
            return
        first, second = look(sandbox, FILM), look(sandbox, FILM)
        whole = jpeg()
        assert sandbox.examine([whole], size=len(whole)).cannot_show is None
        for viewing in (second, first):
            assert not isinstance(viewing, CannotShow)
            assert isinstance(viewing.frame(0, Step.KEY), MovingFrame)
            viewing.close()

    def test_how_far_it_has_come_only_rises(self, sandbox: Sandbox):
        told: list[int] = []
        with contextlib.suppress(SandboxRefused):
            sandbox.examine([FILM], size=len(FILM), terms=Terms(announce=told.append))
        assert bool(told) == (sandbox.level is not SandboxLevel.NONE)
        assert told == sorted(set(told))
        assert all(0 <= permille <= 1000 for permille in told)

    def test_whoever_waits_no_more_is_held_up_by_nothing_and_the_next_file_is_fine(
        self, sandbox: Sandbox
    ):
        nobody_waits = Terms(is_cancelled=lambda: True)
        ended = SandboxRefused if sandbox.level is SandboxLevel.NONE else Cancelled
        for whole in (jpeg(), FILM):
            with pytest.raises(ended):
                sandbox.examine([whole], size=len(whole), terms=nobody_waits)
            with pytest.raises(ended):
                sandbox.reveal([whole], size=len(whole), grant=GRANT, terms=nobody_waits)
            with pytest.raises(ended):
                look(sandbox, whole, nobody_waits)
        self.test_a_picture_is_described_or_refused_as_the_level_says(sandbox)

    def test_optional_formats_are_decoded_only_where_they_are_wanted(self, sandbox: Sandbox):
        if sandbox.level is SandboxLevel.NONE:
            return
        whole = encoded(shapes(), "JPEG2000")
        wanted = Terms(formats=frozenset({OptionalFormat.JPEG_2000}))
        refused = sandbox.examine([whole], size=len(whole))
        assert (refused.cannot_show, refused.veil) == (CannotShow.FORMAT_REFUSED, None)
        assert sandbox.reveal([whole], size=len(whole), grant=GRANT) is None
        assert sandbox.examine([whole], size=len(whole), terms=wanted).cannot_show is None
        assert sandbox.reveal([whole], size=len(whole), grant=GRANT, terms=wanted) is not None
