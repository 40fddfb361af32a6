"""What is written can be read on what is really beneath it, in every theme and state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.theme import THEMES, Theme, contrast, palette, style_sheet
from cport_desktop.ui.widgets.plain_label import PlainLabel
from tests.ui.contrast_seen import contrast_in, pixels_of
from tests.ui.synthetic_desk import RESOURCES
from tests.ui.test_accessibility import main
from tests.ui.test_theme import LEAST

__all__ = ["main"]
_NAMES = [theme.name for theme in THEMES]
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_STATE = re.compile(r":{1,2}[a-z-]+(?:\([^)]*\))?")
_KIND = re.compile(r"\[[^\]]*\]|#\w+")


# -- the style sheet


@dataclass(frozen=True, slots=True)
class Rule:
    selector: str
    says: dict[str, str]


def rules_of(sheet: str) -> tuple[Rule, ...]:
    """Each selector with what it says, comments left out."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    found = []
    for selectors, body in _RULE.findall(plain):
        lines = (line.partition(":") for line in body.split(";") if ":" in line)
        says = {name.strip(): value.strip() for name, _, value in lines}
        found += [Rule(selector.strip(), says) for selector in selectors.split(",")]
    return tuple(found)


def said(rules: tuple[Rule, ...], selector: str, what: str) -> str | None:
    """What counts for `selector`: said of it, of its kind in any state, of its class, or of everything."""
    resting = _STATE.sub("", selector)
    for name in (selector, resting, _KIND.sub("", resting), resting.split()[-1], "*"):
        for rule in reversed(rules):
            if rule.selector == name and what in rule.says:
                return rule.says[what]
    return None


