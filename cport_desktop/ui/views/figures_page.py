"""Figures: charts of the reports that a query finds, each drawn when it is asked for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.figure import Figure, FigureKind, FigureQuestion, Step, with_condition
from cport_desktop.ui.charts.figure_panel import FigurePanel
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.figure_dialog import FigureDialog
from cport_desktop.ui.widgets.controls import Choice, bind_key, button
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel
from cport_desktop.words import charts as say
from cport_desktop.words import window

_KINDS = tuple(FigureKind)
_STEPS = tuple(Step)


class FiguresPage(QWidget):
    """One figure at a time; a bar leads to its reports.

    Signals:
        query_wanted(str): show the reports that this query finds.
        changed(object): `Changes` after a figure left.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    query_wanted = Signal(str)
    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._errand: Errand | None = None
        self.query = text_field(say.QUERY, say.QUERY_HINT, is_mono=True)
        self.query.returnPressed.connect(self.refresh)
        self.kind = Choice(say.KIND)
        self.kind.addItems([say.KINDS[kind.value] for kind in _KINDS])
        self.kind.currentIndexChanged.connect(self._turn)
        self.step = Choice(say.STEP)
        self.step.addItems([say.STEPS[step.value] for step in _STEPS])
        self.step.setCurrentIndex(_STEPS.index(Step.MONTH))
        self.step.currentIndexChanged.connect(self._turn)
        self._age = ElidedLabel(is_muted=True)
        self.panel = FigurePanel(seat, Figure, empty=(say.NOTHING, say.NOTHING_HELP))
        self.panel.row_opened.connect(self._open)
        self.panel.save_wanted.connect(self._save)
        self._lay_out()
        bind_key(say.REFRESH_KEY, self, self.refresh, everywhere=True)
        bind_key(say.KIND_KEY, self, self.kind.setFocus, everywhere=True)
        bind_key(say.STEP_KEY, self, self.step.setFocus, everywhere=True)

    # -- what the window does with it

    def show_query(self, text: str) -> None:
        """Figures of what this query finds."""
        self.query.setText(text)
        self.refresh()

    def refresh(self) -> None:
        """Count again; what is shown stays until the answer comes."""
        if self._errand is not None:
            self._errand.cancel()
        self.step.setVisible(self._question().kind is FigureKind.RECEIVED)
        self.panel.wait()
        self._errand = self._seat.lanes.reading.ask_unless(
            self,
            partial(self._seat.session.charting.figure, self._question()),
            then=self.panel.show_figure,
            otherwise=self.panel.refuse,
        )

    def show_age(self, told: str) -> None:
        """How old what is counted is, and by which road it came."""
        self._age.say(window.beside(told))

    def name_again(self) -> None:
        """Hotlines have names now: they stand where numbers stood."""
        shown = self.panel.shown()
        if isinstance(shown, Figure) and shown.question.kind is FigureKind.HOTLINE:
            self.panel.show_figure(shown)

    def veil(self) -> None:
        """Nothing is ever looked at here."""

    def wear(self, theme: Theme) -> None:
        self.panel.wear(theme)

    def step_back(self) -> None:
        """Back to the query."""
        self.query.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.query, self.kind, self.step, *self.panel.focus_ring())

    @property
    def is_empty(self) -> bool:
        return self.panel.shown() is None

    # -- inside

    def _question(self) -> FigureQuestion:
        return FigureQuestion(
            _KINDS[self.kind.currentIndex()],
            self.query.text().strip(),
            _STEPS[self.step.currentIndex()],
        )

    def _turn(self, _index: int) -> None:
        self.refresh()

    def _open(self, place: int) -> None:
        shown = self.panel.shown()
        if isinstance(shown, Figure):
            bar = shown.bars[place]
            if bar.condition:
                self.query_wanted.emit(with_condition(shown.question.asked, bar.condition))

    def _save(self, forms: object) -> None:
        shown = self.panel.shown()
        if isinstance(shown, Figure) and isinstance(forms, tuple):
            dialog = FigureDialog(self._seat, shown.question, forms, parent=self)
            dialog.changed.connect(self.changed)
            dialog.lock_wanted.connect(self.lock_wanted)
            dialog.open()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(say.TITLE, role="title"))
        line.addWidget(self._age, 1)
        line.addWidget(button(say.REFRESH, self.refresh, key=say.REFRESH_KEY))
        asked = QHBoxLayout()
        asked.setSpacing(8)
        asked.addWidget(self.query, 1)
        asked.addWidget(self.kind)
        asked.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(line)
        column.addLayout(asked)
        column.addWidget(self.panel, 1)
