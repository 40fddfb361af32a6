"""The sandbox of the fault tests keeps to the contract of every sandbox."""

from __future__ import annotations

import pytest

from tests.contracts.sandbox_contract import MakeSandbox, SandboxContract
from tests.hostile.faults.workflows.remembering import RememberingSandbox


class TestRememberingSandbox(SandboxContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make_sandbox(cls, tmp_path_factory: pytest.TempPathFactory) -> MakeSandbox:
        return lambda: RememberingSandbox(tmp_path_factory.mktemp("remembering") / "seen")
