"""What the window shows and orders of an enrolment: plain rows, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cport_desktop.domain.preparation import Confirmation


@dataclass(frozen=True, slots=True)
class BondLine:
    """To which portal the vault belongs. `has_address`: it knows where that is on the network;
    `has_stick`: it has keys for what is carried.
    """

    portal: str
    station: str
    agency: str
    since: datetime
    has_address: bool
    has_stick: bool


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request that is out and waits for its answer. `confirmed`: what was said to have happened
    before it was made.
    """

    made_at: datetime
    station: str
    agency: str
    confirmed: tuple[Confirmation, ...] = ()


@dataclass(frozen=True, slots=True)
class EnrolmentStanding:
    """How far enrolment has come."""

    bond: BondLine | None
    request: RequestLine | None


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who asks. `code` was handed over on paper; `confirmed` has happened between people."""

    code: str = field(repr=False)
    station: str
    agency: str
    confirmed: tuple[Confirmation, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestOrder:
    """A request to be carried. `is_replacing`: an earlier one that waits is given up."""

    introduction: Introduction
    path: Path
    is_replacing: bool = False


@dataclass(frozen=True, slots=True)
class NetworkOrder:
    """An enrolment by network. `authority`: the file with the portal's TLS authority."""

    introduction: Introduction
    url: str
    authority: Path
