"""Both sandboxes keep the contract of their port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cport_desktop.errors import SandboxRefused
from cport_desktop.media.sandbox import Sandbox, SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox, is_available
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.media.self_test import self_test
from tests.contracts.sandbox_contract import SandboxContract


class TestProcessSandbox(SandboxContract):
    @pytest.fixture
    def sandbox(self) -> Iterator[Sandbox]:
        sandbox = ProcessSandbox()
        yield sandbox
        sandbox.close()

    def test_the_self_test_finds_it_working(self):
        assert is_available()
        sandbox = ProcessSandbox()
        report = self_test(sandbox)
        sandbox.close()
        assert report.works
        assert report.level is SandboxLevel.WALLED


class TestRefusingSandbox(SandboxContract):
    @pytest.fixture
    def sandbox(self) -> Sandbox:
        return RefusingSandbox()

    def test_the_refusal_says_what_is_there_and_what_is_demanded(self):
        with pytest.raises(SandboxRefused) as refused:
            RefusingSandbox().examine([], size=0)
        assert refused.value.facts == {"level": "none", "demanded": "process"}

    def test_the_self_test_says_that_nothing_works(self):
        report = self_test(RefusingSandbox())
        assert not report.works
        assert report.level is SandboxLevel.NONE
