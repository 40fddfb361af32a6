"""The three ways to look at a case: as lists, along time, and by what its reports share.

A picture is asked for when it is shown, and again when the case has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cport_desktop.domain.about import AboutKind
from cport_desktop.domain.case_links import ThingKind
from cport_desktop.domain.case_shown import CaseLinked, CaseTime
from cport_desktop.domain.figure_file import CaseLinksWanted, CaseTimeWanted, Wanted
from cport_desktop.domain.ids import report_reference
from cport_desktop.ui.charts.figure_panel import FigurePanel
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.figure_dialog import FigureDialog
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.words import charts as say

_LISTS, _TIME, _LINKS = range(3)
_FIELDS = {ThingKind.DOMAIN: "domain", ThingKind.FILE: "sha256"}


class CaseParts(QWidget):
    """Whoever has it says which case (`show_case`).

    Signals:
        thing_wanted(object): show this `About`.
        query_wanted(str): show what this query finds.
        changed(object): `Changes` after a picture left.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    thing_wanted = Signal(object)
    query_wanted = Signal(str)
    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat, lists: QWidget) -> None:
        super().__init__()
        self._seat = seat
        self._number: int | None = None
        self._errand: Errand | None = None
        self.time = FigurePanel(seat, CaseTime, empty=(say.NOTHING, say.NO_MOMENTS_HELP))
        self.links = FigurePanel(seat, CaseLinked, empty=(say.NO_LINKS, say.NO_LINKS_HELP))
        self._stack = QStackedWidget()
        for part in (lists, self.time, self.links):
            self._stack.addWidget(part)
        self._group = QButtonGroup(self)
        self._lay_out()
        self.time.row_opened.connect(self._open_moment)
        self.links.row_opened.connect(self._open_link)
        self.time.save_wanted.connect(self._save)
        self.links.save_wanted.connect(self._save)

    @property
    def part(self) -> int:
        """Which of the three is shown, from 0."""
        return self._stack.currentIndex()

    def show_case(self, number: int) -> None:
        """This case; another one begins with its lists."""
        if number != self._number:
            self._number = number
            self.show_part(_LISTS)

    def refresh(self) -> None:
        """What is shown, anew."""
        if self._number is None or self.part == _LISTS:
            return
        if self._errand is not None:
            self._errand.cancel()
        panel = self._panel()
        panel.wait()
        self._errand = self._seat.lanes.reading.ask(
            self, self._question(self._number), then=panel.show_figure, otherwise=panel.refuse
        )

    def show_part(self, part: int) -> None:
        """Look at the case so."""
        self._stack.setCurrentIndex(part)
        self._group.button(part).setChecked(True)
        self.refresh()

    def show_lists(self) -> None:
        self.show_part(_LISTS)

    def show_time(self) -> None:
        self.show_part(_TIME)

    def show_links(self) -> None:
        self.show_part(_LINKS)

    def step_back(self) -> bool:
        """From a picture to the lists; whether there was one."""
        was = self.part != _LISTS
        self.show_part(_LISTS)
        return was

    def wear(self, theme: Theme) -> None:
        self.time.wear(theme)
        self.links.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Of a picture that is shown; nothing for the lists."""
        return () if self.part == _LISTS else self._panel().focus_ring()

    # -- inside

    def _question(self, number: int) -> Callable[[], CaseTime | CaseLinked]:
        charting = self._seat.session.charting
        if self.part == _TIME:
            return partial(charting.time, number)
        return partial(charting.links, number)

    def _panel(self) -> FigurePanel:
        return self.time if self.part == _TIME else self.links

    def _open_moment(self, place: int) -> None:
        shown = self.time.shown()
        if isinstance(shown, CaseTime):
            about = shown.moments[place].about
            if about is not None and about.kind is not AboutKind.CASE:
                self.thing_wanted.emit(about)

    def _open_link(self, place: int) -> None:
        """Everything that shares it, where a query finds that; otherwise those that are shown."""
        shown = self.links.shown()
        if isinstance(shown, CaseLinked):
            link = shown.links.links[place]
            field = _FIELDS.get(link.thing.kind)
            reports = [report_reference(shown.links.reports[at].report_id) for at in link.reports]
            here = " OR ".join(f"ref:{reference}" for reference in reports)
            self.query_wanted.emit(here if field is None else f"{field}:{link.thing.text}")

    def _save(self, forms: object) -> None:
        if self._number is None or not isinstance(forms, tuple):
            return
        is_time = self.part == _TIME
        wanted: Wanted = CaseTimeWanted(self._number) if is_time else CaseLinksWanted(self._number)
        dialog = FigureDialog(self._seat, wanted, forms, parent=self)
        dialog.changed.connect(self.changed)
        dialog.lock_wanted.connect(self.lock_wanted)
        dialog.open()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for part, (label, key, act) in enumerate(
            (
                (say.AS_LISTS, say.AS_LISTS_KEY, self.show_lists),
                (say.AS_TIME, say.AS_TIME_KEY, self.show_time),
                (say.AS_LINKS, say.AS_LINKS_KEY, self.show_links),
            )
        ):
            made = button(label, act, kind="level", key=key)
            made.setCheckable(True)
            self._group.addButton(made, part)
            row.addWidget(made)
            bind_key(key, self, act, everywhere=True)
        self._group.button(_LISTS).setChecked(True)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        row.setAlignment(Qt.AlignmentFlag.AlignLeft)
