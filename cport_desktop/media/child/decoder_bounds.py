"""How decoders behave in a child: a doubt is an error, a bomb is refused, nothing starts a thread."""

from __future__ import annotations

import warnings

from PIL import AvifImagePlugin, Image

from cport_desktop.media.child.decoded import MOST_PIXELS

_TORN_LABELS = "Corrupt EXIF data|Truncated File Read|Metadata Warning"


def set_up_decoders() -> None:
    """A decoder that doubts raises; but a torn label costs no picture."""
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", message=_TORN_LABELS)
    # The budget is checked first, and kindly, in `still_pictures`; this is the wall behind it.
    Image.MAX_IMAGE_PIXELS = 4 * MOST_PIXELS
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
