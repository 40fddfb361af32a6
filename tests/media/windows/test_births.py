"""How a child comes to be on Windows, step by step; and what is built on it keeps the contract."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pytest

from cport_desktop.errors import SandboxRefused
from cport_desktop.media.attempts import Outcome
from cport_desktop.media.sandbox import Confinement, SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.media.trying_out import tried
from cport_desktop.media.windows.births import WindowsBirths, usual_program
from cport_desktop.media.windows.layouts import (
    ExtendedLimits,
    SecurityCapabilities,
    UiRestrictions,
)
from cport_desktop.media.windows.numbers import JobInformation, ProcessAttribute
from cport_desktop.media.windows.plan import AT_BIRTH, Way
from tests.contracts.sandbox_contract import MakeSandbox, SandboxContract
from tests.media.samples import jpeg
from tests.media.windows.this_machine import ThisMachine, program

READY = """
    import os, sys
    os.write(int(sys.argv[2]), b"ready")
    os.read(int(sys.argv[1]), 1)
    os.read(int(sys.argv[1]), 1)
"""
"""Says that it is ready, and stays until it is ended."""


@pytest.mark.faults
class TestSandboxOfJobs(SandboxContract):
    """Everything but the calls themselves, over processes of this machine: an interpreter's start for
    each file that is looked at.
    """

    @pytest.fixture(scope="class")
    @classmethod
    def make_sandbox(cls) -> MakeSandbox:
        return lambda: ProcessSandbox(births=WindowsBirths(ThisMachine(), program()))


def test_a_picture_goes_through_a_child_of_a_job():
    machine = ThisMachine()
    sandbox = ProcessSandbox(births=WindowsBirths(machine, program()))
    whole = jpeg() + bytes(3_000_000)
    seen = sandbox.examine([whole], size=len(whole))
    confinement = sandbox.confinement
    sandbox.close()
    assert (seen.cannot_show, seen.width) == (None, 400)
    assert confinement == Confinement(SandboxLevel.PROCESS)
    assert (machine.open, machine.living) == (set(), 0)


@pytest.fixture
def machine() -> Iterator[ThisMachine]:
    machine = ThisMachine()
    yield machine
    assert machine.open == set()
    assert machine.living == 0


def test_a_child_is_born_with_two_handles_in_a_job_of_one_and_in_a_container(machine):
    births = WindowsBirths(machine, program(READY), ways=(Way.LEAST_PRIVILEGE,))
    child = births.birth()
    launch = machine.launches[0]
    values = {each.number: each.value for each in launch.attributes}
    assert launch.token is None
    assert set(values) == set(ProcessAttribute)
    assert ctypes.sizeof(values[ProcessAttribute.HANDLE_LIST]) == 2 * 8
    mitigations = values[ProcessAttribute.MITIGATION_POLICY]
    assert isinstance(mitigations, ctypes.c_uint64)
    assert mitigations.value == AT_BIRTH
    granted = values[ProcessAttribute.SECURITY_CAPABILITIES]
    assert isinstance(granted, SecurityCapabilities)
    assert (granted.capabilities, granted.count) == (None, 0)
    about, limits = machine.limits[0]
    assert about is JobInformation.EXTENDED_LIMITS
    assert isinstance(limits, ExtendedLimits)
    assert (limits.basic.processes, limits.basic.flags) == (1, 0x2508)
    assert limits.process_memory == 3 * 1024**3
    about, limits = machine.limits[1]
    assert about is JobInformation.BASIC_UI_RESTRICTIONS
    assert isinstance(limits, UiRestrictions)
    assert limits.limits == 0xFF
    child.end()
    births.close()


def test_a_lesser_way_has_a_token_and_no_container(machine):
    births = WindowsBirths(machine, program(READY), ways=(Way.RESTRICTED,))
    births.birth().end()
    launch = machine.launches[0]
    assert launch.token is not None
    numbers = {each.number for each in launch.attributes}
    assert ProcessAttribute.SECURITY_CAPABILITIES not in numbers
    assert {ProcessAttribute.HANDLE_LIST, ProcessAttribute.JOB_LIST} <= numbers
    births.close()


def test_a_program_that_is_in_a_job_leaves_the_desktop_limits_out():
    machine = ThisMachine(is_in_job=True)
    births = WindowsBirths(machine, program(READY))
    births.birth().end()
    births.close()
    assert {about for about, _ in machine.limits} == {JobInformation.EXTENDED_LIMITS}


def calls_of_a_birth(way: Way) -> int:
    machine = ThisMachine()
    births = WindowsBirths(machine, program(READY), ways=(way,))
    births.birth().end()
    births.close()
    return machine.made.index("start") + 1


@pytest.mark.parametrize("way", [Way.LEAST_PRIVILEGE, Way.RESTRICTED])
def test_whichever_step_is_refused_nothing_stays_open(way: Way):
    steps = calls_of_a_birth(way)
    assert steps >= 10
    for step in range(steps):
        machine = ThisMachine(*range(step, 100))
        births = WindowsBirths(machine, program(READY), ways=(way,))
        with pytest.raises(SandboxRefused):
            births.birth()
        births.close()
        assert (machine.open, machine.living) == (set(), 0), machine.made[step]


@pytest.mark.parametrize("script", ["pass", "import os, sys; os.write(int(sys.argv[2]), b'hello')"])
def test_a_process_that_does_not_say_that_it_is_ready_is_no_child(script: str, machine):
    births = WindowsBirths(machine, program(script))
    with pytest.raises(SandboxRefused):
        births.birth()
    births.close()


def test_where_no_container_can_be_had_a_restricted_token_is_taken_and_kept_to():
    machine = ThisMachine("container")
    births = WindowsBirths(machine, program(READY))
    births.birth().end()
    births.birth().end()
    births.close()
    assert machine.made.count("container") == 2
    assert all(launch.token is not None for launch in machine.launches)
    assert machine.open == set()


def test_one_child_waits_ahead_and_if_it_died_in_its_sleep_another_is_born(machine):
    births = WindowsBirths(machine, program(READY))
    births.birth().end()
    ahead = births._ahead
    assert ahead is not None
    sleeper = ahead.result()
    machine.end_job(sleeper.job)
    assert machine.has_ended(sleeper.process, 10_000)
    child = births.birth()
    assert child.is_alive
    assert child.process != sleeper.process
    child.end()
    births.close()
    with pytest.raises(SandboxRefused):
        births.birth()


def test_no_attempt_is_said_to_have_failed_that_was_not_made(machine):
    births = WindowsBirths(machine, program())
    outcome = tried(births, 0, patience_seconds=60)
    births.close()
    assert outcome is Outcome.UNKNOWN


def test_the_usual_child_is_this_interpreter_isolated_with_nothing_of_the_users_environment():
    usual = usual_program(r"C:\Windows", r"C:\venv\python.exe", r"C:\Python\python.exe")
    assert usual.arguments == (
        r"C:\Python\python.exe",
        "-I",
        "-m",
        "cport_desktop.media.child.on_windows",
    )
    assert set(usual.environment) == {
        "SystemRoot",
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
        "__PYVENV_LAUNCHER__",
    }
