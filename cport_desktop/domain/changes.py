"""What kinds of things a use case changed: a view refreshes if that touches it."""

from __future__ import annotations

from enum import Flag, auto


class Changes(Flag):
    NOTHING = 0
    REPORTS = auto()
    MEDIA = auto()
    HOTLINES = auto()
    OPERATIONS = auto()
    ENROLMENT = auto()
    AUDIT = auto()
    DISCLOSURES = auto()
    WORK = auto()
    """Cases, notes, tags, flags and tasks."""
