"""Retention: what is due by the agreement, and its erasure."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError, NotEnrolled
from cport_desktop.ui.keeping_lines import DueLine, DueList
from cport_desktop.ui.models.vault_columns import due_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.erase_dialog import ask_erase_due
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import vault_page as say


class RetentionSection(VaultSection):
    """What is due and why, for a supervisor, who erases it."""

    title = say.RETENTION
    intro = say.RETENTION_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._due: DueList | None = None
        self._erase: QWidget | None = None
        if self.may(Role.SUPERVISOR):
            self._erase = self.add_act(say.ERASE_DUE, "Alt+E", self.erase)
            self._erase.setEnabled(False)
        empty = (say.NOTHING_DUE, say.NOTHING_DUE_HELP)
        if not self.may(Role.SUPERVISOR):
            needs = say.needs_role(Role.SUPERVISOR.value, say.DUE_AND_ERASURE)
            empty = (say.NOT_YOURS, needs)
        self.list = Listing[DueLine](say.RETENTION, due_columns(), seat.theme, empty=empty)
        self._remarks = PlainLabel(role="caption", tone="grave", wraps=True)
        self._remarks.hide()
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._remarks)

    def refresh(self) -> None:
        if self.may(Role.SUPERVISOR):
            self.load(self.keeping.due, self._show)

    def refuse(self, error: CportError) -> None:
        if isinstance(error, NotEnrolled):
            self.list.show_rows((), empty=(say.NO_AGREEMENT, say.NO_AGREEMENT_HELP))
        else:
            super().refuse(error)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def erase(self) -> None:
        """Ask for the count of what is due, then erase it."""
        number = self._number()
        if self._due is not None and number:
            dialog = self.ask(
                title=say.ERASE_TITLE, intro=say.ERASE_FINAL, act=say.ERASE_NOW, is_final=True
            )
            ask_erase_due(dialog, self._seat, self._due, number, self._changed)

    def _number(self) -> int:
        return 0 if self._due is None else sum(row.standing == "due" for row in self._due.lines)

    def _show(self, due: DueList) -> None:
        self._due = due
        number = self._number()
        empty = (say.NOTHING_DUE, say.NOTHING_DUE_HELP)
        if not due.has_periods:
            empty = (say.NO_PERIODS, say.NO_PERIODS_HELP)
        self.list.show_rows(
            due.lines, empty=empty, same=lambda one, other: one.report_id == other.report_id
        )
        kept = len(due.lines) - number
        self.tell(say.due_told(number, kept, is_all=due.is_all) if due.lines else "")
        remarks = [say.periods_unknown(due.unknown)] if due.unknown else []
        if due.doubt is not None and number:
            remarks.append(say.clock_doubted(due.clock.isoformat(), due.doubt))
        self._remarks.say("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        if self._erase is not None:
            self._erase.setEnabled(number > 0)

    def _changed(self, changes: Changes) -> None:
        self.refresh()
        self.changed.emit(changes)
