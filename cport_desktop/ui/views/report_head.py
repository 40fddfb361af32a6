"""The line above the list of reports: how many were found, how old that is, in which order, and how they leave."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.ui import figures
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel
from cport_desktop.words import table_page as table_words
from cport_desktop.words import window as say


class ReportHead(QObject):
    """Whoever has one lays out its `line`.

    Signals:
        package_wanted(): compose a package.
        export_wanted(): write a table.
    """

    package_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, seat: Seat, page: QWidget, *acts: QPushButton) -> None:
        super().__init__(page)
        self._seat = seat
        self.result = PlainLabel(role="strong")
        self.detail = PlainLabel(role="muted")
        self.age = ElidedLabel(is_muted=True)
        self._package: QPushButton | None = None
        self._export: QPushButton | None = None
        self.line = FlowLayout(gap=8, elastic=self.age)
        for part in (self.result, self.detail, self.age, *acts):
            self.line.addWidget(part)
        self._add_ways_out()

    def say_found(self, found: int | None, total: int | None) -> None:
        """How many reports were found, of how many; None while that is not known."""
        told = (say.DASH if each is None else figures.count(each) for each in (found, total))
        self.result.say(say.found(*told))

    def say_more(self, told: str) -> None:
        """What is under way, how long it took, or how many are chosen."""
        self.detail.say(told)

    def say_age(self, told: str) -> None:
        """How old what is listed is, and by which road it came."""
        self.age.say(say.beside(told))

    def show_allowed(self) -> None:
        """What the agreement does not allow is not there."""
        absent = self._seat.allowed.absent
        if self._package is not None:
            self._package.setVisible(Function.PACKAGE_COMPOSE.value not in absent)
        if self._export is not None:
            self._export.setVisible(Function.TABLE_EXPORT.value not in absent)

    def _add_ways_out(self) -> None:
        roles = self._seat.session.keeping.roles
        if ROLE_FOR["export table"] in roles:
            self._export = button(
                table_words.EXPORT,
                self.export_wanted.emit,
                kind="small",
                name=say.accessible_with_key(table_words.EXPORT_TITLE, table_words.EXPORT_KEY),
            )
            self.line.addWidget(self._export)
        if ROLE_FOR["compose"] in roles:
            self._package = button(
                say.PACKAGE, self.package_wanted.emit, kind="small", key="Ctrl+E"
            )
            self.line.addWidget(self._package)
