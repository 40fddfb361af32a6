"""The glass with what is said beneath it: what Space will show, at what level, for how long."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.agreement import Function
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
        self._seat = seat
        self._item: MediaItem | None = None
        self._wanted = self.looking.level
        self._can_look = False
        self._before = PlainLabel(role="muted")
        self._key = PlainLabel(say.SPACE, role="key")
        self._after = PlainLabel(role="muted")
        self._notice = Notice()
        self._levels = QButtonGroup(self)
        self._level_buttons: dict[RevealLevel, QPushButton] = {}
        self._level_row = QWidget()
        self._absent = PlainLabel(role="caption", wraps=True)
        self._lay_out()
        self._absent.hide()
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
        self._item = item
        self.glass.show_veil(veil, kind_words(item) if item is not None else "")
        self.show_allowed()

    def show_allowed(self) -> None:
        """Levels that the agreement does not allow for this item are not there, and a line says which
        clause. Whatever is shown is veiled first.
        """
        item = self._item
        offered = self._offer_levels()
        reason = why_not_shown(item) if item is not None else ""
        self._can_look = item is not None and reason is None and bool(offered)
        self.looking.aim(item.media_id if item is not None and self._can_look else None)
        self._describe()
        if item is not None and reason:
            self._say_words(say.cannot_look(reason))
        elif item is not None and not offered:
            self._say_words(say.STAYS_VEILED)

    def absent(self) -> str:
        """The line in the place of levels that are not allowed."""
        return "" if self._absent.isHidden() else self._absent.text()

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
        self._wanted = level
        self.looking.release()
        self.looking.level = level
        self._describe()

    def _offer_levels(self) -> tuple[RevealLevel, ...]:
        """Those that are allowed for the item, on their buttons; the wanted one is chosen, or the
        nearest that shows less.
        """
        absent = self._seat.allowed.levels_absent(None if self._item is None else self._item.kind)
        offered = tuple(level for level in RevealLevel if level not in absent)
        for level, made in self._level_buttons.items():
            made.setVisible(level in offered)
        self._level_row.setVisible(bool(offered))
        if offered:
            ranked = tuple(RevealLevel)
            less = [each for each in offered if ranked.index(each) <= ranked.index(self._wanted)]
            self.looking.level = (less or offered)[-1 if less else 0]
            self._level_buttons[self.looking.level].setChecked(True)
        whole = self._seat.allowed.absent.get(Function.MEDIA_REVEAL.value)
        told = [say.level_absent(level.value, why) for level, why in absent.items()]
        self._absent.say(whole if whole and not offered else "\n".join(told))
        self._absent.setVisible(bool(told))
        return offered

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        for label in (self._before, self._key, self._after):
            line.addWidget(label)
        line.addStretch()
        levels = QHBoxLayout(self._level_row)
        levels.setContentsMargins(0, 0, 0, 0)
        levels.setSpacing(4)
        levels.addWidget(PlainLabel(say.LEVEL, role="caption"))
        for level in RevealLevel:
            self._level_buttons[level] = self._level_button(level)
            levels.addWidget(self._level_buttons[level])
        levels.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.glass)
        column.addLayout(line)
        column.addWidget(self._level_row)
        column.addWidget(self._absent)
        column.addWidget(self._notice)

    def _level_button(self, level: RevealLevel) -> QPushButton:
        words = say.LEVELS[level.value]
        made = button(
            words, lambda: self._set_level(level), kind="level", name=say.level_named(words)
        )
        made.setCheckable(True)
        made.setChecked(level is self.looking.level)
        self._levels.addButton(made)
        return made
