"""Beneath the glass of what plays: a veiled strip, where it stands, and what a person can do with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.media_item import CannotShow, MediaItem, MediaKind
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.looking import Looking, LookState
from cport_desktop.ui.playing_frames import JUMP_MS, FramePlayer
from cport_desktop.ui.playing_keys import Act, PlayerKeys
from cport_desktop.ui.playing_source import LookSource
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.glass import Glass
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.player_bar import PlayerBar
from cport_desktop.ui.widgets.player_sound import SoundAsking
from cport_desktop.ui.widgets.strip_of_frames import StripOfFrames
from cport_desktop.words import labels
from cport_desktop.words import playing as say

_LOUDER = 0.1
_MOST_BOX = (1600, 1200)
_OF_A_LOOK = frozenset(
    {
        say.SOUND_CAUTION,
        say.SOUND_ASKING,
        say.SOUND_ON,
        say.SOUND_AT_OWN_SPEED,
        say.DEVICE_STOPPED,
        "",
    }
)
"""Lines that go with the look in which they were told."""


class PlayerPanel(QWidget):
    """Hidden over what does not play.

    Signals:
        refused(object): a CportError that has to be told with its cure.
    """

    refused = Signal(object)

    def __init__(self, seat: Seat, source: LookSource, looking: Looking, glass: Glass) -> None:
        super().__init__()
        self._source = source
        self._looking = looking
        self._glass = glass
        self._item: MediaItem | None = None
        self.player = FramePlayer(
            looking,
            source,
            seat.session.playing,
            lanes=seat.lanes,
            monotonic=seat.clock.monotonic,
            box=self._box,
            parent=self,
        )
        self.sound = SoundAsking(seat, self.player, self)
        self.strip = StripOfFrames()
        self.bar = PlayerBar()
        self._place = PlainLabel(role="caption")
        self._line = PlainLabel(role="caption", wraps=True)
        self._play = self._made(say.PLAY, self.player.toggle, say.PLAY_KEY)
        self._sound = self._made(say.SOUND, self.ask_sound, say.SOUND_KEY)
        for made in (self._play, self._sound):
            made.setCheckable(True)
        self._unmark = self._made(
            say.UNMARK_SHORT, self.player.unmark, say.UNMARK_KEY, name=say.UNMARK
        )
        self._steps = self._step_buttons()
        self.setAccessibleName(say.PLAYER)
        self._lay_out()
        self._connect()
        self.watch(glass)
        self.hide()

    def watch(self, widget: QWidget) -> None:
        """The player's keys work on `widget` while somebody looks; on the glass always."""
        is_glass = widget is self._glass
        keys = PlayerKeys(
            self._acts(),
            is_wanted=lambda: self._item is not None and (is_glass or self._looking.is_under_way),
            parent=self,
        )
        widget.installEventFilter(keys)

    def show_item(self, item: MediaItem | None, veil: QImage | None) -> None:
        """Play `item` while somebody looks, if it is one that plays; hidden otherwise."""
        played = item if item is not None and item.is_played else None
        is_another = (played and played.media_id) != (self._item and self._item.media_id)
        self._item = played
        self.player.aim(played)
        self.strip.show_veil(veil)
        self.setVisible(played is not None)
        if played is not None:
            has_picture = played.kind is not MediaKind.AUDIO
            for part in (self.strip, *self._steps):
                part.setVisible(has_picture)
            self._sound.setVisible(played.has_sound is not False)
        if is_another:
            self._tell(self._at_rest())
        self._describe()

    def told(self) -> str:
        """The line at its foot."""
        return "" if self._line.isHidden() else self._line.text()

    def place(self) -> str:
        """Position and length, as they read."""
        return self._place.text()

    def ask_sound(self) -> None:
        """As `SoundAsking.ask`."""
        self.sound.ask(self._item)
        self._describe()

    def _change_volume(self, by: float) -> None:
        self.sound.change_volume(by)
        self._describe()

    # -- telling

    def _describe(self) -> None:
        player, head = self.player, self.player.head
        at_ms = player.position_ms
        self.bar.stand(at_ms, head.length_ms, (head.begin_ms, head.end_ms))
        self.strip.stand(at_ms, head.length_ms)
        length = figures.clock_length(head.length_ms / 1000) if head.length_ms else ""
        place = say.place_of(_tenths(at_ms), length)
        self._place.say(place if head.speed == 1.0 else say.at_speed(place, head.speed))
        self._play.setChecked(player.plays)
        is_on = player.feed.is_on
        loud = f"{say.SOUND} {say.volume(player.feed.volume)}" if is_on else say.SOUND
        self._name(self._sound, loud, say.SOUND_KEY)
        self._sound.setChecked(is_on)
        self._unmark.setVisible(head.begin_ms is not None or head.end_ms is not None)

    def _veiled(self) -> None:
        """What was asked for with a look is asked for anew with the next one."""
        if self._looking.state is LookState.ASKED:
            self._tell("")
        if self._looking.is_under_way:
            return
        self.sound.forget()
        if self.told() in _OF_A_LOOK:
            self._tell(self._at_rest())

    def _at_rest(self) -> str:
        is_sound = self._item is not None and self._item.kind is MediaKind.AUDIO
        return say.TO_LISTEN if is_sound else ""

    def _tell(self, words: str) -> None:
        self._line.say(words)
        self._line.setVisible(bool(words))

    def _fail(self, why: CportError | CannotShow) -> None:
        if isinstance(why, CportError):
            self.refused.emit(why)
        else:
            self._tell(say.cannot_go_on(labels.cannot_show(why.value)))

    def _lend(self) -> None:
        self.strip.lend(self.player.strip)

    def _not_shown(self) -> None:
        if self._item is not None and self._source.fault is not None:
            self._fail(self._source.fault)

    def _box(self) -> tuple[int, int]:
        """No more pixels are asked for than the glass has."""
        ratio = self._glass.devicePixelRatioF()
        width, height = round(self._glass.width() * ratio), round(self._glass.height() * ratio)
        return (max(16, min(width, _MOST_BOX[0])), max(16, min(height, _MOST_BOX[1])))

    # -- laying out

    def _acts(self) -> dict[str, Act]:
        player = self.player
        return {
            say.PLAY_KEY: player.toggle,
            say.BACK_KEY: partial(player.step, -1),
            say.ON_KEY: partial(player.step, 1),
            say.SLOWER_KEY: partial(player.change_speed, -1),
            say.FASTER_KEY: partial(player.change_speed, 1),
            say.BEGIN_KEY: partial(player.mark, is_begin=True),
            say.END_KEY: partial(player.mark, is_begin=False),
            say.UNMARK_KEY: player.unmark,
            say.SOUND_KEY: self.ask_sound,
            say.SOFTER_KEY: partial(self._change_volume, -_LOUDER),
            say.LOUDER_KEY: partial(self._change_volume, _LOUDER),
            "Left": partial(player.jump, -JUMP_MS),
            "Right": partial(player.jump, JUMP_MS),
            "Home": partial(player.seek, 0),
            "End": lambda: player.seek(player.head.length_ms),
        }

    def _step_buttons(self) -> tuple[QPushButton, ...]:
        player = self.player
        return (
            self._made("‹", partial(player.step, -1), say.BACK_KEY, name=say.BACK),
            self._made("›", partial(player.step, 1), say.ON_KEY, name=say.ON),
        )

    def _speed_buttons(self) -> tuple[QPushButton, ...]:
        change = self.player.change_speed
        return (
            self._made("−", partial(change, -1), say.SLOWER_KEY, name=say.SLOWER),
            self._made("+", partial(change, 1), say.FASTER_KEY, name=say.FASTER),
        )

    def _repeat_parts(self) -> tuple[QWidget, ...]:
        mark = self.player.mark
        return (
            PlainLabel(say.REPEAT, role="caption"),
            self._made(say.FROM, partial(mark, is_begin=True), say.BEGIN_KEY, name=say.MARK_BEGIN),
            self._made(say.TO, partial(mark, is_begin=False), say.END_KEY, name=say.MARK_END),
            self._unmark,
        )

    def _connect(self) -> None:
        self.bar.dragged.connect(partial(self.player.seek, is_dragging=True))
        self.bar.let_go.connect(self.player.seek)
        self.strip.chosen.connect(self.player.seek)
        self.player.moved.connect(self._describe)
        self.player.strip_changed.connect(self._lend)
        self.player.failed.connect(self._fail)
        self.sound.told.connect(self._tell)
        self.sound.refused.connect(self.refused)
        self._looking.changed.connect(self._veiled)
        self._looking.not_shown.connect(self._not_shown)

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.bar, 1)
        where.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.strip)
        column.addLayout(where)
        column.addWidget(_row(self._play, *self._steps, *self._speed_buttons(), self._sound))
        column.addWidget(_row(*self._repeat_parts()))
        column.addWidget(self._line)
        self._line.hide()

    def _made(self, label: str, act: Act, key: str, *, name: str | None = None) -> QPushButton:
        """A click leaves the focus where it is: a look that is held goes on."""
        made = button(label, act, kind="level", key=key, name=name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _name(self, made: QPushButton, label: str, key: str) -> None:
        shown = f"{label}  {key}"
        if made.text() != shown:
            made.setText(shown)
            made.setAccessibleName(f"{label} ({key})")


def _row(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for part in parts:
        row.addWidget(part)
    row.addStretch()
    return made


def _tenths(at_ms: int) -> str:
    """`0:01.2`, rounded down: the moment that is on the screen."""
    tenths = at_ms // 100
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"
