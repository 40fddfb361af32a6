"""Records of who registered a domain: what is taken out of them, and that nothing in them does harm."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.enclosure import LARGEST_RECORD, Contact, RegistrationEvent
from cport_desktop.errors import MalformedMessage, MessageTooLarge
from cport_desktop.formats.registration_record import (
    LONGEST,
    MOST,
    parse_rdap,
    parse_whois,
    text_of,
)
from tests.rdap_records import a_record, card

SITE = "site.example"


def test_a_record_says_who_sold_the_domain_when_and_whom_to_write_to() -> None:
    found = parse_rdap(a_record(SITE))
    assert (found.name, found.handle, found.registrar) == (SITE, "D-17", "Example Registrar")
    assert found.statuses == ("active", "client transfer prohibited")
    assert found.events[0] == RegistrationEvent("registration", "2020-01-01T00:00:00Z")
    assert found.name_servers == ("ns1.host.example",)
    assert found.abuse == Contact("Misuse Desk", "abuse@registrar.example", "+1.5550100")


def test_what_a_record_leaves_out_is_not_there() -> None:
    bare = json.dumps({"objectClassName": "domain", "ldhName": "n\u00e4me.example."}).encode()
    found = parse_rdap(b"\xef\xbb\xbf" + bare)
    assert found.name == "xn--nme-qla.example"
    assert (found.registrar, found.abuse, found.events) == ("", None, ())


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"[]",
        b"{}",
        b"<html>",
        b'{"objectClassName":"ip network","ldhName":"site.example"}',
        b'{"objectClassName":"domain","ldhName":""}',
        b'{"objectClassName":"domain","ldhName":17}',
        b'{"objectClassName":"domain","ldhName":"a.example","ldhName":"b.example"}',
        b'{"objectClassName":"domain","ldhName":"a.example","x":' + b"[" * 99 + b"]" * 99 + b"}",
        b'{"objectClassName":"domain","ldhName":"a.example","x":"\xff"}',
    ],
)
def test_what_is_no_record_of_a_domain_is_refused(record: bytes) -> None:
    with pytest.raises(MalformedMessage):
        parse_rdap(record)


def test_what_is_greater_than_any_record_is_refused_unread() -> None:
    for read in (parse_rdap, parse_whois):
        with pytest.raises(MessageTooLarge):
            read(b" " * (LARGEST_RECORD + 1))


def test_what_a_stranger_fills_is_bounded() -> None:
    long = "x" * 1_000
    entity: dict[str, object] = {"roles": ["abuse"], "vcardArray": card(("fn", long))}
    for _ in range(8):
        entity = {"roles": [], "entities": [entity]}
    found = parse_rdap(
        a_record(SITE, status=[long] * 100, handle=long, entities=[entity], events=[{}] * 100)
    )
    assert len(found.statuses) == len(found.events) == MOST
    assert {len(text) for text in (*found.statuses, found.handle)} == {LONGEST}
    assert found.abuse is None, "as deep as that nobody hides a contact"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4),
        max_leaves=12,
    )
)
def test_no_card_breaks_it(card_of_a_stranger: object) -> None:
    entity = {"roles": ["abuse", "registrar"], "vcardArray": ["vcard", card_of_a_stranger]}
    found = parse_rdap(a_record(SITE, entities=[entity]))
    assert found.name == SITE


def test_whois_is_text_of_either_of_two_encodings() -> None:
    assert parse_whois("Domain: näme.example\r\n".encode()).startswith("Domain: näme")
    assert parse_whois("Name: Bücher".encode("latin-1")) == "Name: Bücher"
    for nothing in (b"", b" \r\n", b"a\0b"):
        with pytest.raises(MalformedMessage):
            parse_whois(nothing)
    assert text_of(b"\xef\xbb\xbfa") == "a"