def pairs_of(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Selector, ink and ground, for each ground that text of such a widget can stand on."""
    rules = rules_of(style_sheet(theme, RESOURCES / "styles"))
    around = (theme.ground, theme.panel, theme.raised)
    for rule in rules:
        if {"color", "background"} & rule.says.keys():
            ink = said(rules, rule.selector, "color")
            ground = said(rules, rule.selector, "background")
            assert ink is not None
            is_solid = ground is not None and ground.startswith("#")
            grounds = (ground,) if ground is not None and is_solid else around
            yield from ((rule.selector, ink, each) for each in grounds)
        for ink_name, ground_name in (
            ("selection-color", "selection-background-color"),
            ("placeholder-text-color", "background"),
        ):
            if ink_name in rule.says:
                ground = said(rules, rule.selector, ground_name)
                assert ground is not None
                yield rule.selector, rule.says[ink_name], ground


_NO_TEXT = (
    "::handle",
    "::chunk",
    "::indicator",
    "::add-",
    "::sub-",
    "#SyntheticEdge",
    "QProgressBar",
)
"""What nothing is written on."""


@pytest.mark.parametrize("theme", THEMES, ids=_NAMES)
def test_each_rule_of_the_style_sheet_puts_ink_on_a_ground_where_it_can_be_read(
    theme: Theme,
) -> None:
    pairs = [each for each in pairs_of(theme) if not any(name in each[0] for name in _NO_TEXT)]
    poor = [
        (selector, ink, ground, round(contrast(ink, ground), 2))
        for selector, ink, ground in pairs
        if contrast(ink, ground) < LEAST
    ]
    assert poor == []
    assert len(pairs) > 100


@pytest.mark.parametrize("theme", THEMES, ids=_NAMES)
def test_each_pair_of_the_palette_can_be_read_enabled_disabled_and_inactive(theme: Theme) -> None:
    role, worn = QPalette.ColorRole, palette(theme)
    poor = [
        (group.name, ink.name, ground.name)
        for group in (
            QPalette.ColorGroup.Active,
            QPalette.ColorGroup.Inactive,
            QPalette.ColorGroup.Disabled,
        )
        for ink, grounds in (
            (role.WindowText, (role.Window, role.Base, role.AlternateBase)),
            (role.Text, (role.Base, role.AlternateBase, role.Window)),
            (role.ButtonText, (role.Button,)),
            (role.PlaceholderText, (role.Base, role.Button, role.Window)),
            (role.HighlightedText, (role.Highlight,)),
            (role.Link, (role.Window, role.Base, role.Highlight)),
            (role.LinkVisited, (role.Window, role.Base)),
            (role.BrightText, (role.Window, role.Button)),
            (role.ToolTipText, (role.ToolTipBase,)),
        )
        for ground in grounds
        if _between(worn.color(group, ink), worn.color(group, ground)) < LEAST
    ]
    assert poor == []


def _between(one: QColor, other: QColor) -> float:
    return contrast(one.name(), other.name())


# -- what is painted


def gallery() -> QWidget:
    """Each kind of control, in each state that it has without a hand on it."""
    whole = QWidget()
    whole.setObjectName("Shell")
    column = QVBoxLayout(whole)
    for kind in (None, "primary", "final", "quiet", "small", "level", "concern", "status", "rail"):
        for is_enabled in (True, False):
            for is_checked in (False, True):
                made = QPushButton(f"Words of {kind}")
                made.setProperty("kind", kind)
                made.setCheckable(True)
                made.setChecked(is_checked)
                made.setEnabled(is_enabled)
                column.addWidget(made)
    for tone in (None, "gravest", "grave", "lightest", "muted"):
        for role in ("title", "muted", "caption", "mono", "key", "synthetic"):
            column.addWidget(PlainLabel("◆ Words", role=role, tone=tone))
    for is_enabled in (True, False):
        for box in (QCheckBox("Words"), QRadioButton("Words")):
            box.setEnabled(is_enabled)
            column.addWidget(box)
        for text, hint in (("Words", ""), ("", "Words to come")):
            for field in (QLineEdit(text), QPlainTextEdit(text)):
                field.setPlaceholderText(hint)
                field.setEnabled(is_enabled)
                column.addWidget(field)
        chosen = QLineEdit("Words")
        chosen.setEnabled(is_enabled)
        chosen.selectAll()
        column.addWidget(chosen)
        choice = QComboBox()
        choice.addItem("Words")
        choice.setEnabled(is_enabled)
        column.addWidget(choice)
        rows = QListWidget()
        rows.addItems(["Words", "Words"])
        rows.setCurrentRow(1)
        rows.setEnabled(is_enabled)
        column.addWidget(rows)
    return whole


@pytest.mark.parametrize("theme", THEMES, ids=_NAMES)
def test_controls_can_be_read_as_they_are_painted_enabled_and_disabled(
    theme: Theme, qtbot: QtBot, application: QApplication
) -> None:
    application.setPalette(palette(theme))
    shown = gallery()
    shown.setStyleSheet(style_sheet(theme, RESOURCES / "styles"))
    qtbot.addWidget(shown)
    shown.show()
    assert _poor_in(shown) == []


def test_every_page_can_be_read_as_it_is_painted_in_every_theme(
    main: MainWindow, qtbot: QtBot
) -> None:
    shell = main.window()
    assert isinstance(shell, Shell)
    poor: set[str] = set()
    for theme in THEMES:
        shell.wear(theme)
        for entry in PAGES:
            main.show_page(entry.place)
            qtbot.wait(10)
            poor |= {f"{theme.name}, {entry.title}: {what}" for what in _poor_in(shell)}
    assert sorted(poor) == []


def test_what_cannot_be_read_is_found(qtbot: QtBot, application: QApplication) -> None:
    for ink, is_poor in (("#808080", True), ("#ffffff", False)):
        label = PlainLabel("Words")
        label.setStyleSheet(f"background: #606060; color: {ink}; font-size: 13px; padding: 4px")
        window = QWidget()
        qtbot.addWidget(window)
        label.setParent(window)
        window.show()
        assert bool(_poor_in(window)) is is_poor


def _poor_in(window: QWidget) -> list[str]:
    pixels = pixels_of(window)
    return [
        f"{type(widget).__name__} {words!r}: {found:.2f}"
        for widget, words, place in _written_in(window)
        if (found := contrast_in(pixels, place)) < LEAST
    ]


def _written_in(window: QWidget) -> Iterator[tuple[QWidget, str, QRect]]:
    """Where words stand, as far as they are seen: frames are left out."""
    for widget in window.findChildren(QWidget):
        seen = widget.visibleRegion().boundingRect()
        if seen.height() < 10 or seen.width() < 10:
            continue
        corner = widget.mapTo(window, QPoint())
        if isinstance(widget, PlainLabel | QAbstractButton | QLineEdit | QComboBox):
            words = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
            words = words or (widget.placeholderText() if isinstance(widget, QLineEdit) else "")
            if words.strip():
                yield widget, words[:40], seen.adjusted(3, 3, -3, -3).translated(corner)
        elif isinstance(widget, QAbstractItemView):
            yield from _cells_of(widget, window)


def _cells_of(view: QAbstractItemView, window: QWidget) -> Iterator[tuple[QWidget, str, QRect]]:
    model, inside = view.model(), view.viewport().rect()
    corner = view.viewport().mapTo(window, QPoint())
    columns = range(model.columnCount()) if isinstance(view, QTableView) else range(1)
    for row in range(min(8, model.rowCount())):
        for column in columns:
            index = model.index(row, column)
            place = view.visualRect(index).intersected(inside)
            words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            if words.strip() and place.height() > 14 and place.width() > 14:
                yield view, words[:40], place.adjusted(2, 2, -2, -2).translated(corner)
