"""Containers of videos and sounds, by FFmpeg: what is in them, and nothing that they refer to.

A container can only reach the bytes that are in memory: no protocol is allowed, and nothing that it
refers to is opened. Codecs are an allow-list too.
"""

from __future__ import annotations

from io import RawIOBase
from typing import BinaryIO, Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from cport_desktop.media.child.decoded import MOST_PIXELS, Facts
from cport_desktop.media.child.labels import labels_of_container, plain_facts
from cport_desktop.media.wire_moving import LONGEST_MS

_DEMUXERS: Final = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mp3,wav,ogg,flac"
PICTURE_CODECS: Final = frozenset(
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
SOUND_CODECS: Final = frozenset(
    {
        "aac",
        "ac3",
        "alac",
        "amrnb",
        "amrwb",
        "eac3",
        "flac",
        "mp2",
        "mp3",
        "mp3float",
        "opus",
        "pcm_alaw",
        "pcm_f32le",
        "pcm_mulaw",
        "pcm_s16be",
        "pcm_s16le",
        "pcm_s24le",
        "pcm_s32le",
        "pcm_u8",
        "vorbis",
    }
)
_OPTIONS: Final = {
    "format_whitelist": _DEMUXERS,
    # No protocol has this name: nothing that a file refers to can be opened.
    "protocol_whitelist": "none",
    "max_pixels": str(MOST_PIXELS),
    "threads": "1",
}


def open_container(untrusted: BinaryIO | RawIOBase, demuxer: str) -> InputContainer:
    """The container in `untrusted`.

    Raises:
        Exception: whatever FFmpeg raises over a file that is none.
    """
    return av.open(
        untrusted, mode="r", format=demuxer, options=dict(_OPTIONS), metadata_errors="replace"
    )


def moving_streams(container: InputContainer) -> list[VideoStream]:
    """The streams that move: a cover picture of a sound file is none."""
    return [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic
    ]


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The first that moves and that this build could decode, on one thread."""
    # FFmpeg knows of codecs that this build cannot decode; their streams have no context.
    decodable = (one for one in moving_streams(container) if one.codec_context is not None)
    stream = next(decodable, None)
    if stream is not None:
        stream.codec_context.thread_type = "NONE"
        stream.codec_context.thread_count = 1
    return stream


def sound_stream(container: InputContainer) -> AudioStream | None:
    """The first whose codec is allowed, on one thread."""
    for stream in container.streams.audio:
        context = stream.codec_context
        if context is not None and context.codec.canonical_name in SOUND_CODECS:
            context.thread_type = "NONE"
            context.thread_count = 1
            return stream
    return None


def duration_ms(container: InputContainer) -> int | None:
    """As the container states it; None where that cannot be."""
    length = container.duration
    stated = -1 if length is None else length // (av.time_base // 1000)
    return stated if 0 <= stated <= LONGEST_MS else None


def container_facts(container: InputContainer, stream: VideoStream | None) -> Facts:
    """Codecs, rates and labels."""
    sounds = container.streams.audio
    own: list[tuple[str, object]] = []
    if stream is not None:
        rate = stream.average_rate
        own.append(("codec", stream.codec_context.codec.canonical_name))
        own.append(("frame_rate", None if rate is None else f"{float(rate):.4g}"))
    if sounds and sounds[0].codec_context is not None:
        own.append(("audio_codec", sounds[0].codec_context.codec.canonical_name))
    return plain_facts(own) + labels_of_container(container.metadata)
