"""Buttons with a name, a key and an accessible name, and small laid-out groups."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLayout, QPushButton, QWidget

from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import window as say

KEY_PROPERTY = "key"
"""Of a button that shows its key: the key and what it does, for the help."""


def button(
    label: str,
    on_click: Callable[[], None],
    *,
    kind: str | None = None,
    key: str | None = None,
    name: str | None = None,
) -> QPushButton:
    """A button that shows its key. The key itself is bound by whoever owns the scope of it."""
    shown = one_line(say.key_named(label, key) if key else label).replace("&", "&&")
    made = QPushButton(shown)
    spoken = name or label
    made.setAccessibleName(say.accessible_with_key(spoken, key) if key else spoken)
    if key:
        made.setProperty(KEY_PROPERTY, (key, spoken))
    if kind is not None:
        made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: on_click())
    return made


def wear_kind(made: QPushButton, kind: str) -> None:
    """Look like another kind of button from now on."""
    if made.property("kind") != kind:
        made.setProperty("kind", kind)
        made.style().unpolish(made)
        made.style().polish(made)


class RailButton(QPushButton):
    """A page of the rail, with a counter at its right edge."""

    def __init__(self, label: str, key: str) -> None:
        super().__init__(label)
        self._label = label
        self._key = key
        self._counter = ""
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.count("")

    def count(self, counter: str, said: str = "") -> None:
        """Show `counter` beside the name; read aloud it is what is `said`."""
        self._counter = counter
        spoken = f"{self._label} {said or counter}".strip()
        self.setAccessibleName(say.accessible_with_key(spoken, self._key))
        self.update()

    def counter(self) -> str:
        return self._counter

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().buttonText().color())
        area = self.rect().adjusted(0, 0, -10, 0)
        edge = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, edge, self._counter)


class Choice(QComboBox):
    """One of several; the arrow is drawn, since a style sheet would want a picture file of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QGuiApplication.palette().placeholderText().color())
        edge = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), edge, "▾")


def bind_key(
    keys: str, scope: QWidget, act: Callable[[], None], *, everywhere: bool = False
) -> QShortcut:
    """`act` when `keys` are pressed while `scope` (or, `everywhere`, its window) has the focus."""
    context = (
        Qt.ShortcutContext.WindowShortcut
        if everywhere
        else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    shortcut = QShortcut(QKeySequence(keys), scope)
    shortcut.setContext(context)
    shortcut.activated.connect(act)
    return shortcut


def panel(layout: QLayout, *, kind: str = "panel") -> QFrame:
    """`layout` on a surface of its own (`panel`, `card` or `notice` of the style sheet)."""
    frame = QFrame()
    frame.setProperty(kind, "true")
    frame.setLayout(layout)
    return frame


def clear_layout(layout: QLayout) -> None:
    """Take every widget out of `layout` and destroy it, with all it shows."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            clear_layout(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
