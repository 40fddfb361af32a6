"""The nursery's life: import all, try it once, then fork a confined child whenever one is asked for."""

from __future__ import annotations

import gc
from functools import partial

from cport_desktop.media.child.births import attend
from cport_desktop.media.child.confinement import confine, require_one_thread
from cport_desktop.media.child.decoder_bounds import set_up_decoders
from cport_desktop.media.child.serving import serve
from cport_desktop.media.child.trying import try_out
from cport_desktop.media.child.warm_up import warm_up
from cport_desktop.media.nursery_words import SERVE, TRY


def main() -> None:
    """Bear children until the other side goes away."""
    set_up_decoders()
    warm_up()
    # What is here stays: no child walks it when it collects, and none copies the pages it lies on.
    gc.collect()
    gc.freeze()
    require_one_thread()
    attend({SERVE: partial(serve, confine=confine), TRY: try_out})


if __name__ == "__main__":
    main()
