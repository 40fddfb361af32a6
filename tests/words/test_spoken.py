"""Every sentence of `words` passes through `tongue`, in a form that a catalogue can hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

WORDS: Final = Path(__file__).parents[2] / "cport_desktop" / "words"

MESSAGES: Final[Mapping[str, tuple[int, ...]]] = {"tr": (0,), "tr_in": (0, 1), "tr_many": (0, 1)}
"""Which arguments of each function a catalogue holds; all of them must be literals."""

WHOLE_FILES: Final[Mapping[str, str]] = {
    "tongue.py": "the languages themselves",
    "audit_export.py": "goes with an export of the audit log, which leaves: English",
}
NAMED: Final[Mapping[tuple[str, str], str]] = {
    ("packages.py", "SYNTHETIC_NOTE"): "a file of a package, which leaves: English",
    ("packages.py", "HOW_TO_VERIFY"): "a file of a package, which leaves: English",
    ("window.py", "PACKAGE_NAME_DEFAULT"): "the title of a package, which leaves: English",
    ("tables.py", "UNNAMED"): "stands in the register, which is English",
    ("tables.py", "_SUBJECTS"): "stands in the register, which is English",
    ("tables.py", "title"): "stands in the register, which is English",
    ("keeping.py", "restored_from"): "stands in the audit log, which is English",
    ("operations.py", "STATED"): "stands in the audit log, which is English",
    ("operations.py", "INSISTED"): "stands in the audit log, which is English",
    ("recovery_sheet.py", "CODE_LINE"): "a sheet made in one language is read in another",
    ("slots.py", "FIRST_SLOT"): "the name of a slot, kept with it",
    ("slots.py", "RECOVERY_SLOT"): "the name of a slot, kept with it",
    ("keys_window.py", "RECOVERY_SLOT"): "the name of a slot, kept with it",
    ("keys_window.py", "PASSPHRASE_SLOT"): "the name of a slot, kept with it",
    ("locking.py", "WHO"): "the name of the product",
    ("window.py", "PRODUCT"): "the name of the product",
    ("table_page.py", "__all__"): "names of this program",
    ("analysts.py", "slot_of"): "the name of a slot, kept with it",
    ("courier.py", "bundle_title"): "stands in the register, which is English",
    ("deeds.py", "UNDO"): "a code of the errors",
    ("deeds.py", "REDO"): "a code of the errors",
    ("deeds.py", "UNDONE_BY_ANALYST"): "stands in the outbox, kept with an operation",
    ("deeds.py", "REDONE"): "stands in the outbox, kept with an operation",
    ("diagnosis.py", "PYTHON"): "the name of a language",
    ("disclosures.py", "DID_NOT_LEAVE"): "stands in the register, which is English",
    ("disclosures.py", "REGISTER"): "stands in the register, which is English",
    ("disclosures.py", "operations_sent"): "stands in the register, which is English",
    ("disclosures.py", "certificates"): "stands in the register, which is English",
    ("disclosures.py", "NOTICE_FOOT"): "stands in a notice that is signed: English",
    ("disclosures.py", "notice_head"): "stands in a notice that is signed: English",
    ("disclosures.py", "noticed_change"): "stands in a notice that is signed: English",
    ("disclosures.py", "noticed_copy"): "stands in a notice that is signed: English",
    ("disclosures.py", "noticed_reason"): "stands in a notice that is signed: English",
    ("disclosures.py", "noticed_file"): "stands in a notice that is signed: English",
    ("disclosures.py", "notice_subject"): "stands in a notice that is signed: English",
    ("hash_list_export.py", "title"): "stands in the register, which is English",
    ("hash_list_export.py", "superseded"): "stands in the register, which is English",
    ("receipts.py", "DUTY"): "stands in the register, which is English",
    ("receipts.py", "receipt_subject"): "stands in a receipt that is signed: English",
    ("receipts.py", "receipt_lines"): "stands in a receipt that is signed: English",
    ("raised_facts.py", "_LAST_WORD"): "a pattern",
    ("raised_facts.py", "_FIRST_WORDS"): "a pattern",
    ("raised_facts.py", "_readings"): "placeholders",
    ("error_facts.py", "_AMOUNTS"): "names of facts of errors",
    ("errors.py", "pattern"): "codes of errors",
    ("window_cures.py", "Place"): "codes of places in the window",
    ("window_cures.py", "OFFERS"): "codes of places in the window",
}
"""What has words and is not translated, by file and name, each with its reason."""

CODES: Final = frozenset({"lightest", "grave", "gravest", "muted"}) | {
    *("analyst", "exporter", "supervisor", "auditor", "administrator"),
    *("MD5", "SHA-1", "SHA-256", "SHA-512", "PDQ", "HTTPS", "px"),
    *("HEIC", "JPEG 2000", "HEIC, JPEG 2000"),
}
"""Tones of the style, roles, names and units that are the same in every language."""

_KEY: Final = r"(?:(?:Ctrl|Alt|Shift)\+)*(?:Ctrl|Alt|Shift|F\d+|Enter|Return|Escape|Esc|Space|Up|Down|Left|Right|Home|End|Page|Pause|Del|\S)?"
_KEYS: Final = re.compile(rf"{_KEY}(?:[ ,…]+{_KEY})*")
_TYPED: Final = re.compile(
    r"cport .*|https?://\S+|/\S+|(?:[a-z]+:\S+ ?)+|[a-z]*\.example|[A-Z]{1,2}-?\d+|HL-\d+|NL|\d.*"
)
"""Commands, and examples of what is typed: addresses, paths, queries, references, countries."""

_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_PLACEHOLDER: Final = re.compile(r"\{\w*\}")


def rooms() -> list[Path]:
    return [path for path in sorted(WORDS.glob("*.py")) if path.name not in WHOLE_FILES]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls of the functions of `tongue`, with their names."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in MESSAGES
        ):
            yield node.func.id, node


def messages(name: str, call: ast.Call) -> list[ast.expr]:
    return [call.args[place] for place in MESSAGES[name]]


def unspoken(path: Path) -> Iterator[tuple[int, str]]:
    """Strings with a word that no function of `tongue` gets, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = set(_not_sentences(tree))
    for statement in tree.body:
        if any((path.name, name) in NAMED for name in _names(statement)):
            continue
        for node in ast.walk(statement):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in passed
                and _is_told(node.value)
            ):
                yield node.lineno, node.value


