"""Lists, decisions and taxonomies in a batch: read back as printed, refused by name if misshapen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.domain.batch import ChangeKind, RecordChange, RecordValue, Subject
from cport_desktop.domain.portal_records import (
    HashList,
    HashListEntry,
    IwolDecision,
    entry_reference,
    list_of_entry,
)
from cport_desktop.domain.taxonomy import Code, CodeList, Taxonomy
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats.batch_message import parse_change, print_change
from cport_desktop.formats.hash_list_record import print_hash_list, print_hash_list_entry
from cport_desktop.formats.record_message import print_iwol_decision
from cport_desktop.formats.taxonomies import print_taxonomy

usual = settings(max_examples=50, deadline=None)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_NAIVE = NOON.replace(tzinfo=None)

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
words = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
moments = st.datetimes(
    _NAIVE,
    _NAIVE + timedelta(days=4000),
    timezones=st.just(UTC),
)
counts = st.integers(0, 2**40)
hash_lists = st.builds(
    HashList,
    list_id=names,
    name=texts,
    version=texts,
    source=texts,
    handling=st.none() | texts,
    created_at=moments,
    algorithms=st.lists(words, max_size=4).map(tuple),
    count=counts,
)
digests = st.dictionaries(
    st.just("later-algorithm"), texts.map(lambda text: text.encode().hex()), max_size=1
).flatmap(
    lambda later: st.binary(min_size=32, max_size=32).map(
        lambda content: (("sha256", content.hex()), *later.items())
    )
)
entries = st.builds(
    HashListEntry,
    list_id=names,
    entry_id=names,
    digests=digests,
    quality=st.none() | st.integers(0, 100),
    classification=st.none() | st.integers(0, 99),
    source=st.none() | texts,
    feedback=st.dictionaries(words, counts, max_size=3).map(lambda found: tuple(found.items())),
)
domains = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}\.example", fullmatch=True)
decisions = st.builds(
    IwolDecision,
    domain=domains,
    state=words,
    criteria_version=texts,
    decided_by=texts,
    decided_at=moments,
    note=st.none() | texts,
)


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    numbers = draw(st.lists(st.integers(0, 999), unique=True, max_size=5))
    codes = tuple(Code(number, f"key-{number}", draw(texts)) for number in numbers)
    return Taxonomy(draw(texts), {"site_type": CodeList("site_type", codes)})


def change(subject: Subject, reference: str, document: bytes) -> RecordChange:
    return RecordChange(
        subject.value, reference, ChangeKind.CORRECTED, 3, NOON, "why", document, None
    )


def read_back(subject: Subject, reference: str, document: bytes) -> RecordValue | None:
    parsed = parse_change(print_change(change(subject, reference, document)))
    assert isinstance(parsed, RecordChange)
    assert parsed.document == document
    return parsed.value


@usual
@given(hash_lists)
def test_a_hash_list_is_read_back_as_it_was_printed(hash_list: HashList) -> None:
    document = print_hash_list(hash_list)
    assert read_back(Subject.HASH_LIST, hash_list.list_id, document) == hash_list


@usual
@given(entries)
def test_an_entry_is_read_back_as_it_was_printed_and_its_reference_names_its_list(
    entry: HashListEntry,
) -> None:
    reference = entry_reference(entry.list_id, entry.entry_id)
    document = print_hash_list_entry(entry)
    assert read_back(Subject.HASH_LIST_ENTRY, reference, document) == entry
    assert list_of_entry(reference) == entry.list_id


@usual
@given(decisions)
def test_a_decision_is_read_back_as_it_was_printed(decision: IwolDecision) -> None:
    document = print_iwol_decision(decision)
    assert read_back(Subject.IWOL_DECISION, decision.domain, document) == decision


@usual
@given(taxonomies())
def test_a_taxonomy_is_read_back_as_it_was_printed(taxonomy: Taxonomy) -> None:
    found = read_back(Subject.TAXONOMY, "synthetic", print_taxonomy(taxonomy))
    assert found == taxonomy


def test_fields_and_words_that_this_version_does_not_know_stay_in_the_document() -> None:
    document = (
        b'{"domain":"name.example","state":"under-later-review","criteriaVersion":"2031",'
        b'"decidedBy":"Body A","date":"2026-03-01T12:00:00Z","note":null,"panel":[1,2.50]}'
    )
    found = read_back(Subject.IWOL_DECISION, "name.example", document)
    assert isinstance(found, IwolDecision)
    assert found.state == "under-later-review"


def a_list(**fields: object) -> dict[str, object]:
    return {
        "listId": "example-1",
        "name": "Synthetic list",
        "version": "1",
        "source": "Body A",
        "created": "2026-03-01T12:00:00Z",
        "algorithms": ["sha256"],
        "count": 1,
    } | fields


def an_entry(**fields: object) -> dict[str, object]:
    return {"listId": "example-1", "entryId": "17", "digests": {"md5": "0" * 32}} | fields


def a_decision(**fields: object) -> dict[str, object]:
    return {
        "domain": "name.example",
        "state": "listed",
        "criteriaVersion": "1",
        "decidedBy": "Body A",
        "date": "2026-03-01T12:00:00Z",
    } | fields


@pytest.mark.parametrize(
    ("subject", "reference", "document", "where"),
    [
        (Subject.HASH_LIST, "example-2", a_list(), "listId"),
        (Subject.HASH_LIST, "a/b", a_list(listId="a/b"), "listId"),
        (Subject.HASH_LIST, "example-1", a_list(count=-1), "count"),
        (Subject.HASH_LIST, "example-1", a_list(algorithms=["md5"] * 33), "algorithms"),
        (Subject.HASH_LIST, "example-1", a_list(name="n" * 513), "name"),
        (Subject.HASH_LIST_ENTRY, "example-1/18", an_entry(), "entryId"),
        (Subject.HASH_LIST_ENTRY, "example-1/17", an_entry(digests={}), "digests"),
        (Subject.HASH_LIST_ENTRY, "example-1/17", an_entry(digests={"md5": "0" * 31}), "digests"),
        (Subject.HASH_LIST_ENTRY, "example-1/17", an_entry(digests={"md5": "g" * 32}), "digests"),
        (Subject.HASH_LIST_ENTRY, "example-1/17", an_entry(digests={"x": "y" * 4097}), "digests"),
        (Subject.HASH_LIST_ENTRY, "example-1/17", an_entry(quality=101), "quality"),
        (Subject.HASH_LIST_ENTRY, "example-1/17", an_entry(feedback={"yes": -1}), "feedback"),
        (Subject.IWOL_DECISION, "other.example", a_decision(), "domain"),
        (Subject.IWOL_DECISION, "no domain", a_decision(domain="no domain"), "domain"),
        (Subject.IWOL_DECISION, "a" * 254, a_decision(domain="a." * 127), "domain"),
        (Subject.IWOL_DECISION, "name.example", a_decision(date="2026-03-01T12:00:00"), "date"),
        (Subject.TAXONOMY, "x", {"version": "1", "lists": {"l": [[1, "a", "A"], [1, "b", "B"]]}}, "lists"),
        (Subject.TAXONOMY, "x", {"version": "1"}, "record"),
    ],
)  # fmt: skip
def test_a_record_that_has_not_its_shape_is_refused_by_name(
    subject: Subject, reference: str, document: dict[str, object], where: str
) -> None:
    printed = print_change(change(subject, reference, msgspec.json.encode(document)))

    with pytest.raises(MalformedMessage) as refused:
        parse_change(printed)

    said = str(refused.value.facts["where"])
    assert said.startswith("$.record")
    assert where in said


@pytest.mark.parametrize(
    "make",
    [
        lambda: (Subject.HASH_LIST, "example-1", msgspec.json.encode(a_list())),
        lambda: (Subject.HASH_LIST_ENTRY, "example-1/17", msgspec.json.encode(an_entry())),
        lambda: (Subject.IWOL_DECISION, "name.example", msgspec.json.encode(a_decision())),
    ],
)
def test_these_records_are_accepted_where_nothing_is_wrong_with_them(
    make: Callable[[], tuple[Subject, str, bytes]],
) -> None:
    assert read_back(*make()) is not None


def test_a_known_digest_in_capitals_is_the_same_digest() -> None:
    document = msgspec.json.encode(an_entry(digests={"md5": "AB" * 16}))
    found = read_back(Subject.HASH_LIST_ENTRY, "example-1/17", document)
    assert isinstance(found, HashListEntry)
    assert found.digests == (("md5", "ab" * 16),)
