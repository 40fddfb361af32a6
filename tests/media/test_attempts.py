"""No way out of a confined child: every attempt is made from inside, as native code would make it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator

import pytest

from cport_desktop.media.attempts import ATTEMPTS, Outcome
from cport_desktop.media.nursery import Nursery
from cport_desktop.media.nursery_words import NOT_HERE
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.media.trying_out import tried

NAMES = [attempt.name for attempt in ATTEMPTS]
NOBODY = 65534
BY_THE_OTHER_CALLS = {"two gibibytes above the limit"}
"""Denied by a limit and not by the filter."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leads_out_of_a_confined_child(name: str, nursery: Nursery):
    outcome = tried(nursery, NAMES.index(name), patience_seconds=60)
    assert outcome in {Outcome.ENDED, Outcome.DENIED, Outcome.UNKNOWN}


def test_most_attempts_end_the_child_so_that_they_are_seen():
    sandbox = ProcessSandbox()
    outcomes = Counter(each.outcome for each in sandbox.try_out())
    sandbox.close()
    assert outcomes[Outcome.REACHED] == 0
    assert outcomes[Outcome.ENDED] >= 35
    assert sum(outcomes.values()) == len(ATTEMPTS) >= 50


# What each wall does by itself ----------------------------------------------------------------

SCRIPT = """
    import os, resource, sys
    from cport_desktop.media.attempts import ATTEMPTS
    from cport_desktop.media.child.call_filter import install
    from cport_desktop.media.child.confinement import bind_to_parent
    from cport_desktop.media.child.file_wall import raise_wall
    from cport_desktop.media.child.trying import ready_to_try

    walls, user = sys.argv[1].split("+"), int(sys.argv[2])
    if user:
        os.setgid(user)
        os.setuid(user)
    for attempt in ATTEMPTS:
        answer, tell = os.pipe()
        if os.fork() == 0:
            call = ready_to_try(attempt, parent=os.getppid())
            bind_to_parent()
            if "wall" in walls:
                assert raise_wall()
            if "limit" in walls:
                resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            if "filter" in walls:
                assert install(os.uname().machine)
            os.write(tell, str(NOT_HERE if call is None else call()).encode())
            os._exit(0)
        os.close(tell)
        print(os.read(answer, 8).decode() or "ended", flush=True)
        os.close(answer)
"""


def outcomes(walls: str, *, user: int = 0) -> dict[str, str]:
    """What came of each attempt behind these walls: `ended`, or the number of an error."""
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            textwrap.dedent(SCRIPT).replace("NOT_HERE", str(NOT_HERE)),
            walls,
            str(user),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd="/",
    )
    return dict(zip(NAMES, run.stdout.split(), strict=True))


def open_ways(found: dict[str, str]) -> set[str]:
    closed = {"ended", str(errno.EACCES), str(NOT_HERE)}
    return {name for name, said in found.items() if said not in closed}


def test_without_any_wall_nearly_all_of_them_reach_the_kernel():
    assert len(open_ways(outcomes("none"))) >= len(ATTEMPTS) - 3


@pytest.mark.parametrize("user", [0, NOBODY])
@pytest.mark.parametrize("walls", ["filter", "wall+filter"])
def test_the_filter_alone_stops_all_with_and_without_landlock(walls: str, user: int):
    if user and os.geteuid() != 0:
        pytest.skip("only root can become another user")
    assert open_ways(outcomes(walls, user=user)) == BY_THE_OTHER_CALLS


def test_landlock_alone_stops_files_and_signals_and_not_sockets():
    found = outcomes("wall")
    assert "open a file" not in open_ways(found)
    assert "a network socket" in open_ways(found)
    assert found["signal the parent"] == str(errno.EPERM)


def test_memory_above_the_limit_is_refused_by_the_limit():
    assert outcomes("limit+filter")["two gibibytes above the limit"] == str(errno.ENOMEM)
