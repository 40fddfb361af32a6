"""The sandbox of the fault tests keeps to the contract of every sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.sandbox_contract import SandboxContract
from tests.hostile.faults.workflows.remembering import RememberingSandbox


class TestRememberingSandbox(SandboxContract):
    @pytest.fixture
    def sandbox(self, tmp_path: Path) -> Iterator[RememberingSandbox]:
        sandbox = RememberingSandbox(tmp_path / "seen")
        yield sandbox
        sandbox.close()
