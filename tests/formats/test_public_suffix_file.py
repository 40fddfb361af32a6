"""The Public Suffix List as a file: what is none is refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.errors import SuffixListUnreadable
from cport_desktop.formats.public_suffix_file import LONGEST, parse_suffixes
from cport_desktop.words import suffixes as words

WHOLE = (
    "// VERSION: 2026-01-31_08-00-00_UTC\n"
    "// ===BEGIN ICANN DOMAINS===\ntest\nco.test\n// ===END ICANN DOMAINS===\n"
    "// ===BEGIN PRIVATE DOMAINS===\npages.test\n// ===END PRIVATE DOMAINS===\n"
)


def test_a_whole_list_is_read_with_its_version() -> None:
    found = parse_suffixes(WHOLE.encode())
    assert found.version == "2026-01-31_08-00-00_UTC"
    assert found.rules == {"test", "co.test", "pages.test"}
    assert found.private == {"pages.test"}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", words.NO_DIVISIONS),
        ("<!DOCTYPE html>", words.no_rule(1)),
        (WHOLE.replace("PRIVATE", "OTHER"), words.no_rule(7)),
        (WHOLE.partition("// ===END PRIVATE")[0], words.NO_DIVISIONS),
        (WHOLE.replace("VERSION", "EDITION"), words.NO_VERSION),
        (WHOLE.replace("2026-01-31", "someday"), words.NO_VERSION),
        (WHOLE.replace("co.test", "co..test"), words.no_rule(4)),
        (WHOLE.replace("co.test", "*co.test"), words.no_rule(4)),
        (WHOLE.replace("co.test", "a" * 300), words.no_rule(4)),
        (WHOLE.replace("co.test", "192.0.2.1/24"), words.no_rule(4)),
    ],
)
def test_what_is_no_whole_list_is_refused_with_the_reason(text: str, cause: str) -> None:
    with pytest.raises(SuffixListUnreadable) as refused:
        parse_suffixes(text.encode())
    assert refused.value.facts["cause"] == cause


def test_what_is_no_text_or_endless_is_refused() -> None:
    with pytest.raises(SuffixListUnreadable):
        parse_suffixes(b"\xff\xfe\x00")
    with pytest.raises(SuffixListUnreadable):
        parse_suffixes(b"/" * (LONGEST + 1))


@given(st.binary(max_size=400))
def test_no_bytes_do_more_than_be_refused(untrusted: bytes) -> None:
    with pytest.raises(SuffixListUnreadable):
        parse_suffixes(untrusted)
