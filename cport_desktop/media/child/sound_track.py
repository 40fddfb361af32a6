"""Pieces of a sound track, as plain samples. Nothing is decoded that was not asked for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame

from cport_desktop.domain.moving import SOUND_RATE, Sound
from cport_desktop.media.bounds import SOUND_BYTES_A_MS
from cport_desktop.media.child.containers import open_container, sound_stream

_MOST_ERRORS = 500


class MemoryFile(io.RawIOBase):
    """A second reader of a file that is in memory: nothing is copied."""

    def __init__(self, content: memoryview) -> None:
        super().__init__()
        self._content = content
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        piece = self._content[self._at : self._at + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._content)}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def tell(self) -> int:
        return self._at


class SoundTrack:
    """Listens to one file. `close` it in every case."""

    def __init__(self, untrusted: BinaryIO | MemoryFile, demuxer: str) -> None:
        """Raises:
        Exception: whatever FFmpeg raises over a file that it cannot open.
        """
        self._container = open_container(untrusted, demuxer)
        self._stream = sound_stream(self._container)

    def piece(self, start_ms: int, length_ms: int) -> Sound | None:
        """The sound from `start_ms` on, for `length_ms` or to its end; None where there is none."""
        if self._stream is None:
            return None
        channels = 1 if self._stream.codec_context.channels == 1 else 2
        wanted = length_ms * SOUND_BYTES_A_MS * channels
        samples = bytearray()
        for at_ms, piece in self._pieces(start_ms, channels):
            skipped = max(0, start_ms - at_ms) * SOUND_BYTES_A_MS * channels if not samples else 0
            samples += piece[skipped:]
            if len(samples) >= wanted:
                break
        whole = len(samples) - len(samples) % (2 * channels)
        return Sound(start_ms, channels, bytes(samples[: min(whole, wanted)])) if whole else None

    def close(self) -> None:
        self._container.close()

    def _pieces(self, start_ms: int, channels: int) -> Iterator[tuple[int, bytes]]:
        """Samples with their moment, from a packet at `start_ms` or before it on."""
        start = max(self._container.start_time or 0, 0)
        self._container.seek(start_ms * (av.time_base // 1000) + start, backward=True)
        coming = 0
        for frame in self._frames():
            if frame.time is not None:
                coming = max(0, round(frame.time * 1000) - start * 1000 // av.time_base)
            length = 1000 * frame.samples // max(1, frame.sample_rate)
            if coming + length > start_ms:
                yield coming, _as_plain_samples(frame, channels)
            coming += length

    def _frames(self) -> Iterator[AudioFrame]:
        errors = 0
        packets = self._container.demux(self._stream)
        while errors < _MOST_ERRORS:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                frames = packet.decode()
            except av.FFmpegError:
                errors += 1
                continue
            yield from (frame for frame in frames if isinstance(frame, AudioFrame))


def _as_plain_samples(frame: AudioFrame, channels: int) -> bytes:
    """Sixteen bits at `SOUND_RATE`, between which lines are drawn; of more than two channels the first
    two. By arrays and not by FFmpeg's filters, which start threads.
    """
    values = frame.to_ndarray()
    if not frame.format.is_planar:
        values = values.reshape(-1, frame.layout.nb_channels).T
    scaled = _as_sixteen_bits(values[:channels])
    if len(scaled) < channels:
        scaled = np.repeat(scaled[:1], channels, axis=0)
    count = scaled.shape[1]
    wanted = round(count * SOUND_RATE / max(1, frame.sample_rate))
    if wanted != count:
        places = np.arange(wanted) * (count / max(1, wanted))
        scaled = np.stack([np.interp(places, np.arange(count), each) for each in scaled])
    return np.ascontiguousarray(scaled.T).astype("<i2").tobytes()


def _as_sixteen_bits(values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """From whole numbers of any width, or from fractions of one."""
    if values.dtype.kind == "f":
        finite = np.nan_to_num(values.astype(np.float64))
        return np.clip(finite * 32767, -32768, 32767)
    if values.dtype.kind == "u":
        return (values.astype(np.float64) - 128) * 256
    return values.astype(np.float64) / 2.0 ** (8 * values.dtype.itemsize - 16)
