"""`kill -9` at any moment: what was promised is there at the next start, and the work goes on."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from tests.hostile.conftest import MakeBench
from tests.hostile.faults.interposition import Fault, Mode
from tests.hostile.faults.messages import DONE, Question
from tests.hostile.faults.runs import Bench, Run
from tests.hostile.faults.tally import Count, Tally
from tests.hostile.faults.workflows.every import every_workflow

WORKFLOWS = [workflow.name for workflow in every_workflow()]
KILLED = -9
AT_A_CALL, AT_A_MOMENT = 80, 50
"""Kills of each workflow: at the call of some number, and at some moment."""
LONGEST_RECOVERY = 10.0
"""Seconds: no measurement, only that a recovery ends; figures are in docs/reliability.md."""


def kills(bench: Bench, calls: int, *, at_a_call: int, at_a_moment: int) -> Iterator[Question]:
    dice = random.Random(f"kills of {bench.workflow.name}")
    asked = replace(bench.question(Fault(Mode.COUNT)), then_look=True)
    for index in range(at_a_call):
        number = 1 + index * calls // at_a_call
        fault = Fault(Mode.KILL, number)
        yield replace(asked, fault=fault, then_finish=index % 4 == 0)
    for index in range(at_a_moment):
        after = dice.uniform(0, 0.06)
        yield replace(asked, killed_after=after, then_finish=index % 4 == 0)


def require_nothing_lost(runs: Iterable[Run], count: Count) -> None:
    for run in runs:
        outcome = run.outcome
        assert outcome.status in (DONE, KILLED), outcome
        assert not outcome.fault, f"{run.question.fault}: {outcome.fault}"
        assert set(run.promised) <= set(outcome.facts), run
        assert outcome.recovery < LONGEST_RECOVERY
        count.number += outcome.status == KILLED
        count.worst = max(count.worst, outcome.recovery)


def calls_of(bench: Bench) -> int:
    (counted,) = bench.run_all([bench.question(Fault(Mode.COUNT))])
    assert counted.outcome.status == DONE, counted.outcome
    return counted.outcome.calls


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_killed_process_costs_nothing_that_was_promised(name: str, make_bench: MakeBench):
    bench, count = make_bench(name), Count()
    some = kills(bench, calls_of(bench), at_a_call=4, at_a_moment=1)
    require_nothing_lost(bench.run_all(some), count)
    assert count.number > 2


@pytest.mark.faults
@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_hundred_kills_cost_nothing_that_was_promised(
    name: str, make_bench: MakeBench, tally: Tally
):
    bench = make_bench(name)
    many = kills(bench, calls_of(bench), at_a_call=AT_A_CALL, at_a_moment=AT_A_MOMENT)
    with tally.timing("kills", name) as count:
        require_nothing_lost(bench.run_all(many), count)
    assert count.number >= 100
