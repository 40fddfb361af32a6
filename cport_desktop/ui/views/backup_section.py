"""Backups: what was done to keep the vault, a new one, and a drill of one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.keeping_lines import BackupDone, DrillDone, DrillOrder, KeptLine, SlotLine
from cport_desktop.ui.models.vault_columns import kept_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, paths_field, paths_in
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.key_choice import KeyChoice
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import vault_page as say


class BackupSection(VaultSection):
    """One backup or drill at a time; the window stays free."""

    title = say.BACKUPS
    intro = say.BACKUPS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._slots: tuple[SlotLine, ...] = ()
        if self.may(Role.ADMINISTRATOR):
            self.add_act(say.BACK_UP, "Alt+B", self.ask_backup, kind="primary")
            self.add_act(say.DRILL, "Alt+T", self.ask_drill)
        self.strip = WorkStrip(say.BACKUPS, seat.lanes.tending, seat.clock)
        self.list = Listing[KeptLine](
            say.BACKUPS, kept_columns(), seat.theme, empty=(say.NO_KEPT, say.NO_KEPT_HELP)
        )
        self._column.addWidget(self.strip)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(PlainLabel(say.RESTORE_HINT, role="caption", wraps=True))
        if not self.may(Role.ADMINISTRATOR):
            self.say_needs(Role.ADMINISTRATOR, say.BACKING_UP)

    def refresh(self) -> None:
        self.load(self.keeping.kept, self._show)
        self._seat.lanes.reading.ask(self, self.keeping.slots, then=self._learn_slots)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    # -- a backup

    def ask_backup(self) -> None:
        """Ask where it goes and what it builds on."""
        if self.strip.is_running:
            return
        dialog = self.ask(title=say.BACKUP_TITLE, intro=say.BACKUP_INTRO, act=say.BACKUP_BEGIN)
        target = PathField(say.BACKUP_WHERE, say.PATH_OF_NEW, Choosing.NEW_FILE)
        since = PathField(say.BACKUP_SINCE, say.BACKUP_SINCE_PLACEHOLDER, Choosing.FILE)
        dialog.add_field(say.BACKUP_WHERE, target)
        dialog.add_field(say.BACKUP_SINCE, since)

        def give() -> None:
            path = target.path()
            if path is None:
                dialog.complain(say.NEEDS_PATH, target)
                return
            dialog.accept()
            self._back_up(path, since.path())

        dialog.on_give(give)
        dialog.open()

    def _back_up(self, path: Path, since: Path | None) -> None:
        self.tell("")
        self.strip.begin(
            partial(self.keeping.back_up, path, since), then=self._backed_up, otherwise=self._fail
        )

    def _backed_up(self, done: BackupDone) -> None:
        told = say.backup_written(figures.size(done.size), done.blobs, done.needed)
        if done.faults:
            told = say.backup_faults(done.faults)
        self.strip.tell(f"{told}\n{say.DIGEST}: {done.sha256}", "gravest" if done.faults else None)
        self._changed()

    # -- a drill

    def ask_drill(self) -> None:
        """Ask for a backup and what opens it."""
        if self.strip.is_running:
            return
        dialog = self.ask(title=say.DRILL_TITLE, intro=say.DRILL_INTRO, act=say.DRILL_BEGIN)
        source = PathField(say.DRILL_FILE, "", Choosing.FILE)
        last = next((line for line in self.list.rows() if line.kind == "backup"), None)
        if last is not None and last.is_sound:
            source.field.setText(last.subject)
        bases = paths_field(say.DRILL_BASES)
        key = KeyChoice(self._slots)
        key.lock_wanted.connect(dialog.lock_wanted)
        key.resized.connect(dialog.fit)
        key.given.connect(dialog.give)
        dialog.add_field(say.DRILL_FILE, source)
        dialog.add_field(say.DRILL_BASES, bases)
        dialog.add(section(say.DRILL_KEY))
        dialog.add(key)

        def give() -> None:
            path = source.path()
            if path is None:
                dialog.complain(say.NEEDS_BACKUP, source)
                return
            # Without a key the drill uses those in memory, and says that no slot was tried.
            brought = key.take()
            dialog.accept()
            self._drill(DrillOrder(path, paths_in(bases), brought))

        dialog.on_give(give)
        dialog.open()

    def _drill(self, order: DrillOrder) -> None:
        self.tell("")
        self.strip.begin(
            partial(self.keeping.drill, order), then=self._drilled, otherwise=self._fail
        )

    def _drilled(self, done: DrillDone) -> None:
        told = say.drill_done(done.made_at, figures.size(done.size), len(done.findings))
        more = [f"{found.where}: {found.what}" for found in done.findings[:5]] or done.proved
        self.strip.tell("\n".join((told, *more)), "gravest" if done.findings else "lightest")
        self._changed()

    def _fail(self, error: CportError) -> None:
        self.refuse(error)
        self._changed()

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _show(self, lines: tuple[KeptLine, ...]) -> None:
        self.list.show_rows([line for line in lines if line.kind != "check"])

    def _learn_slots(self, slots: tuple[SlotLine, ...]) -> None:
        self._slots = slots
