"""What is kept under names for all who compose packages: a list, what adds to it, what takes away from it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.words import signing_page as say


class Named(Protocol):
    """Has a name that nothing else of its kind has."""

    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=Named)


class KeptSection(PageSection, Generic[Row]):
    """Whoever may compose packages may keep them; others read who may."""

    def __init__(
        self,
        seat: Seat,
        columns: Sequence[Column[Row]],
        *,
        keeping: str,
        empty: tuple[str, str],
    ) -> None:
        """`keeping`: what others would need a role for; `empty`: told where there is none."""
        super().__init__(seat)
        self._on_row: tuple[QWidget, ...] = ()
        if self.may(Role.EXPORTER):
            self._on_row = self._add_acts()
        else:
            self.say_needs(Role.EXPORTER, keeping)
        self.list = Listing[Row](self.title, columns, seat.theme, empty=empty)
        self._column.addWidget(self.list, 1)
        self.list.chosen_changed.connect(self._offer)
        self._offer()

    @abstractmethod
    def _add_acts(self) -> tuple[QWidget, ...]:
        """The acts of the section are there; those of them that need a chosen row."""

    @abstractmethod
    def _kept(self) -> tuple[Row, ...]:
        """All that are kept, as the vault tells them."""

    @abstractmethod
    def _removal(self, line: Row) -> tuple[str, Callable[[], object]]:
        """What is asked before `line` goes, and what takes it away."""

    def refresh(self) -> None:
        if self.may(Role.EXPORTER):
            self.load(self._kept, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def ask_remove(self) -> None:
        """Ask whether the chosen one is really to go."""
        line = self.list.chosen()
        if line is None:
            return
        told, remove = self._removal(line)
        dialog = self.ask(title=say.REMOVE_TITLE, intro=told, act=say.REMOVE_NOW, is_final=True)
        dialog.on_give(partial(dialog.work, self._seat.lanes.acting, remove))
        dialog.ended.connect(self._done)
        dialog.open()

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _show(self, found: tuple[Row, ...]) -> None:
        self.list.show_rows(found, same=lambda one, other: one.name == other.name)

    def _offer(self) -> None:
        for made in self._on_row:
            made.setEnabled(self.list.chosen() is not None)
