"""One part of a page of parts: what all parts have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import vault_page as say

Answer = TypeVar("Answer")
_GAP = 8
"""Pixels between acts."""


class PageSection(QWidget):
    """A title, what it is for, a row of acts, and what the part shows.

    Signals:
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked.
        place_wanted(str): go to the part of this name.
        help_wanted(str): go where this can be mended, a word of `words.window_cures.Place`.
    """

    changed = Signal(object)
    lock_wanted = Signal()
    place_wanted = Signal(str)
    help_wanted = Signal(str)

    title = ""
    intro = ""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._errand: Errand | None = None
        self._notice = Notice(offers=True)
        self._notice.place_wanted.connect(self.help_wanted)
        self._told = PlainLabel(role="muted", wraps=True)
        self._told.hide()
        self._buttons: list[QPushButton] = []
        self._rows_of_acts = QVBoxLayout()
        self._rows_of_acts.setSpacing(6)
        self._acts = FlowLayout(gap=_GAP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.setSpacing(10)
        self._column.addWidget(PlainLabel(self.title, role="title"))
        self._column.addWidget(PlainLabel(self.intro, role="muted", wraps=True))
        self._column.addLayout(self._rows_of_acts)
        self._begin_row()
        self._column.addWidget(self._notice)
        self._column.addWidget(self._told)

    # -- what the page does with it

    def refresh(self) -> None:
        """Load what it shows."""

    def step_back(self) -> None:
        """Escape: what was told goes."""
        self._notice.dismiss()
        self.tell("")

    def wear(self, theme: Theme) -> None:
        """Change colours that are painted by hand."""

    def focus_ring(self) -> tuple[QWidget, ...]:
        return ()

    def take_focus(self) -> None:
        """Keys go to what the part shows, or to its first act while it shows nothing."""
        for part in (*self.focus_ring(), *self._buttons):
            if part.isVisible() and part.isEnabled():
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    # -- what parts do

    def may(self, role: Role) -> bool:
        return role in self._seat.session.keeping.roles

    def add_act(
        self, label: str, key: str, act: Callable[[], None], *, kind: str | None = None
    ) -> QPushButton:
        """A button in the row of acts, and its key wherever the focus is."""
        made = button(label, act, kind=kind, key=key)
        self._acts.addWidget(made)
        self._buttons.append(made)
        bind_key(key, self, made.click, everywhere=True)
        return made

    def add_beside_acts(self, part: QWidget, *, stretches: bool = False) -> None:
        """Something else in the row of acts; what `stretches` takes what they leave over."""
        self._acts.addWidget(part)
        if stretches:
            self._acts.stretch(part)

    def next_row_of_acts(self) -> None:
        """What comes now has a row of its own: one row of all would be too long."""
        self._begin_row()

    def _begin_row(self) -> None:
        self._acts = FlowLayout(gap=_GAP)
        self._rows_of_acts.addLayout(self._acts)

    def say_needs(self, role: Role, what: str) -> None:
        """In the place of acts that this analyst may not do: who could."""
        self._column.addWidget(
            PlainLabel(say.needs_role(role.value, what), role="caption", wraps=True)
        )

    def tell(self, sentence: str, tone: str | None = None) -> None:
        """What came of an act; nothing for an empty one."""
        self._told.say(sentence)
        self._told.set_tone(tone)
        self._told.setVisible(bool(sentence))

    def told(self) -> str:
        """What it says; empty while it says nothing."""
        return "" if self._told.isHidden() else self._told.text()

    def refuse(self, error: CportError) -> None:
        self._notice.tell(error)

    def load(self, work: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        """Ask for what is shown; an older answer never comes over this one."""
        if self._errand is not None:
            self._errand.cancel()
        self._errand = self._seat.lanes.reading.ask(self, work, then=then, otherwise=self.refuse)

    def ask(self, *, title: str, intro: str, act: str, is_final: bool = False) -> AskingDialog:
        """A dialog over the window; the caller adds its fields and opens it."""
        self._notice.dismiss()
        dialog = AskingDialog(
            self,
            title=title,
            intro=intro,
            act=act,
            synthetic=self._seat.session.nature.is_synthetic,
            is_final=is_final,
        )
        dialog.lock_wanted.connect(self.lock_wanted)
        return dialog
