"""Templates of packages: one to begin with, and what was filled in, kept under a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.package_template import LONGEST_NAME, PackageTemplate
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import Choice, button
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.words import composing_page as say


class TemplateRow(QWidget):
    """A choice of the templates that are kept, there once there are any, and a line to keep another.

    Signals:
        chosen(object): this PackageTemplate is to be filled in.
        keep_wanted(str): what is filled in is to be kept under this name.
    """

    chosen = Signal(object)
    keep_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._templates: tuple[PackageTemplate, ...] = ()
        self._choice = Choice(say.TEMPLATES)
        self._choice.hide()
        self._choice.activated.connect(self._choose)
        self._name = text_field(say.TEMPLATE_NAME, say.TEMPLATE_NAME_HERE)
        self._name.setMaxLength(LONGEST_NAME)
        self._name.textChanged.connect(self._tell)
        self._name.returnPressed.connect(self._keep)
        self._button = button(say.KEEP_TEMPLATE, self._keep, kind="small")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._name, 1)
        line.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._choice)
        column.addLayout(line)
        self._tell()

    def offer(self, templates: Sequence[PackageTemplate]) -> None:
        """These are kept; none of them is filled in by itself."""
        self._templates = tuple(templates)
        self._choice.clear()
        self._choice.addItem(say.CHOOSE_TEMPLATE)
        self._choice.addItems([one_line(each.name) for each in self._templates])
        self._choice.setVisible(bool(self._templates))

    def clear(self) -> None:
        """No name is typed."""
        self._name.clear()

    def _choose(self, place: int) -> None:
        if 1 <= place <= len(self._templates):
            self.chosen.emit(self._templates[place - 1])

    def _tell(self) -> None:
        self._button.setEnabled(bool(self._name.text().strip()))

    def _keep(self) -> None:
        if name := self._name.text().strip():
            self.keep_wanted.emit(name)
