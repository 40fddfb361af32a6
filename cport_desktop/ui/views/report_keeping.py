"""What keeps one report: the holds on it, and the acts of a supervisor."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.roles import Role
from cport_desktop.ui import figures
from cport_desktop.ui.keeping_lines import HoldLine
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.erase_dialog import ask_erase
from cport_desktop.ui.views.holds_section import ask_hold, ask_release
from cport_desktop.ui.widgets.controls import button, clear_layout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import vault_page as say


class ReportKeeping(QWidget):
    """Holds stand at the top of the page (`told`), acts at its end (this widget).

    Signals:
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, report_id: ReportId, seat: Seat, *, over: QWidget) -> None:
        """Dialogs belong to `over`, which outlives the page of one report."""
        super().__init__()
        self._over = over
        self._seat = seat
        self._report_id = report_id
        self._holds: tuple[HoldLine, ...] = ()
        self._release: QPushButton | None = None
        self._notice = Notice()
        self.told = QWidget()
        self._lines = QVBoxLayout(self.told)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        if Role.SUPERVISOR in seat.session.keeping.roles:
            column.addLayout(self._make_acts())
        else:
            needs = say.needs_role(Role.SUPERVISOR.value, say.PANE_ACTS)
            column.addWidget(PlainLabel(needs, role="caption", wraps=True))
        self._load()

    def hold(self) -> None:
        """Ask why this report is to be held."""
        if self._release is None:
            return
        dialog = self._ask(title=say.HOLD_TITLE, intro=say.HOLD_INTRO, act=say.PLACE)
        reference = report_reference(self._report_id)
        keeping, lane = self._seat.session.keeping, self._seat.lanes.acting
        ask_hold(dialog, keeping, lane, reference, self._changed)

    def release(self) -> None:
        """Ask why the newest hold on this report is to end."""
        if not self._holds:
            return
        line = self._holds[0]
        intro = say.release_what(line.reference, line.reason)
        dialog = self._ask(title=say.RELEASE_TITLE, intro=intro, act=say.RELEASE)
        keeping, lane = self._seat.session.keeping, self._seat.lanes.acting
        ask_release(dialog, keeping, lane, line, self._changed)

    def erase(self) -> None:
        """Ask whether this report is really to go."""
        dialog = self._ask(
            title=say.ERASE_TITLE, intro=say.ERASE_FINAL, act=say.ERASE_NOW, is_final=True
        )
        ask_erase(dialog, self._seat, (self._report_id,), self._erased)

    def _load(self) -> None:
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.keeping.holds_on, self._report_id),
            then=self._show,
            otherwise=self._notice.tell,
        )

    def _show(self, holds: tuple[HoldLine, ...]) -> None:
        self._holds = holds
        clear_layout(self._lines)
        for hold in holds:
            when = figures.moment_in_prose(hold.placed_at)
            told = say.held_by(hold.placed_by, when, hold.reason)
            self._lines.addWidget(PlainLabel(told, tone="grave", wraps=True))
        self.told.setVisible(bool(holds))
        if self._release is not None:
            self._release.setVisible(bool(holds))

    def _changed(self, changes: Changes) -> None:
        # The page of this report may have been replaced under the dialog.
        if isValid(self):
            self._load()
            self.changed.emit(changes & ~Changes.REPORTS & ~Changes.MEDIA)

    def _erased(self, changes: Changes) -> None:
        if isValid(self):
            self.changed.emit(changes)

    def _ask(self, *, title: str, intro: str, act: str, is_final: bool = False) -> AskingDialog:
        synthetic = self._seat.session.nature.is_synthetic
        dialog = AskingDialog(
            self._over,
            title=title,
            intro=intro,
            act=act,
            synthetic=synthetic,
            is_final=is_final,
        )
        dialog.lock_wanted.connect(self.lock_wanted)
        return dialog

    def _make_acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(button(say.PANE_HOLD, self.hold, kind="small", key=say.PANE_HOLD_KEY))
        self._release = button(say.PANE_RELEASE, self.release, kind="small")
        row.addWidget(self._release)
        row.addWidget(button(say.PANE_ERASE, self.erase, kind="small"))
        row.addStretch()
        self._release.hide()
        return row