def _is_told(text: str) -> bool:
    plain = _PLACEHOLDER.sub("", text).strip()
    if plain in CODES or not _WORD.search(plain):
        return False
    return not (_KEYS.fullmatch(plain) or _TYPED.fullmatch(plain))


def _names(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(targets=targets):
            yield from (each.id for each in targets if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name


def _not_sentences(tree: ast.AST) -> Iterator[int]:
    """The ids of strings that are docstrings, keys, codes that something is compared with, parts
    of a subscript, places in the manual, or messages of a call.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                yield id(text)
            case ast.Dict(keys=keys):
                yield from _within(*(key for key in keys if key is not None))
            case ast.Compare():
                yield from _within(node)
            case ast.MatchValue(value=value):
                yield id(value)
            case ast.Subscript(slice=part):
                yield from _within(part)
            case ast.keyword(arg="chapter", value=place):
                yield from _within(place)
            case ast.FormattedValue(format_spec=ast.JoinedStr() as spec):
                yield from _within(spec)
            case ast.Call(func=ast.Name(id=name)) if name in MESSAGES:
                yield from _within(*messages(name, node))
            case ast.Call(func=ast.Attribute(attr=name), args=args) if name in _ASK_BY_CODE:
                yield from _within(*args[:1])


_ASK_BY_CODE: Final = frozenset({"get", "startswith", "endswith", "partition", "removeprefix"})
"""Methods whose first argument is no sentence but something that is looked for."""


def _within(*nodes: ast.AST) -> Iterator[int]:
    for node in nodes:
        yield from (id(each) for each in ast.walk(node))


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


@pytest.mark.parametrize("path", rooms(), ids=lambda path: path.stem)
class TestEachRoomOfWords:
    def test_has_no_sentence_that_is_not_spoken(self, path: Path) -> None:
        assert [f"{path.name}:{line} {text!r}" for line, text in unspoken(path)] == []

    def test_gives_messages_that_an_extractor_can_read(self, path: Path) -> None:
        """Literals, and none within an f-string, where a tokenizer of Python 3.11 sees one word."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unread = [
            call.lineno
            for name, call in calls(tree)
            for message in messages(name, call)
            if not (isinstance(message, ast.Constant) and isinstance(message.value, str))
        ]
        inside = [
            call.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for _, call in calls(node)
        ]
        assert unread == []
        assert inside == []

    def test_names_each_placeholder_that_it_fills(self, path: Path) -> None:
        """A message without values may keep its placeholders: it is filled later."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        wrong = []
        for name, call in calls(tree):
            given = {each.arg for each in call.keywords}
            if None in given or (not given and name != "tr_many"):
                continue
            texts = [ast.literal_eval(each) for each in messages(name, call)]
            said = texts[1:] if name == "tr_in" else texts
            counted = {"count"} if name == "tr_many" else set()
            if given - counted != set().union(*map(placeholders, said)) - counted:
                wrong.append(f"{path.name}:{call.lineno} {said[-1]!r}")
        assert wrong == []

    def test_has_one_kind_of_apostrophe(self, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = [
            message.value
            for name, call in calls(tree)
            for message in messages(name, call)
            if isinstance(message, ast.Constant)
        ]
        assert [text for text in told if re.search(r"\w'(\w|(?<=s')\s)", str(text))] == []

    def test_has_no_message_of_placeholders_alone(self, path: Path) -> None:
        """A mark of per cent says something: languages set it apart or not."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        empty = [
            f"{path.name}:{call.lineno}"
            for name, call in calls(tree)
            if not any(
                re.search(r"[^\W\d_]|%", _PLACEHOLDER.sub("", ast.literal_eval(message)))
                for message in messages(name, call)
            )
        ]
        assert empty == []


def test_each_exception_still_stands_in_its_file() -> None:
    there = {
        (path.name, name)
        for path in rooms()
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        for name in _names(statement)
    }
    assert set(NAMED) - there == set()
    assert {name for name in WHOLE_FILES if not (WORDS / name).exists()} == set()


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ('A = "A sentence."', True),
        ('def a(n: int) -> str:\n    return f"{n} reports"', True),
        ('A = {"key": "Some words"}', True),
        ('A = tr("A sentence.")', False),
        ('A = tr_in("state", "Open")', False),
        ('KEY = "Ctrl+Shift+F"', False),
        ('KEYS = "P , . ← → [ ]"', False),
        ('def a(w: str) -> str:\n    """Says it."""\n    return "" if w == "code" else w', False),
    ],
)
def test_the_check_itself_tells_sentences_from_codes(
    tmp_path: Path, line: str, *, is_found: bool
) -> None:
    room = tmp_path / "room.py"
    room.write_text(line, encoding="utf-8")
    assert bool(list(unspoken(room))) is is_found
