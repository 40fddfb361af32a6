"""What a look at a video, an animation or a sound gives, out of a real confined child."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import (
    CannotShow,
    OptionalFormat,
    Picture,
    RevealGrant,
    RevealLevel,
)
from cport_desktop.domain.moving import SOUND_RATE, MovingFrame, Sound, SoundGrant, Step
from cport_desktop.errors import Cancelled
from cport_desktop.media.sandbox import Terms, Viewing
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.media.samples import animated, encoded, jpeg, moving_shapes, shapes, sound, video
from tests.media.test_process_sandbox import our_children

BOX = (320, 240)
LISTEN = SoundGrant(MediaId(1), seconds=10.0, audit_sequence=2)
FILM = video("mp4", sound="aac")
"""Sixty frames, three seconds; one second of sound. The black ends with the sixth frame, and from there on
every tenth is a keyframe."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox()
    yield sandbox
    sandbox.close()


def look(
    sandbox: ProcessSandbox,
    whole: bytes,
    level: RevealLevel = RevealLevel.FULL,
    box: tuple[int, int] = BOX,
    terms: Terms | None = None,
) -> Viewing | CannotShow:
    grant = RevealGrant(MediaId(1), level, seconds=5.0, audit_sequence=1)
    return sandbox.open_viewing(
        [whole], size=len(whole), grant=grant, box=box, terms=terms or Terms()
    )


@pytest.fixture
def film(sandbox: ProcessSandbox) -> Iterator[Viewing]:
    opened = look(sandbox, FILM)
    assert not isinstance(opened, CannotShow)
    yield opened
    opened.close()


def shown(frame: object) -> MovingFrame:
    assert isinstance(frame, MovingFrame), frame
    return frame


def pixels(picture: Picture) -> np.ndarray:
    shape = (picture.height, picture.width, picture.channels)
    return np.frombuffer(picture.pixels, np.uint8).reshape(shape)


ORIGINAL = list(moving_shapes(60, 160, 120))


def is_frame(frame: MovingFrame, number: int) -> bool:
    """It shows this frame of the film and not its neighbours."""
    seen = pixels(frame.picture).astype(int)
    apart = [
        np.abs(seen - ORIGINAL[other].astype(int)).mean()
        for other in range(max(0, number - 2), min(60, number + 3))
    ]
    return int(np.argmin(apart)) + max(0, number - 2) == number


def test_what_there_is_to_see_and_hear_is_told(film: Viewing) -> None:
    moving = film.moving
    assert (moving.width, moving.height, moving.frame_rate) == (160, 120, 20.0)
    assert (moving.has_picture, moving.has_sound) == (True, True)
    assert 2900 <= moving.duration_ms <= 3100


@pytest.mark.parametrize("number", [0, 1, 9, 10, 11, 37, 59])
def test_the_frame_of_a_moment_is_exactly_that_frame(film: Viewing, number: int) -> None:
    frame = shown(film.frame(number * 50 + 20, Step.AT))
    assert (frame.at_ms, frame.picture.channels) == (number * 50, 3)
    assert number < 8 or is_frame(frame, number)


def test_frames_are_stepped_through_to_both_ends(film: Viewing) -> None:
    shown(film.frame(2700, Step.AT))
    forward = []
    while (frame := film.frame(0, Step.NEXT)) is not None:
        forward.append(shown(frame).at_ms)
    assert forward == list(range(2750, 3000, 50))
    shown(film.frame(250, Step.AT))
    backward = []
    while (frame := film.frame(0, Step.PREVIOUS)) is not None:
        backward.append(shown(frame).at_ms)
    assert backward == [200, 150, 100, 50, 0]


def test_dragging_along_gives_keyframes(film: Viewing) -> None:
    found = [shown(film.frame(at, Step.KEY)).at_ms for at in (0, 490, 510, 1740, 2990)]
    assert found == [0, 300, 300, 1300, 2800]


