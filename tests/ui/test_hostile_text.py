"""A stranger's words in every field that a stranger fills: each page and dialog shows them as they are
stored, with what steers or hides written out, and takes none of it for markup, a link or a key.
"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

import cport_desktop.ui
from cport_desktop.bootstrap import furnish
from cport_desktop.domain.about import of_case, of_report
from cport_desktop.domain.ids import HotlineId, ReportId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import Hosting, Hotline, Report
from cport_desktop.settings import Settings
from cport_desktop.ui.desk import Desk
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.ui.working_opening import working_of
from tests.builders import make_vault, reopened
from tests.report_builders import an_item, new, told
from tests.ui.test_accessibility import dialogs_from, parts_shown
from tests.vault.erasing import apply, with_media

HOSTILE = (
    "evil\u202egpj.exe\u2066 <b>bold</b> <a href='https://bad.example'>here</a> "
    "<img src='file:///etc/hostname'> &File && Co \u200b\u200f\u0627\u0644"
)
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_WRITTEN_BY_PEOPLE = {"\n", "\t"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A vault in which everything that can be foreign is hostile."""
    folder = make_vault(tmp_path / "vault")
    workstation = furnish(Settings(marks=tmp_path / "marks"))
    hotline = Hotline(HotlineId(12), HOSTILE, "NL", HOSTILE)
    with reopened(folder) as vault:
        apply(
            vault,
            told(hotline),
            *(new(_hostile(number)) for number in range(1, 4)),
        )
        working = working_of(workstation, vault)
        case, _ = working.cases.begin(HOSTILE, HOSTILE)
        working.cases.put(case.number, [of_report(ReportId(1))])
        for about in (of_report(ReportId(3)), of_case(case.number)):
            working.notes.add(about, HOSTILE, None)
    return make_desk(workstation, folder, Nature.DEMO)


def _hostile(number: int) -> Report:
    report = with_media(number, number * 100)
    (item,) = report.contents
    hosting = Hosting("NL", "192.0.2.7", HOSTILE, 64500, HOSTILE, False)
    media = tuple(replace(each, file_name=HOSTILE) for each in item.media)
    hostile_item = replace(
        an_item(number * 10, f"https://evil-{number}.example/{HOSTILE}"),
        hosting=hosting,
        memo=HOSTILE,
        hotline_reference=HOSTILE,
        media=media,
    )
    return replace(
        report,
        memo=HOSTILE,
        analyst=HOSTILE,
        hotline_reference=HOSTILE,
        referrer=f"https://links.example/{HOSTILE}",
        source_username=HOSTILE,
        contents=(hostile_item,),
    )


