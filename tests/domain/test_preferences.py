"""What an analyst wants holds as far as the machine allows it."""

from __future__ import annotations

import json

import pytest

from cport_desktop.domain.draft import THE_PREFERENCES, DraftKind, place_named
from cport_desktop.domain.preferences import (
    USUAL,
    Bounds,
    Preferences,
    lock_after,
    look_for,
)
from cport_desktop.formats.draft_record import parse_draft, print_draft

BOUNDS = Bounds(lock_after=240.0, look_for=6.0)


def test_nobody_keeps_a_window_open_or_looks_longer_than_the_machine_allows() -> None:
    assert (lock_after(USUAL, BOUNDS), look_for(USUAL, BOUNDS)) == (240.0, 6.0)
    shorter = Preferences(lock_after=60, look_for=2)
    assert (lock_after(shorter, BOUNDS), look_for(shorter, BOUNDS)) == (60, 2)
    longer = Preferences(lock_after=3_600, look_for=60)
    assert (lock_after(longer, BOUNDS), look_for(longer, BOUNDS)) == (240.0, 6.0)
    none = Preferences(lock_after=0, look_for=0)
    assert (lock_after(none, BOUNDS), look_for(none, BOUNDS)) == (30, 1)
    assert lock_after(none, Bounds(lock_after=10.0, look_for=6.0)) == 10.0


def test_they_are_read_back_as_they_were_kept_and_by_a_program_that_knows_fewer() -> None:
    wanted = Preferences(is_universal=True, is_compact=True, lock_after=60, begins_in_triage=True)
    assert parse_draft(DraftKind.PREFERENCES, print_draft(wanted)) == wanted
    later = b'{"is_compact":true,"hum":"softly"}'
    assert parse_draft(DraftKind.PREFERENCES, later) == Preferences(is_compact=True)
    assert place_named(THE_PREFERENCES.name) == THE_PREFERENCES


@pytest.mark.parametrize("number", [-5, 0, 29, 10**40], ids=str)
def test_a_number_that_nobody_could_have_chosen_is_kept_within_bounds(number: int) -> None:
    stored = json.dumps({"lock_after": number, "look_for": number}).encode()
    kept = parse_draft(DraftKind.PREFERENCES, stored)
    assert isinstance(kept, Preferences)
    assert 30 <= lock_after(kept, BOUNDS) <= 240
    assert 1 <= look_for(kept, BOUNDS) <= 6


@pytest.mark.parametrize("kind", list(DraftKind))
@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"lock_after":"soon","columns":3,"page":"x","text":7,"typed":[],"title":1,"portal":1}',
        b'{"is_compact":2,"columns":[7],"page":1.5,"text":[],"until":3,"code":{},"title":{}}',
        b'{"hum":' + b"[" * 200_000,
        b'{"hum":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    ],
    ids=["none", "no text", "a list", "words", "numbers", "deep and cut", "deep"],
)
def test_what_cannot_be_read_is_as_if_nothing_was_kept(kind: DraftKind, stored: bytes) -> None:
    """A window opens whatever it remembers."""
    assert parse_draft(kind, stored) in (None, parse_draft(kind, b"{}"))
