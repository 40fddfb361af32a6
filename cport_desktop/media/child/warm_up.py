"""Everything that decoders load only when they are used, loaded now.

Afterwards no file can be opened any more, so that whatever is missing here would be missing
for good.
"""

from __future__ import annotations

import av
import av.subtitles.codeccontext
import av.subtitles.stream
import av.subtitles.subtitle
import imagehash
import numpy as np
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImagePalette,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.domain.moving import SOUND_RATE, Step
from cport_desktop.media.child.examination import examine
from cport_desktop.media.child.progress import ToldFile
from cport_desktop.media.child.showing import open_showing
from cport_desktop.media.pixel_messages import OpenRequest

LAZY = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageCms,
    ImagePalette,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    av.subtitles.codeccontext,
    av.subtitles.stream,
    av.subtitles.subtitle,
)
"""What Pillow and PyAV import by themselves when a file asks for it."""


def warm_up() -> None:
    """Decoders and hashes have worked once, on a picture, an animation and a film of our own."""
    picture = Image.linear_gradient("L").rotate(30).convert("RGB")
    for ours in (_as_jpeg(picture), _as_animation(picture), _as_film(picture)):
        size = len(ours.getbuffer())
        ours.seek(0)
        examine(ours, size=size, formats=frozenset(), tell=_to_nobody)
        ours.seek(0)
        request = OpenRequest(1, size, RevealLevel.FULL, 1, (64, 64))
        showing, _ = open_showing(ours, request, _to_nobody)
        if showing is None:
            raise OSError(0, "what was made here cannot be shown")
        showing.frame(0, Step.KEY)
        showing.sound(0, 100)
    # A picture too plain to be compared would not have come this far.
    imagehash.phash(picture)


def _to_nobody(_permille: int) -> None:
    pass


def _as_jpeg(picture: Image.Image) -> ToldFile:
    file = ToldFile()
    picture.save(file, "JPEG")
    return file


def _as_animation(picture: Image.Image) -> ToldFile:
    file = ToldFile()
    picture.save(file, "GIF", save_all=True, append_images=[picture.rotate(90)], duration=100)
    return file


def _as_film(picture: Image.Image) -> ToldFile:
    file = ToldFile()
    with av.open(file, "w", format="mp4") as film:
        stream = film.add_stream("mpeg4", rate=1)
        stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
        stream.thread_count = 1
        sound = film.add_stream("aac", rate=SOUND_RATE)
        film.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(picture), "rgb24")))
        film.mux(stream.encode(None))
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        silence.sample_rate = SOUND_RATE
        film.mux(sound.encode(silence))
        film.mux(sound.encode(None))
    return file
