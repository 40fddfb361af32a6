"""The glass with what is said beneath it: what Space will show, at what level, for how long."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.media_item import MediaItem, RevealLevel
from cport_desktop.errors import CportError
from cport_desktop.ui.looking import HoldSpace, Looking, LookState
from cport_desktop.ui.models.media_grid import kind_words, why_not_shown
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.glass import Glass
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import window as say


class LookPanel(QWidget):
    """One item, veiled until it is held."""

    def __init__(self, seat: Seat, *, height: int) -> None:
        super().__init__()
        self.looking = Looking(
            reveal=seat.session.reveal,
            end_reveal=seat.session.end_reveal,
            terms=seat.session.terms,
            lanes=seat.lanes,
            clock=seat.clock,
            parent=self,
        )
        self.glass = Glass(self.looking, height=height)
        self._can_look = False
        self._before = PlainLabel(role="muted")
        self._key = PlainLabel(say.SPACE, role="key")
        self._after = PlainLabel(role="muted")
        self._notice = Notice()
        self._levels = QButtonGroup(self)
        self._lay_out()
        self.looking.changed.connect(self._describe)
        self.looking.refused.connect(self._refuse)
        self.looking.not_shown.connect(self._say_not_shown)
        self._describe()

    def watch(self, widget: QWidget) -> None:
        """Space held on `widget` looks too; losing the focus or the page veils."""
        widget.installEventFilter(HoldSpace(self.looking, self))

    def show_item(self, item: MediaItem | None, veil: QImage | None) -> None:
        """Lie veiled over `item`."""
        self._notice.dismiss()
        reason = why_not_shown(item) if item is not None else ""
        self._can_look = item is not None and reason is None
        self.looking.aim(item.media_id if item is not None and self._can_look else None)
        self.glass.show_veil(veil, kind_words(item) if item is not None else "")
        self._describe()
        if item is not None and reason:
            self._say_words(say.cannot_look(reason))

    def words(self) -> str:
        """The line beneath the glass, as it reads."""
        labels = (self._before, self._key, self._after)
        return " ".join(label.text() for label in labels if not label.isHidden() and label.text())

    def _describe(self) -> None:
        state = self.looking.state
        if state is LookState.VEILED and self._can_look:
            self._before.say(say.VEILED_HOLD)
            self._key.show()
            self._after.say(say.to_look(self.looking.level.value, self.looking.seconds))
            self._after.show()
            return
        words = {
            LookState.VEILED: "",
            LookState.ASKED: say.ASKING,
            LookState.SHOWN: say.LOOKING,
            LookState.SPENT: say.SPENT,
        }
        self._say_words(words[state])

    def _say_words(self, words: str) -> None:
        self._before.say(words)
        self._key.hide()
        self._after.hide()

    def _say_not_shown(self) -> None:
        self._say_words(say.cannot_look(say.NOTHING_DECODED))

    def _refuse(self, error: CportError) -> None:
        self._notice.tell(error)

    def _set_level(self, level: RevealLevel) -> None:
        self.looking.release()
        self.looking.level = level
        self._describe()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        for label in (self._before, self._key, self._after):
            line.addWidget(label)
        line.addStretch()
        levels = QHBoxLayout()
        levels.setSpacing(4)
        levels.addWidget(PlainLabel(say.LEVEL, role="caption"))
        for level in RevealLevel:
            levels.addWidget(self._level_button(level))
        levels.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.glass)
        column.addLayout(line)
        column.addLayout(levels)
        column.addWidget(self._notice)

    def _level_button(self, level: RevealLevel) -> QWidget:
        words = say.LEVELS[level.value]
        made = button(
            words, lambda: self._set_level(level), kind="level", name=say.level_named(words)
        )
        made.setCheckable(True)
        made.setChecked(level is self.looking.level)
        self._levels.addButton(made)
        return made
