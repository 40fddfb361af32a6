"""Text from outside is shown as it is stored, and nobody can open it by accident."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.domain.about import of_domain
from cport_desktop.domain.case import CaseItem
from cport_desktop.formats import taxonomies
from cport_desktop.ui.models.case_columns import item_columns
from cport_desktop.ui.models.worst_columns import candidate_columns
from cport_desktop.ui.plain_text import (
    defanged,
    in_parts,
    narrow_words,
    one_line,
    plain_tip,
    visible,
)
from cport_desktop.ui.widgets.address_line import AddressLine
from cport_desktop.ui.widgets.facts import FactGrid
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.wrapped_text import WrappedText
from tests.ui.synthetic_desk import NOON, RESOURCES
from tests.ui.synthetic_working import OWN
from tests.ui.synthetic_worst import a_candidate

STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@given(st.text(max_size=60))
def test_nothing_hidden_or_steering_is_left(text: str) -> None:
    shown = one_line(text)
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [c for c in shown if unicodedata.category(c) in hidden]


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_honest_text_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text(alphabet="ab \n", max_size=80), st.integers(min_value=2, max_value=9))
def test_a_long_text_is_shown_in_parts_of_which_none_is_missing(text: str, longest: int) -> None:
    parts = list(in_parts(text, longest=longest))
    assert all(len(part) <= longest for part in parts)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert sum(part.count("\n") for part in parts) + len(parts) - 1 >= text.count("\n")


def test_what_turns_text_around_is_written_out() -> None:
    assert visible("photo\u202egpj.exe") == "photo<U+202E>gpj.exe"
    assert all(visible(mark) == f"<U+{ord(mark):04X}>" for mark in STEERING)


@pytest.mark.parametrize(
    ("url", "domain", "parts"),
    [
        (
            "https://files.a.example/x.jpg?y=b.c",
            "a.example",
            ("hxxps://files[.]", "a[.]example", "/x.jpg?y=b.c"),
        ),
        (
            "http://bank.example@evil.test/x",
            "evil.test",
            ("hxxp://bank[.]example@", "evil[.]test", "/x"),
        ),
        ("http://192.0.2.7:8080/x", None, ("hxxp://", "192[.]0[.]2[.]7", ":8080/x")),
        ("http://[2001:db8::1]/x", None, ("hxxp://[", "2001:db8::1", "]/x")),
        ("https://bücher.test/x", None, ("hxxps://", "xn--bcher-kva[.]test", "/x")),
        ("no url at all.", None, ("", "", "no url at all[.]")),
    ],
)
def test_a_url_is_defanged_and_its_domain_set_off(
    url: str, domain: str | None, parts: tuple[str, str, str]
) -> None:
    shown = defanged(url, domain)
    assert (shown.before, shown.domain, shown.after) == parts


@given(st.text(max_size=80))
def test_no_text_whatever_defangs_into_something_that_opens(text: str) -> None:
    shown = defanged(f"https://{text}").text.lower()
    assert not shown.startswith(("http://", "https://"))


def test_rich_text_stays_plain_on_a_label_and_in_a_hover(qtbot: QtBot) -> None:
    label = PlainLabel("<b>x</b><img src='file:///etc/hostname'>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>x</b><img src='file:///etc/hostname'>"
    assert "<b>" not in plain_tip("<b>x</b>")


def test_an_address_is_read_aloud_and_copied_defanged(qtbot: QtBot) -> None:
    line = AddressLine("https://files.a.example/x", "a.example")
    qtbot.addWidget(line)
    line.show()
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert line.accessibleName() == "hxxps://files[.]a[.]example/x"
    assert QGuiApplication.clipboard().text() == "hxxps://files[.]a[.]example/x"


def test_a_fact_with_a_word_longer_than_its_pane_is_shown_whole(qtbot: QtBot) -> None:
    word = "hxxps://" + "fjord-" * 20 + "end"
    grid = FactGrid([("Referrer", f"two words and {word}"), ("Memo", "short words only")])
    qtbot.addWidget(grid)
    grid.resize(260, 200)
    grid.show()
    (told,) = grid.findChildren(WrappedText)
    ink = QFontMetrics(told.face()).horizontalAdvance(told.text())
    lines = told.height() // QFontMetrics(told.face()).height()
    assert told.text().endswith("end")
    assert told.width() < ink <= told.width() * lines


def test_a_long_address_takes_the_lines_it_needs(qtbot: QtBot) -> None:
    short, long = AddressLine("https://a.example/"), AddressLine("https://a.example/" + "x" * 400)
    for line in (short, long):
        qtbot.addWidget(line)
        line.resize(300, 20)
        line.show()
    assert long.height() > 3 * short.height()


def test_no_table_gives_a_domain_away_as_it_is_unless_that_is_asked_for() -> None:
    taxonomy = taxonomies.load(RESOURCES / "taxonomies" / "iccam-v3.json")
    item = CaseItem(of_domain("files-1.example"), OWN, NOON, "files-1.example")
    told = [column.copied for column in item_columns(taxonomy)[:2]]
    texts = [(copied(item, False), copied(item, True)) for copied in told if copied is not None]
    (domain,) = (each.copied for each in candidate_columns() if each.name == "domain")
    assert domain is not None
    texts.append((domain(a_candidate(1), False), domain(a_candidate(1), True)))
    assert texts == [("files-1[.]example", "files-1.example")] * 3


def test_a_word_that_would_widen_a_pane_keeps_both_ends() -> None:
    key = "age1" + "q" * 54 + "wxyz"
    told = narrow_words(f"{key}: package, left")
    assert told == "age1qqqqqqqqq…qqqqqqqqwxyz: package, left"
    assert narrow_words("nothing long here") == "nothing long here"
