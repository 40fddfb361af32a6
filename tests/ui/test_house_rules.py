"""What no room of the window may do, found by reading its code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import cport_desktop.ui

ROOM = Path(cport_desktop.ui.__file__).parent
FORBIDDEN_NAMES = {
    "QMessageBox": "an error stands where it arose",
    "QErrorMessage": "an error stands where it arose",
    "QDesktopServices": "nothing is ever opened outside",
    "QImageReader": "no decoder in a process with keys",
    "QMovie": "no decoder in a process with keys",
    "QMediaPlayer": "no decoder in a process with keys",
    "QSvgWidget": "no decoder in a process with keys",
    "QSvgRenderer": "no decoder in a process with keys",
    "QPixmapCache": "no pixel is kept",
    "QTextEdit": "takes pasted text for rich text",
    "QThread": "lanes, not thread subclasses",
    "QWebEngineView": "there is no browser",
    "QProcess": "the window starts nothing",
}
FORBIDDEN_CALLS = {
    "loadFromData": "no decoder in a process with keys",
    "fromData": "no decoder in a process with keys",
    "processEvents": "no nested turns of the event loop",
    "setHtml": "plain text only",
    "setMarkdown": "plain text only",
    "setWhatsThis": "through plain_tip only",
    "setStatusTip": "through plain_tip only",
    "setTextFormat": "a label is plain for ever",
    "setOpenLinks": "nothing is ever opened outside",
    "getOpenFileName": "a nested loop and a list of recent files",
    "getSaveFileName": "a nested loop and a list of recent files",
}
ONLY_IN = {
    "QLabel": "plain_label.py",
    "setToolTip": "plain_label.py",
    "setTextFormat": "plain_label.py",
    "QFileDialog": "files.py",
    "QTextBrowser": "manual_browser.py",
}


def rooms() -> list[Path]:
    return sorted(ROOM.rglob("*.py"))


def names_and_calls(path: Path) -> list[tuple[str, int, bool]]:
    """Every name and attribute of a room: the word, its line, whether it is called."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found: list[tuple[str, int, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.append((node.id, node.lineno, id(node) in called))
        elif isinstance(node, ast.Attribute):
            found.append((node.attr, node.lineno, id(node) in called))
        elif isinstance(node, ast.alias):
            found.append((node.name, 0, False))
    return found


def test_there_are_rooms_to_read() -> None:
    assert len(rooms()) > 30


@pytest.mark.parametrize("path", rooms(), ids=lambda path: str(path.relative_to(ROOM)))
def test_a_room_keeps_to_plain_text_and_lanes(path: Path) -> None:
    faults = []
    for word, line, is_call in names_and_calls(path):
        if word in ONLY_IN and path.name == ONLY_IN[word]:
            continue
        if word in FORBIDDEN_NAMES:
            faults.append(f"{line}: {word}: {FORBIDDEN_NAMES[word]}")
        elif word in ONLY_IN:
            faults.append(f"{line}: {word}: only in {ONLY_IN[word]}")
        elif is_call and word in FORBIDDEN_CALLS:
            faults.append(f"{line}: {word}: {FORBIDDEN_CALLS[word]}")
    assert faults == []


@pytest.mark.parametrize("path", rooms(), ids=lambda path: str(path.relative_to(ROOM)))
def test_a_room_starts_no_loop_and_reads_no_picture_file(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    faults = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in {"exec", "exec_"} and path.name != "app.py":
            faults.append(f"{node.lineno}: {name} is a loop of its own")
        if name in {"QIcon", "QPixmap"} and node.args:
            faults.append(f"{node.lineno}: {name} decodes what it is given")
        if name == "QImage" and node.args and len(node.args) != 5:
            faults.append(f"{node.lineno}: QImage from anything but raw pixels")
    assert faults == []


def test_the_rules_catch_what_they_are_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("label = QLabel(text)\nw.setToolTip(text)\nQMessageBox.warning(w, t, u)\n")
    words = {word for word, _line, _call in names_and_calls(bad)}
    assert {"QLabel", "setToolTip", "QMessageBox"} <= words


def test_no_sentence_is_written_outside_the_words() -> None:
    """A string of several words that a person would read stands in `words`, not in a view."""
    told: list[str] = []
    for path in rooms():
        if path.name == "opening.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        attributes = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        told += [
            f"{path.name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documentation | attributes
            and len(node.value.split()) >= 3
            and "\n" not in node.value
            and "%" not in node.value
        ]
    assert told == []
