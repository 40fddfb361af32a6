"""What one leaves open at the end of a shift, with a way to each of it, and as text to hand over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.shift import ShiftSummary
from cport_desktop.formats.shift_text import ShiftSection as Section
from cport_desktop.formats.shift_text import shift_sections, shift_text
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import button, clear_layout
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import cases_page as say
from cport_desktop.words import shift as words

_LONGEST = 140
_SHOWN = frozenset({AboutKind.REPORT, AboutKind.MEDIA, AboutKind.CASE})


class ShiftSection(PageSection):
    """One's own, and nobody else's.

    Signals:
        thing_wanted(object): show this `About`.
    """

    thing_wanted = Signal(object)

    title = words.TITLE
    intro = words.ABOUT

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._summary: ShiftSummary | None = None
        self.add_act(say.AGAIN, "Alt+A", self.refresh)
        self._copy = self.add_act(say.PRINT_COPY, "Alt+C", self.copy)
        self._copy.setEnabled(False)
        self._lines = QWidget()
        self._lines_column = QVBoxLayout(self._lines)
        self._lines_column.setContentsMargins(0, 0, 0, 0)
        self._lines_column.setSpacing(3)
        page = ScrollColumn(words.TITLE)
        page.add(self._lines)
        self._column.addWidget(page, 1)

    def refresh(self) -> None:
        self.load(self._seat.session.working.shift, self._show)

    def copy(self) -> None:
        """The text lies on the clipboard, which a lock clears."""
        if self._summary is not None:
            text = shift_text(self._summary, figures.moment_in_prose)
            QGuiApplication.clipboard().setText(text)
            self.tell(say.COPIED)

    def _show(self, summary: ShiftSummary) -> None:
        self._summary = summary
        self._copy.setEnabled(True)
        clear_layout(self._lines_column)
        if summary.is_empty:
            self._lines_column.addWidget(PlainLabel(f"✓ {words.NOTHING_OPEN}", role="strong"))
        for each in shift_sections(summary, figures.moment_in_prose):
            self._add(each)

    def _add(self, each: Section) -> None:
        self._lines_column.addSpacing(8)
        self._lines_column.addWidget(section(words.section(each.name, each.count)))
        if not each.count:
            self._lines_column.addWidget(
                PlainLabel(words.EMPTY[each.name], role="muted", wraps=True)
            )
        for line in each.lines:
            self._add_line(shortened(one_line(line.text), longest=_LONGEST), line.about)
        if each.count > len(each.lines):
            rest = words.more(each.count - len(each.lines))
            self._lines_column.addWidget(PlainLabel(rest, role="caption"))
        if each.note:
            self._lines_column.addWidget(PlainLabel(each.note, role="strong", wraps=True))

    def _add_line(self, told: str, about: About | None) -> None:
        """A way to what it is about, where the window shows that."""
        if about is None or about.kind not in _SHOWN:
            self._lines_column.addWidget(PlainLabel(told, wraps=True))
            return
        way = button(told, partial(self.thing_wanted.emit, about), kind="quiet")
        self._lines_column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
