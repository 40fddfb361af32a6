"""One of those who work here, or nobody; their names come when they were asked for."""

from __future__ import annotations

from collections.abc import Iterable

from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import Choice


class PersonChoice(Choice):
    """Whoever makes it offers the names (`offer`). `nobody` stands for no person."""

    def __init__(self, label: str, *, nobody: str, now: str = "") -> None:
        """`now`: who is chosen at first; empty for nobody."""
        super().__init__(label)
        self._names = [""]
        self.addItem(nobody)
        self.lay(now)

    def name(self) -> str:
        """Who is chosen; empty for nobody."""
        return self._names[self.currentIndex()]

    def offer(self, names: Iterable[str]) -> None:
        """These can be chosen, too; who is chosen stays so."""
        for name in names:
            if name not in self._names:
                self._names.append(name)
                self.addItem(one_line(name))

    def lay(self, name: str) -> None:
        """This one is chosen, whether they were offered yet or not."""
        self.offer((name,))
        self.setCurrentIndex(self._names.index(name))
