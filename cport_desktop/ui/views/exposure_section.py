"""Your looking: what was counted, your own figures for breaks, what you give to the unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from cport_desktop.domain.breaks import BreakFigures, OwnFigures
from cport_desktop.domain.exposure import DayLedger, UnitWeek
from cport_desktop.errors import CportError, LedgerAbsent
from cport_desktop.ui.exposing import Exposing, GivableLine, OwnLines
from cport_desktop.ui.models.exposure_columns import day_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import exposure as words
from cport_desktop.words import exposure_page as say

_MOST_MINUTES = 1_440
_SHOWN_WEEKS = 6


class ExposureSection(VaultSection):
    """Everybody sees their own, and nobody anybody else's."""

    title = say.OWN
    intro = say.OWN_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._lines: OwnLines | None = None
        acts = (
            self.add_act(say.FIGURES, "Alt+B", self.ask_figures),
            self.add_act(say.GIVE, "Alt+G", self.ask_give),
            self.add_act(say.CLEAR, "Alt+E", self.ask_clear),
        )
        for act in acts:
            act.setEnabled(self.exposing.is_kept)
        empty = (say.NO_DAYS, say.NO_DAYS_HELP)
        if not self.exposing.is_kept:
            empty = (say.NOT_KEPT, say.NOT_KEPT_HELP)
        self.list = Listing[DayLedger](say.OWN, day_columns(), seat.theme, empty=empty)
        self._weeks = PlainLabel(role="caption", wraps=True)
        self._weeks.hide()
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._weeks)

    @property
    def exposing(self) -> Exposing:
        return self._seat.session.exposing

    def refresh(self) -> None:
        if self.exposing.is_kept:
            self.load(self.exposing.lines, self._show)

    def refuse(self, error: CportError) -> None:
        if isinstance(error, LedgerAbsent):
            self.list.show_rows((), empty=(say.NOT_KEPT, say.NOT_KEPT_HELP))
        else:
            super().refuse(error)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def weeks_told(self) -> str:
        """What it says of the unit's weeks; empty while there are none."""
        return "" if self._weeks.isHidden() else self._weeks.text()

    # -- one's own figures

    def ask_figures(self) -> None:
        """Ask for one's own figures; what is left empty is as the unit has it."""
        if self._lines is None:
            return
        own, unit = self._lines.own, self._lines.unit
        dialog = self.ask(title=say.FIGURES_TITLE, intro=say.FIGURES_INTRO, act=say.KEEP_FIGURES)
        fields = tuple(
            _minutes_field(dialog, label, mine, the_units)
            for label, mine, the_units in (
                (say.AFTER, own.after, unit.after),
                (say.PAUSE, own.pause, unit.pause),
                (say.DAY_CAP, own.day_cap, unit.day_cap),
            )
        )

        def give() -> None:
            if (wrong := next((each for each in fields if not _is_fit(each)), None)) is not None:
                dialog.complain(say.NEEDS_MINUTES, wrong)
                return
            chosen = OwnFigures(*(_minutes(each) for each in fields))
            work = partial(self.exposing.choose, chosen)
            dialog.work(self._seat.lanes.acting, work)

        dialog.ended.connect(lambda _answer: self.refresh())
        dialog.on_give(give)
        dialog.open()

    # -- giving and clearing

    def ask_give(self) -> None:
        """Say what the unit would get of last week, exactly; give it if the analyst wants to."""
        self.load(self.exposing.givable, self._ask_give)

    def _ask_give(self, line: GivableLine) -> None:
        given = line.given
        intro = say.give_intro(line.week.name, given.seconds, given.views_avoided)
        dialog = self.ask(title=say.GIVE_TITLE, intro=intro, act=say.GIVE_NOW)

        def done(given_line: GivableLine) -> None:
            sums = given_line.given
            told = words.given(given_line.week.name, sums.seconds, sums.views_avoided)
            dialog.conclude(f"✓ {told}")
            self.refresh()

        work = partial(self.exposing.give, line.week)
        dialog.on_give(lambda: dialog.work(self._seat.lanes.acting, work, then=done))
        dialog.open()

    def ask_clear(self) -> None:
        """Say what goes; clear it if the analyst wants to."""
        dialog = self.ask(
            title=say.CLEAR_TITLE, intro=say.CLEAR_INTRO, act=say.CLEAR_NOW, is_final=True
        )

        def done(days: int) -> None:
            dialog.conclude(f"✓ {words.cleared(days)}")
            self.refresh()

        work = partial(self.exposing.clear, None)
        dialog.on_give(lambda: dialog.work(self._seat.lanes.acting, work, then=done))
        dialog.open()

    # -- showing

    def _show(self, lines: OwnLines) -> None:
        self._lines = lines
        self.list.show_rows(lines.days, same=lambda one, other: one.day == other.day)
        today = lines.days[0] if lines.days else None
        figures = _figures_line(lines.figures)
        seconds = 0.0 if today is None else today.seconds
        looks = 0 if today is None else today.looks
        avoided = 0 if today is None else today.views_avoided
        self.tell(say.today_told(seconds, looks, avoided, figures))
        self._weeks.say(_weeks_told(lines.weeks))
        self._weeks.setVisible(bool(lines.weeks))


def _minutes_field(dialog: AskingDialog, label: str, mine: int | None, the_units: int) -> QLineEdit:
    field = text_field(label, say.as_unit(the_units))
    field.setText("" if mine is None else str(mine))
    dialog.add_field(label, field)
    return field


def _is_fit(field: QLineEdit) -> bool:
    text = field.text().strip()
    return not text or (text.isascii() and text.isdigit() and int(text) <= _MOST_MINUTES)


def _minutes(field: QLineEdit) -> int | None:
    text = field.text().strip()
    return int(text) if text else None


def _figures_line(figures: BreakFigures) -> str:
    return words.figures_line(
        figures.after,
        figures.within,
        figures.pause,
        figures.day_cap,
        is_binding=figures.is_binding,
    )


def _weeks_told(weeks: Sequence[UnitWeek]) -> str:
    told = "; ".join(_week_told(each) for each in weeks[:_SHOWN_WEEKS])
    return say.unit_weeks(told)


def _week_told(week: UnitWeek) -> str:
    if week.given is None or week.givers is None:
        return say.week_not_shown(week.week.name)
    given = week.given
    return say.week_shown(week.week.name, given.seconds, given.views_avoided, week.givers)
