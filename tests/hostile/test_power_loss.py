"""The power fails at any moment: nothing promised is lost, nothing is half done.

Traces are explored by `tests.hostile.faults`; how, and what that does not cover, is told in
docs/reliability.md.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.hostile.conftest import MakeBench
from tests.hostile.faults.interposition import Fault, Mode, Sabotage
from tests.hostile.faults.messages import Checked, Depth
from tests.hostile.faults.runs import Bench
from tests.hostile.faults.tally import Tally
from tests.hostile.faults.verdicts import violations
from tests.hostile.faults.workflows.every import every_workflow

TRACE = Fault(Mode.TRACE)
WORKFLOWS = [workflow.name for workflow in every_workflow()]

QUICK = Depth(random_choices=1, one_in=20, finish_every=64)
WHOLE = Depth(random_choices=4, samples=2)
DEAR = {"create": 2, "backup": 2, "migrate": 6}
"""Workflows whose states are dear to check (a vault is made or restored for each, or an old one
opened by its passphrase): of those that the kernel never held one in so many is checked."""
AT_MOST = {"migrate": 1}
"""Recoveries that are explored, where each takes minutes."""
OF_RECOVERY = Depth(random_choices=1, one_in=6, finish_every=64)
OF_MISTAKES = Depth(random_choices=4, one_in=12, finish_every=256)


def explored(bench: Bench, depth: Depth, sabotage: Sabotage) -> tuple[list[Checked], list[str]]:
    traced = bench.traced(bench.question(replace(TRACE, sabotage=sabotage)))
    found = bench.explored(traced, depth)
    return found, violations(traced.events, found)


@pytest.mark.parametrize("name", ["slots", "rekey"])
def test_what_a_power_cut_may_leave_is_sound_and_holds_all_that_was_promised(
    name: str, make_bench: MakeBench
):
    found, wrong = explored(make_bench(name), QUICK, Sabotage.NONE)
    assert wrong == []
    assert len(found) > 80


@pytest.mark.faults
@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_state_that_a_power_cut_may_leave_is_sound_also_when_it_fails_again(
    name: str, make_bench: MakeBench, tally: Tally
):
    bench = make_bench(name)
    with tally.timing("power cuts", name) as count:
        depth = replace(WHOLE, one_in=DEAR.get(name, 1))
        found, wrong = explored(bench, depth, Sabotage.NONE)
        count.number += len(found)
    assert wrong == []
    samples = [each for each in found if each.sample][: AT_MOST.get(name)]
    assert samples
    with tally.timing("power cuts in recovery", name) as count:
        for state in samples:
            question = replace(bench.question(TRACE), before=state.sample, only_look=True)
            traced = bench.traced(question, "recovery")
            again = bench.explored(traced, OF_RECOVERY)
            assert violations(traced.events, again, kept=frozenset(state.facts)) == []
            count.number += len(again)


MISTAKES = [mistake for mistake in Sabotage if mistake]


@pytest.mark.faults
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name.lower())
def test_the_exploration_finds_mistakes_that_are_made_on_purpose(
    mistake: Sabotage, make_bench: MakeBench
):
    _, wrong = explored(make_bench("import"), OF_MISTAKES, mistake)
    assert wrong != []


def test_the_exploration_finds_a_log_of_writes_that_is_not_flushed(make_bench: MakeBench):
    _, wrong = explored(make_bench("slots"), QUICK, Sabotage.LATE_LOG_SYNC)
    assert wrong != []
