"""The settings page: how the window looks and behaves for one analyst, and what this machine is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from cport_desktop.domain.draft import THE_PREFERENCES
from cport_desktop.domain.preferences import USUAL, Preferences
from cport_desktop.errors import CportError
from cport_desktop.settings import LANGUAGES, SCALES
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.settling import OfMachine
from cport_desktop.ui.theme import THEMES, Theme
from cport_desktop.ui.usual_layout import Layouts, lay_again, lay_usually_in
from cport_desktop.ui.views.updates_section import UpdatesSection
from cport_desktop.ui.widgets.controls import Choice, bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.ui.widgets.undo_strip import UndoStrip
from cport_desktop.words import settings_page as say
from cport_desktop.words import updates_page

_LABELS, _CONTROLS = 130, 330
"""Pixels of the two columns."""
_LOCKS = (60, 120, 180, 240, 300, 600, 900)
_LOOKS = (1, 2, 3, 4, 6, 10, 15, 30)
"""Seconds that are offered, as far as the machine allows them."""


class SettingsPage(QWidget):
    """Each choice counts at once, unless a line beneath it says from when on.

    Signals:
        theme_wanted(str): wear the theme of this name.
        preferences_chosen(object): these `Preferences` count from now on; they are kept already.
        unit_wanted(): show the rules of the unit.
        paned_wanted(): make the pages that remember their panes.
        changed(object), lock_wanted(): of the part about updates.
    """

    theme_wanted = Signal(str)
    preferences_chosen = Signal(object)
    unit_wanted = Signal()
    paned_wanted = Signal()
    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._before: Layouts | None = None
        self._asked: dict[Choice, Errand] = {}
        self._notice = Notice()
        self.undo = UndoStrip()
        self._make_looks()
        self._make_work()
        self.updates = self._updates_part()
        self._lay_out()
        self._wear_theme(seat.theme)
        self._show(self.preferences)
        bind_key(say.UNIT_KEY, self, self.unit_wanted.emit, everywhere=True)
        bind_key(say.RESET_KEY, self, self.reset, everywhere=True)

    # -- what the window does with it

    def refresh(self) -> None:
        """Ask what is kept on this machine; another window may have changed it."""
        if self.updates is not None:
            self.updates.refresh()
        of_machine = self._seat.session.settling.of_machine
        if of_machine is not None:
            for errand in self._asked.values():
                errand.cancel()
            ask, tell = self._seat.lanes.keeping.ask, self._notice.tell
            self._asked = {
                self.language: ask(
                    self, of_machine.language, then=self._show_language, otherwise=tell
                ),
                self.scale: ask(self, of_machine.scale, then=self._show_scale, otherwise=tell),
            }

    def veil(self) -> None:
        """Nothing is ever looked at on this page."""

    def wear(self, theme: Theme) -> None:
        self._wear_theme(theme)

    def step_back(self) -> None:
        self._notice.dismiss()
        self.undo.dismiss()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.theme, self.lock_after)

    @property
    def is_empty(self) -> bool:
        return False

    # -- what can be chosen

    @property
    def preferences(self) -> Preferences:
        """What the analyst chose."""
        kept = self._seat.drafting.latest(THE_PREFERENCES)
        return kept if isinstance(kept, Preferences) else USUAL

    def reset(self) -> None:
        """Every table and pane is as it was at first; the strip takes that back."""
        self.paned_wanted.emit()
        self._before = lay_usually_in(self.window(), self._seat.drafting)
        self.undo.tell(say.WAS_RESET, self._reset_back)

    def _reset_back(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            lay_again(self.window(), self._seat.drafting, before)
            self.undo.tell(say.WAS_UNDONE)

    def _choose(self, wanted: Preferences) -> None:
        if wanted == self.preferences:
            return
        drafting = self._seat.drafting
        if wanted == USUAL:
            drafting.end(THE_PREFERENCES)
        else:
            drafting.keep(THE_PREFERENCES, wanted)
        self.preferences_chosen.emit(wanted)

    def _choose_times(self, at: int) -> None:
        self._choose(replace(self.preferences, is_universal=at == 1))

    def _choose_rows(self, is_compact: bool) -> None:
        self._choose(replace(self.preferences, is_compact=is_compact))

    def _choose_lock(self, at: int) -> None:
        self._choose(replace(self.preferences, lock_after=self._locks[at]))

    def _choose_look(self, at: int) -> None:
        self._choose(replace(self.preferences, look_for=self._looks[at]))

    def _choose_triage(self, begins: bool) -> None:
        self._choose(replace(self.preferences, begins_in_triage=begins))

    def _choose_theme(self, at: int) -> None:
        self.theme_wanted.emit(THEMES[at].name)

    def _choose_language(self, of_machine: OfMachine, at: int) -> None:
        self._put(self.language, partial(of_machine.keep_language, (None, *LANGUAGES)[at]))

    def _choose_scale(self, of_machine: OfMachine, at: int) -> None:
        self._put(self.scale, partial(of_machine.keep_scale, SCALES[at]))

    def _put(self, choice: Choice, work: Callable[[], None]) -> None:
        self._notice.dismiss()
        if choice in self._asked:
            # What was kept before would come late, and stand over what was chosen.
            self._asked.pop(choice).cancel()
        self._seat.lanes.keeping.ask(self, work, otherwise=self._not_put)

    def _not_put(self, error: CportError) -> None:
        self._notice.tell(error)
        self.refresh()

    # -- showing

    def _show(self, wanted: Preferences) -> None:
        for choice, at in (
            (self.times, int(wanted.is_universal)),
            (self.lock_after, _nearest(self._locks, wanted.lock_after)),
            (self.look_for, _nearest(self._looks, wanted.look_for)),
        ):
            choice.setCurrentIndex(at)
        for box, is_on in (
            (self.compact, wanted.is_compact),
            (self.triage, wanted.begins_in_triage),
        ):
            with QSignalBlocker(box):
                box.setChecked(is_on)

    def _wear_theme(self, theme: Theme) -> None:
        names = [each.name for each in THEMES]
        self.theme.setCurrentIndex(names.index(theme.name))

    def _show_language(self, code: str | None) -> None:
        self.language.setCurrentIndex((None, *LANGUAGES).index(code))

    def _show_scale(self, percent: int) -> None:
        self.scale.setCurrentIndex(SCALES.index(percent))

    # -- laying out

    def _make_looks(self) -> None:
        of_machine = self._seat.session.settling.of_machine
        self.language = _choice(say.LANGUAGE, (say.AS_THE_SYSTEM, *LANGUAGES.values()))
        self.scale = _choice(say.SCALE, [say.percent(each) for each in SCALES])
        self.theme = _choice(say.THEME, [say.THEMES[each.name] for each in THEMES])
        self.times = _choice(say.TIMES, (say.LOCAL, say.UNIVERSAL))
        self.compact = _box(say.COMPACT)
        if of_machine is not None:
            self.language.activated.connect(partial(self._choose_language, of_machine))
            self.scale.activated.connect(partial(self._choose_scale, of_machine))
        self.theme.activated.connect(self._choose_theme)
        self.times.activated.connect(self._choose_times)
        self.compact.toggled.connect(self._choose_rows)

    def _make_work(self) -> None:
        bounds = self._seat.session.settling.bounds
        self._locks = (None, *(each for each in _LOCKS if each < bounds.lock_after))
        self._looks = (None, *(each for each in _LOOKS if each < bounds.look_for))
        longest = say.machine_allows(say.span(round(bounds.lock_after)))
        locks = [longest, *(say.span(each) for each in self._locks if each is not None)]
        longest = say.machine_allows(say.span(round(bounds.look_for)))
        looks = [longest, *(say.seconds(each) for each in self._looks if each is not None)]
        self.lock_after = _choice(say.LOCK_AFTER, locks)
        self.look_for = _choice(say.LOOK_FOR, looks)
        self.triage = _box(say.TRIAGE)
        self.lock_after.activated.connect(self._choose_lock)
        self.look_for.activated.connect(self._choose_look)
        self.triage.toggled.connect(self._choose_triage)

    def _updates_part(self) -> UpdatesSection | None:
        updating = self._seat.session.settling.updating
        if updating is None:
            return None
        part = UpdatesSection(self._seat, updating)
        part.changed.connect(self.changed)
        part.lock_wanted.connect(self.lock_wanted)
        for key, act in (
            (updates_page.FROM_FILE_KEY, part.choose),
            (updates_page.GO_BACK_KEY, part.ask_back),
        ):
            bind_key(key, self, act, everywhere=True)
        return part

    def _lay_out(self) -> None:
        is_told = self._seat.session.settling.of_machine is not None
        looks: list[tuple[str, QWidget, str]] = [
            (say.THEME, self.theme, say.THEME_HINT),
            (say.TIMES, self.times, say.TIMES_HINT),
            ("", self.compact, say.COMPACT_HINT),
        ]
        if is_told:
            looks.insert(0, (say.LANGUAGE, self.language, say.LANGUAGE_LATER))
            looks.insert(2, (say.SCALE, self.scale, say.SCALE_LATER))
        bounds = self._seat.session.settling.bounds
        unit = button(say.UNIT, self.unit_wanted.emit, key=say.UNIT_KEY)
        reset = button(say.RESET, self.reset, key=say.RESET_KEY)
        work: list[tuple[str, QWidget, str]] = [
            (say.LOCK_AFTER, self.lock_after, say.at_most(say.span(round(bounds.lock_after)))),
            (say.LOOK_FOR, self.look_for, say.at_most(say.span(round(bounds.look_for)))),
            ("", self.triage, say.TRIAGE_HINT),
            ("", unit, say.UNIT_HINT),
            ("", reset, say.RESET_HINT),
        ]
        inside = ScrollColumn(say.TITLE)
        inside.add(PlainLabel(say.TITLE, role="title"))
        inside.add(PlainLabel(say.INTRO, role="muted", wraps=True))
        can_keep = self._seat.drafting.can_keep
        inside.add(PlainLabel(say.KEPT if can_keep else say.NOT_KEPT, role="caption", wraps=True))
        inside.add(self._notice)
        inside.add(self.undo)
        inside.add(section(say.LOOKS), space_before=10)
        inside.add(_rows(looks))
        inside.add(section(say.WORK), space_before=14)
        inside.add(_rows(work))
        if self.updates is not None:
            inside.add(section(updates_page.UPDATES), space_before=14)
            inside.add(self.updates)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 12, 12)
        column.addWidget(inside)


def _choice(name: str, labels: Sequence[str]) -> Choice:
    made = Choice(name)
    made.addItems(list(labels))
    return made


def _box(name: str) -> QCheckBox:
    made = QCheckBox(name)
    made.setAccessibleName(name)
    return made


def _nearest(offered: Sequence[int | None], wanted: int | None) -> int:
    """The place of what is wanted; of the longest that is offered below it, if it is not there."""
    below = [each for each in offered if each is not None and wanted is not None and each <= wanted]
    return offered.index(max(below)) if below else 0


def _rows(rows: Sequence[tuple[str, QWidget, str]]) -> QWidget:
    """Label, control and hint beside each other."""
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(10)
    grid.setColumnMinimumWidth(0, _LABELS)
    grid.setColumnMinimumWidth(1, _CONTROLS)
    grid.setColumnStretch(2, 1)
    for at, (label, control, hint) in enumerate(rows):
        control.setAccessibleDescription(hint)
        if label:
            grid.addWidget(PlainLabel(label), at, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(control, at, 1)
        grid.addWidget(PlainLabel(hint, role="muted", wraps=True), at, 2)
    return whole
