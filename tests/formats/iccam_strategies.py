"""Hypothesis strategies for ICCAM documents: every member may be missing or `null`, and all records
carry members that nobody knows.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec import UNSET

from cport_desktop.formats.iccam import shapes
from cport_desktop.formats.iccam.record import Record, Rest
from tests.formats.strategies import codes, ids, texts

SomeRecord = TypeVar("SomeRecord", bound=Record)

unknown_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
).map(msgspec.json.encode)
odd_values = st.sampled_from([b"2.50", b"[1, 2.0e0 ,null]", b'{ "a" : "\\u0041" }'])
fractions = st.sampled_from(["", ".5", ".123456", ".1234567"])
moments = st.builds(
    "{}{}{}".format,
    st.sampled_from(["2026-03-01T12:00:00", "1999-12-31T23:59:59"]),
    fractions,
    st.sampled_from(["Z", "+01:00", "-11:30"]),
)
references = st.text("abcdefgh-0123", min_size=1, max_size=12)
countries = st.sampled_from(["NL", "DE", "xx", ""])
addresses = st.ip_addresses().map(str)


def maybe(strategy: SearchStrategy[object]) -> SearchStrategy[object]:
    """Missing, `null` or there."""
    return st.just(UNSET) | st.none() | strategy


def records(
    kind: type[SomeRecord], **members: SearchStrategy[object]
) -> SearchStrategy[SomeRecord]:
    known = {field.encode_name for field in msgspec.structs.fields(kind)}
    rest: SearchStrategy[Rest] = st.dictionaries(
        st.sampled_from(["x", "priority", "revision", "media", "iccam", "iccamForm"])
        | texts.filter(lambda name: name not in known),
        unknown_values | odd_values,
        max_size=2,
    ).map(lambda found: tuple(found.items()))
    return st.builds(kind, rest=rest, **members)


def few(strategy: SearchStrategy[object]) -> SearchStrategy[object]:
    return maybe(st.lists(strategy, max_size=2).map(tuple))


organizations = records(
    shapes.Organization,
    autonomous_system_number=maybe(codes),
    organization_name=maybe(texts),
    is_content_delivery_network=maybe(st.booleans()),
)
assessments = records(
    shapes.Assessment,
    assessing_analyst_name=maybe(texts),
    assessing_hotline_id=maybe(ids),
    assessment_date=maybe(moments),
    classification=codes,
    age_categorization=maybe(codes),
    gender_categorization=maybe(codes),
    virtual_content_categorization=maybe(codes),
    user_generated_content_categorization=maybe(codes),
    child_modeling_categorization=maybe(codes),
)


def _actions(reason_types: SearchStrategy[object]) -> dict[str, SearchStrategy[object]]:
    return {
        "action_type": reason_types,
        "action_date": maybe(moments),
        "reason_id": maybe(codes),
        "reason_text": maybe(texts),
    }


with_reason = st.integers(4, 2**31 - 1)
given_actions = records(shapes.GivenAction, analyst_name=maybe(texts), **_actions(codes))
submitted_actions = records(
    shapes.SubmittedAction, actioning_analyst_name=maybe(texts), **_actions(with_reason)
)
hostings: dict[str, SearchStrategy[object]] = {
    "url_string": texts,
    "is_source_url": maybe(st.booleans()),
    "hosting_country_code": maybe(countries),
    "hosting_ip_address": maybe(addresses),
    "hosting_isp": maybe(texts),
    "hosting_organization": maybe(organizations),
}
given_contents = records(
    shapes.GivenContent,
    content_id=ids,
    report_id=ids,
    memo=maybe(texts),
    assigned_country_code=maybe(countries),
    country_assignment_date=maybe(moments),
    hotline_reference=maybe(texts),
    content_type=maybe(codes),
    url=records(shapes.GivenUrl, **hostings),
    assessments=few(assessments),
    actions=few(given_actions),
)
submitted_urls = records(
    shapes.SubmittedUrl,
    hotline_reference=maybe(texts),
    memo=maybe(texts),
    content_type=maybe(codes),
    assessment=maybe(assessments),
    actions=few(submitted_actions),
    **hostings,
)
abouts: dict[str, SearchStrategy[object]] = {
    "reporting_analyst_name": maybe(texts),
    "memo": maybe(texts),
    "source_url_username": maybe(texts),
    "source_url_password": maybe(texts),
    "source_url_site_type": maybe(codes),
    "source_url_commerciality": maybe(codes),
    "source_url_payment_methods": few(codes),
}
submitted_reports = records(
    shapes.SubmittedReport,
    hotline_received_date=maybe(moments),
    hotline_reference=references,
    source_url_referrer=maybe(texts),
    urls=st.lists(submitted_urls, min_size=1, max_size=3).map(tuple),
    **abouts,
)
listed_contents = records(shapes.ListedContent, content_id=ids, url_string=maybe(texts))
given_reports = records(
    shapes.GivenReport,
    report_id=ids,
    report_contents=few(listed_contents),
    referrer_url=maybe(texts),
    reporting_hotline_id=maybe(ids),
    hotline_reference=maybe(texts),
    hotline_received_date=maybe(moments),
    **abouts,
)
documents = given_reports | given_contents | submitted_reports
