"""F1 in the window of an open vault: the help about what has the focus, or about the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cport_desktop.ui.help_topics import help_for
from cport_desktop.ui.page_room import PageRoom
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.views.help_dialog import open_help
from cport_desktop.words import help as say


class WindowHelp(QObject):
    """Belongs to the window whose pages it knows."""

    def __init__(
        self,
        window: QWidget,
        pages: PageRoom,
        *,
        lock: Callable[[], None],
        show_keys: Callable[[], None],
        show_guide: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._lock = lock
        self._show_keys = show_keys
        self._show_guide = show_guide
        self._practise: Callable[[], None] | None = None

    def offer_practice(self, practise: Callable[[], None]) -> None:
        """From now on the help leads to a rehearsal."""
        self._practise = practise

    def open(self) -> None:
        """Open the help; nothing stays revealed beneath it."""
        self._pages.veil()
        place = self._pages.place
        title = next(entry.title for entry in PAGES if entry.place == place)
        page = self._pages.widget_at(place)
        focus = self._window.window().focusWidget()
        is_there = focus is not None and page.isAncestorOf(focus)
        told, part = help_for(place, title, focus if is_there else None)
        dialog = open_help(self._window, told, part or page, lock=self._lock)
        dialog.offer(say.ALL_KEYS, self._show_keys, key=say.ALL_KEYS_KEY)
        dialog.offer(say.FIRST_STEPS, self._show_guide, key=say.FIRST_STEPS_KEY)
        if self._practise is not None:
            dialog.offer(say.PRACTISE, self._practise, key=say.PRACTISE_KEY)
