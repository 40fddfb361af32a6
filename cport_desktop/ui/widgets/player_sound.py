"""Asking for the sound of what is looked at: a word of caution first, and only while somebody looks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from cport_desktop.domain.media_item import CannotShow, MediaItem
from cport_desktop.domain.moving import SoundGrant
from cport_desktop.errors import CportError
from cport_desktop.ui.playing_frames import FramePlayer
from cport_desktop.ui.seat import Seat
from cport_desktop.words import playing as say


class SoundAsking(QObject):
    """What is asked for with a look ends with it, and is asked for anew with the next one.

    Signals:
        told(str): a line for the player; empty: nothing more to say.
        refused(object): a CportError that has to be told with its cure.
    """

    told = Signal(str)
    refused = Signal(object)

    def __init__(self, seat: Seat, player: FramePlayer, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._player = player
        self._is_cautioned = False
        player.feed.failed.connect(self._fail)
        player.feed.stalled.connect(partial(self.told.emit, say.DEVICE_STOPPED))

    def forget(self) -> None:
        """The look is over: the next one begins with the caution."""
        self._is_cautioned = False

    def ask(self, item: MediaItem | None) -> None:
        """First a word of caution, then sound; once it is on, silence."""
        opened = self._player.opened
        if self._player.feed.is_on:
            self._player.be_silent()
            self.told.emit("")
        elif item is None or item.has_sound is False:
            self.told.emit(say.NO_SOUND)
        elif opened is None:
            self.told.emit(say.SOUND_FIRST_LOOK)
        elif not opened.item.moving.has_sound:
            self.told.emit(say.NO_SOUND)
        elif not self._is_cautioned:
            self._is_cautioned = True
            self.told.emit(say.SOUND_CAUTION)
        elif self._seat.session.playing.speaker() is None:
            self.told.emit(say.NO_DEVICE)
        else:
            self.told.emit(say.SOUND_ASKING)
            self._seat.lanes.acting.ask(
                self,
                partial(self._seat.session.playing.listen, opened.item),
                then=partial(self._listen, opened.item.grant.audit_sequence),
                otherwise=self._refuse,
            )

    def change_volume(self, by: float) -> None:
        feed = self._player.feed
        feed.set_volume(feed.volume + by)

    def _listen(self, look: int, grant: SoundGrant) -> None:
        """The look for which it was asked still lasts, or nothing is heard."""
        opened = self._player.opened
        if opened is None or opened.item.grant.audit_sequence != look:
            return
        if not self._player.listen(grant):
            self.told.emit(say.NO_DEVICE)
            return
        at_own_speed = self._player.head.speed == 1.0
        self.told.emit(say.SOUND_ON if at_own_speed else say.SOUND_AT_OWN_SPEED)

    def _fail(self, why: CportError | CannotShow) -> None:
        if isinstance(why, CportError):
            self._refuse(why)
        else:
            self.told.emit(say.SOUND_FAILED)

    def _refuse(self, error: CportError) -> None:
        self.told.emit("")
        self.refused.emit(error)
