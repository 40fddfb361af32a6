"""Every promise of the threat model names tests, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "threat_model.md").read_text(encoding="utf-8")
PROMISES = re.findall(r"^\*\*(T\d+)\. .*?(?=^\*\*T\d+\. |^## )", TEXT, re.MULTILINE | re.DOTALL)
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)


def test_promises_are_numbered_without_gaps():
    assert [f"T{number}" for number in range(1, len(PROMISES) + 1)] == PROMISES


def test_each_promise_names_a_test():
    parts = re.split(r"^\*\*T\d+\. ", TEXT.split("## What roles")[0], flags=re.MULTILINE)[1:]
    assert len(parts) == len(PROMISES)
    assert all("`tests/" in part for part in parts)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_is_there(file: str, name: str):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert not name or name in {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
