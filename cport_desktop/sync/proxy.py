"""A proxy on the way: named by a person, never taken from the environment, and not trusted.

It is asked for a tunnel (`CONNECT`) and sees nothing but where we go: TLS to the pinned portal runs
through it. So it is spoken to in plain HTTP, and a name and password for it are readable to
whoever reads that part of the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

import httpx

from cport_desktop.errors import ValueUnknown

ACCEPTED = "http://[name:password@]host:port"


@dataclass(frozen=True, slots=True)
class Proxy:
    """`address` without name and password; `password`: both, as bytes, or None."""

    address: str
    password: tuple[bytes, bytes] | None = field(default=None, repr=False)


def parse_proxy(text: str) -> Proxy:
    """The proxy that `text` names.

    Raises:
        ValueUnknown: if it is not `http://[name:password@]host:port`; nothing of it is repeated.
    """
    try:
        url = httpx.URL(text.strip().rstrip("/"))
    except httpx.InvalidURL:
        url = httpx.URL()
    is_bare = url.path in ("", "/") and not (url.query or url.fragment)
    if url.scheme != "http" or not url.host or url.port is None or not is_bare:
        raise ValueUnknown(what="address of a proxy", value="…", accepted=ACCEPTED)
    name, _, password = url.userinfo.decode("ascii").partition(":")
    # Round an IPv6 address the brackets belong to the address.
    host = f"[{url.host}]" if ":" in url.host else url.host
    known = (unquote(name).encode(), unquote(password).encode()) if name else None
    return Proxy(f"http://{host}:{url.port}", known)
