"""Everything that decoders load only when they are used, loaded now.

Afterwards no file can be opened any more, so that whatever is missing here would be missing
for good.
"""

from __future__ import annotations

import io

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
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from cport_desktop.media.child.examination import examine

LAZY = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageCms,
    ImagePalette,
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
    """Decoders and hashes have worked once, on a picture and a film of our own."""
    picture = Image.linear_gradient("L").rotate(30).convert("RGB")
    for ours in (_as_jpeg(picture), _as_film(picture)):
        size = len(ours.getbuffer())
        ours.seek(0)
        examine(ours, size=size)
    # A picture too plain to be compared would not have come this far.
    imagehash.phash(picture)


def _as_jpeg(picture: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, "JPEG")
    return file


def _as_film(picture: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as film:
        stream = film.add_stream("mpeg4", rate=1)
        stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
        stream.thread_count = 1
        film.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(picture), "rgb24")))
        film.mux(stream.encode(None))
    return file
