"""The ICCAM dialect: what is read is printed as it was, and what is not of the dialect is refused."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import MalformedMessage, MessageTooLarge, UntrustedData
from cport_desktop.formats import taxonomies
from cport_desktop.formats.iccam import files
from cport_desktop.formats.iccam.codes import unknown_codes
from cport_desktop.formats.iccam.files import (
    parse_document,
    parse_file,
    print_document,
    print_file,
)
from cport_desktop.formats.iccam.shapes import (
    Document,
    GivenContent,
    GivenReport,
    SubmittedReport,
)
from cport_desktop.settings import Settings
from tests.formats.iccam_strategies import documents

SECRET = "secret-of-a-case"

CONTENT = {
    "contentId": 71,
    "reportId": 7,
    "assignedCountryCode": "NL",
    "countryAssignmentDate": "2026-03-01T12:00:00Z",
    "url": {"urlString": "https://pictures.example/7", "isSourceUrl": True},
    "assessments": [{"classification": 2}, {"classification": 1, "ageCategorization": 3}],
    "actions": [
        {"actionType": 1, "analystName": "B. Example", "actionDate": "2026-03-02T12:00:00Z"}
    ],
}
REPORT = {
    "reportId": 7,
    "reportContents": [{"contentId": 71, "urlString": "https://pictures.example/7"}],
    "sourceUrlSiteType": 19,
    "sourceUrlCommerciality": 3,
    "sourceUrlPaymentMethods": [1, 99],
    "referrerUrl": None,
    "memo": "synthetic report 7",
    "reportingHotlineId": 12,
    "reportingAnalystName": "A. Example",
    "hotlineReceivedDate": "2026-02-28T08:30:00Z",
}
SUBMITTED = {
    "reportingAnalystName": "A. Example",
    "hotlineReceivedDate": "2026-02-28T08:30:00Z",
    "hotlineReference": "SYN-1",
    "memo": "synthetic submission",
    "sourceUrlReferrer": "https://referrer.example/",
    "sourceUrlSiteType": 2,
    "urls": [
        {
            "urlString": "https://pictures.example/1",
            "hostingCountryCode": "NL",
            "hostingOrganization": {"autonomousSystemNumber": 64500},
            "isSourceUrl": True,
            "contentType": 2,
            "assessment": {"classification": 4, "userGeneratedContentCategorization": 1},
            "actions": [{"actionType": 6, "reasonId": 14, "reasonText": "synthetic"}],
        }
    ],
}


def encoded(tree: object) -> bytes:
    return msgspec.json.encode(tree)


def refusal(untrusted: bytes) -> MalformedMessage:
    with pytest.raises(MalformedMessage) as caught:
        parse_file(untrusted)
    assert SECRET not in str(caught.value)
    return caught.value


@given(documents)
def test_what_is_printed_is_read_again(document: Document) -> None:
    assert parse_document(print_document(document)) == document


@given(st.lists(documents, max_size=3))
def test_a_file_of_documents_is_read_again(several: list[Document]) -> None:
    found = parse_file(print_file(several))
    assert [each.document for each in found] == several
    assert [each.where for each in found] == [f"$[{index}]" for index in range(len(several))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@st.composite
def disturbed(draw: st.DrawFn) -> object:
    """A document with something added, taken away or put in the place of something, anywhere."""
    tree = json.loads(json.dumps(draw(st.sampled_from([REPORT, CONTENT, SUBMITTED]))))
    for _ in range(draw(st.integers(0, 3))):
        place = tree
        while isinstance(place, list | dict) and place and draw(st.booleans()):
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            inner = place[draw(st.sampled_from(keys))]
            if not isinstance(inner, list | dict):
                break
            place = inner
        if isinstance(place, dict):
            key = draw(st.sampled_from([*place, "unheardOf", ""]))
            if draw(st.booleans()):
                place.pop(key, None)
            else:
                place[key] = draw(JSON)
    return tree


@settings(max_examples=200)
@given(disturbed())
def test_whatever_is_accepted_is_printed_json_equal(tree: object) -> None:
    try:
        document = parse_document(encoded(tree))
    except UntrustedData:
        return
    assert json.loads(print_document(document)) == tree


def test_unknown_members_keep_their_spelling_and_order() -> None:
    odd = b'{"zeta": 2.50, "reportId":7, "alpha":[1, 2.0e0], "reportContents":[{"contentId":1,"beta": "\\u0041"}]}'
    printed = print_document(parse_document(odd))
    assert b'"zeta":2.50,"alpha":[1, 2.0e0]' in printed
    assert b'"beta":"\\u0041"' in printed


def test_a_missing_member_and_a_null_are_told_apart() -> None:
    said = {"reportId": 7, "memo": None}
    assert json.loads(print_document(parse_document(encoded(said)))) == said


def test_the_kinds_of_documents_are_told_by_their_members() -> None:
    kinds = [type(each.document) for each in parse_file(encoded([REPORT, CONTENT, SUBMITTED]))]
    assert kinds == [GivenReport, GivenContent, SubmittedReport]


def test_an_object_may_hold_reports_and_contents() -> None:
    found = parse_file(encoded({"reports": [REPORT], "contents": [CONTENT]}))
    assert [each.where for each in found] == ["$.reports[0]", "$.contents[0]"]


@pytest.mark.parametrize(
    ("where", "tree"),
    [
        ("$", SECRET),
        ("$", {}),
        ("$", {"memo": SECRET}),
        ("$[1]", [REPORT, SECRET]),
        ("$[0].reportId", [REPORT | {"reportId": SECRET}]),
        ("$[0].reportId", [REPORT | {"reportId": -1}]),
        ("$[0].reportId", [REPORT | {"reportId": 10**18}]),
        ("$.reportId", {"reportId": None}),
        ("$.hotlineReceivedDate", REPORT | {"hotlineReceivedDate": SECRET}),
        ("$.hotlineReceivedDate", REPORT | {"hotlineReceivedDate": "2026-02-28T08:30:00"}),
        ("$.hotlineReceivedDate", REPORT | {"hotlineReceivedDate": "2026-02-30T08:30:00Z"}),
        ("$.hotlineReceivedDate", REPORT | {"hotlineReceivedDate": "0001-01-01T00:00:00+10:00"}),
        ("$.memo", REPORT | {"memo": "x" * 65_537}),
        ("$.sourceUrlPaymentMethods", REPORT | {"sourceUrlPaymentMethods": [1] * 65}),
        ("$.reportContents[0]", REPORT | {"reportContents": [{"urlString": SECRET}]}),
        ("$.url", CONTENT | {"url": {}}),
        ("$.assessments[0]", CONTENT | {"assessments": [{"ageCategorization": 1}]}),
        (
            "$.actions[0].actionDate",
            CONTENT | {"actions": [{"actionType": 1, "actionDate": SECRET}]},
        ),
        ("$", {"urls": SUBMITTED["urls"]}),
        ("$.urls", SUBMITTED | {"urls": []}),
        ("$.contents", {"reports": [], "contents": {"a": 1}}),
    ],
)
def test_what_is_not_of_the_dialect_is_refused_with_its_place(where: str, tree: object) -> None:
    assert refusal(encoded(tree)).facts["where"] == where


def test_a_key_that_stands_twice_is_refused() -> None:
    assert "twice" in str(refusal(b'{"reportId":7,"reportId":8}').facts["cause"])


def test_a_file_is_bounded_in_length_and_in_documents() -> None:
    with pytest.raises(MessageTooLarge):
        parse_file(b" " * (files.LONGEST_FILE + 1))
    many = b"[" + b",".join([b'{"reportId":1}'] * (files.MOST_DOCUMENTS + 1)) + b"]"
    with pytest.raises(MessageTooLarge):
        parse_file(many)


def test_codes_that_no_list_knows_are_named_and_kept() -> None:
    taxonomy: Taxonomy = taxonomies.load(Settings().taxonomy)
    found = parse_file(encoded([REPORT, CONTENT, SUBMITTED]))
    assert unknown_codes((each.document for each in found), taxonomy) == {
        ("site_type", 19): 1,
        ("payment_method", 99): 1,
    }
