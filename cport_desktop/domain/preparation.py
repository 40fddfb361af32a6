"""What has to have happened between people before a vault may ask a portal to take it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import Actor


class Preparation(StrEnum):
    """In the order of the access procedure."""

    MEETING = "meeting"
    """A demo meeting with the national hotline and the portal's people."""
    PAPERS = "papers"
    """The papers, signed by the agency."""
    CONSENT = "consent"
    """Of the national hotline."""
    CODE = "code"
    """An enrolment code, handed over on paper."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody says that it has happened. `at`: when they said so, `by`: who."""

    what: Preparation
    at: datetime
    by: Actor
