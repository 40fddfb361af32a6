"""Drafts as bytes: JSON of the types of `domain.draft`, each kind of place its own type.

What a later version wrote and this one cannot read is None, never an error: a window must open
whatever it remembers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from cport_desktop.domain.draft import (
    AskedFields,
    DraftContent,
    DraftKind,
    EnrolmentFields,
    HoldFields,
    NoteFields,
    PackageFields,
    RedactionFields,
    TableLayout,
    Typed,
    WindowStand,
)
from cport_desktop.domain.preferences import Preferences


def print_draft(content: DraftContent) -> bytes:
    """What `parse_draft` reads back."""
    return msgspec.json.encode(content)


_TYPES: Final[Mapping[DraftKind, type[DraftContent]]] = {
    DraftKind.WINDOW: WindowStand,
    DraftKind.PACKAGE: PackageFields,
    DraftKind.ENROLMENT: EnrolmentFields,
    DraftKind.TAKEDOWN_HOLD: HoldFields,
    DraftKind.NOTE: NoteFields,
    DraftKind.NEW_CASE: AskedFields,
    DraftKind.CASE_CHANGE: AskedFields,
    DraftKind.CASE_CLOSE: AskedFields,
    DraftKind.CASE_REOPEN: AskedFields,
    DraftKind.CASE_QUERY: AskedFields,
    DraftKind.TASK: AskedFields,
    DraftKind.REDACTION: RedactionFields,
    DraftKind.LAYOUT: TableLayout,
    DraftKind.PREFERENCES: Preferences,
}
"""What is written at the other places is `Typed`."""


def parse_draft(kind: DraftKind, stored: bytes) -> DraftContent | None:
    """What was kept at a place of that kind."""
    try:
        return msgspec.json.decode(stored, type=_TYPES.get(kind, Typed))
    except (msgspec.DecodeError, RecursionError):
        return None
