"""Which part of a name somebody registered, by the rules of the Public Suffix List."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.hosts import normalised_host
from cport_desktop.domain.public_suffixes import NO_LIST
from cport_desktop.domain.suggested_domain import DomainRule, domain_refusal
from cport_desktop.formats.public_suffix_file import parse_suffixes
from cport_desktop.settings import Settings

LIST = parse_suffixes(
    """
// VERSION: 2026-01-31_08-00-00_UTC
// ===BEGIN ICANN DOMAINS===
// comments and blanks mean nothing

test
co.test            what stands behind a blank is no part of the rule
*.wild.test
!city.wild.test
*.example
!kept.example
公司.test
// ===END ICANN DOMAINS===
// ===BEGIN PRIVATE DOMAINS===
pages.test
a.deep.pages.test
*.rooms.test
// ===END PRIVATE DOMAINS===
""".encode()
)
BUNDLED = parse_suffixes(
    (Settings().resources / "suffixes" / "public_suffix_list.dat").read_bytes()
)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        # One label, listed and not.
        ("test", None),
        ("unlisted", None),
        # A rule of one label.
        ("name.test", "name.test"),
        ("b.name.test", "name.test"),
        ("a.b.name.test", "name.test"),
        # No rule: `*`.
        ("name.unlisted", "name.unlisted"),
        ("b.name.unlisted", "name.unlisted"),
        # A rule of two labels.
        ("co.test", None),
        ("name.co.test", "name.co.test"),
        ("a.b.name.co.test", "name.co.test"),
        # Wildcards, and what is excepted from them.
        ("wild.test", "wild.test"),
        ("c.wild.test", None),
        ("b.c.wild.test", "b.c.wild.test"),
        ("a.b.c.wild.test", "b.c.wild.test"),
        ("city.wild.test", "city.wild.test"),
        ("www.city.wild.test", "city.wild.test"),
        ("c.example", None),
        ("b.c.example", "b.c.example"),
        ("kept.example", "kept.example"),
        ("www.kept.example", "kept.example"),
        # A deep rule beneath names that are ruled otherwise.
        ("name.pages.test", "name.pages.test"),
        ("deep.pages.test", "deep.pages.test"),
        ("a.deep.pages.test", None),
        ("b.a.deep.pages.test", "b.a.deep.pages.test"),
        # A-labels, which the U-labels of the list became.
        ("xn--55qx5d.test", None),
        ("www.xn--55qx5d.test", "www.xn--55qx5d.test"),
        ("xn--85x722f.xn--55qx5d.test", "xn--85x722f.xn--55qx5d.test"),
    ],
)
def test_the_longest_rule_decides_and_exceptions_beat_all(host: str, domain: str | None) -> None:
    assert LIST.registrable(host) == (domain or host)
    assert LIST.is_suffix(host) is (domain is None)


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7", "[2001:db8::7]", ""])
def test_an_address_stands_for_itself(host: str) -> None:
    assert LIST.registrable(host) == NO_LIST.registrable(host) == host


@pytest.mark.parametrize(
    ("host", "shared"),
    [
        ("name.pages.test", "pages.test"),
        ("www.name.pages.test", "pages.test"),
        ("b.a.deep.pages.test", "a.deep.pages.test"),
        ("name.room.rooms.test", "room.rooms.test"),
        ("pages.test", None),
        ("name.co.test", None),
        ("name.test", None),
        ("b.c.wild.test", None),
    ],
)
def test_a_host_under_which_strangers_register_is_told(host: str, shared: str | None) -> None:
    assert LIST.shared_suffix(host) == shared


@pytest.mark.parametrize(
    ("host", "domain"),
    [("a.b.name.example", "name.example"), ("name.test", "name.test"), ("single", "single")],
)
def test_without_a_list_a_domain_has_two_labels_and_the_bundled_one_says_so_of_reserved_names(
    host: str, domain: str
) -> None:
    assert NO_LIST.registrable(host) == domain
    assert BUNDLED.registrable(host) == domain


def test_the_bundled_list_is_dated_and_knows_suffixes_of_more_labels() -> None:
    assert BUNDLED.version == "2026-10-22_08-36-41_UTC"
    assert BUNDLED.is_suffix("co.uk")
    assert not BUNDLED.is_suffix("city.kawasaki.jp")
    assert BUNDLED.is_suffix("other.kawasaki.jp")
    assert BUNDLED.shared_suffix("name.github.io") == "github.io"
    assert len(BUNDLED.rules) > 9_000


LABELS = st.sampled_from(["a", "b", "test", "co", "wild", "city", "example", "kept", "pages"])


@given(st.lists(LABELS, min_size=1, max_size=6).map(".".join))
def test_a_registrable_domain_is_a_suffix_and_one_label(host: str) -> None:
    domain, suffix = LIST.registrable(host), LIST.suffix(host)
    assert host == suffix or domain.partition(".")[2] == suffix
    assert f".{host}".endswith(f".{domain}")
    assert LIST.registrable(domain) == domain


def test_a_packed_list_has_the_rules_of_the_whole_one() -> None:
    whole = Path("/usr/share/publicsuffix/public_suffix_list.dat")
    if not whole.exists():
        pytest.skip("no list of the system: apt-get install publicsuffix")
    lines = whole.read_text("utf-8").splitlines()
    rules = {line.split()[0] for line in lines if line and not line.startswith("//")}
    text = whole.read_text("utf-8").replace(
        "// ===BEGIN ICANN", "// VERSION: 2023-02-09_23-26-00_UTC\n// ===BEGIN ICANN", 1
    )
    found = parse_suffixes(text.encode())
    marked = {f"*.{name}" for name in found.wildcards} | {f"!{name}" for name in found.exceptions}
    assert {*found.rules, *marked} == {
        mark + normalised_host(rule[len(mark) :])
        for rule in rules
        for mark in ["*." if rule.startswith("*.") else "!" if rule.startswith("!") else ""]
    }


def test_what_takes_all_strangers_along_is_told() -> None:
    assert LIST.is_above_all("wild.test")
    assert not LIST.is_above_all("city.wild.test")
    assert LIST.suffix_beneath("deep.pages.test") == "a.deep.pages.test"
    assert LIST.suffix_beneath("name.test") is None
    refusals = {
        name: domain_refusal(name, is_synthetic=True, suffixes=LIST)
        for name in ("wild.test", "c.wild.test", "city.wild.test", "deep.pages.test", "rooms.test")
    }
    assert refusals == {
        "wild.test": DomainRule.SUFFIX,
        "c.wild.test": DomainRule.SUFFIX,
        "city.wild.test": None,
        "deep.pages.test": None,
        "rooms.test": DomainRule.SUFFIX,
    }
    for name in ("pages.test", "a.deep.pages.test", "x.rooms.test"):
        assert domain_refusal(name, is_synthetic=False, suffixes=LIST) is DomainRule.SUFFIX
    reserved = domain_refusal("name.pages.test", is_synthetic=False, suffixes=LIST)
    assert reserved is DomainRule.RESERVED


def hosts_of_every_rule() -> list[str]:
    """Each rule of the bundled list by itself, and names of one to three labels more beneath it."""
    wild = [f"x.{name}" for name in BUNDLED.wildcards]
    ends = [
        *BUNDLED.rules,
        *wild,
        *BUNDLED.wildcards,
        *BUNDLED.exceptions,
        "unlisted",
        "a.unlisted",
    ]
    return [f"{more}{end}" for end in ends for more in ("", "a.", "b.a.", "c.b.a.")]


def test_each_rule_means_to_us_what_it_means_to_another_reader() -> None:
    peer = pytest.importorskip(
        "publicsuffixlist", reason="no peer: pip install publicsuffixlist==1.1.2.20261023"
    )
    with (Settings().resources / "suffixes" / "public_suffix_list.dat").open(
        encoding="utf-8"
    ) as file:
        other = peer.PublicSuffixList(source=file, accept_unknown=True)
    hosts = hosts_of_every_rule()
    assert len(hosts) > 4 * len(BUNDLED.rules)
    differing = [
        (host, BUNDLED.registrable(host), BUNDLED.suffix(host))
        for host in hosts
        # The peer takes the name of a rule `*.name` for a suffix, which the algorithm does not; we refuse it
        # by itself.
        if not BUNDLED.is_above_all(host)
        and (other.privatesuffix(host) or host, other.publicsuffix(host))
        != (BUNDLED.registrable(host), BUNDLED.suffix(host))
    ]
    assert differing == []
