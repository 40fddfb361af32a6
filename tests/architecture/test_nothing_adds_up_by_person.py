"""No query, view, option or use case adds the audit log, or the register of what left, up by person
(Directive (EU) 2016/680, Art. 25(2): logs are for verifying lawfulness, not for measuring those who
work).
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cport_desktop.cli import grammar
from cport_desktop.usecases import export_audit, read_audit, read_disclosures
from cport_desktop.vault import affected, audit_log, disclosures

PACKAGE = Path(__file__).resolve().parents[2] / "cport_desktop"

ABOUT_THE_LOG = re.compile(
    r"\b(audit_(entry|payload|head)|disclosure|disclosed_item|affected)\b", re.IGNORECASE
)
BY_PERSON = re.compile(
    r"\b(where|and|or|having|on)\b[^;]*?\b(\w+\.)?actor\s*(=|<|>|!|\bin\b|\blike\b|\bglob\b|\bis\b)"
    r"|\b(group|order|partition)\s+by\b[^;]*\bactor\b"
    r"|\b(count|total|sum|group_concat)\s*\([^)]*\bactor\b"
    r"|\bdistinct\b[^;]*\bactor\b"
    r"|\bindex\b[^;]*\(\s*[^)]*\bactor\b",
    re.IGNORECASE | re.DOTALL,
)

OPTIONS_OF_THE_LOG = {
    "limit", "after", "sort", "purpose", "against", "against_code", "file", "recipient",
    "entry", "reason",
}  # fmt: skip
"""What the verbs of the log take, and nobody's name is among it. `recipient` is who gets an export."""

OPTIONS_OF_THE_REGISTER = {
    "limit", "after", "sort", "recipient", "report", "kind", "disclosure", "settled", "out", "again",
    "copies", "handling", "reason", "words", "media", "sha256", "since", "until", "ref", "file", "trust",
    "by", "on",
}  # fmt: skip
"""`recipient` is who has a copy; `by` who received it there, as a receipt by hand says: nobody of ours."""


def texts_of(node: ast.AST) -> Iterator[str]:
    """Every text in a program, a formatted one with its gaps left out."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            yield "".join(str(v.value) for v in part.values if isinstance(v, ast.Constant))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


@cache
def statements() -> tuple[tuple[str, str], ...]:
    return tuple(_statements())


def _statements() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in texts_of(ast.parse(path.read_text("utf-8"))):
            if ABOUT_THE_LOG.search(text):
                yield str(path.relative_to(PACKAGE)), text
    for path in sorted(PACKAGE.rglob("*.sql")):
        for statement in path.read_text("utf-8").split(";"):
            if ABOUT_THE_LOG.search(statement):
                yield path.name, statement


def test_the_log_is_queried_at_all():
    assert len(statements()) > 20


def test_no_statement_filters_sorts_groups_or_counts_the_log_by_person():
    found = [where for where, text in statements() if BY_PERSON.search(text)]
    assert found == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM audit_entry WHERE actor = ?",
        "SELECT * FROM audit_entry AS e WHERE e.sequence > 3 AND e.actor LIKE ?",
        "SELECT actor, count(*) FROM audit_entry GROUP BY actor",
        "SELECT * FROM audit_entry ORDER BY at_us, actor",
        "SELECT DISTINCT actor FROM audit_entry",
        "SELECT count(DISTINCT actor) FROM audit_entry",
        "CREATE INDEX audit_by_person ON audit_entry (actor)",
        "SELECT sum(1) OVER (PARTITION BY actor) FROM audit_entry",
        "SELECT * FROM analyst JOIN audit_entry ON audit_entry.actor = analyst.name",
        "SELECT count(*) FROM disclosure WHERE actor = ?",
        "SELECT d.actor, count(*) FROM disclosure AS d GROUP BY d.kind, d.actor",
        "SELECT * FROM affected AS a JOIN disclosure AS d ON d.number = a.disclosure AND d.actor = ?",
    ],
)
def test_such_a_statement_would_be_noticed(statement):
    assert ABOUT_THE_LOG.search(statement)
    assert BY_PERSON.search(statement)


def parsers_of(parser: argparse.ArgumentParser, name: str) -> Iterator[argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, child in action.choices.items():
                if verb == name:
                    yield from (
                        each
                        for inner in child._actions
                        if isinstance(inner, argparse._SubParsersAction)
                        for each in inner.choices.values()
                    )


def test_what_was_looked_is_asked_of_one_analyst_only_their_own_and_in_one_room():
    """`exposure` holds sealed rows of all; whoever reads them names the analyst that they are of."""
    told = [
        (str(path.relative_to(PACKAGE)), text)
        for path in sorted(PACKAGE.rglob("*.py"))
        for text in texts_of(ast.parse(path.read_text("utf-8")))
        if re.search(r"\b(from|into|update|join)\s+exposure\b", text, re.IGNORECASE)
        and re.search(r"\b(select|insert|update|delete)\b", text, re.IGNORECASE)
    ]
    assert len(told) >= 4
    assert {where for where, _ in told} == {"vault/exposure_book.py"}
    assert [text for _, text in told if "analyst_id" not in text] == []
    assert [text for _, text in told if re.search("sum|count|group by", text, re.IGNORECASE)] == []


def test_no_verb_of_the_log_takes_a_person():
    everywhere = {action.dest for action in grammar._common(is_top=False)._actions} | {"help"}
    verbs = list(parsers_of(grammar.parser(), "audit"))
    assert len(verbs) >= 6
    taken = {action.dest for verb in verbs for action in verb._actions} - everywhere
    assert taken == OPTIONS_OF_THE_LOG


def test_no_verb_of_the_register_takes_a_person():
    everywhere = {action.dest for action in grammar._common(is_top=False)._actions} | {"help"}
    verbs = list(parsers_of(grammar.parser(), "disclosures"))
    assert len(verbs) >= 5
    taken = {action.dest for verb in verbs for action in verb._actions} - everywhere
    assert taken == OPTIONS_OF_THE_REGISTER


@pytest.mark.parametrize(
    "function",
    [
        audit_log.page,
        audit_log.exported,
        read_audit.list_audit,
        export_audit.export_audit,
        disclosures.page,
        affected.page,
        read_disclosures.list_disclosures,
        read_disclosures.list_affected,
    ],
)
def test_no_reader_of_the_log_takes_a_person(function):
    assert not {"actor", "analyst", "person", "user", "by", "query"} & set(
        inspect.signature(function).parameters
    )
