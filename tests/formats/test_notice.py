"""A notice as JSON and as text says what the register says, and nothing of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.domain.batch import ChangeKind
from cport_desktop.domain.disclosure import (
    Affected,
    AffectedId,
    DisclosedItem,
    DisclosureId,
    Handling,
)
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.notice import Notice, NoticedCopy
from cport_desktop.formats.notice_message import notice_text, on_one_line, print_notice

DOCUMENT = Path(__file__).parents[2] / "docs" / "formats" / "notice.md"
COPY = Affected(
    affected_id=AffectedId("A-1"),
    disclosure_id=DisclosureId("D-77aa01c2b3d4"),
    title="Synthetic series",
    left_at=datetime(2026, 4, 2, 8, 30, tzinfo=UTC),
    recipient="Unit A",
    kind="report",
    reference="HL-884179",
    change=ChangeKind.WITHDRAWN,
    revision_left=2,
    revision_now=None,
    changed_at=datetime(2026, 5, 16, 20, 11, tzinfo=UTC),
    heard_at=datetime(2026, 5, 17, tzinfo=UTC),
    reason="entered twice",
    handling=Handling.OPEN,
    note=None,
    notice=None,
)
FILE = DisclosedItem(
    "media",
    "M-20417",
    sha256="5f0c6b1e2d3a49588776655443322110aabbccddeeff00112233445566778899",
    within="HL-884179",
)
NOTICE = Notice(
    notice_id=DisclosureId("D-3b9f20c1a7d4"),
    made_at=datetime(2026, 5, 17, 12, tzinfo=UTC),
    nature=Nature.DEMO,
    agency="Example Agency",
    recipient="Unit A",
    copies=(
        NoticedCopy(
            COPY, "9d1f04d8a3c5f6b7e8d9c0b1a2938475665748392a1b0c9d8e7f60514233a4b5", (FILE,)
        ),
    ),
)


def with_copy(copy: Affected, *files: DisclosedItem, sha256: str | None = None) -> Notice:
    return replace(NOTICE, copies=(NoticedCopy(copy, sha256, files),))


def test_the_written_format_is_the_one_that_is_printed() -> None:
    text = DOCUMENT.read_text("utf-8")
    example = text.split("```json\n")[1].split("```")[0]
    assert print_notice(NOTICE).decode("ascii") == example


def test_the_text_says_the_same_as_the_json() -> None:
    text = notice_text(NOTICE)
    (copy,) = json.loads(print_notice(NOTICE))["copies"]
    for said in (copy["item"], copy["changedAt"], copy["title"], copy["fileSha256"]):
        assert said in text
    assert "HL-884179 was withdrawn on 2026-05-16T20:11:00Z. You have it in revision 2." in text
    assert "file: M-20417 (SHA-256 5f0c" in text
    assert "SYNTHETIC" in text
    assert "SYNTHETIC" not in notice_text(replace(NOTICE, nature=Nature.LIVE))


def test_a_correction_says_which_revision_they_have_and_which_stands() -> None:
    corrected = replace(COPY, change=ChangeKind.CORRECTED, revision_now=5)
    assert "You have it in revision 2; revision 5 stands." in notice_text(with_copy(corrected))
    unknown = replace(corrected, revision_left=None)
    assert "in a revision that was not noted; revision 5" in notice_text(with_copy(unknown))


def test_what_was_erased_here_since_is_said_to_be_so() -> None:
    erased = with_copy(replace(COPY, reason=None), replace(FILE, sha256=None))
    assert "file: M-20417 (erased here since, digest not kept)" in notice_text(erased)
    (copy,) = json.loads(print_notice(erased))["copies"]
    assert (copy["reason"], copy["files"]) == (None, [{"item": "M-20417", "sha256": None}])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_words_from_outside_add_a_line_or_obey_anything(
    reason: str, title: str, recipient: str
) -> None:
    foreign = replace(COPY, reason=f"x{reason}", title=title)
    said = notice_text(replace(with_copy(foreign, FILE), recipient=recipient))
    plain = notice_text(with_copy(foreign, FILE))
    assert len(said.split("\n")) == len(plain.split("\n"))
    assert all(character.isprintable() or character == "\n" for character in said)
    assert json.loads(print_notice(with_copy(foreign)))["copies"][0]["reason"] == f"x{reason}"


def test_a_line_is_a_line() -> None:
    assert on_one_line(" a\n\tb\u2028c\u202ed \r\n e\x00 ") == "a b c d e"
