"""Drafts as bytes: JSON of the types of `domain.draft`, each kind of place its own type.

What a later version wrote and this one cannot read is None, never an error: a window must open
whatever it remembers.
"""

from __future__ import annotations

import msgspec

from cport_desktop.domain.draft import (
    DraftContent,
    DraftKind,
    EnrolmentFields,
    HoldFields,
    PackageFields,
    Typed,
    WindowStand,
)


def print_draft(content: DraftContent) -> bytes:
    """What `parse_draft` reads back."""
    return msgspec.json.encode(content)


def parse_draft(kind: DraftKind, stored: bytes) -> DraftContent | None:
    """What was kept at a place of that kind."""
    try:
        match kind:
            case DraftKind.WINDOW:
                return msgspec.json.decode(stored, type=WindowStand)
            case DraftKind.PACKAGE:
                return msgspec.json.decode(stored, type=PackageFields)
            case DraftKind.ENROLMENT:
                return msgspec.json.decode(stored, type=EnrolmentFields)
            case DraftKind.TAKEDOWN_HOLD:
                return msgspec.json.decode(stored, type=HoldFields)
            case DraftKind.FEEDBACK | DraftKind.QUESTION | DraftKind.TAKEDOWN_LIFT | DraftKind.NOTE:
                return msgspec.json.decode(stored, type=Typed)
    except msgspec.DecodeError:
        return None
