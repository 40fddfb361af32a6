"""Erasures: what was erased, and the certificate of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.ui.keeping_lines import ErasureLine, RegisterLine
from cport_desktop.ui.models.vault_columns import erasure_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.words import vault_page as say


class ErasuresSection(VaultSection):
    """The list stays for as long as the vault exists."""

    title = say.ERASURES
    intro = say.ERASURES_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._save: QWidget | None = None
        if self.may(Role.SUPERVISOR):
            self._save = self.add_act(say.SAVE_CERTIFICATE, "Alt+S", self.save)
            self.add_act(say.SAVE_REGISTER, "Alt+G", self.save_register)
            self.add_act(say.REGISTER, "Alt+A", self.ask_register)
        self.list = Listing[ErasureLine](
            say.ERASURES,
            erasure_columns(),
            seat.theme,
            empty=(say.NO_ERASURES, say.NO_ERASURES_HELP),
        )
        self.list.chosen_changed.connect(self._offer)
        self._column.addWidget(self.list, 1)
        if not self.may(Role.SUPERVISOR):
            self.say_needs(Role.SUPERVISOR, say.SAVING)
        self._offer()

    def refresh(self) -> None:
        self.load(self.keeping.erasures, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def save(self) -> None:
        """Ask where the certificate of the chosen erasure goes."""
        line = self.list.chosen()
        if line is None or not line.is_finished:
            return
        erasure = line.erasure_id
        self._save_file(
            say.CERTIFICATE_TITLE,
            say.CERTIFICATE_INTRO,
            lambda path: self.keeping.save_certificate(erasure, path),
        )

    def save_register(self) -> None:
        """Ask where the register of all erasures goes."""
        self._save_file(
            say.SAVE_REGISTER_TITLE, say.SAVE_REGISTER_INTRO, self.keeping.save_register
        )

    def _save_file(self, title: str, intro: str, save: Callable[[Path], None]) -> None:
        dialog = self.ask(title=title, intro=intro, act=say.SAVE)
        target = PathField(say.BACKUP_WHERE, say.PATH_OF_NEW, Choosing.NEW_FILE)
        dialog.add_field(say.BACKUP_WHERE, target)

        def give() -> None:
            path = target.path()
            if path is None:
                dialog.complain(say.NEEDS_PATH, target)
                return

            def done(_nothing: None) -> None:
                dialog.conclude(say.certificate_saved(str(path)))
                self.changed.emit(Changes.AUDIT)

            work = partial(save, path)
            dialog.work(self._seat.lanes.acting, work, then=done)

        dialog.on_give(give)
        dialog.open()

    def ask_register(self) -> None:
        """Ask for a register of erasures, and erase what it names."""
        dialog = self.ask(
            title=say.REGISTER_TITLE,
            intro=say.REGISTER_INTRO,
            act=say.REGISTER_APPLY,
            is_final=True,
        )
        source = PathField(say.REGISTER_FILE, say.REGISTER_PLACEHOLDER, Choosing.FILE)
        dialog.add_field(say.REGISTER_FILE, source)

        def done(line: RegisterLine) -> None:
            more = say.register_held(line.held) if line.held else ""
            dialog.conclude(say.register_applied(line.reports, line.absent), more=more)
            self.refresh()
            self.changed.emit(line.changes)

        def give() -> None:
            path = source.path()
            if path is None:
                dialog.complain(say.NEEDS_REGISTER, source)
                return
            work = partial(self.keeping.apply_register, path)
            dialog.work(self._seat.lanes.acting, work, then=done)

        dialog.on_give(give)
        dialog.open()

    def _show(self, lines: tuple[ErasureLine, ...]) -> None:
        self.list.show_rows(lines, same=lambda one, other: one.erasure_id == other.erasure_id)

    def _offer(self) -> None:
        line = self.list.chosen()
        if self._save is not None:
            self._save.setEnabled(line is not None and line.is_finished)
