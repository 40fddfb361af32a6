"""The document of the query language says what the program does: every example is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cport_desktop.domain.batch import Change
from cport_desktop.domain.query import Between, Field, Has, Is, IsState, Query, all_of, with_instead
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.query_lexer import LONGEST_QUERY, MOST_LEVELS, MOST_TERMS, MOST_VALUES
from cport_desktop.domain.query_printing import text_of
from cport_desktop.domain.report import Hosting, Report
from cport_desktop.errors import QueryError
from cport_desktop.vault import replica, reports
from cport_desktop.vault.transaction import Reader
from tests.builders import a_vault, an_entry
from tests.report_builders import (
    a_batch,
    a_hotline,
    a_notice,
    a_report,
    an_action,
    an_assessment,
    an_item,
    new,
    the_taxonomy,
    withdrawn,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "query_language.md"
NOW = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)
TAXONOMY = the_taxonomy()
EXAMPLE = re.compile(r"^(?P<typed>.*?) *=> (?P<printed>.*?)(?: +\[(?P<found>[^\]]*)\])?$")


@dataclass(frozen=True, slots=True)
class Example:
    """`found` is None where the document does not say."""

    typed: str
    printed: str
    found: frozenset[str] | None


def examples() -> Iterator[Example]:
    for block in re.findall(r"```query\n(.*?)```", DOCUMENT.read_text(), re.DOTALL):
        for line in block.splitlines():
            told = EXAMPLE.fullmatch(line)
            assert told is not None, line
            found = None if told["found"] is None else frozenset(told["found"].split())
            yield Example(told["typed"], told["printed"], found)


EXAMPLES = tuple(examples())


def a_row(number: int, day: str, hosting: Hosting, url: str, **more: object) -> Report:
    """A report of the document's table."""
    at = datetime.fromisoformat(f"{day}T09:00:00+00:00")
    changes = {name: more.pop(name) for name in ("assessments", "actions", "media") if name in more}
    item = an_item(number * 10, url, hosting=hosting, assigned_at=at, **changes)
    return a_report(number, received_at=at, updated_at=at, contents=(item,), **more)


NL = Hosting("NL", "192.0.2.7", "Example Hosting", 64500, "Example Org", False)
FR = Hosting("FR", "198.51.100.7", "Other Hosting", 64501, "Other Org", False)
DE = Hosting("DE", "203.0.113.7", "Third Hosting", 64502, "Third Org", False)
REPORTS = (
    a_row(1, "2026-03-01", NL, "https://www.one.example/a/1.png", memo="garden photo",
          assessments=(an_assessment(1),), media=(a_notice(1, b"one"), a_notice(2))),
    a_row(2, "2026-03-02", FR, "https://files.two.example/b/2.png", memo="garden files",
          hotline=13, assessments=(an_assessment(2),)),
    a_row(3, "2026-04-10", NL, "https://www.one.example/gallery/7", memo="photo of a garden",
          site_type=6),
    a_row(4, "2026-05-01", DE, "https://three.test/c/4.png", memo="synthetic",
          assessments=(an_assessment(4),), actions=(an_action(5),)),
    a_row(5, "2026-05-16", NL, "https://www.one.example/a/5.png", memo="synthetic",
          assessments=(an_assessment(1),), media=(a_notice(3, b"one"),)),
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    hotlines = [a_hotline(), a_hotline(13, "Second Line", "DE")]
    changes: list[Change] = [*map(new, REPORTS), replace(withdrawn(5), made_at=NOW)]
    with a_vault(tmp_path_factory.mktemp("document") / "vault") as vault:
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*changes, hotlines=hotlines))
            tx.record(an_entry("apply"))
        with vault.reader() as reader:
            yield reader


def asked(text: str) -> Query:
    query = parse(text, taxonomy=TAXONOMY, now=NOW)
    late = Between(Field.ASSIGNED_ON, None, datetime(2026, 5, 15, 12, tzinfo=UTC))
    overdue = all_of([IsState(Is.UNDECIDED), late])
    return with_instead(query, IsState(Is.OVERDUE), overdue)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.typed)
def test_an_example_is_printed_as_the_document_says(example: Example) -> None:
    if example.printed.startswith("error at "):
        with pytest.raises(QueryError) as refusal:
            parse(example.typed, taxonomy=TAXONOMY, now=NOW)
        assert refusal.value.facts["position"] == int(example.printed.removeprefix("error at "))
    else:
        query = parse(example.typed, taxonomy=TAXONOMY, now=NOW)
        assert text_of(query, TAXONOMY) == example.printed
        assert parse(example.printed, taxonomy=TAXONOMY, now=NOW) == query


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.found is not None], ids=lambda each: each.typed
)
def test_an_example_finds_what_the_document_says(reader: Reader, example: Example) -> None:
    found = reports.matching(reader, asked(example.typed), limit=100)

    assert frozenset(f"HL-{number}" for number in found) == example.found


def test_there_are_examples_and_the_bounds_are_those_of_the_program() -> None:
    told = DOCUMENT.read_text()

    assert len(EXAMPLES) > 50
    for bound in (f"{LONGEST_QUERY:,} characters", f"{MOST_TERMS} conditions"):
        assert bound in told
    assert f"{MOST_VALUES} values" in told
    assert f"{MOST_LEVELS} levels" in told


def test_the_document_names_every_field_state_and_possession() -> None:
    told = set(re.findall(r"[a-z0-9-]+", DOCUMENT.read_text()))

    assert {*Field, *Is, *Has} <= told
