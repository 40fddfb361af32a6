"""Health: what doctor finds, the ones that need something first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cport_desktop.ui.keeping import HealthLine
from cport_desktop.ui.models.vault_columns import health_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.words import vault_page as say

_GRAVITY = {"missing": 0, "warning": 1}


class HealthSection(VaultSection):
    """Looks when it is shown, and when asked."""

    title = say.HEALTH
    intro = say.HEALTH_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.add_act(say.RELOAD, "Alt+A", self.refresh)
        self.end_acts()
        self.list = Listing[HealthLine](
            say.HEALTH, health_columns(), seat.theme, empty=(say.NO_HEALTH, say.NO_HEALTH_HELP)
        )
        self._column.addWidget(self.list, 1)

    def refresh(self) -> None:
        self.load(self.keeping.health, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def _show(self, lines: tuple[HealthLine, ...]) -> None:
        ordered = sorted(lines, key=lambda line: _GRAVITY.get(line.verdict, 2))
        self.list.show_rows(ordered, same=lambda one, other: one.name == other.name)
        worries = sum(line.verdict in _GRAVITY for line in lines)
        self.tell(say.health_told(worries), "grave" if worries else "lightest")
