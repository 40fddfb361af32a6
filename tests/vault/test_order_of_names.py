"""What is listed by name is listed as people read it, and the file stays readable without us."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cport_desktop.domain.analyst_list import AnalystOrder, in_order
from cport_desktop.domain.case_list import CaseOrder
from cport_desktop.domain.query import Field
from cport_desktop.domain.report import Hotline
from cport_desktop.errors import UnknownReference
from cport_desktop.usecases.open_case import open_case
from cport_desktop.usecases.tag_things import tag
from cport_desktop.vault import cases, hotlines, list_listing, query_names, replica, tags
from cport_desktop.vault.database import BY_NAME
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault, database_key
from tests.known_builders import a_list, tell, told
from tests.report_builders import a_batch, a_hotline, a_report, new
from tests.work_builders import report

MIXED = ("Zürich", "ägypten", "Ajax", "2 quays", "Ødegaard", "éclair", "Straße", "Zone", "(to do)")
IN_ORDER = [
    "(to do)",
    "2 quays",
    "ägypten",
    "Ajax",
    "éclair",
    "Ødegaard",
    "Straße",
    "Zone",
    "Zürich",
]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def apply(vault: Vault, *named: Hotline) -> None:
    """One report and these hotlines."""
    with vault.transaction() as tx:
        replica.apply(tx, a_batch(new(a_report(1)), hotlines=[a_hotline(), *named]))


def test_tags_of_a_thing_and_those_that_may_be_typed(vault: Vault) -> None:
    apply(vault)
    for name in MIXED:
        tag(vault, [report(1)], name)
    with vault.reader() as reader:
        assert [each.name for each in tags.on(reader, report(1))] == IN_ORDER
        assert [each.name for each in tags.listing(reader, limit=20)] == IN_ORDER
        assert [each.value for each in query_names.names(reader)[Field.TAG]] == IN_ORDER


def test_hotlines(vault: Vault) -> None:
    known = [a_hotline(20 + at, name) for at, name in enumerate(MIXED)]
    apply(vault, *known)
    with vault.reader() as reader:
        listed = [row.hotline.name for row in hotlines.listing(reader)]
    listed.remove("Hotline Example NL")
    assert listed == IN_ORDER


@pytest.mark.parametrize("limit", [1, 2, 4])
def test_hash_lists_page_by_page_none_twice_and_none_left_out(vault: Vault, limit: int) -> None:
    """Two of one name, and two that differ in marks alone, stand at an edge of a page as well."""
    names = (*MIXED, "Ajax", "AJAX", "ajax")
    tell(vault, *(told(replace(a_list(f"l{at:02}"), name=name)) for at, name in enumerate(names)))
    found: list[tuple[str, str]] = []
    cursor = None
    while True:
        with vault.reader() as reader:
            page = list_listing.page(reader, limit=limit, after=cursor)
        found += [(row.name, row.list_id) for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    three = [("Ajax", "l02"), ("Ajax", "l09"), ("ajax", "l11")]
    assert found[3:7] == [("AJAX", "l10"), *three]
    assert len(found) == len(set(found)) == len(names)
    assert [name for name, _ in found if name.casefold() != "ajax"] == [
        name for name in IN_ORDER if name != "Ajax"
    ]


@pytest.mark.parametrize("limit", [1, 2, 4])
def test_cases_by_title_page_by_page_in_either_direction(vault: Vault, limit: int) -> None:
    """Two of one title, and two that differ in marks alone, stand at an edge of a page as well."""
    for title in (*MIXED, "Ajax", "AJAX", "ajax"):
        open_case(vault, title=title)

    def listed(order: CaseOrder) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        cursor = None
        while True:
            with vault.reader() as reader:
                page = cases.page(reader, limit=limit, now=NOON, after=cursor, order=order)
            found += [(row.case.title, row.case.number) for row in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                return found

    forwards = listed(CaseOrder.TITLE)
    assert forwards[3:7] == [("AJAX", 11), ("Ajax", 3), ("Ajax", 10), ("ajax", 12)]
    assert len(forwards) == len(set(forwards)) == len(MIXED) + 3
    assert [title for title, _ in forwards if title.casefold() != "ajax"] == [
        title for title in IN_ORDER if title != "Ajax"
    ]
    assert listed(CaseOrder.TITLE_BACKWARDS) == forwards[::-1]
    by_number = sorted(forwards, key=lambda one: one[1])
    assert listed(CaseOrder.OLDEST) == by_number
    assert listed(CaseOrder.NEWEST) == by_number[::-1]


def test_a_cursor_of_another_order_of_cases_is_refused(vault: Vault) -> None:
    for title in ("one", "two"):
        open_case(vault, title=title)
    with vault.reader() as reader:
        cursor = cases.page(reader, limit=1, now=NOON, order=CaseOrder.TITLE).next_cursor
        with pytest.raises(UnknownReference):
            cases.page(reader, limit=1, now=NOON, after=cursor)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (AnalystOrder.CAME, list(MIXED)),
        (AnalystOrder.NAME, IN_ORDER),
        (AnalystOrder.NAME_BACKWARDS, IN_ORDER[::-1]),
    ],
)
def test_analysts(order: AnalystOrder, expected: list[str]) -> None:
    assert in_order(MIXED, order, str) == expected


def test_another_program_can_read_the_vault(vault: Vault, tmp_path: Path) -> None:
    """No table and no index asks for an order that only this program knows."""
    apply(vault)
    tag(vault, [report(1)], "Ägypten")
    vault.close()
    directory = tmp_path / "vault"
    plain = dbapi2.connect(str(directory / "vault.db"))
    try:
        plain.execute(f"PRAGMA key = \"x'{database_key(directory).hex()}'\"")
        (schema,) = plain.execute("SELECT group_concat(sql) FROM sqlite_schema").fetchone()
        assert f"COLLATE {BY_NAME}" not in schema
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("SELECT name FROM tag ORDER BY folded").fetchall() == [("Ägypten",)]
    finally:
        plain.close()
