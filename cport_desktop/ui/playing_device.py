"""Sound to the device of this machine, out of memory. Imported when somebody listens, and not before:
it loads the system's sound libraries, which a hardened machine need not have (`ImportError`).

Of QtMultimedia only what speaks to sound devices is used. Its backends bring decoders with them, which
have no place in a process that holds keys: while it looks for devices, once, it finds no plugins, and
does without (a test looks at what is loaded).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QIODevice
from PySide6.QtMultimedia import (
    QAudio,
    QAudioDevice,
    QAudioFormat,
    QAudioSink,
    QMediaDevices,
    QtAudio,
)

from cport_desktop.domain.moving import SOUND_RATE

_BUFFER_MS = 60
"""What lies between our hands and the ear: at most so much can picture and sound be apart, and a turn
of the event loop that takes longer is heard as a gap."""
_BYTES_A_MS = SOUND_RATE * 2 // 1000


@contextmanager
def _without_plugins() -> Iterator[None]:
    """No plugin of Qt is found meanwhile."""
    paths = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([])
    try:
        yield
    finally:
        QCoreApplication.setLibraryPaths(paths)


def find_speaker() -> DeviceSpeaker | None:
    """The device that the system uses for sound; None if it has none."""
    with _without_plugins():
        device = QMediaDevices.defaultAudioOutput()
    return None if device.isNull() else DeviceSpeaker(device)


class DeviceSpeaker:
    """As `ui.playing.Speaker` says."""

    def __init__(self, device: QAudioDevice) -> None:
        self._device = device
        self._sink: QAudioSink | None = None
        self._into: QIODevice | None = None

    def begin(self, channels: int, volume: float) -> bool:
        self.stop()
        form = QAudioFormat()
        form.setSampleRate(SOUND_RATE)
        form.setChannelCount(channels)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not self._device.isFormatSupported(form):
            return False
        sink = QAudioSink(self._device, form)
        sink.setBufferSize(_BUFFER_MS * _BYTES_A_MS * channels)
        self._sink = sink
        self.set_volume(volume)
        self._into = sink.start()
        return self._into is not None and sink.error() is QtAudio.Error.NoError

    def give(self, samples: bytes) -> int:
        if self._sink is None or self._into is None:
            return 0
        return max(0, self._into.write(samples[: self._sink.bytesFree()]))

    def heard_ms(self) -> int:
        return 0 if self._sink is None else self._sink.processedUSecs() // 1000

    def set_volume(self, volume: float) -> None:
        if self._sink is not None:
            scale = QAudio.VolumeScale
            self._sink.setVolume(
                QAudio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
            )

    def stop(self) -> None:
        sink, self._sink, self._into = self._sink, None, None
        if sink is not None:
            sink.reset()
            sink.deleteLater()
