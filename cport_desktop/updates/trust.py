"""What is believed of bundles: the doors to `updates.tuf_client`, which decides.

That room is loaded when a bundle is looked at: its library takes a tenth of a second, which nobody who
does something else should wait for.
"""

from __future__ import annotations

from datetime import datetime

from cport_desktop.updates.believed import Kept, Verified
from cport_desktop.updates.bundle import Metadata


def verify(untrusted: Metadata, kept: Kept, *, pinned: bytes, now: datetime) -> Verified:
    """What is believed of a bundle's metadata at `now`, starting from the root that came with the program
    (`pinned`) or a later one that it led to.

    Raises:
        UpdateUntrusted: nothing of it.
    """
    from cport_desktop.updates import tuf_client  # noqa: PLC0415 - see the docstring

    return tuf_client.verify(untrusted, kept, pinned=pinned, now=now)


def is_demo(root: bytes) -> bool:
    """The keys of this root are known to everybody.

    Raises:
        UpdateUntrusted: it is no root.
    """
    from cport_desktop.updates import tuf_client  # noqa: PLC0415 - see the docstring

    return tuf_client.is_demo(root)


def issued_of(timestamp: bytes) -> datetime | None:
    """When a timestamp that was believed was signed; None if it is none."""
    from cport_desktop.updates import tuf_client  # noqa: PLC0415 - see the docstring

    return tuf_client.issued_of(timestamp)
