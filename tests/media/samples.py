"""Benign files of every format: shapes, gradients, noise and neutral letters, made when asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw


def shapes(width: int = 400, height: int = 300, *, seed: int = 1) -> Image.Image:
    """A picture with enough in it to be compared."""
    random = np.random.default_rng(seed)
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(25):
        x, y = int(random.integers(width)), int(random.integers(height))
        w, h = int(random.integers(10, width // 3)), int(random.integers(10, height // 3))
        colour = tuple(int(part) for part in random.integers(0, 256, 3))
        shape = draw.ellipse if random.integers(2) else draw.rectangle
        shape((x, y, x + w, y + h), fill=colour)
    return image


def encoded(image: Image.Image, plugin: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, plugin, **options)
    return file.getvalue()


def jpeg(**options: object) -> bytes:
    return encoded(shapes(), "JPEG", quality=90, **options)


PICTURES = {
    "jpeg": "JPEG",
    "png": "PNG",
    "gif": "GIF",
    "webp": "WEBP",
    "avif": "AVIF",
    "tiff": "TIFF",
    "bmp": "BMP",
}


def animated(plugin: str) -> bytes:
    frames = [shapes(seed=number) for number in range(3)]
    return encoded(frames[0], plugin, save_all=True, append_images=frames[1:], duration=100)


def moving_shapes(frames: int, width: int, height: int) -> Iterator[np.ndarray]:
    """Black for the first tenth; then a scene that moves."""
    scene = np.asarray(shapes(width, height))
    for number in range(frames):
        yield np.zeros_like(scene) if number < frames // 10 else np.roll(scene, 2 * number, 1)


def video(
    container: str,
    codec: str = "mpeg4",
    *,
    frames: int = 60,
    width: int = 160,
    height: int = 120,
    sound: str | None = None,
    metadata: dict[str, str] | None = None,
    scene: Callable[[int, np.ndarray], np.ndarray] = lambda _number, pixels: pixels,
) -> bytes:
    """A short film of shapes at 20 pictures a second, a keyframe every ten of them; `scene` may make
    something else of each.
    """
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        out.metadata.update(metadata or {})
        stream: Any = out.add_stream(codec, rate=20)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.gop_size = 10
        stream.thread_count = 1
        if codec == "mjpeg":
            stream.pix_fmt = "yuvj420p"
        noise = None if sound is None else out.add_stream(sound, rate=48000)
        for number, pixels in enumerate(moving_shapes(frames, width, height)):
            shown = scene(number, pixels)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        out.mux(stream.encode(None))
        if noise is not None:
            _mux_sound(out, noise)
    return file.getvalue()


def sound(container: str, codec: str) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        _mux_sound(out, out.add_stream(codec, rate=48000))
    return file.getvalue()


def _mux_sound(out, stream) -> None:
    tone = np.sin(np.arange(48000) / 20.0)
    for start in range(0, 48000, 960):
        piece = (tone[start : start + 960] * 8000).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
