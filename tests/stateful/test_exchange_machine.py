"""Whatever happens between stations and portal: nothing is lost, nothing counts twice."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.batch import ReportChange, Withdrawal
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.report import Report
from tests.demo.stations import enrol
from tests.stateful.machine import Exchanging
from tests.stateful.world import UNTIL, Template, make_template, open_gateway

AT_ONCE = 120
"""Steps of one run: long enough for several backups, bundles and agreements to cross."""
QUICK = 2_000
LONG = 100_000
EXAMPLES = 22

Told = dict[ReportId, tuple[Report, bool]]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    pictures = tmp_path_factory.mktemp("pictures")
    return make_template(tmp_path_factory.mktemp("template"), pictures)


@pytest.fixture(scope="module")
def told(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What the portal tells from the beginning."""
    folder = tmp_path_factory.mktemp("observed")
    gateway = open_gateway(folder, template.pictures, SteppingClock(UNTIL))
    found: Told = {}
    for batch in enrol(gateway).pages():
        for change in batch.changes:
            if isinstance(change, ReportChange):
                found[change.report.report_id] = (change.report, False)
            elif isinstance(change, Withdrawal):
                found[change.report_id] = (found[change.report_id][0], True)
    gateway.close()
    return found


class Run:
    """Runs of the machine, and how many steps they made."""

    def __init__(self, template: Template, told: Told) -> None:
        self._template = template
        self._told = told
        self.machines: list[Exchanging] = []

    def __call__(self) -> Exchanging:
        self.machines.append(Exchanging(self._template, self._told))
        return self.machines[-1]

    @property
    def steps(self) -> int:
        return sum(machine.steps for machine in self.machines)


def ways(*, examples: int, is_repeatable: bool) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=AT_ONCE,
        derandomize=is_repeatable,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate) if is_repeatable else tuple(Phase),
    )


def test_two_thousand_steps_in_any_order(
    template: Template, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    run, begun = Run(template, told), time.monotonic()
    run_state_machine_as_test(run, settings=ways(examples=EXAMPLES, is_repeatable=True))  # type: ignore[arg-type]
    with capsys.disabled():
        print(f"\n{run.steps} steps in {time.monotonic() - begun:.0f} s")
    assert run.steps >= QUICK


@pytest.mark.faults
def test_a_hundred_thousand_steps_in_any_order(
    template: Template, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    steps, begun = 0, time.monotonic()
    while steps < LONG:
        run, number = Run(template, told), random.SystemRandom().randrange(1 << 32)
        with capsys.disabled():
            print(f"\nseed {number}, {steps} steps so far", flush=True)
        run_state_machine_as_test(
            seed(number)(run),  # type: ignore[arg-type]
            settings=ways(examples=EXAMPLES, is_repeatable=False),
        )
        steps += run.steps
    with capsys.disabled():
        print(f"\n{steps} steps in {time.monotonic() - begun:.0f} s")
