"""Videos and sound: one telling keyframe, the frames that they are compared by, what is stated of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from cport_desktop.domain.media_item import CannotShow, MediaKind
from cport_desktop.media.child.containers import (
    PICTURE_CODECS,
    container_facts,
    duration_ms,
    moving_streams,
    open_container,
    picture_stream,
)
from cport_desktop.media.child.decoded import MOST_PIXELS, Decoded, fitted
from cport_desktop.media.child.frame_signs import frame_signs
from cport_desktop.media.child.progress import Tell

_PLACES = (0.1, 0.3, 0.6, 0.0)
"""Where to look for a telling keyframe, as a share of the length: the first seconds of a video
are often black."""
_MOST_PACKETS = 600
"""Read in search of one keyframe: twenty seconds of picture, above the longest usual distance."""
_FLAT = 24
"""Grey levels between the darkest and the lightest part of a frame that shows next to nothing."""


def decode_moving(
    untrusted: BinaryIO, demuxer: str, box: tuple[int, int], tell: Tell | None = None
) -> Decoded:
    """A telling frame of the video in `untrusted`, shrunk into `box`; sound is described only.

    With `tell`, the frames by which it is compared too, which takes as long as decoding it all.

    Raises:
        Exception: whatever FFmpeg raises over a file that it cannot decode.
    """
    with open_container(untrusted, demuxer) as container:
        stream = picture_stream(container)
        has_sound = bool(container.streams.audio)
        if stream is None:
            kind, cause = _without_picture(container)
            facts = container_facts(container, None)
            length = duration_ms(container)
            return Decoded(kind, None, None, None, length, facts, cause, has_sound=has_sound)
        decoded = _decode_stream(container, stream, box)
        if tell is not None and decoded.image is not None:
            signs = frame_signs(container, stream, tell)
            decoded = replace(decoded, frames=signs)
        return replace(decoded, has_sound=has_sound)


def frame_picture(frame: VideoFrame, box: tuple[int, int]) -> Image.Image:
    """Upright, RGB, within `box`."""
    turns = round(frame.rotation / 90) % 4
    if turns % 2:
        box = (box[1], box[0])
    width, height = fitted(frame.width, frame.height, box)
    shrunk = frame.reformat(
        width=width, height=height, format="rgb24", interpolation="AREA", threads=1
    )
    image = Image.fromarray(shrunk.to_ndarray())
    return image.rotate(90 * turns, expand=True) if turns else image


def _decode_stream(container: InputContainer, stream: VideoStream, box: tuple[int, int]) -> Decoded:
    facts = container_facts(container, stream)
    duration = duration_ms(container)
    context = stream.codec_context
    width, height = (context.width or None, context.height or None)

    def described(image: Image.Image | None, cause: CannotShow | None) -> Decoded:
        return Decoded(MediaKind.VIDEO, image, width, height, duration, facts, cause)

    if context.codec.canonical_name not in PICTURE_CODECS:
        return described(None, CannotShow.FORMAT_REFUSED)
    if (width or 0) * (height or 0) > MOST_PIXELS:
        return described(None, CannotShow.TOO_LARGE)
    frame = _telling_frame(container, stream)
    if frame is None:
        return described(None, CannotShow.CORRUPT)
    width, height = frame.width, frame.height
    if frame.rotation % 180 == 90:
        width, height = height, width
    return described(frame_picture(frame, box), None)


def _without_picture(container: InputContainer) -> tuple[MediaKind, CannotShow]:
    if moving_streams(container):
        return MediaKind.VIDEO, CannotShow.FORMAT_REFUSED
    if container.streams.audio:
        return MediaKind.AUDIO, CannotShow.AUDIO_ONLY
    return MediaKind.VIDEO, CannotShow.CORRUPT


def _telling_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """The first keyframe of those looked at that is not nearly one colour, else any at all."""
    fallback: VideoFrame | None = None
    for place in _PLACES:
        frame = _keyframe(container, stream, place)
        if frame is None:
            continue
        if not _is_flat(frame):
            return frame
        fallback = fallback or frame
    return fallback


def _keyframe(container: InputContainer, stream: VideoStream, place: float) -> VideoFrame | None:
    """The first keyframe that decodes from `place` on.

    One packet and a flush: a third of the time that decoding up to the frame takes.
    """
    with contextlib.suppress(av.FFmpegError):
        container.seek(int((container.duration or 0) * place) + max(container.start_time or 0, 0))
    with contextlib.suppress(av.FFmpegError):
        for packet in islice(container.demux(stream), _MOST_PACKETS):
            if not packet.is_keyframe or packet.size == 0:
                continue
            frame = next(_frames(stream, packet), None)
            stream.codec_context.flush_buffers()
            if frame is not None and frame.width * frame.height <= MOST_PIXELS:
                return frame
    return None


def _frames(stream: VideoStream, packet: av.Packet[VideoStream]) -> Iterator[VideoFrame]:
    for step in (packet, None):
        with contextlib.suppress(av.FFmpegError):
            yield from stream.codec_context.decode(step)


def _is_flat(frame: VideoFrame) -> bool:
    darkest, lightest = frame_picture(frame, (16, 16)).convert("L").getextrema()
    return float(lightest) - float(darkest) < _FLAT  # type: ignore[arg-type]
