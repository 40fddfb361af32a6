"""Every sentence is said by somebody: what no room uses is not translated for nobody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cport_desktop import words

HOME: Final = Path(words.__file__).parent
ROOMS: Final = (HOME.parent, HOME.parent.parent / "packaging", HOME.parent.parent / "tests")
NAME: Final = words.__name__


def uses_in(path: Path) -> Iterator[tuple[str, str]]:
    """Each room of words and a name of it that this file uses."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known_as: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == NAME:
            for each in node.names:
                known_as.setdefault(each.asname or each.name, set()).add(each.name)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{NAME}."):
            room = str(node.module).removeprefix(f"{NAME}.")
            yield from ((room, each.name) for each in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and path.parent == HOME:
            yield path.stem, node.id
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from ((room, node.attr) for room in known_as.get(node.value.id, ()))


def names_of(path: Path) -> Iterator[str]:
    """What the room defines, itself not counted."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def test_no_name_of_any_room_of_words_is_left_over() -> None:
    used = {use for room in ROOMS for path in room.rglob("*.py") for use in uses_in(path)}
    made = {(path.stem, name) for path in HOME.glob("*.py") for name in names_of(path)}
    assert {(room, name) for room, name in made - used if not name.startswith("__")} == set()
