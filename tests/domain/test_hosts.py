"""Host names: found in URLs, made harmless, and looked at with suspicion."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.hosts import (
    HostFlag,
    defanged,
    host_of,
    is_address,
    look_at,
    normalised_host,
    refanged,
    visible,
)
from cport_desktop.domain.public_suffixes import NO_LIST


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Files-417.Example/a", "files-417.example"),
        ("http://user:word@a.b.test:8080/x?y", "a.b.test"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://[2001:db8::7]/x", "2001:db8::7"),
        ("https://name.example./", "name.example"),
        ("not a url", ""),
        ("http://[broken", ""),
    ],
)
def test_the_host_of_a_url_is_lower_case_and_in_a_labels(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_defanged_url_is_followed_by_no_program_and_can_be_restored() -> None:
    url = "https://files-417.example/a.b/c"

    assert defanged(url) == "hxxps://files-417[.]example/a.b/c"
    assert refanged(defanged(url)) == url


@pytest.mark.parametrize(
    ("host", "flags"),
    [
        ("plain.example", ()),
        ("xn--bcher-kva.example", (HostFlag.PUNYCODE,)),
        ("p\u0430ge.example", (HostFlag.MIXED_SCRIPTS,)),
        ("a\u202eb.example", (HostFlag.BIDI_CONTROL,)),
        ("a\u200bb.example", (HostFlag.INVISIBLE,)),
        ("192.0.2.7", (HostFlag.ADDRESS,)),
        ("\u0441\u0430\u0439\u0442.example", ()),
        ("\u65e5\u672c\u306e\u30b5\u30a4\u30c8.example", ()),
    ],
)
def test_what_is_suspicious_about_a_host_is_named(host: str, flags: tuple[HostFlag, ...]) -> None:
    assert look_at(host).flags == flags


def test_a_control_that_turns_the_text_around_is_written_out() -> None:
    assert look_at("a\u202eb.example").unicode == "a<U+202E>b.example"


@given(st.text())
def test_nothing_hidden_is_left_in_what_is_shown(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert not set(visible(text)) & set("\u202e\u200b\u0000\n")


@given(st.text())
def test_no_text_whatever_makes_looking_at_a_host_fail(text: str) -> None:
    look_at(text)
    defanged(text)
    NO_LIST.registrable(host_of(f"https://{text}/"))


@given(
    st.one_of(
        st.ip_addresses().map(str),
        st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
        st.text("0123456789abcdef.:[]%\u0663", max_size=20),
        st.text(max_size=12),
    )
)
def test_whatever_can_be_read_as_an_address_is_one(host: str) -> None:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # A name with a colon is none, and one whose last label is a number is an address to browsers.
        assert not is_address(host) or ":" not in host
    else:
        assert is_address(host)


@given(
    st.lists(
        st.integers(0, 2**32 - 1).flatmap(
            lambda number: st.sampled_from([f"{number}", f"0{number:o}", f"0x{number:x}", "0X1F"])
        ),
        min_size=1,
        max_size=4,
    ).map(".".join)
)
def test_what_the_system_takes_for_an_address_is_one_in_any_spelling(host: str) -> None:
    try:
        socket.inet_aton(host)
    except OSError:
        return
    assert is_address(host)
    assert NO_LIST.registrable(host) == host


@pytest.mark.parametrize(
    "host",
    [
        "3221225985",
        "0xc0000201",
        "030000001001",
        "0300.0.2.1",
        "0xc0.0.2.0x1",
        "192.0.513",
        "192.0.2.1.",
        "192.0.2.1.5",
        "name.192",
        "name.0x",
        "fe80::1%eth0",
        "[fe80::1%25eth0]",
        "::ffff:192.0.2.1",
        "::ffff:c000:201",
        "[2001:db8::1]",
    ],
)
def test_an_address_in_disguise_is_one(host: str) -> None:
    assert is_address(host)


@pytest.mark.parametrize(
    "host", ["", "a", "name.a1", "1.name", "0x1.name", "name.1a", "a:1", "\u0663"]
)
def test_a_name_with_digits_is_no_address(host: str) -> None:
    assert not is_address(host)


def test_a_final_full_stop_of_any_script_falls_away() -> None:
    for stop in (".", "\u3002", "\uff0e", "\uff61"):
        assert normalised_host(f"n\u00e4me.example{stop}") == "xn--nme-qla.example"
    assert normalised_host("\uff11\uff19\uff12\uff0e\uff10.2.1") == "192.0.2.1"


@given(
    st.one_of(
        st.from_regex(r"[a-z0-9+.-]{1,4}://?[a-zA-Z0-9.%@:\[\]\t \xfc-]{0,9}[/?#\n]?.{0,3}"),
        st.from_regex(r"https://[a-z0-9.-]+([/?#:].{0,4})?"),
    )
)
def test_a_plain_url_has_the_host_that_the_parser_finds(url: str) -> None:
    # With a blank before it, it is none that can be told at a glance.
    assert host_of(url) == host_of(f" {url}")
