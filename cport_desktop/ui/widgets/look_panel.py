"""The glass with what is said beneath it: what Space will show, at what level, for how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.media_item import MediaItem, MediaKind, RevealLevel
from cport_desktop.errors import CportError
from cport_desktop.ui.look_choice import LIKE, nearest
from cport_desktop.ui.looking import HoldSpace, Looking, LookState
from cport_desktop.ui.models.media_grid import kind_words, why_not_shown
from cport_desktop.ui.playing_source import LookSource
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.glass import Glass
from cport_desktop.ui.widgets.level_row import LevelRow
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.player_panel import PlayerPanel
from cport_desktop.ui.widgets.reason_row import ReasonRow
from cport_desktop.words import looking as words
from cport_desktop.words import window as say
from cport_desktop.words.playing import hold_to_hear


class LookPanel(QWidget):
    """One item, veiled until it is held."""

    def __init__(
        self, seat: Seat, *, height: int, make_glass: Callable[[Looking, int], Glass] | None = None
    ) -> None:
        """`make_glass`: another glass than one to look through, of this height."""
        super().__init__()
        source = LookSource(
            seat.session.playing,
            reveal=seat.session.reveal,
            end_reveal=seat.session.end_reveal,
        )
        self.looking = Looking(
            reveal=source.reveal,
            end_reveal=source.end_reveal,
            terms=seat.session.terms,
            lanes=seat.lanes,
            clock=seat.clock,
            parent=self,
        )
        make = make_glass or _plain_glass
        self.glass = make(self.looking, height)
        self.player = PlayerPanel(seat, source, self.looking, self.glass)
        self._seat = seat
        self._item: MediaItem | None = None
        self._can_look = False
        self._is_resting = False
        """Another item is on its way; until it is here nothing is looked at."""
        self._before = PlainLabel(role="muted")
        self._key = PlainLabel(say.SPACE, role="key")
        self._after = PlainLabel(role="muted")
        self._notice = Notice()
        self.levels = LevelRow()
        self.reason = ReasonRow()
        self._absent = PlainLabel(role="caption", wraps=True)
        self._lay_out()
        self._absent.hide()
        self.levels.chosen.connect(self._set_level)
        self.reason.stated.connect(self._state_reason)
        self.looking.changed.connect(self._describe)
        self.looking.refused.connect(self._refuse)
        self.player.refused.connect(self._refuse)
        self.looking.not_shown.connect(self._say_not_shown)
        self._describe()

    def watch(self, widget: QWidget) -> None:
        """Space held on `widget` looks too; losing the focus or the page veils."""
        widget.installEventFilter(HoldSpace(self.looking, self))
        self.player.watch(widget)

    def show_item(self, item: MediaItem | None, veil: QImage | None) -> None:
        """Lie veiled over `item`."""
        self._notice.dismiss()
        self._is_resting = False
        if item is None or self._item is None or item.media_id != self._item.media_id:
            self.reason.clear()
        self._item = item
        self.player.show_item(item, veil)
        self.lay_veil(veil)
        self.show_allowed()

    @property
    def looked_at(self) -> MediaItem | None:
        """The item that somebody looks at, or has asked to."""
        return self._item if self.looking.is_under_way else None

    @property
    def can_look(self) -> bool:
        """Space held now would ask for a look."""
        return self._can_look and not self._is_resting

    def rest(self) -> None:
        """Another item was chosen and is on its way: the former one is veiled and cannot be looked at,
        so that nobody sees what they did not choose. Ends with `show_item`.
        """
        self._is_resting = True
        self.looking.aim(None)

    def lay_veil(self, veil: QImage | None) -> None:
        """The veil of the item, which may come after it."""
        self.glass.show_veil(veil, kind_words(self._item) if self._item is not None else "")
        self.player.strip.show_veil(veil)

    def show_allowed(self) -> None:
        """Levels that the agreement does not allow for this item are not there, and a line says which
        clause; a reason is asked for where it demands one. Whatever is shown is veiled first.
        """
        item = self._item
        is_offered = self._offer_levels()
        self.levels.setVisible(is_offered and not self._is_sound())
        session = self._seat.session
        is_played = item is not None and item.is_played
        still = self._seat.look.seconds or session.terms.seconds
        self.looking.seconds = session.playing.seconds if is_played else still
        fault = _fault(item)
        shows = item is not None and fault is None and is_offered
        needs_reason = shows and self._needs_reason()
        self.reason.setVisible(needs_reason)
        self._can_look = shows and not needs_reason
        self._aim()
        self._describe()
        if item is not None and fault:
            self._say_words(say.cannot_look(fault))
        elif item is not None and not is_offered:
            self._say_words(say.STAYS_VEILED)
        elif needs_reason:
            self._say_words(words.REASON_FIRST)

    def absent(self) -> str:
        """The line in the place of levels that are not allowed."""
        return "" if self._absent.isHidden() else self._absent.text()

    def words(self) -> str:
        """The line beneath the glass, as it reads."""
        labels = (self._before, self._key, self._after)
        return " ".join(label.text() for label in labels if not label.isHidden() and label.text())

    def _describe(self) -> None:
        state = self.looking.state
        if state is LookState.VEILED and self.can_look:
            seconds = self.looking.seconds
            look = say.hold_to_look(self.looking.level.value, seconds)
            before, after = hold_to_hear(seconds) if self._is_sound() else look
            self._before.say(before)
            self._before.setVisible(bool(before))
            self._key.show()
            self._after.say(after)
            self._after.setVisible(bool(after))
            return
        told = {
            LookState.VEILED: "",
            LookState.ASKED: say.ASKING,
            LookState.SHOWN: say.LOOKING,
            LookState.SPENT: say.SPENT,
        }
        self._say_words(told[state])

    def _say_words(self, told: str) -> None:
        self._before.say(told)
        self._before.show()
        self._key.hide()
        self._after.hide()

    def _say_not_shown(self) -> None:
        self._say_words(say.cannot_look(say.NOTHING_DECODED))

    def _refuse(self, error: CportError) -> None:
        self._notice.tell(error)

    def _aim(self) -> None:
        item = self._item
        if item is None or not self.can_look:
            self.looking.aim(None)
        else:
            self.looking.aim(item.media_id, self._seat.look.reasons.get(item.media_id))

    def _is_sound(self) -> bool:
        return self._item is not None and self._item.kind is MediaKind.AUDIO

    def _needs_reason(self) -> bool:
        item = self._item
        if item is None or item.media_id in self._seat.look.reasons:
            return False
        return self._seat.allowed.asks_reason(item.kind, self.looking.level)

    def _state_reason(self, reason: str) -> None:
        if self._item is not None:
            self._seat.look.reasons[self._item.media_id] = reason
            self.show_allowed()
            self.glass.setFocus()

    def _set_level(self, level: RevealLevel) -> None:
        self._seat.look.wanted = level
        self.show_allowed()

    def _offer_levels(self) -> bool:
        """Whether any level is allowed for the item. The wanted one is taken, or the nearest that
        shows less.
        """
        absent = self._seat.allowed.levels_absent(None if self._item is None else self._item.kind)
        offered = tuple(level for level in RevealLevel if level not in absent)
        wanted = self._seat.look.wanted or self._seat.session.terms.level
        level = nearest(wanted, offered)
        self.levels.setVisible(level is not None)
        if level is not None:
            self.looking.release()
            self.looking.level = level
            self.levels.offer(offered, level)
        self._tell_absent(absent, is_whole=level is None)
        return level is not None

    def _tell_absent(self, absent: Mapping[RevealLevel, str], *, is_whole: bool) -> None:
        whole = self._seat.allowed.absent.get(Function.MEDIA_REVEAL.value)
        told = [
            say.level_absent(level.value, why)
            for level, why in absent.items()
            if not (level in LIKE and absent.keys() >= set(LIKE[level]))
        ]
        self._absent.say(whole if whole and is_whole else "\n".join(told))
        self._absent.setVisible(bool(told))

    def _lay_out(self) -> None:
        line = QWidget()
        parts = FlowLayout(line, gap=6)
        for label in (self._before, self._key, self._after):
            parts.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.glass)
        column.addWidget(self.player)
        column.addWidget(line)
        column.addWidget(self.reason)
        column.addWidget(self.levels)
        column.addWidget(self._absent)
        column.addWidget(self._notice)


def _plain_glass(looking: Looking, height: int) -> Glass:
    return Glass(looking, height=height)


def _fault(item: MediaItem | None) -> str | None:
    """Why there is nothing to look at, or None; a sound is there to be heard."""
    if item is None:
        return ""
    return None if item.is_played else why_not_shown(item)
