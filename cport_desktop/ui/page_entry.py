"""What the window asks of a page, and what it knows of one that is not made yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import ROLE_FOR, Role
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.ways import Ways


class PageView(Protocol):
    """What the window asks of a page, which is a widget too."""

    def refresh(self) -> None: ...
    def veil(self) -> None: ...
    def wear(self, theme: Theme) -> None: ...
    def step_back(self) -> None: ...
    def focus_ring(self) -> tuple[QWidget, ...]: ...
    @property
    def is_empty(self) -> bool: ...


Made = TypeVar("Made", bound=PageView)


@dataclass(frozen=True, slots=True, eq=False)
class PageEntry(Generic[Made]):
    """A page: where it stands, who may see it, how it is made and when it is loaded again.

    `place` is a number of `ui.places`. `make` is called when the page is first shown, and `join`
    right after it: whatever the page wants of the window, or hears from it, is connected there.
    """

    place: int
    title: str
    make: Callable[[Seat], Made]
    join: Callable[[Made, Ways], None]
    needs: str = ""
    """A word of `domain.roles.ROLE_FOR`: what the page is for. Empty: anybody sees it."""
    touched_by: Changes = Changes.NOTHING
    """Changes after which the page loads again, now or when it is next shown."""
    is_always_fresh: bool = False
    """It loads whenever it is shown: reading the log is an act of its own."""
    own_key: str = ""
    """Its key, where that is not its number; a place beyond the ninth has no number for a key."""

    @property
    def key(self) -> str:
        return self.own_key or f"Ctrl+{self.place + 1}"

    def is_for(self, roles: frozenset[Role]) -> bool:
        """These roles have anything to do with it."""
        return not self.needs or ROLE_FOR[self.needs] in roles


Entries = tuple[PageEntry[Any], ...]
"""Pages as they stand in the rail, from top to bottom."""


def by_place(entries: Iterable[PageEntry[Any]]) -> Entries:
    """The same, by their numbers."""
    return tuple(sorted(entries, key=lambda entry: entry.place))
