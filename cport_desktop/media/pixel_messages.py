"""What is said between the program and a confined child, as types. `pixel_protocol` writes it down."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.media_item import Examination, MediaKind, Picture, RevealLevel
from cport_desktop.media.sandbox import SandboxLevel


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


@dataclass(frozen=True, slots=True)
class RevealRequest:
    """Show a file of `size` bytes; `audit_sequence` is the entry that allows it, from 1."""

    serial: int
    size: int
    level: RevealLevel
    audit_sequence: int


Request = RecogniseRequest | ExamineRequest | RevealRequest


@dataclass(frozen=True, slots=True)
class Ready:
    """The child is confined to this level and waits."""

    level: SandboxLevel


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


Answer = Ready | Recognised | Examined | Revealed


def answers(request: Request, answer: Answer) -> bool:
    """`answer` is one to `request`: same serial, same verb, no more pixels than asked for."""
    if isinstance(answer, Ready) or answer.serial != request.serial:
        return False
    match request, answer:
        case (RecogniseRequest(), Recognised()) | (ExamineRequest(), Examined()):
            return True
        case RevealRequest(), Revealed(picture=None):
            return True
        case RevealRequest(), Revealed(picture=Picture(channels=channels)):
            return channels == (3 if request.level is RevealLevel.FULL else 1)
        case _:
            return False
