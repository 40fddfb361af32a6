"""Whether this machine has any way to a network: asked of its routes, with nothing sent."""

from __future__ import annotations

import socket
from contextlib import suppress

_SOMEWHERE = (
    (socket.AF_INET, ("192.0.2.1", 9)),
    (socket.AF_INET6, ("2001:db8::1", 9)),
)
"""Addresses that are nobody's (RFC 5737, RFC 3849): a datagram socket that is connected to one asks
the routing table, and sends nothing.
"""


def has_network() -> bool:
    """Whether a way leads out of this machine, whatever may be at its end."""
    for family, address in _SOMEWHERE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect(address)
            return True
    return False
