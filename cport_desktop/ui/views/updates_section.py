"""Updates, as a part of the settings page: what is in force, how old it is, a newer one from a file, and back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.updating import UpdateDone, UpdateForecast, UpdateStand, Updating
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.facts import FactGrid
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import updates_page as say

_GAP = 8


class UpdatesSection(QWidget):
    """What an update changed of the vault is told by `changed`.

    Signals:
        changed(object): the `Changes` of an act.
        lock_wanted(): the analyst wants the vault locked, dialog or not.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat, updating: Updating) -> None:
        super().__init__()
        self._seat, self._updating = seat, updating
        self._stand: UpdateStand | None = None
        self._facts: FactGrid | None = None
        self._notice = Notice()
        self.warning = PlainLabel(role="caption", wraps=True)
        self.warning.hide()
        self.from_file = button(say.FROM_FILE, self.choose, key=say.FROM_FILE_KEY)
        self.go_back = button(say.GO_BACK, self.ask_back, key=say.GO_BACK_KEY)
        self.go_back.setEnabled(False)
        acts = FlowLayout(gap=_GAP)
        acts.addWidget(self.from_file)
        acts.addWidget(self.go_back)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.addWidget(PlainLabel(say.INTRO, role="muted", wraps=True))
        self._column.addWidget(self._notice)
        self._column.addWidget(self.warning)
        self._column.addLayout(acts)

    def refresh(self) -> None:
        """Ask what is in force."""
        self._seat.lanes.keeping.ask(
            self, self._updating.standing, then=self._show, otherwise=self._notice.tell
        )

    def lines(self) -> tuple[str, ...]:
        """What it says of each part."""
        return () if self._stand is None else tuple(line.told for line in self._stand.lines)

    def _show(self, stand: UpdateStand) -> None:
        self._stand = stand
        shown = FactGrid((line.name, line.told) for line in stand.lines)
        if self._facts is not None:
            self._column.replaceWidget(self._facts, shown)
            self._facts.deleteLater()
        else:
            self._column.insertWidget(1, shown)
        self._facts = shown
        old = [say.OLD] if any(line.is_old for line in stand.lines) else []
        self.warning.say("\n".join([*old, *stand.warnings]))
        self.warning.setVisible(bool(old or stand.warnings))
        self.go_back.setEnabled(stand.before is not None)

    # -- a newer one

    def choose(self) -> None:
        """Ask for a file, and look into it."""
        dialog = self._dialog(say.FROM_FILE.rstrip("…"), say.FILE_INTRO, say.VERIFY)
        strip = WorkStrip(say.FROM_FILE, self._seat.lanes.tending, self._seat.clock)
        path = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.FILE)
        dialog.add_field(say.FILE, path)
        dialog.add_strip(strip)

        def looked(chosen: Path, forecast: UpdateForecast) -> None:
            strip.tell("")
            if not forecast.changes_anything:
                dialog.conclude(say.NOTHING_NEW, tone=None, more="\n".join(forecast.warnings))
                return
            dialog.accept()
            self._confirm(chosen, forecast)

        def give() -> None:
            chosen = path.path()
            if chosen is None:
                dialog.complain(say.NEEDS_FILE, path)
                return
            dialog.work_long(
                strip,
                partial(self._updating.look, chosen),
                then=partial(looked, chosen),
                stopped=say.STOPPED,
            )

        dialog.on_give(give)
        dialog.open()

    def _confirm(self, path: Path, forecast: UpdateForecast) -> None:
        told = "\n".join([*forecast.lines, *forecast.warnings])
        dialog = self._dialog(say.APPLY_TITLE, told, say.APPLY)
        strip = WorkStrip(say.APPLY_TITLE, self._seat.lanes.tending, self._seat.clock)
        dialog.add_strip(strip)

        def done(answer: UpdateDone) -> None:
            strip.tell("")
            self._conclude(dialog, say.APPLIED, answer)

        def give() -> None:
            work = partial(self._updating.apply, path)
            dialog.work_long(strip, work, then=done, stopped=say.STOPPED)

        dialog.on_give(give)
        dialog.open()

    # -- and back

    def ask_back(self) -> None:
        """Ask whether what was in force before shall be so again."""
        if self._stand is None or self._stand.before is None:
            return
        intro = say.back_intro(self._stand.before)
        dialog = self._dialog(say.BACK_TITLE, intro, say.BACK)

        def done(answer: UpdateDone) -> None:
            self._conclude(dialog, say.WENT_BACK, answer)

        def give() -> None:
            dialog.work(self._seat.lanes.tending, self._updating.back, then=done)

        dialog.on_give(give)
        dialog.open()

    def _conclude(self, dialog: AskingDialog, sentence: str, answer: UpdateDone) -> None:
        dialog.conclude(f"✓ {sentence}", more="\n".join(answer.lines))
        if answer.changes is not Changes.NOTHING:
            self.changed.emit(answer.changes)
        self.refresh()

    def _dialog(self, title: str, intro: str, act: str) -> AskingDialog:
        dialog = AskingDialog(self.window(), title=title, intro=intro, act=act)
        dialog.lock_wanted.connect(self.lock_wanted)
        return dialog
