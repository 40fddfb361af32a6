"""The nursery's life: import all, try it once, then fork a confined child whenever one is asked for."""

from __future__ import annotations

import warnings

from PIL import AvifImagePlugin, Image

from cport_desktop.media.child.births import attend
from cport_desktop.media.child.confinement import require_one_thread
from cport_desktop.media.child.decoded import MOST_PIXELS
from cport_desktop.media.child.serving import serve
from cport_desktop.media.child.trying import try_out
from cport_desktop.media.child.warm_up import warm_up
from cport_desktop.media.nursery_words import SERVE, TRY

_TORN_LABELS = "Corrupt EXIF data|Truncated File Read|Metadata Warning"


def main() -> None:
    """Bear children until the other side goes away."""
    _set_up_decoders()
    warm_up()
    require_one_thread()
    attend({SERVE: serve, TRY: try_out})


def _set_up_decoders() -> None:
    """A decoder that doubts raises; but a torn label costs no picture."""
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", message=_TORN_LABELS)
    # The budget is checked first, and kindly, in `still_pictures`; this is the wall behind it.
    Image.MAX_IMAGE_PIXELS = 4 * MOST_PIXELS
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1


if __name__ == "__main__":
    main()
