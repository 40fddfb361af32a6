"""Hypothesis strategies for everything that the portal's messages carry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from cport_desktop.domain.agreement import Agreement, Clause, Function, Grant, Limit, Party
from cport_desktop.domain.batch import (
    Batch,
    ChangeKind,
    RecordChange,
    ReportChange,
    Standing,
    Subject,
    UnknownChange,
    Withdrawal,
)
from cport_desktop.domain.enrolment import EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Operation, Receipt
from cport_desktop.domain.report import (
    Action,
    Assessment,
    ContentItem,
    Hosting,
    Hotline,
    MediaNotice,
    Report,
    ReportStatus,
)
from cport_desktop.domain.retention import RetentionPeriod, Scope
from cport_desktop.formats.agreement_document import sign_agreement
from cport_desktop.formats.portal_messages import (
    OperationsMessage,
    ReceiptsMessage,
    print_hotline,
    print_report,
)
from tests.formats.operation_strategies import bodies

ids = st.integers(0, 10**18 - 1)
codes = st.integers(0, 2**31 - 1)
labels = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)
texts = st.text(max_size=60)
moments = st.integers(0, 253_402_214_400_000_000).map(
    lambda micros: datetime.fromtimestamp(micros // 1_000_000, UTC).replace(
        microsecond=micros % 1_000_000
    )
)
countries = st.none() | st.sampled_from(["NL", "DE", "xx", ""])
uuids = st.uuids().map(str)


Thing = TypeVar("Thing")


def maybe(strategy: SearchStrategy[Thing]) -> SearchStrategy[Thing | None]:
    return st.none() | strategy


def few(strategy: SearchStrategy[Thing]) -> SearchStrategy[tuple[Thing, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


hostings = st.builds(
    Hosting,
    country=countries,
    ip_address=maybe(st.ip_addresses().map(str)),
    provider=maybe(texts),
    autonomous_system=maybe(codes),
    organization=maybe(texts),
    is_delivery_network=st.booleans(),
)
assessments = st.builds(
    Assessment,
    classification=codes,
    age=maybe(codes),
    gender=maybe(codes),
    is_virtual=st.booleans(),
    is_user_generated=st.booleans(),
    is_modeling=st.booleans(),
    analyst=maybe(texts),
    hotline=maybe(ids),
    made_at=maybe(moments),
)
actions = st.builds(
    Action,
    type=codes,
    analyst=maybe(texts),
    made_at=maybe(moments),
    reason=maybe(codes),
    reason_text=maybe(texts),
)
notices = st.builds(
    MediaNotice,
    media_id=ids,
    size=st.integers(0, 2**40),
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    file_name=maybe(texts),
    declared_type=maybe(texts),
)
contents = st.builds(
    ContentItem,
    content_id=ids,
    url=texts,
    is_source=st.booleans(),
    content_type=maybe(codes),
    hosting=hostings,
    assigned_country=countries,
    assigned_at=maybe(moments),
    hotline_reference=maybe(texts),
    memo=maybe(texts),
    assessments=few(assessments),
    actions=few(actions),
    media=few(notices),
)
reports = st.builds(
    Report,
    report_id=ids,
    revision=ids,
    hotline=ids,
    analyst=maybe(texts),
    hotline_reference=maybe(texts),
    received_at=moments,
    updated_at=moments,
    memo=maybe(texts),
    referrer=maybe(texts),
    source_username=maybe(texts),
    source_password=maybe(texts),
    site_type=maybe(codes),
    commerciality=maybe(codes),
    payment_methods=few(codes),
    contents=few(contents),
)
hotlines = st.builds(
    Hotline, hotline_id=ids, name=texts, country=st.just("NL"), contact=maybe(texts)
)


@st.composite
def report_changes(draw: DrawFn) -> ReportChange:
    report = draw(reports)
    status = draw(st.sampled_from([ReportStatus.NEW, ReportStatus.CORRECTED]))
    return ReportChange(status, report, print_report(report), draw(maybe(texts)))


withdrawals = st.builds(Withdrawal, report_id=ids, made_at=moments, reason=maybe(texts))
unknown_changes = st.just(
    UnknownChange("merged", b'{"kind":"merged", "into":[1,2.50], "\\u0078":null}')
)
documents = st.sampled_from([b"{}", b"null", b'{"deep" : [1, 2.50, {"\\u0061":null}]}', b'"text"'])


@st.composite
def record_changes(draw: DrawFn) -> RecordChange:
    """Of hotlines, which are understood, and of a subject of a later version."""
    is_hotline, kind = draw(st.booleans()), draw(st.sampled_from(ChangeKind))
    hotline = draw(hotlines)
    is_withdrawn = kind is ChangeKind.WITHDRAWN
    document = print_hotline(hotline) if is_hotline else draw(documents)
    return RecordChange(
        subject=Subject.HOTLINE.value if is_hotline else "laterThing",
        reference=str(hotline.hotline_id) if is_hotline else draw(labels),
        kind=kind,
        revision=draw(ids),
        made_at=draw(moments),
        reason=draw(maybe(texts)),
        document=b"" if is_withdrawn else document,
        value=hotline if is_hotline and not is_withdrawn else None,
    )


digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
standings = st.builds(
    Standing,
    portal=labels,
    station=labels,
    nature=st.sampled_from(Nature),
    issued_at=moments,
    sequence=ids,
    digest=maybe(digests),
)
receipts = st.builds(Receipt, operation_id=uuids, is_settled=st.booleans(), reason=maybe(texts))
batches = st.builds(
    Batch,
    portal=labels,
    station=labels,
    nature=st.sampled_from(Nature),
    issued_at=moments,
    sequence=st.integers(1, 10**18 - 1),
    previous=maybe(digests),
    cursor=maybe(labels),
    next_cursor=labels,
    is_snapshot=st.booleans(),
    remaining=ids,
    changes=few(report_changes() | withdrawals | record_changes() | unknown_changes),
    receipts=few(receipts),
    digest=st.just(""),
)
operations = st.builds(
    Operation,
    operation_id=uuids,
    report_id=maybe(ids),
    actor=texts,
    made_at=moments,
    body=bodies,
    revises=maybe(uuids),
)
operations_messages = st.builds(OperationsMessage, station=labels, operations=few(operations))
receipts_messages = st.builds(
    ReceiptsMessage,
    portal=labels,
    station=labels,
    nature=st.sampled_from(Nature),
    issued_at=moments,
    receipts=few(receipts),
)
enrolment_requests = st.builds(
    EnrolmentRequest,
    code=labels,
    station_name=labels,
    agency=texts,
    nature=st.sampled_from(Nature),
    station_key=st.binary(min_size=32, max_size=32),
    signing_key=st.binary(min_size=1, max_size=200),
    sealing_key=st.binary(min_size=1216, max_size=1216),
    transport_key=st.binary(min_size=1, max_size=200),
)
words = st.lists(labels, max_size=3).map(tuple)
terms = {
    name: st.none() | words for name in ("fields", "kinds", "levels", "recipients", "originators")
}
agreement_functions = st.sampled_from([each.value for each in Function]) | labels
clauses = st.builds(
    Clause,
    number=labels,
    text=texts,
    grants=few(
        st.builds(
            Grant,
            functions=st.lists(agreement_functions, max_size=3).map(tuple),
            conditions=words,
            **terms,
        )
    ),
    limits=few(st.builds(Limit, functions=st.none() | words, **terms)),
)
agreements = st.builds(
    Agreement,
    portal=labels,
    nature=st.sampled_from(Nature),
    reference=labels,
    revision=st.integers(1, 10**9),
    agency=texts,
    hotline=texts,
    contact=texts,
    jurisdictions=st.lists(st.sampled_from(["NL", "BE", "DE"]), min_size=1).map(tuple),
    issued_at=moments,
    effective_from=moments,
    valid_from=moments,
    valid_until=moments,
    clauses=few(clauses),
    retention=few(
        st.builds(
            RetentionPeriod,
            scope=st.one_of(st.sampled_from([scope.value for scope in Scope]), labels),
            days=st.integers(1, 36_525),
            clause=texts,
        )
    ),
    recipients=few(st.builds(Party, name=labels, classes=words, keys=words)),
)
signed_agreements = agreements.map(lambda made: sign_agreement(made, lambda _: b"s" * 64))
enrolment_answers = st.builds(
    EnrolmentAnswer,
    portal=labels,
    portal_name=texts,
    nature=st.sampled_from(Nature),
    station=labels,
    portal_key=st.binary(min_size=32, max_size=32),
    signed_agreement=signed_agreements,
    signing_certificate=labels.map(str.encode),
    signing_authority=labels.map(str.encode),
    sealing_key=st.binary(min_size=1216, max_size=1216),
    transport_certificate=labels.map(str.encode),
    transport_authority=labels.map(str.encode),
)
