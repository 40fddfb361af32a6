"""Tables: exact enough to work with, harmless in a spreadsheet, no link in them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.rows import Dossier
from cport_desktop.exports.tables import HEADER, defanged, neutral, print_reports
from tests.exports.synthetic import dossier, taxonomy


def printed(*reports: Dossier) -> bytes:
    return b"".join(print_reports(reports, taxonomy()))


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  ="]
)
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"


@given(st.text(max_size=40))
def test_other_text_is_left_alone_and_no_field_begins_like_a_formula(text: str) -> None:
    assert neutral(text).removeprefix("'") == text.removeprefix("'")
    assert not neutral(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_hostile_address_stays_one_neutral_field() -> None:
    table = printed(dossier(1, url='=cmd|"x";http://a.example\r\n')).decode()
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert rows[0] == list(HEADER)
    assert len(rows) == 3
    assert rows[1][2].startswith("'=cmd")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.b.example/x.y?z=1.2", "hxxps://a[.]b[.]example/x.y?z=1.2"),
        ("http://192.0.2.1:8080", "hxxp://192[.]0[.]2[.]1:8080"),
        ("ftp://a.example/", "ftp://a[.]example/"),
        ("a.example/x", "a[.]example/x"),
    ],
)
def test_addresses_cannot_be_followed(url: str, shown: str) -> None:
    assert defanged(url) == shown


def test_unknown_codes_are_shown_as_codes() -> None:
    assert b'"code 2019"' not in printed(dossier(1))
    assert b'"Image host"' in printed(dossier(1))
