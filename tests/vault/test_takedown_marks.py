"""Rows of a list of reports wear whether the hotline waits with takedown, at no query more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import HoldTakedown, LiftTakedownHold, OperationBody
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order, ReportRow
from cport_desktop.domain.takedown import (
    NOBODY_WAITS,
    TakedownHold,
    TakedownMark,
    TakedownState,
    standing,
    standing_of,
)
from cport_desktop.vault import replica, reports
from cport_desktop.vault.vault import Vault
from tests.builders import NOON
from tests.operation_builders import WORDS, an_operation
from tests.report_builders import a_batch, a_report, new
from tests.vault.test_outbox import apply, lifted, queue, told

LATER = NOON + timedelta(days=14)
HELD = TakedownHold(ReportId(1), NOON + timedelta(days=7), WORDS, "Example Agency")
ASKED = HoldTakedown(LATER, WORDS)
NO_LONGER = LiftTakedownHold(WORDS)


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Two reports."""
    with vault.transaction() as tx:
        replica.apply(tx, a_batch(new(a_report(1)), new(a_report(2))))
    return vault


def rows(vault: Vault) -> dict[int, ReportRow]:
    with vault.reader() as reader:
        found = reports.page(reader, Query(()), Order(), limit=200).rows
    return {row.report_id: row for row in found}


@pytest.mark.parametrize(
    ("is_held", "acts", "state"),
    [
        (False, (), TakedownState.NONE),
        (True, (), TakedownState.HELD),
        (False, (ASKED,), TakedownState.ASKED),
        (True, (ASKED,), TakedownState.ASKED),
        (True, (ASKED, NO_LONGER), TakedownState.LIFT_ASKED),
        (False, (NO_LONGER,), TakedownState.NONE),
    ],
)
def test_a_row_says_what_the_page_of_the_report_says(
    filled: Vault, is_held: bool, acts: tuple[OperationBody, ...], state: TakedownState
) -> None:
    if is_held:
        apply(filled, told(HELD))
    if acts:
        queue(filled, *(an_operation(at, body) for at, body in enumerate(acts, start=1)))

    found = rows(filled)

    with filled.reader() as reader:
        dossier = reports.dossier(reader, ReportId(1))
    on_page = standing(dossier.operations, dossier.takedown_hold, now=NOON)
    assert standing_of(found[1].takedown, now=NOON) == on_page
    assert on_page.state is state
    assert {row.takedown for number, row in found.items() if number != 1} == {NOBODY_WAITS}


def test_what_was_lifted_marks_no_row_and_what_is_over_is_over(filled: Vault) -> None:
    apply(filled, told(HELD), lifted(1, revision=2))
    assert rows(filled)[1].takedown == NOBODY_WAITS

    mark = TakedownMark(confirmed_until=HELD.until)
    assert standing_of(mark, now=HELD.until).state is TakedownState.EXPIRED


def test_a_page_costs_as_many_queries_with_holds_as_without(filled: Vault) -> None:
    def asked() -> int:
        statements: list[str] = []
        with filled.reader() as reader:
            reader.connection.set_trace_callback(statements.append)  # type: ignore[attr-defined]
            reports.page(reader, Query(()), Order(), limit=200)
            reader.connection.set_trace_callback(None)  # type: ignore[attr-defined]
        return len(statements)

    before = asked()
    apply(filled, told(HELD))
    queue(filled, an_operation(1, ASKED))
    assert asked() == before


def test_a_mark_is_looked_up_and_nothing_is_walked_for_it(filled: Vault) -> None:
    """Neither the portal's records nor the operations, however many there are."""
    with filled.reader() as reader:
        plan = reader.connection.execute(f"EXPLAIN QUERY PLAN {reports._ROWS}", ("[1]",))
        steps = [step for *_, step in plan.fetchall()]
    looked_up = [step for step in steps if " p " in f"{step} " or " o " in f"{step} "]
    assert any("PRIMARY KEY (subject=? AND reference=?)" in step for step in looked_up), steps
    assert not [step for step in steps if step.startswith(("SCAN portal", "SCAN operation"))], steps
