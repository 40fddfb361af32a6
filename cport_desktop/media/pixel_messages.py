"""What is said between the program and a confined child, as types. `pixel_protocol` writes it down."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaKind,
    OptionalFormat,
    Picture,
    RevealLevel,
)
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, Step
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.media.bounds import THUMBNAIL_SIDE
from cport_desktop.media.sandbox import SandboxLevel

Formats = frozenset[OptionalFormat]

# Requests that a file follows ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecogniseRequest:
    """Say what a file is, by its first `size` bytes."""

    serial: int
    size: int


@dataclass(frozen=True, slots=True)
class ExamineRequest:
    """Describe a file of `size` bytes."""

    serial: int
    size: int
    formats: Formats = frozenset()


@dataclass(frozen=True, slots=True)
class RevealRequest:
    """Show a file of `size` bytes; `audit_sequence` is the entry that allows it, from 1."""

    serial: int
    size: int
    level: RevealLevel
    audit_sequence: int
    formats: Formats = frozenset()


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Keep a file of `size` bytes open; its frames are wanted at `level`, within `box`."""

    serial: int
    size: int
    level: RevealLevel
    audit_sequence: int
    box: tuple[int, int]
    formats: Formats = frozenset()


@dataclass(frozen=True, slots=True)
class RedrawRequest:
    """Draw the picture of a file of `size` bytes anew, black where a rectangle lies, as a file of its
    own; `audit_sequence` is the entry that says so, from 1.
    """

    serial: int
    size: int
    audit_sequence: int
    rectangles: tuple[Rectangle, ...]
    formats: Formats = frozenset()


FileRequest = RecogniseRequest | ExamineRequest | RevealRequest | OpenRequest | RedrawRequest

# Requests about the file that is open ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FrameRequest:
    serial: int
    at_ms: int
    step: Step


@dataclass(frozen=True, slots=True)
class StripRequest:
    """At most `count` small keyframes over the whole length."""

    serial: int
    count: int


@dataclass(frozen=True, slots=True)
class SoundRequest:
    """`audit_sequence` is the entry that allows to listen; that of the look is another one."""

    serial: int
    audit_sequence: int
    start_ms: int
    length_ms: int


OpenFileRequest = FrameRequest | StripRequest | SoundRequest
Request = FileRequest | OpenFileRequest

# Answers ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """The child is confined to this level and waits."""

    level: SandboxLevel


@dataclass(frozen=True, slots=True)
class Progressed:
    """The work on a request has come so far; `permille` grows. No answer yet: one follows."""

    serial: int
    permille: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the file is to be decoded as; `is_last` as below."""

    serial: int
    kind: MediaKind
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """`is_last`: the child is worn out and will answer nothing more."""

    serial: int
    examination: Examination
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Revealed:
    """`picture` is None where the file cannot be shown."""

    serial: int
    picture: Picture | None
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is to see and hear; or why there is nothing."""

    serial: int
    moving: Moving | CannotShow
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class FrameShown:
    """`frame` is None behind either end."""

    serial: int
    frame: MovingFrame | CannotShow | None
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class StripShown:
    serial: int
    frames: tuple[MovingFrame, ...]
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """`sound` is None behind the end, and where there is none."""

    serial: int
    sound: Sound | CannotShow | None
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Redrawn:
    """`file` is a PNG, which this program never decodes by itself; or why there is none."""

    serial: int
    file: bytes | CannotShow
    is_last: bool = False


Answer = (
    Ready
    | Progressed
    | Recognised
    | Examined
    | Revealed
    | Opened
    | FrameShown
    | StripShown
    | Heard
    | Redrawn
)


def answers(  # noqa: PLR0911 - one a message
    request: Request, answer: Answer, level: RevealLevel | None = None
) -> bool:
    """`answer` is one to `request`: same serial, same verb, no more pixels than asked for.

    `level`: the one at which a file is open, if the request is about it.
    """
    if isinstance(answer, Ready | Progressed) or answer.serial != request.serial:
        return False
    match request, answer:
        case (RecogniseRequest(), Recognised()) | (ExamineRequest(), Examined()):
            return True
        case (OpenRequest(), Opened()) | (SoundRequest(), Heard()) | (RedrawRequest(), Redrawn()):
            return True
        case RevealRequest(), Revealed(picture=picture):
            return picture is None or _fits(picture, request.level)
        case FrameRequest(), FrameShown(frame=frame):
            return not isinstance(frame, MovingFrame) or _fits(frame.picture, level)
        case StripRequest(), StripShown(frames=frames):
            return len(frames) <= request.count and all(_fits(f.picture, level) for f in frames)
        case _:
            return False


_IN_COLOUR = frozenset({RevealLevel.BLURRED_COLOUR, RevealLevel.FULL})


def _fits(picture: Picture, level: RevealLevel | None) -> bool:
    if level is None or picture.channels != (3 if level in _IN_COLOUR else 1):
        return False
    is_small = max(picture.width, picture.height) <= THUMBNAIL_SIDE
    return is_small or level is not RevealLevel.SMALL_GREY
