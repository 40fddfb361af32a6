"""What can be got ready while somebody types a passphrase, so that nobody waits for it afterwards.

The window's library makes the Python side of its classes and their hundred enumerations when one of
them is met for the first time, and reads a style sheet for each kind of widget once: a tenth of what
the first page took. Nothing here knows anything of a vault.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

_KINDS = (
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
)


@cache
def warm_up() -> None:
    """Make one of each kind of widget that pages are made of, once in a process, and drop them."""
    parent = QWidget()
    column = QVBoxLayout(parent)
    for kind in _KINDS:
        column.addWidget(kind())
    table = QTableView(parent)
    table.setModel(QStringListModel(parent))
    for widget in (
        table,
        table.viewport(),
        table.horizontalHeader(),
        *parent.findChildren(QWidget),
    ):
        widget.ensurePolished()
        widget.style()
