"""Two fields of a form beside each other, each under its label."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cport_desktop.ui.widgets.facts import section


def pair(*fields: tuple[str, QLineEdit]) -> QWidget:
    """Labels and fields, from the left."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    for column, (label, field) in enumerate(fields):
        grid.addWidget(section(label), 0, column)
        grid.addWidget(field, 1, column)
        grid.setColumnStretch(column, 1)
    return made
