"""Videos and sound, by FFmpeg: one telling keyframe, length, sides and codecs.

A container can only reach the bytes that are in memory: no protocol is allowed, and nothing
that it refers to is opened. Codecs are an allow-list too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from cport_desktop.domain.media_item import CannotShow, MediaKind
from cport_desktop.media.child.decoded import MOST_PIXELS, Decoded, Facts, fitted
from cport_desktop.media.child.labels import labels_of_container, plain_facts

_DEMUXERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mp3,wav,ogg"
_PICTURE_CODECS = frozenset(
    {
        "h264",
        "hevc",
        "av1",
        "vp8",
        "vp9",
        "mpeg1video",
        "mpeg2video",
        "mpeg4",
        "msmpeg4v2",
        "msmpeg4v3",
        "h263",
        "mjpeg",
        "theora",
    }
)
_OPTIONS = {
    "format_whitelist": _DEMUXERS,
    # No protocol has this name: nothing that a file refers to can be opened.
    "protocol_whitelist": "none",
    "max_pixels": str(MOST_PIXELS),
    "threads": "1",
}

_PLACES = (0.1, 0.3, 0.6, 0.0)
"""Where to look for a telling keyframe, as a share of the length: the first seconds of a video
are often black."""
_MOST_PACKETS = 600
"""Read in search of one keyframe: twenty seconds of picture, above the longest usual distance."""
_FLAT = 24
"""Grey levels between the darkest and the lightest part of a frame that shows next to nothing."""


def decode_moving(untrusted: BinaryIO, demuxer: str, box: tuple[int, int]) -> Decoded:
    """A telling frame of the video in `untrusted`, shrunk into `box`; sound is described only.

    Raises:
        Exception: whatever FFmpeg raises over a file that it cannot decode.
    """
    with av.open(
        untrusted, mode="r", format=demuxer, options=dict(_OPTIONS), metadata_errors="replace"
    ) as container:
        # FFmpeg knows of codecs that this build cannot decode; their streams have no context.
        decodable = (one for one in _moving_streams(container) if one.codec_context is not None)
        stream = next(decodable, None)
        duration = _duration_ms(container)
        if stream is None:
            kind, cause = _without_picture(container)
            return Decoded(kind, None, None, None, duration, _facts(container, None), cause)
        return _decode_stream(container, stream, duration, box)


def _decode_stream(
    container: InputContainer, stream: VideoStream, duration: int | None, box: tuple[int, int]
) -> Decoded:
    facts = _facts(container, stream)
    context = stream.codec_context
    width, height = (context.width or None, context.height or None)

    def described(image: Image.Image | None, cause: CannotShow | None) -> Decoded:
        return Decoded(MediaKind.VIDEO, image, width, height, duration, facts, cause)

    if context.codec.canonical_name not in _PICTURE_CODECS:
        return described(None, CannotShow.FORMAT_REFUSED)
    if (width or 0) * (height or 0) > MOST_PIXELS:
        return described(None, CannotShow.TOO_LARGE)
    context.thread_type = "NONE"
    context.thread_count = 1
    frame = _telling_frame(container, stream)
    if frame is None:
        return described(None, CannotShow.CORRUPT)
    width, height = frame.width, frame.height
    if frame.rotation % 180 == 90:
        width, height = height, width
    return described(_picture(frame, box), None)


def _moving_streams(container: InputContainer) -> list[VideoStream]:
    """The streams that move: a cover picture of a sound file is none."""
    return [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]


def _without_picture(container: InputContainer) -> tuple[MediaKind, CannotShow]:
    if _moving_streams(container):
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
    darkest, lightest = _picture(frame, (16, 16)).convert("L").getextrema()
    return float(lightest) - float(darkest) < _FLAT  # type: ignore[arg-type]


def _picture(frame: VideoFrame, box: tuple[int, int]) -> Image.Image:
    turns = round(frame.rotation / 90) % 4
    if turns % 2:
        box = (box[1], box[0])
    width, height = fitted(frame.width, frame.height, box)
    shrunk = frame.reformat(
        width=width, height=height, format="rgb24", interpolation="AREA", threads=1
    )
    image = Image.fromarray(shrunk.to_ndarray())
    return image.rotate(90 * turns, expand=True) if turns else image


def _duration_ms(container: InputContainer) -> int | None:
    length = container.duration
    return None if length is None or length < 0 else length // (av.time_base // 1000)


def _facts(container: InputContainer, stream: VideoStream | None) -> Facts:
    sounds = container.streams.audio
    own: list[tuple[str, object]] = []
    if stream is not None:
        rate = stream.average_rate
        own.append(("codec", stream.codec_context.codec.canonical_name))
        own.append(("frame_rate", None if rate is None else f"{float(rate):.4g}"))
    if sounds and sounds[0].codec_context is not None:
        own.append(("audio_codec", sounds[0].codec_context.codec.canonical_name))
    return plain_facts(own) + labels_of_container(container.metadata)