def texts_on(window: QWidget) -> Iterator[tuple[str, str]]:
    """Everything in `window` that is read, on it or in a hover, and where it stands."""
    yield "window title", window.windowTitle()
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window):
            continue
        kind = type(widget).__name__
        yield f"hover of {kind}", widget.toolTip()
        if isinstance(widget, QLabel):
            assert widget.textFormat() is Qt.TextFormat.PlainText, kind
            yield kind, widget.text()
        elif isinstance(widget, QAbstractButton | QLineEdit):
            yield kind, widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield kind, widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from ((kind, widget.itemText(at)) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            yield from ((kind, text) for text in _cells(widget))
            yield from (
                (f"hover of {kind}", text) for text in _cells(widget, Qt.ItemDataRole.ToolTipRole)
            )


def _cells(view: QAbstractItemView, role: int = Qt.ItemDataRole.DisplayRole) -> Iterator[str]:
    model = view.model()
    for row in range(min(20, model.rowCount())):
        for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
            shown = model.index(row, column).data(role)
            if isinstance(shown, str):
                yield shown


def faults_in(window: QWidget) -> list[str]:
    """Where something hides or steers, or would be taken for markup or for a key."""
    faults = []
    for where, text in texts_on(window):
        if any(
            unicodedata.category(one) in _HIDDEN and one not in _WRITTEN_BY_PEOPLE for one in text
        ):
            faults.append(f"{where} hides something: {text!r}")
        if where.startswith("hover") and "<" in text.removeprefix("<span>").removesuffix("</span>"):
            faults.append(f"{where} has markup: {text!r}")
        if where.endswith(("Button", "CheckBox")) and "&" in text.replace("&&", ""):
            faults.append(f"{where} makes a key of it: {text!r}")
    return faults


def test_hostile_words_stay_words_on_every_page_and_in_every_dialog(
    main: MainWindow, qtbot: QtBot
) -> None:
    shell = main.window()
    faults: set[str] = set()
    seen: list[str] = []
    for entry in PAGES:
        for title, part in parts_shown(main, entry, qtbot):
            for table in part.findChildren(RowsTable):
                if table.isVisible() and table.model().rowCount():
                    table.choose(0)
            qtbot.wait(100)
            seen += [text for _where, text in texts_on(shell)]
            faults |= {f"{title}: {fault}" for fault in faults_in(shell)}
            for dialog in dialogs_from(part, qtbot):
                qtbot.wait(30)
                faults |= {f"{title}, {dialog.windowTitle()}: {it}" for it in faults_in(dialog)}
    assert sorted(faults) == []
    assert sum("<U+202E>" in text for text in seen) > 20
    assert any("<b>bold</b>" in text for text in seen)


# -- the code: nothing that guesses, or makes keys of ampersands, is given a stranger's words

ROOM = Path(cport_desktop.ui.__file__).parent
TAKES_MNEMONICS = {"QAction", "QCheckBox", "QPushButton", "QRadioButton", "setWindowTitle"}
MAKES_HARMLESS = {"one_line", "visible", "plain_tip"}
KNOWN = {
    "analysts_section.py: QCheckBox(say.role_title(role.value))": "the names of roles",
    "digest_boxes.py: QCheckBox(say.ALGORITHMS[each.value])": (
        "names of algorithms, out of a table of ours"
    ),
    "erase_dialog.py: QCheckBox(words(number))": "sentences of ours, with a number",
    "table_choices.py: QAction(column.title.replace('&', '&&'))": "titles of columns",
    "table_choices.py: QAction(window_words.key_named(label, key) if key else label)": (
        "acts of ours and their keys"
    ),
    "package_shares.py: QAction(field)": "names of fields, out of a table of ours",
    "asking.py: setWindowTitle(title)": "titles are sentences of ours, with numbers",
    "controls.py: QPushButton(label)": "the names of pages and parts",
    "controls.py: QPushButton(shown)": "made harmless two lines before",
    "founding.py: setWindowTitle(f'{say.PRODUCT} – {title}')": "two titles of ours",
    "help_dialog.py: setWindowTitle(say.about(told.title))": "titles of views, and of their dialogs",
    "manual_dialog.py: setWindowTitle(say.title_of(title))": "titles of chapters of the manual",
    "settings_page.py: QCheckBox(name)": "the names of settings",
    "shell.py: setWindowTitle(f'{title} – {say.SYNTHETIC}' if synthetic else title)": (
        "the name of the vault's folder, which its owner chose; a title bar shows plain text"
    ),
}
"""Calls that are right though a program cannot see it, each with why."""


def _is_ours(told: ast.expr) -> bool:
    """Words of ours by their look: a constant, or made by words of constants; or made harmless."""
    match told:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
        case ast.Subscript(value=table):
            return _is_ours(table)
        case ast.IfExp(body=one, orelse=other):
            return _is_ours(one) and _is_ours(other)
        case ast.Call(func=ast.Name(id=name)) if name in MAKES_HARMLESS:
            return True
        case ast.Call(func=ast.Attribute(value=inner, attr="replace")):
            return _is_ours(inner)
        case ast.Call(func=ast.Attribute(), args=[*given]):
            return bool(given) and all(map(_is_ours, given))
    return False


def foreign_words(path: Path) -> list[str]:
    """Calls in a room that may give a stranger's words to what guesses."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if name in TAKES_MNEMONICS and not _is_ours(first):
            found.append(f"{path.name}: {name}({ast.unparse(first)})")
    return found


def test_what_makes_keys_of_ampersands_is_given_words_of_ours_alone() -> None:
    found = [call for path in sorted(ROOM.rglob("*.py")) for call in foreign_words(path)]
    assert sorted(set(found) - set(KNOWN)) == []


def test_a_hover_of_a_cell_is_made_by_the_one_that_makes_plain_hovers() -> None:
    """A view takes what a model answers for a hover as rich text wherever it looks like it."""
    faults = []
    for path in sorted(ROOM.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "ToolTipRole" in text and "plain_tip" not in text:
            faults.append(path.name)
    assert faults == []


def test_the_walk_over_the_code_sees_a_fault(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("box = QCheckBox(case.title)\nbox = QCheckBox(say.TITLE)\n", encoding="utf-8")
    assert foreign_words(bad) == ["bad.py: QCheckBox(case.title)"]
