"""The Vault page: everything that keeps the vault, one part at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.analysts_section import AnalystsSection
from cport_desktop.ui.views.anchors_section import AnchorsSection
from cport_desktop.ui.views.backup_section import BackupSection
from cport_desktop.ui.views.check_section import CheckSection
from cport_desktop.ui.views.erasures_section import ErasuresSection
from cport_desktop.ui.views.health_section import HealthSection
from cport_desktop.ui.views.holds_section import HoldsSection
from cport_desktop.ui.views.retention_section import RetentionSection
from cport_desktop.ui.views.slots_section import SlotsSection
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.controls import RailButton, bind_key
from cport_desktop.words import vault_page as say

_NAVIGATION_WIDTH = 150
_NEXT, _BEFORE = "Ctrl+PgDown", "Ctrl+PgUp"


class VaultPage(QWidget):
    """Parts at the left, the chosen one beside them. A part loads each time it is shown.

    Signals:
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
        rekey_wanted(object): lock, and renew the master key with this `Key`.
    """

    changed = Signal(object)
    lock_wanted = Signal()
    rekey_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.health = HealthSection(seat)
        self.slots = SlotsSection(seat)
        self.backups = BackupSection(seat)
        self.check = CheckSection(seat)
        self.analysts = AnalystsSection(seat)
        self.retention = RetentionSection(seat)
        self.holds = HoldsSection(seat)
        self.erasures = ErasuresSection(seat)
        self.anchors = AnchorsSection(seat)
        self._sections: tuple[VaultSection, ...] = (
            self.health,
            self.slots,
            self.backups,
            self.check,
            self.analysts,
            self.retention,
            self.holds,
            self.erasures,
            self.anchors,
        )
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._buttons = tuple(RailButton(each.title, _NEXT) for each in self._sections)
        self._lay_out()
        for place, each in enumerate(self._sections):
            each.changed.connect(self.changed)
            each.lock_wanted.connect(self.lock_wanted)
            each.place_wanted.connect(self.show_part)
            self._buttons[place].clicked.connect(partial(self._clicked, place))
        self.slots.rekey_wanted.connect(self.rekey_wanted)
        bind_key(_NEXT, self, partial(self._walk, 1), everywhere=True)
        bind_key(_BEFORE, self, partial(self._walk, -1), everywhere=True)
        self._buttons[0].setChecked(True)

    # -- what the window does with it

    def refresh(self) -> None:
        """Load the part that is shown."""
        self.section.refresh()

    def show_part(self, name: str) -> None:
        """Show the part of this name, if there is one."""
        for place, each in enumerate(self._sections):
            if each.title == name:
                self._show(place)

    @property
    def section(self) -> VaultSection:
        """The part that is shown."""
        return self._sections[self._stack.currentIndex()]

    def veil(self) -> None:
        """Nothing is ever looked at on this page."""

    def wear(self, theme: Theme) -> None:
        for each in self._sections:
            each.wear(theme)

    def step_back(self) -> None:
        self.section.step_back()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self._navigation, *self.section.focus_ring())

    @property
    def is_empty(self) -> bool:
        return False

    # -- inside

    def _clicked(self, place: int, _checked: bool = False) -> None:
        self._show(place)

    def _walk(self, step: int) -> None:
        self._show((self._stack.currentIndex() + step) % len(self._sections))
        self.section.take_focus()

    def _show(self, place: int) -> None:
        self._buttons[place].setChecked(True)
        self._stack.setCurrentIndex(place)
        self.section.refresh()

    def _lay_out(self) -> None:
        self._navigation = QWidget()
        self._navigation.setAccessibleName(say.SECTIONS)
        self._navigation.setFixedWidth(_NAVIGATION_WIDTH)
        column = QVBoxLayout(self._navigation)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for place, made in enumerate(self._buttons):
            self._group.addButton(made, place)
            column.addWidget(made)
        column.addStretch()
        frame = QFrame()
        frame.setProperty("panel", "true")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._stack)
        for each in self._sections:
            self._stack.addWidget(each)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(self._navigation)
        row.addWidget(frame, 1)
