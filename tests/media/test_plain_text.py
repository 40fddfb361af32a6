from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.media.plain_text import is_plain, plain_text


def test_what_would_make_a_line_read_as_something_else_is_seen_to_have_been_there():
    assert plain_text("film\u202egpj.exe", limit=50) == "film\ufffdgpj.exe"
    assert plain_text("a\u200bb\x1b[31mc\ud800", limit=50) == "a\ufffdb\ufffd[31mc\ufffd"


def test_lines_become_one():
    assert plain_text("  one\r\n\ttwo \u2028 three ", limit=50) == "one two three"


def test_a_long_text_is_cut():
    assert plain_text("x" * 1_000_000, limit=20) == "x" * 20


@given(st.text(), st.integers(1, 60))
def test_the_result_is_plain_or_empty(untrusted: str, limit: int):
    text = plain_text(untrusted, limit=limit)
    assert text == "" or is_plain(text, limit=limit)
    assert len(text) <= limit
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in text)
    assert text.encode().decode() == text


def test_an_empty_or_a_longer_text_is_not_what_a_child_may_send():
    assert not is_plain("", limit=5)
    assert not is_plain("sixsix", limit=5)
    assert not is_plain("a\nb", limit=5)