def test_a_moment_behind_the_end_gives_the_last_frame(film: Viewing) -> None:
    assert shown(film.frame(10**9, Step.AT)).at_ms == 2950


def test_a_strip_goes_over_the_whole_length(film: Viewing) -> None:
    strip = film.strip(6)
    moments = [frame.at_ms for frame in strip]
    assert moments == sorted(set(moments))
    assert len(strip) >= 4
    assert max(moments) >= 2000
    assert all(max(f.picture.width, f.picture.height) <= 200 for f in strip)


def test_sound_comes_in_pieces_and_ends(film: Viewing) -> None:
    piece = film.sound(LISTEN, 100, 300)
    assert isinstance(piece, Sound)
    assert (piece.start_ms, piece.channels, piece.lasts_ms) == (100, 2, 300)
    samples = np.frombuffer(piece.samples, np.int16)[::2]
    assert len(samples) == SOUND_RATE * 300 // 1000
    # The tone that was put in: 48000 / (20 * 2 pi) times a second.
    heard = np.abs(np.fft.rfft(samples)).argmax() * SOUND_RATE / len(samples)
    assert abs(heard - SOUND_RATE / (20 * 2 * np.pi)) < 10
    assert film.sound(LISTEN, 5000, 300) is None


@pytest.mark.parametrize("level", list(RevealLevel))
def test_no_frame_shows_more_than_its_level(sandbox: ProcessSandbox, level: RevealLevel) -> None:
    opened = look(sandbox, FILM, level, (160, 120))
    assert not isinstance(opened, CannotShow)
    in_colour = level in {RevealLevel.FULL, RevealLevel.BLURRED_COLOUR}
    frames = [shown(opened.frame(1000, Step.AT)), *opened.strip(3)]
    opened.close()
    for frame in frames:
        assert frame.picture.channels == (3 if in_colour else 1)
    sharp = pixels(frames[0].picture).astype(int).mean(axis=2)
    edges = np.abs(np.diff(sharp, axis=1)).max()
    assert (edges < 60) == (level in {RevealLevel.BLURRED, RevealLevel.BLURRED_COLOUR})


