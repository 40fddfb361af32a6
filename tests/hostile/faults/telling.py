"""What the fault tests survived, told at the end of a run, however many processes shared it.

A plugin of the whole run: whoever collects it does not load the rooms in which the tests lie.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.hostile.faults.tally import Tally

TALLY = pytest.StashKey[Tally]()


def begin(config: pytest.Config) -> None:
    """Nothing was survived yet."""
    config.stash[TALLY] = Tally()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of a run that is shared out tells its counts to the one who prints them."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["faults"] = session.config.stash[TALLY].told()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[TALLY].add(getattr(node, "workeroutput", {}).get("faults", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = terminalreporter.config.stash[TALLY].lines()
    if lines:
        terminalreporter.section("faults survived")
        for line in lines:
            terminalreporter.write_line(line)
