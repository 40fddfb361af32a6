"""Messages survive the wire; everything else is a breach."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.domain.likeness import COMPARABLE_QUALITY, FrameSign
from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaKind,
    OptionalFormat,
    Picture,
    RevealLevel,
)
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, Step
from cport_desktop.domain.redaction import MOST_RECTANGLES, Rectangle
from cport_desktop.errors import MalformedMessage
from cport_desktop.media import bounds
from cport_desktop.media.pixel_messages import (
    Answer,
    Examined,
    ExamineRequest,
    FrameRequest,
    FrameShown,
    Heard,
    Opened,
    OpenRequest,
    Progressed,
    Ready,
    Recognised,
    RecogniseRequest,
    Redrawn,
    RedrawRequest,
    Request,
    Revealed,
    RevealRequest,
    SoundRequest,
    StripRequest,
    StripShown,
    answers,
)
from cport_desktop.media.pixel_protocol import frame, frame_length
from cport_desktop.media.plain_text import plain_text
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.wire_answers import parse_answer, print_answer
from cport_desktop.media.wire_requests import parse_request, print_request

SERIALS = st.integers(0, 2**32 - 1)
SIZES = st.integers(0, 2**63)
SIDES = st.integers(1, 2**31 - 1)
BYTES = st.integers(0, 255)
HAZE = st.integers(bounds.VEIL_GREY - bounds.VEIL_SWING, bounds.VEIL_GREY + bounds.VEIL_SWING)
CAUSES = st.sampled_from([cause for cause in CannotShow if not cause.value.startswith("child")])


@st.composite
def pictures(draw, widest: int, highest: int, channels: int, values=BYTES):
    width, height = draw(st.integers(1, widest)), draw(st.integers(1, highest))
    grey = draw(values)
    return Picture(width, height, channels, bytes([grey]) * (width * height * channels))


@st.composite
def facts(draw):
    texts = st.text(max_size=60).map(lambda text: plain_text(text, limit=bounds.LONGEST_FACT))
    names = st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True)
    return tuple(draw(st.lists(st.tuples(names, texts.filter(bool)), max_size=bounds.MOST_FACTS)))


PDQ = st.binary(min_size=32, max_size=32).map(bytes.hex)


@st.composite
def frames(draw):
    moments = sorted(draw(st.sets(st.integers(0, 2**32 - 1), max_size=5)))
    return tuple(
        FrameSign(at_ms, draw(st.integers(COMPARABLE_QUALITY, 100)), draw(PDQ)) for at_ms in moments
    )


@st.composite
def examinations(draw):
    cause = draw(st.none() | CAUSES)
    shows = cause is None
    quality = draw(st.integers(0, 100)) if shows else None
    compares = quality is not None and quality >= COMPARABLE_QUALITY
    kind = draw(st.sampled_from([MediaKind.IMAGE, MediaKind.VIDEO] if shows else list(MediaKind)))
    sides = draw(st.none() | st.tuples(SIDES, SIDES)) or (None, None)
    return Examination(
        kind=kind,
        format=draw(st.none() | st.from_regex(r"[a-z0-9]{1,16}", fullmatch=True)),
        width=sides[0],
        height=sides[1],
        duration_ms=draw(st.none() | st.integers(0, 2**48)),
        veil=draw(pictures(16, 12, 1, HAZE)) if shows else None,
        thumbnail=draw(pictures(200, 200, 3)) if shows else None,
        perceptual_hash=draw(PDQ) if compares else None,
        quality=quality,
        dct_hash=draw(st.binary(min_size=8, max_size=8)).hex() if compares else None,
        cannot_show=cause,
        facts=draw(facts()),
        blurred=draw(pictures(200, 200, 1)) if shows else None,
        turned=draw(st.just(()) | st.tuples(*[PDQ] * 7)) if compares else (),
        frames=draw(frames()) if shows and kind is MediaKind.VIDEO else (),
        pictures=draw(st.none() | st.integers(2, 2**32 - 1)),
        has_sound=draw(st.none() | st.booleans()),
    )


LEVELS = st.sampled_from(RevealLevel)
ENTRIES = st.integers(1, 2**63 - 1)
FORMATS = st.frozensets(st.sampled_from(OptionalFormat))
BOXES = st.tuples(st.integers(1, 1600), st.integers(1, 1200))
MOMENTS = st.integers(0, 2**48)
RECTANGLES = st.lists(
    st.builds(
        Rectangle,
        st.integers(0, 30_000),
        st.integers(0, 30_000),
        st.integers(1, 30_000),
        st.integers(1, 30_000),
    ),
    max_size=MOST_RECTANGLES,
).map(tuple)
REQUESTS = st.one_of(
    st.builds(RecogniseRequest, SERIALS, SIZES),
    st.builds(ExamineRequest, SERIALS, SIZES, FORMATS),
    st.builds(RevealRequest, SERIALS, SIZES, LEVELS, ENTRIES, FORMATS),
    st.builds(OpenRequest, SERIALS, SIZES, LEVELS, ENTRIES, BOXES, FORMATS),
    st.builds(RedrawRequest, SERIALS, SIZES, ENTRIES, RECTANGLES, FORMATS),
    st.builds(FrameRequest, SERIALS, MOMENTS, st.sampled_from(Step)),
    st.builds(StripRequest, SERIALS, st.integers(1, bounds.MOST_IN_STRIP)),
    st.builds(SoundRequest, SERIALS, ENTRIES, MOMENTS, st.integers(1, bounds.LONGEST_SOUND_MS)),
)
SIDES_THERE = st.integers(0, 2**31 - 1)
MOVING = st.builds(
    Moving,
    MOMENTS,
    SIDES_THERE,
    SIDES_THERE,
    st.integers(0, 1_000_000).map(lambda thousandths: thousandths / 1000),
    st.booleans(),
    st.booleans(),
)
SHOWN = st.builds(MovingFrame, MOMENTS, st.integers(0, 2**32 - 1), pictures(40, 40, 3))
STRIPS = st.lists(SHOWN, max_size=4, unique_by=lambda frame: frame.at_ms).map(
    lambda frames: tuple(sorted(frames, key=lambda frame: frame.at_ms))
)
SOUNDS = st.builds(
    lambda start, channels, samples: Sound(start, channels, samples * channels),
    MOMENTS,
    st.sampled_from([1, 2]),
    st.binary(min_size=2, max_size=20).filter(lambda samples: len(samples) % 2 == 0),
)
ANSWERS = st.one_of(
    st.builds(Ready, st.sampled_from(list(SandboxLevel)[1:])),
    st.builds(Recognised, SERIALS, st.sampled_from(MediaKind), st.booleans()),
    st.builds(Examined, SERIALS, examinations(), st.booleans()),
    st.builds(Revealed, SERIALS, st.none() | pictures(40, 40, 3), st.booleans()),
    st.builds(Revealed, SERIALS, st.none() | pictures(40, 40, 1), st.booleans()),
    st.builds(Progressed, SERIALS, st.integers(0, 1000)),
    st.builds(Opened, SERIALS, MOVING | CAUSES, st.booleans()),
    st.builds(FrameShown, SERIALS, st.none() | SHOWN | CAUSES, st.booleans()),
    st.builds(StripShown, SERIALS, STRIPS, st.booleans()),
    st.builds(Heard, SERIALS, st.none() | SOUNDS | CAUSES, st.booleans()),
    st.builds(Redrawn, SERIALS, st.binary(min_size=1, max_size=300) | CAUSES, st.booleans()),
)


@given(REQUESTS)
def test_a_request_survives_the_wire(request_: Request):
    assert parse_request(print_request(request_)) == request_


@given(ANSWERS)
def test_an_answer_survives_the_wire(answer: Answer):
    assert parse_answer(print_answer(answer)) == answer


@pytest.mark.parametrize(
    ("request_", "body"),
    [
        (RecogniseRequest(7, 3), "4350584c0303000000070000000000000003"),
        (ExamineRequest(7, 3), "4350584c030100000007000000000000000300"),
        (
            RevealRequest(7, 3, RevealLevel.FULL, 9, frozenset(OptionalFormat)),
            "4350584c030200000007000000000000000304000000000000000903",
        ),
        (
            OpenRequest(7, 3, RevealLevel.GREY, 9, (640, 480), frozenset()),
            "4350584c0304000000070000000000000003020000000000000009028001e000",
        ),
        (
            RedrawRequest(7, 3, 9, (Rectangle(1, 2, 3, 4),), frozenset()),
            "4350584c0308000000070000000000000003000000000000000900010001000200030004",
        ),
        (FrameRequest(7, 40, Step.NEXT), "4350584c030500000007000000000000002802"),
        (StripRequest(7, 12), "4350584c0306000000070c"),
        (
            SoundRequest(7, 9, 40, 500),
            "4350584c03070000000700000000000000090000000000000028000001f4",
        ),
    ],
)
def test_a_request_has_these_bytes(request_: Request, body: str):
    assert print_request(request_).hex() == body


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (Ready(SandboxLevel.WALLED), "4350584c03100000000002"),
        (Progressed(7, 500), "4350584c03180000000701f4"),
        (Recognised(7, MediaKind.VIDEO, True), "4350584c0313000000070101"),
        (Revealed(7, None, False), "4350584c0312000000070000"),
        (Opened(7, CannotShow.CORRUPT, False), "4350584c031400000007000203"),
        (FrameShown(7, None, False), "4350584c0315000000070000"),
        (StripShown(7, (), True), "4350584c0316000000070100"),
        (Heard(7, CannotShow.CORRUPT, False), "4350584c031700000007000203"),
    ],
)
def test_an_answer_has_these_bytes(answer: Answer, body: str):
    assert print_answer(answer).hex() == body


@given(st.binary(max_size=400))
def test_random_bytes_are_a_breach(untrusted: bytes):
    for parse in (parse_request, parse_answer):
        with pytest.raises(MalformedMessage):
            parse(untrusted)


@settings(max_examples=400)
@given(ANSWERS, st.data())
def test_a_changed_answer_is_a_breach_or_another_answer_within_bounds(answer, data):
    printed = bytearray(print_answer(answer))
    for _ in range(data.draw(st.integers(1, 4))):
        printed[data.draw(st.integers(0, len(printed) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(MalformedMessage):
        read = parse_answer(bytes(printed))
        assert print_answer(read) == bytes(printed)


@given(ANSWERS, st.data())
def test_an_answer_cut_short_or_prolonged_is_a_breach(answer, data):
    printed = print_answer(answer)
    with pytest.raises(MalformedMessage):
        parse_answer(printed[: data.draw(st.integers(0, len(printed) - 1))])
    with pytest.raises(MalformedMessage):
        parse_answer(printed + b"\0")


SEEN = Examination(
    kind=MediaKind.IMAGE,
    format="jpeg",
    width=4,
    height=3,
    duration_ms=None,
    veil=Picture(4, 3, 1, bytes([128]) * 12),
    thumbnail=Picture(4, 3, 3, bytes(36)),
    perceptual_hash="0f" * 32,
    quality=80,
    dct_hash="0f" * 8,
    cannot_show=None,
    blurred=Picture(4, 3, 1, bytes(12)),
)


MOST_FRAMES = tuple(FrameSign(at, 80, "0f" * 32) for at in range(bounds.MOST_FRAMES))


def test_no_more_frames_of_a_video_than_agreed():
    video = replace(SEEN, kind=MediaKind.VIDEO, frames=MOST_FRAMES)
    assert parse_answer(print_answer(Examined(1, video))) == Examined(1, video)
    one_more = (*MOST_FRAMES, FrameSign(bounds.MOST_FRAMES, 80, "0f" * 32))
    with pytest.raises(MalformedMessage):
        parse_answer(print_answer(Examined(1, replace(video, frames=one_more))))


@pytest.mark.parametrize(
    "lie",
    [
        {"veil": Picture(2, 1, 1, bytes([128, 255]))},
        {"veil": Picture(2, 1, 1, bytes([100, 128]))},
        {"veil": Picture(17, 1, 1, bytes([128]) * 17)},
        {"veil": Picture(1, 13, 1, bytes([128]) * 13)},
        {"veil": Picture(1, 1, 3, bytes([128]) * 3)},
        {"veil": None},
        {"thumbnail": Picture(201, 1, 3, bytes(603))},
        {"thumbnail": Picture(3, 1, 1, bytes(3))},
        {"thumbnail": None},
        {"blurred": Picture(4, 3, 3, bytes(36))},
        {"blurred": Picture(201, 1, 1, bytes(201))},
        {"blurred": None},
        {"frames": (FrameSign(0, 80, "0f" * 32),)},
        {"kind": MediaKind.VIDEO, "frames": (FrameSign(0, 49, "0f" * 32),)},
        {"kind": MediaKind.VIDEO, "frames": (FrameSign(0, 101, "0f" * 32),)},
        {"kind": MediaKind.VIDEO, "frames": (FrameSign(7, 80, "0f" * 32),) * 2},
        {"pictures": 1},
        {"quality": 49},
        {"quality": 101},
        {"quality": None},
        {"perceptual_hash": None},
        {"dct_hash": None},
        {"cannot_show": CannotShow.CORRUPT},
        {"kind": MediaKind.AUDIO},
        {"kind": MediaKind.OTHER},
        {"width": 0},
        {"height": 2**31},
        {"duration_ms": 2**48 + 1},
        {"format": "JPEG"},
        {"format": "../../jpeg"},
        {"format": ""},
        {"facts": (("software", "a\u202eb"),)},
        {"facts": (("software", "a\nb"),)},
        {"facts": (("software", ""),)},
        {"facts": (("Software!", "a"),)},
        {"facts": (("software", "x" * (bounds.LONGEST_FACT + 1)),)},
        {"facts": tuple((f"fact{number}", "x") for number in range(bounds.MOST_FACTS + 1))},
    ],
    ids=str,
)
def test_an_incoherent_examination_is_a_breach(lie):
    assert parse_answer(print_answer(Examined(1, SEEN))) == Examined(1, SEEN)
    with pytest.raises(MalformedMessage):
        parse_answer(print_answer(Examined(1, replace(SEEN, **lie))))


def test_a_picture_larger_than_a_reveal_may_be_is_a_breach():
    largest = Picture(1600, 1200, 3, bytes(1600 * 1200 * 3))
    assert parse_answer(print_answer(Revealed(1, largest))) == Revealed(1, largest)
    assert len(print_answer(Revealed(1, largest))) <= bounds.LONGEST_ANSWER
    for beyond in (Picture(1601, 1, 1, bytes(1601)), Picture(1, 1201, 1, bytes(1201))):
        with pytest.raises(MalformedMessage):
            parse_answer(print_answer(Revealed(1, beyond)))


def test_a_reveal_without_its_audit_entry_is_no_request():
    with pytest.raises(MalformedMessage):
        parse_request(print_request(RevealRequest(1, 1, RevealLevel.FULL, 0)))


def test_nothing_is_drawn_anew_without_its_audit_entry_or_with_more_than_fits():
    one = Rectangle(0, 0, 1, 1)
    most = RedrawRequest(1, 1, 1, (one,) * MOST_RECTANGLES)
    assert len(print_request(most)) <= bounds.LONGEST_REQUEST
    for request in (
        RedrawRequest(1, 1, 0, (one,)),
        RedrawRequest(1, 1, 1, (one,) * (MOST_RECTANGLES + 1)),
    ):
        with pytest.raises(MalformedMessage):
            parse_request(print_request(request))


def test_a_file_that_is_longer_than_any_picture_drawn_anew_is_a_breach():
    with pytest.raises(MalformedMessage):
        parse_answer(print_answer(Redrawn(1, bytes(bounds.LONGEST_REDRAWN + 1))))
    with pytest.raises(MalformedMessage):
        parse_answer(print_answer(Redrawn(1, b"")))


def test_a_frame_longer_than_its_limit_is_a_breach():
    assert frame_length(frame(b"abc")[:4], limit=3) == 3
    with pytest.raises(MalformedMessage):
        frame_length(frame(b"abcd")[:4], limit=3)


def test_only_the_answer_that_was_asked_for_is_one():
    grey, colour = Picture(1, 1, 1, b"0"), Picture(1, 1, 3, b"000")
    grey_wanted = RevealRequest(7, 1, RevealLevel.GREY, 1)
    colour_wanted = RevealRequest(7, 1, RevealLevel.FULL, 1)
    assert answers(ExamineRequest(7, 1), Examined(7, SEEN))
    assert answers(grey_wanted, Revealed(7, grey))
    assert answers(colour_wanted, Revealed(7, colour))
    assert answers(colour_wanted, Revealed(7, None))
    assert not answers(ExamineRequest(7, 1), Examined(8, SEEN))
    assert not answers(ExamineRequest(7, 1), Revealed(7, colour))
    assert not answers(grey_wanted, Revealed(7, colour))
    assert not answers(grey_wanted, Examined(7, SEEN))
    assert not answers(grey_wanted, Ready(SandboxLevel.WALLED))


@given(REQUESTS)
def test_readiness_answers_nothing(request_: Request):
    assert not answers(request_, Ready(SandboxLevel.WALLED))
