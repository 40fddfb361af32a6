"""Vaults for the tests of this room: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened


@pytest.fixture(scope="session")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that nobody opens: the others are copies of it."""
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault")


@pytest.fixture
def closed_vault(newborn: Path, tmp_path: Path) -> Path:
    """The folder of an empty demo vault that is not open."""
    return Path(shutil.copytree(newborn, tmp_path / "vault"))


@pytest.fixture
def vault(closed_vault: Path) -> Iterator[Vault]:
    """An empty demo vault, open."""
    with reopened(closed_vault) as opened:
        yield opened
