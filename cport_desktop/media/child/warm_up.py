"""Everything that decoders load only when they are used, loaded now.

Afterwards no file can be opened any more, so that whatever is missing here would be missing
for good.
"""

from __future__ import annotations

import io

import imagehash
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

_LOADED = (
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
)


def warm_up() -> None:
    """Decoders and hashes have worked once, on a picture of our own."""
    ours = io.BytesIO()
    Image.linear_gradient("L").rotate(30).convert("RGB").save(ours, "JPEG")
    size = ours.tell()
    ours.seek(0)
    examine(ours, size=size)
    imagehash.phash(Image.linear_gradient("L"))
