"""What something is about is printed so that a person can type it, and read back as it was."""

from __future__ import annotations

import pytest

from cport_desktop.domain.about import About, AboutKind, about_named, case_number, of_domain
from cport_desktop.domain.kept_text import LONGEST_NOTE, one_line, some_lines
from cport_desktop.errors import KeptTextUnfit

DIGEST = "0f" * 32


@pytest.mark.parametrize(
    ("about", "printed"),
    [
        (About(AboutKind.REPORT, 17), "HL-17"),
        (About(AboutKind.MEDIA, 5), "M-5"),
        (About(AboutKind.CASE, 3), "C-3"),
        (About(AboutKind.HOTLINE, 12), "hotline:12"),
        (About(AboutKind.CONTENT, DIGEST), DIGEST),
        (About(AboutKind.DOMAIN, "files-1.name.example"), "files-1.name.example"),
        (About(AboutKind.DOMAIN, "192.0.2.7"), "192.0.2.7"),
    ],
)
def test_a_thing_is_printed_and_read_back(about: About, printed: str) -> None:
    assert str(about) == printed
    assert about_named(printed) == about


def test_people_type_in_their_own_way() -> None:
    assert about_named(" hl-17 ") == about_named("17") == About(AboutKind.REPORT, 17)
    assert about_named(DIGEST.upper()) == About(AboutKind.CONTENT, DIGEST)
    assert about_named("Name[.]Example") == of_domain("name.example")
    assert (case_number("C-12"), case_number("12"), case_number("c-12")) == (12, 12, 12)


@pytest.mark.parametrize("text", ["", "HL-", "M-x", "C-x", "a word", "9" * 40, "name", "-.example"])
def test_what_names_nothing_is_none(text: str) -> None:
    assert about_named(text) is None


def test_a_name_is_one_line_without_what_nobody_sees() -> None:
    assert one_line(" two \n words ", what="tag", limit=60) == "two words"
    turned = one_line("a\u202eb", what="tag", limit=60)
    assert turned == "a b"


def test_a_note_keeps_its_lines_and_has_a_bound() -> None:
    assert some_lines("one\r\n two\n\n", what="note", limit=60) == "one\n two"
    with pytest.raises(KeptTextUnfit) as refused:
        some_lines("x" * 1_000_000, what="note", limit=LONGEST_NOTE)
    assert refused.value.facts == {"what": "note", "length": 1_000_000, "limit": LONGEST_NOTE}
    with pytest.raises(KeptTextUnfit):
        some_lines(" \n ", what="note", limit=60)
