"""The file that is open in this child while somebody looks: a film or an animation, and its sound."""

from __future__ import annotations

from typing import Protocol

from cport_desktop.domain.media_item import CannotShow, MediaKind, OptionalFormat
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, Step
from cport_desktop.media.child.animation import Animation
from cport_desktop.media.child.degradation import revealed
from cport_desktop.media.child.examination import recognised, why_not
from cport_desktop.media.child.film import Film
from cport_desktop.media.child.heic_pictures import decode_heic
from cport_desktop.media.child.progress import Tell, ToldFile
from cport_desktop.media.child.recognition import Format
from cport_desktop.media.child.sound_track import MemoryFile, SoundTrack
from cport_desktop.media.pixel_messages import OpenRequest


class _Show(Protocol):
    def moving(self) -> Moving | CannotShow: ...

    def frame(self, at_ms: int, step: Step) -> MovingFrame | None: ...

    def strip(self, count: int) -> tuple[MovingFrame, ...]: ...

    def close(self) -> None: ...


class _Still:
    """One picture of a kind that has no moving one."""

    def __init__(self, untrusted: ToldFile, decoder: str, request: OpenRequest) -> None:
        self._decoded = decode_heic(untrusted, decoder, request.box)
        self._level = request.level

    def moving(self) -> Moving | CannotShow:
        found = self._decoded
        if found.image is None:
            return found.cannot_show or CannotShow.CORRUPT
        sides = (found.width or 0, found.height or 0)
        return Moving(0, *sides, 0.0, has_picture=True, has_sound=False)

    def frame(self, at_ms: int, step: Step) -> MovingFrame | None:
        del at_ms
        if self._decoded.image is None or step in {Step.NEXT, Step.PREVIOUS}:
            return None
        return MovingFrame(0, 0, revealed(self._decoded.image, self._level))

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        del count
        return ()

    def close(self) -> None:
        """Nothing is open."""


class Showing:
    """One file. Whatever a decoder raises becomes a reason."""

    def __init__(self, untrusted: ToldFile, known: Format, decoder: str, show: _Show) -> None:
        self._untrusted = untrusted
        self._known = known
        self._decoder = decoder
        self._show = show
        self._track: SoundTrack | None = None

    def moving(self) -> Moving | CannotShow:
        return self._show.moving()

    def frame(self, at_ms: int, step: Step) -> MovingFrame | CannotShow | None:
        try:
            return self._show.frame(at_ms, step)
        except Exception as error:  # noqa: BLE001 - decoders raise anything; this is the child
            return why_not(error, self._known, self._untrusted)

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        try:
            return self._show.strip(count)
        except Exception:  # noqa: BLE001 - as above; what is missing in a strip is no loss
            return ()

    def sound(self, start_ms: int, length_ms: int) -> Sound | CannotShow | None:
        """Nothing of the track is opened before it is asked for."""
        if self._known.kind is MediaKind.IMAGE:
            return None
        try:
            if self._track is None:
                file = MemoryFile(self._untrusted.getbuffer())
                self._track = SoundTrack(file, self._decoder)
            return self._track.piece(start_ms, length_ms)
        except Exception as error:  # noqa: BLE001 - as above
            return why_not(error, self._known, self._untrusted)


def open_showing(
    untrusted: ToldFile, request: OpenRequest, tell: Tell
) -> tuple[Showing | None, Moving | CannotShow]:
    """The file, open, and what there is to see; or why there is nothing."""
    known, decoder, cause = recognised(untrusted, request.size, request.formats)
    if known is None or cause is not None:
        return None, cause or CannotShow.NOT_MEDIA
    try:
        showing = Showing(
            untrusted, known, decoder, _show(untrusted, known, decoder, request, tell)
        )
        moving = showing.moving()
    except Exception as error:  # noqa: BLE001 - as above
        return None, why_not(error, known, untrusted)
    return (showing if isinstance(moving, Moving) else None), moving


def _show(
    untrusted: ToldFile, known: Format, decoder: str, request: OpenRequest, tell: Tell
) -> _Show:
    level, box = request.level, request.box
    if known.optional is OptionalFormat.HEIC:
        return _Still(untrusted, decoder, request)
    if known.kind is MediaKind.IMAGE:
        return Animation(untrusted, decoder, level=level, box=box, tell=tell)
    return Film(untrusted, decoder, level=level, box=box)
