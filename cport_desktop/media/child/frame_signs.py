"""The frames by which a video is compared: one a second, each with its PDQ digest and quality.

The rate and the least quality are those of vPDQ's reference (domain.md 4.4). A frame like the one
before it is left out: a picture that stands still says nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
import pdqhash
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from cport_desktop.domain.likeness import COMPARABLE_QUALITY, FrameSign
from cport_desktop.media.bounds import MOST_FRAMES
from cport_desktop.media.child.decoded import MOST_PIXELS, fitted
from cport_desktop.media.child.likeness import SAMPLE_SIDE
from cport_desktop.media.child.pdq_samples import as_pixels, means
from cport_desktop.media.child.progress import WHOLE, Tell

_INTERVAL_MS = 1000
_STANDS_STILL = 2
"""Bits by which a frame that shows the same differs."""
_LONGEST_MS = 2**32
"""Seven weeks. What claims to come later is no film, and has no moment that could be told."""
_MOST_ERRORS = 500
"""Packets in a row that do not decode; behind them nothing is expected."""


def frame_signs(
    container: InputContainer, stream: VideoStream, tell: Tell
) -> tuple[FrameSign, ...]:
    """In order. Of a video longer than `MOST_FRAMES` seconds the frames lie further apart."""
    length_ms = (container.duration or 0) * 1000 // av.time_base
    interval = max(_INTERVAL_MS, -(-length_ms // MOST_FRAMES))
    signs: list[FrameSign] = []
    last: bytes | None = None
    due = 0
    for at_ms, frame in timed_frames(container, stream):
        if length_ms > 0:
            tell(min(at_ms * WHOLE // length_ms, WHOLE))
        if at_ms < due:
            continue
        due = at_ms - at_ms % interval + interval
        digest, quality = _digest(frame)
        if quality < COMPARABLE_QUALITY or _is_same(digest, last):
            continue
        last = digest
        signs.append(FrameSign(at_ms, quality, digest.hex()))
        if len(signs) == MOST_FRAMES:
            break
    return tuple(signs)


def timed_frames(
    container: InputContainer, stream: VideoStream, from_ms: int = 0
) -> Iterator[tuple[int, VideoFrame]]:
    """Frames from the keyframe at or before `from_ms` on, each later than the one before, with their
    moment in milliseconds. What does not decode is passed over.
    """
    start = max(container.start_time or 0, 0)
    container.seek(from_ms * (av.time_base // 1000) + start, backward=True)
    rate = stream.average_rate
    between = 40 if not rate else max(1, round(1000 / float(rate)))
    last = -1
    for frame in _decoded(container, stream):
        if frame.width * frame.height > MOST_PIXELS:
            return
        at_ms = last + between if frame.time is None else _moment(frame.time, start)
        if last < at_ms < _LONGEST_MS:
            yield at_ms, frame
            last = at_ms


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    errors = 0
    packets = container.demux(stream)
    while errors < _MOST_ERRORS:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            frames = packet.decode()
        except av.FFmpegError:
            errors += 1
            continue
        if frames:
            errors = 0
        for frame in frames:
            if isinstance(frame, VideoFrame):
                yield frame


def _moment(seconds: float, start: int) -> int:
    return max(0, round(seconds * 1000) - start * 1000 // av.time_base)


def _digest(frame: VideoFrame) -> tuple[bytes, int]:
    width, height = fitted(frame.width, frame.height, (SAMPLE_SIDE, SAMPLE_SIDE))
    sample = frame.reformat(
        width=width, height=height, format="rgb24", interpolation="AREA", threads=1
    )
    greys = np.asarray(Image.fromarray(sample.to_ndarray()).convert("L"))
    bits, quality = pdqhash.compute(as_pixels(means(greys)))
    return np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes(), int(quality)


def _is_same(digest: bytes, last: bytes | None) -> bool:
    if last is None:
        return False
    apart = int.from_bytes(digest, "big") ^ int.from_bytes(last, "big")
    return apart.bit_count() <= _STANDS_STILL
