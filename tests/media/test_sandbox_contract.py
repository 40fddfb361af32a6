"""Every sandbox keeps the contract of the port."""

from __future__ import annotations

import pytest

from cport_desktop.errors import SandboxRefused, SandboxUnproven
from cport_desktop.media.bubblewrap import enclosed
from cport_desktop.media.nursery import Nursery
from cport_desktop.media.sandbox import Confinement, Sandbox, SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox, is_available
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.media.self_test import self_test
from tests.contracts.sandbox_contract import MakeSandbox, SandboxContract
from tests.media.enclosing import need_namespaces


class TestProcessSandbox(SandboxContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make_sandbox(cls) -> MakeSandbox:
        return ProcessSandbox

    def test_the_self_test_finds_it_working(self):
        assert is_available()
        sandbox = ProcessSandbox()
        report = self_test(sandbox)
        sandbox.close()
        assert report.works
        assert report.level is SandboxLevel.WALLED


class TestSandboxInNamespaces(SandboxContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make_sandbox(cls) -> MakeSandbox:
        need_namespaces()
        return lambda: ProcessSandbox(births=Nursery(enclose=enclosed))

    def test_it_is_there(self, sandbox: Sandbox):
        assert sandbox.confinement == Confinement(SandboxLevel.WALLED, has_namespaces=True)


class TestRefusingSandbox(SandboxContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make_sandbox(cls) -> MakeSandbox:
        return RefusingSandbox

    def test_the_refusal_says_what_is_there_and_what_is_demanded(self):
        with pytest.raises(SandboxRefused) as refused:
            RefusingSandbox().examine([], size=0)
        assert refused.value.facts == {"level": "none", "demanded": "process"}

    def test_the_self_test_says_that_nothing_works(self):
        report = self_test(RefusingSandbox())
        assert not report.works
        assert report.level is SandboxLevel.NONE


class TestUnprovenSandbox(SandboxContract):
    """What stands in the place of a sandbox that has not passed this suite on its platform."""

    @pytest.fixture(scope="class")
    @classmethod
    def make_sandbox(cls) -> MakeSandbox:
        return lambda: RefusingSandbox(is_unproven=True)

    def test_the_refusal_is_one_of_its_own(self):
        with pytest.raises(SandboxUnproven):
            RefusingSandbox(is_unproven=True).examine([], size=0)

    def test_the_self_test_knows_why_nothing_works(self):
        report = self_test(RefusingSandbox(is_unproven=True))
        assert not report.works
        assert report.confinement.code == "unproven"
