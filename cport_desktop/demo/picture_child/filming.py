"""Films: a shape crosses a gradient for two to four seconds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from typing import Final

import av
from av.video.stream import VideoStream
from PIL import Image, ImageDraw

from cport_desktop.demo.dice import Dice
from cport_desktop.demo.families import PicturePlan

_RATE: Final = 10

_CODECS: Final = {
    "mp4": ("libx264", {"preset": "ultrafast", "crf": "30"}),
    "webm": ("libvpx", {"deadline": "realtime", "cpu-used": "8", "b": "150k"}),
}


def film(wanted: PicturePlan, shown: PicturePlan, dice: Dice) -> bytes:
    """The bytes of a film as `wanted` says, in one thread so that they come out the same. `shown`
    is the film whose pictures it shows, drawn by that one's `dice`: mostly itself.
    """
    out = BytesIO()
    codec, options = _CODECS[wanted.format]
    with av.open(out, "w", format=wanted.format, options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(codec, rate=_RATE, options=options)
        if not isinstance(stream, VideoStream):
            raise TypeError(codec)
        stream.width, stream.height, stream.pix_fmt = wanted.width, wanted.height, "yuv420p"
        stream.thread_count = 1
        stream.codec_context.time_base = Fraction(1, _RATE)
        for at, picture in enumerate(_pictures(shown, dice)):
            sized = picture.resize((wanted.width, wanted.height)).convert("RGBA")
            frame = av.VideoFrame.from_bytes(sized.tobytes(), wanted.width, wanted.height)
            frame.pts = at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _pictures(wanted: PicturePlan, dice: Dice) -> Iterator[Image.Image]:
    width, height = wanted.width, wanted.height
    count = dice.between(2 * _RATE, 4 * _RATE)
    bits = dice.bits()
    ground = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    colour = (bits & 0xFF, bits >> 8 & 0xFF, bits >> 16 & 0xFF)
    radius, row = dice.between(10, 30), dice.between(30, height - 30)
    for at in range(count):
        picture = ground.copy()
        pen = ImageDraw.Draw(picture)
        pen.circle((width * at // count, row), radius, fill=colour)
        pen.text((4, 4), f"SYNTHETIC {wanted.number}", fill=(255, 64, 64))
        yield picture
