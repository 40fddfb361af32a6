"""The scripts that make the manual are no part of the program: they are loaded from their folder."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parents[2] / "packaging"


def script(name: str) -> ModuleType:
    """A script of `packaging` as a module."""
    if str(SCRIPTS) not in sys.path:
        sys.path.append(str(SCRIPTS))
    return importlib.import_module(name)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual as the window reads it."""
    folder = tmp_path_factory.mktemp("manual")
    script("manual_html").write_html(script("manual_book").read_book(), folder)
    return folder
