"""Health: what doctor finds, the ones that need something first."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui.keeping_lines import HealthLine
from cport_desktop.ui.models.vault_columns import health_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.controls import panel
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import vault_page as say

_GRAVITY = {"missing": 0, "warning": 1}


class HealthSection(VaultSection):
    """Looks when it is shown, and when asked."""

    title = say.HEALTH
    intro = say.HEALTH_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.add_act(say.RELOAD, "Alt+A", self.refresh)
        self._go = self.add_act(say.HEALTH_GO, "Alt+G", self.go_there)
        self.list = Listing[HealthLine](
            say.HEALTH, health_columns(), seat.theme, empty=(say.NO_HEALTH, say.NO_HEALTH_HELP)
        )
        self._found = PlainLabel(wraps=True, can_be_copied=True)
        self._advice = PlainLabel(role="strong", wraps=True)
        card = QVBoxLayout()
        card.setContentsMargins(14, 10, 14, 10)
        card.setSpacing(4)
        card.addWidget(self._found)
        card.addWidget(self._advice)
        self._card = panel(card, kind="card")
        self._card.hide()
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._card)
        self.list.chosen_changed.connect(self._tell_whole)
        self.list.row_opened.connect(lambda _row: self.go_there())
        self._tell_whole()

    def refresh(self) -> None:
        self.load(self.keeping.health, self._show)

    def go_there(self) -> None:
        """Show the part where the chosen finding is dealt with."""
        line = self.list.chosen()
        if line is not None and line.section:
            self.place_wanted.emit(line.section)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def _show(self, lines: tuple[HealthLine, ...]) -> None:
        ordered = sorted(lines, key=lambda line: _GRAVITY.get(line.verdict, 2))
        self.list.show_rows(ordered, same=lambda one, other: one.name == other.name)
        worries = sum(line.verdict in _GRAVITY for line in lines)
        self.tell(say.health_told(worries), "grave" if worries else "lightest")

    def _tell_whole(self) -> None:
        """The chosen finding in full: a row has one line only."""
        line = self.list.chosen()
        self._go.setEnabled(line is not None and bool(line.section))
        self._card.setVisible(line is not None)
        if line is not None:
            self._found.say(f"{line.name}: {line.found}")
            self._advice.say(line.advice)
            self._advice.setVisible(bool(line.advice))
