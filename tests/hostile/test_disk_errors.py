"""A write, a flush or a change of names fails, once or for ever: it is said, and nothing is lost.

A run ends well, and then all it promises is there; or with an error of our tree, and never as a
bug. When the fault has gone, the vault opens, is sound and holds all that was promised.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.hostile.conftest import MakeBench
from tests.hostile.faults.interposition import Fault, Mode
from tests.hostile.faults.messages import DONE, FAILED_WELL, Outcome, Question
from tests.hostile.faults.runs import Bench, Run
from tests.hostile.faults.tally import Tally
from tests.hostile.faults.workflows.every import every_workflow

WORKFLOWS = [workflow.name for workflow in every_workflow()]


WHOLE = "FAULTS_WHOLE" in os.environ
"""Every error at every call. Else every call has two of the four, and every error half the calls."""


DEAR = {} if WHOLE else {"migrate": 4}
"""Here a passphrase opens the vault in each run, which takes a hundred times as long: every fourth
call is struck."""


def faults(calls: int, writes: int, *, step: int) -> Iterator[Fault]:
    """Errors at each call (each `step`th one), once and for ever."""
    for number in range(1, calls + 1, step):
        for error in (errno.EIO, errno.ENOSPC):
            for for_ever in (False, True):
                if WHOLE or (number + error + for_ever) % 2:
                    yield Fault(Mode.INJECT, number, errno=error, for_ever=for_ever)
    for number in range(1, writes + 1, step):
        for for_ever in (False, True):
            if WHOLE or (number + for_ever) % 2:
                yield Fault(Mode.INJECT, number, shortened=True, for_ever=for_ever)


def asked(bench: Bench, counted: Outcome, *, step: int) -> Iterator[Question]:
    question = replace(bench.question(Fault(Mode.COUNT)), then_look=True)
    for index, fault in enumerate(faults(counted.calls, counted.writes, step=step)):
        yield replace(question, fault=fault, then_finish=index % 16 == 0)


def fault_of(run: Run, promises: set[str]) -> str:
    """What is wrong with how a run ended; "" if nothing is."""
    outcome = run.outcome
    if outcome.status not in (DONE, FAILED_WELL):
        return f"no clear end: {outcome.error or outcome.status}"
    if outcome.fault:
        return outcome.fault
    if not set(run.promised) <= set(outcome.facts):
        return f"lost: {set(run.promised) - set(outcome.facts)}"
    if outcome.status == DONE and not promises <= set(run.promised):
        return f"called done, and was not: {promises - set(run.promised)}"
    return ""


def wrong_ends(bench: Bench, *, step: int) -> tuple[list[str], int]:
    (whole,) = bench.run_all([bench.question(Fault(Mode.COUNT))])
    assert whole.outcome.status == DONE, whole.outcome
    wrong, struck = [], 0
    for run in bench.run_all(asked(bench, whole.outcome, step=step)):
        struck += run.outcome.struck
        if what := fault_of(run, set(whole.promised)):
            wrong.append(f"{run.question.fault}: {what}")
    return wrong, struck


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_disk_that_fails_now_and_then_is_named_and_loses_nothing(
    name: str, make_bench: MakeBench
):
    wrong, struck = wrong_ends(make_bench(name), step=199)
    assert wrong == []
    assert struck >= 1


@pytest.mark.faults
@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_disk_that_fails_at_any_call_is_named_and_loses_nothing(
    name: str, make_bench: MakeBench, tally: Tally
):
    with tally.timing("disk errors", name) as count:
        wrong, struck = wrong_ends(make_bench(name), step=DEAR.get(name, 1))
        count.number += struck
    assert wrong == []
