"""The sandbox on Windows itself: runs there only, and has to pass before it may be used."""

from __future__ import annotations

import os
import sys

import pytest

from cport_desktop.bootstrap import choose_sandbox
from cport_desktop.media.sandbox import SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.media.self_test import self_test
from cport_desktop.media.windows.births import WindowsBirths, usual_program
from cport_desktop.media.windows.proof import HAS_PASSED_ITS_CONTRACT
from cport_desktop.media.windows.system_calls import SystemCalls
from tests.contracts.sandbox_contract import MakeSandbox, SandboxContract

on_windows = pytest.mark.skipif(
    sys.platform != "win32",
    reason="needs Windows; run there: python -m pytest tests/media/windows/test_windows_sandbox.py",
)


@on_windows
class TestWindowsSandbox(SandboxContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make_sandbox(cls) -> MakeSandbox:
        base = str(getattr(sys, "_base_executable", sys.executable))
        program = usual_program(os.environ["SYSTEMROOT"], sys.executable, base)
        return lambda: ProcessSandbox(births=WindowsBirths(SystemCalls(), program))

    def test_a_child_is_in_a_container(self, make_sandbox: MakeSandbox):
        sandbox = make_sandbox()
        report = self_test(sandbox)
        sandbox.close()
        assert report.works
        assert report.level is SandboxLevel.WALLED


def test_it_is_used_nowhere_before_it_is_proven():
    assert not HAS_PASSED_ITS_CONTRACT
    assert isinstance(choose_sandbox("win32", 1, SandboxLevel.PROCESS), RefusingSandbox)


@pytest.mark.skipif(sys.platform == "win32", reason="this is about all other systems")
def test_its_calls_are_made_on_windows_only():
    with pytest.raises(OSError, match="on Windows only"):
        choose_sandbox("win32", 1, SandboxLevel.PROCESS, is_proven_on_windows=True)
