"""What somebody types to search the register."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cport_desktop.domain.disclosure import DisclosureKind
from cport_desktop.errors import ValueUnknown
from cport_desktop.vault.disclosure_text import wanted_by
from cport_desktop.vault.disclosures import EVERYTHING, Wanted

DIGEST = "ab" * 32


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", EVERYTHING),
        ("  example   court ", Wanted(text="example court")),
        ("hl-884179", Wanted(item=("report", "HL-884179"))),
        ("M-20417", Wanted(item=("media", "M-20417"))),
        (DIGEST.upper(), Wanted(sha256=DIGEST)),
        ("kind:hash-list court", Wanted(kind=DisclosureKind.HASH_LIST, text="court")),
        (
            "since:2026-05-01 until:2026-06-01T12:00:00+02:00",
            Wanted(
                since=datetime(2026, 5, 1, tzinfo=UTC), until=datetime(2026, 6, 1, 10, tzinfo=UTC)
            ),
        ),
        ("clause:4", Wanted(text="clause:4")),
    ],
)
def test_what_is_typed_is_what_is_wanted(typed: str, wanted: Wanted) -> None:
    assert wanted_by(typed) == wanted


@pytest.mark.parametrize("typed", ["kind:letter", "since:soon", "until:2026-13-01"])
def test_a_kind_or_a_day_that_there_is_not_is_refused(typed: str) -> None:
    with pytest.raises(ValueUnknown):
        wanted_by(typed)