@pytest.mark.parametrize("plugin", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_is_looked_at_like_a_video(sandbox: ProcessSandbox, plugin: str) -> None:
    opened = look(sandbox, animated(plugin), box=(400, 300))
    assert not isinstance(opened, CannotShow)
    assert (opened.moving.duration_ms, opened.moving.has_sound) == (300, False)
    moments = [shown(opened.frame(at, Step.AT)).at_ms for at in (0, 99, 100, 250, 999)]
    assert moments == [0, 0, 100, 200, 200]
    assert opened.frame(0, Step.NEXT) is None
    assert shown(opened.frame(0, Step.PREVIOUS)).at_ms == 100
    seen = pixels(shown(opened.frame(250, Step.AT)).picture).astype(int)
    assert np.abs(seen - np.asarray(shapes(seed=2)).astype(int)).mean() < 12
    assert [frame.at_ms for frame in opened.strip(12)] == [0, 100, 200]
    opened.close()


def test_pages_are_turned(sandbox: ProcessSandbox) -> None:
    pages = [shapes(seed=number) for number in range(3)]
    whole = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    opened = look(sandbox, whole, box=(400, 300))
    assert not isinstance(opened, CannotShow)
    assert opened.frame(0, Step.PREVIOUS) is None
    second = pixels(shown(opened.frame(0, Step.NEXT)).picture)
    assert np.array_equal(second, np.asarray(pages[1]))
    opened.close()


def test_of_a_sound_file_there_is_something_to_hear_only(sandbox: ProcessSandbox) -> None:
    opened = look(sandbox, sound("wav", "pcm_s16le"))
    assert not isinstance(opened, CannotShow)
    assert (opened.moving.has_picture, opened.moving.has_sound) == (False, True)
    assert opened.frame(0, Step.AT) is None
    assert isinstance(opened.sound(LISTEN, 0, 100), Sound)
    opened.close()


@pytest.mark.parametrize(
    ("whole", "cause"),
    [
        (b"no media at all", CannotShow.NOT_MEDIA),
        (b"", CannotShow.NOT_MEDIA),
        (FILM[: len(FILM) // 2], CannotShow.TRUNCATED),
        (b"FLV\x01" + bytes(500), CannotShow.FORMAT_REFUSED),
        (b"GIF89a" + bytes(500) + b";", CannotShow.CORRUPT),
    ],
)
def test_what_cannot_be_shown_says_why_and_leaves_no_child(
    sandbox: ProcessSandbox, whole: bytes, cause: CannotShow
) -> None:
    before = our_children()
    assert look(sandbox, whole) in {cause, CannotShow.CORRUPT}
    assert our_children() <= before


def test_the_child_lives_as_long_as_somebody_looks(sandbox: ProcessSandbox) -> None:
    before = our_children()
    opened = look(sandbox, FILM)
    assert not isinstance(opened, CannotShow)
    assert len(our_children() - before) == 1
    opened.close()
    opened.close()
    assert our_children() <= before
    assert opened.frame(0, Step.AT) is CannotShow.CHILD_DIED


def test_a_child_that_dies_while_somebody_looks_is_told_and_not_tried_again(
    sandbox: ProcessSandbox,
) -> None:
    before = our_children()
    opened = look(sandbox, FILM)
    assert not isinstance(opened, CannotShow)
    (child,) = our_children() - before
    os.kill(child, signal.SIGKILL)
    assert opened.frame(0, Step.AT) is CannotShow.CHILD_DIED
    assert opened.sound(LISTEN, 0, 100) is CannotShow.CHILD_DIED
    assert opened.strip(3) == ()
    assert our_children() <= before


def test_a_still_picture_is_one_page(sandbox: ProcessSandbox) -> None:
    opened = look(sandbox, jpeg())
    assert not isinstance(opened, CannotShow)
    assert opened.frame(0, Step.NEXT) is None
    opened.close()


# While it is examined ---------------------------------------------------------------------------


def test_a_video_is_compared_by_a_frame_a_second(sandbox: ProcessSandbox) -> None:
    told: list[int] = []
    terms = Terms(announce=told.append)
    seen = sandbox.examine([FILM], size=len(FILM), terms=terms)
    assert [frame.at_ms for frame in seen.frames] == [1000, 2000]  # it begins in black
    assert told == sorted(set(told))
    assert told[-1] >= 900


def test_the_same_film_in_another_container_has_the_same_frames(sandbox: ProcessSandbox) -> None:
    other = video("matroska", "mpeg4", frames=60, width=320, height=240)
    theirs = sandbox.examine([other], size=len(other)).frames
    assert [frame.at_ms for frame in theirs] == [1000, 2000]


def test_nobody_waits_for_a_file_that_was_given_up(sandbox: ProcessSandbox) -> None:
    told: list[int] = []
    terms = Terms(announce=told.append, is_cancelled=lambda: len(told) >= 3)
    before = our_children()
    with pytest.raises(Cancelled):
        sandbox.examine([FILM], size=len(FILM), terms=terms)
    assert len(told) == 3
    assert sandbox.examine([jpeg()], size=len(jpeg())).cannot_show is None
    assert len(our_children() - before) <= 1


def test_jpeg_2000_is_decoded_only_where_it_is_wanted(sandbox: ProcessSandbox) -> None:
    whole = encoded(shapes(), "JPEG2000")
    refused = sandbox.examine([whole], size=len(whole))
    assert (refused.format, refused.cannot_show) == ("jp2", CannotShow.FORMAT_REFUSED)
    wanted = Terms(formats=frozenset({OptionalFormat.JPEG_2000}))
    seen = sandbox.examine([whole], size=len(whole), terms=wanted)
    assert (seen.format, seen.cannot_show, seen.width) == ("jp2", None, 400)
