"""Which names and addresses are set aside for examples, and so may stand in synthetic material.

Names below `.example`, `.test`, `.invalid` (RFC 2606), addresses of RFC 5737 and RFC 3849,
autonomous systems of RFC 5398.
"""

from __future__ import annotations

import ipaddress
from typing import Final

from cport_desktop.domain.hosts import host_of, is_address

ENDINGS: Final = frozenset({"example", "test", "invalid"})
SYSTEMS: Final = range(64_496, 64_512)
_NETWORKS: Final = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)


def is_reserved_url(url: str) -> bool:
    """Whether `url` leads nowhere but to a reserved name or address. One without a host does not."""
    host = host_of(url)
    return is_reserved_address(host) if is_address(host) else is_reserved_name(host)


def is_reserved_name(host: str) -> bool:
    """Whether `host` is below one of the reserved endings."""
    labels = host.split(".")
    return len(labels) > 1 and labels[-1] in ENDINGS


def is_reserved_address(address: str) -> bool:
    """Whether `address` is one of the ranges for documentation; nothing else is."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    return any(parsed.version == network.version and parsed in network for network in _NETWORKS)
