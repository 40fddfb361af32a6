"""What is said between the program and a confined child, as types. `pixel_protocol` writes it down."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.media_item import Examination, Picture, RevealLevel


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


Request = ExamineRequest | RevealRequest


@dataclass(frozen=True, slots=True)
class Ready:
    """The child is confined and waits."""


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


Answer = Ready | Examined | Revealed


def answers(request: Request, answer: Answer) -> bool:
    """`answer` is one to `request`: same serial, same verb, no more pixels than asked for."""
    match request, answer:
        case ExamineRequest(), Examined():
            return answer.serial == request.serial
        case RevealRequest(), Revealed(picture=None):
            return answer.serial == request.serial
        case RevealRequest(), Revealed(picture=Picture(channels=channels)):
            wanted = 3 if request.level is RevealLevel.FULL else 1
            return answer.serial == request.serial and channels == wanted
        case _:
            return False
