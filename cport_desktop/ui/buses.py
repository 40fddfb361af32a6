"""The two message buses of a Linux desktop: where they are, and whether anybody answers there.

Only sockets of this machine count: the window makes no network call, and an address with
`autolaunch:` would start a process.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

PATIENCE = 1.0
"""Seconds. A bus answers in a millisecond; one that does not must not hold the window up."""
_SYSTEM_BUS = Path("/run/dbus/system_bus_socket")
_LONGEST_ANSWER = 256


@dataclass(frozen=True, slots=True)
class Buses:
    """Addresses as D-Bus writes them, None where there is none. `session` is the number of the
    desktop session as logind has it.
    """

    system: str | None = None
    desktop: str | None = None
    session: str | None = None


NO_BUSES = Buses()
"""A machine without a desktop, or another system."""


def buses_of(environment: Mapping[str, str]) -> Buses:
    """What this machine and `environment` say there is."""
    system = environment.get("DBUS_SYSTEM_BUS_ADDRESS")
    if system is None and _SYSTEM_BUS.exists():
        system = f"unix:path={_SYSTEM_BUS}"
    desktop = environment.get("DBUS_SESSION_BUS_ADDRESS")
    runtime = environment.get("XDG_RUNTIME_DIR")
    if desktop is None and runtime and Path(runtime, "bus").exists():
        desktop = f"unix:path={Path(runtime, 'bus')}"
    return Buses(_first_local(system), _first_local(desktop), environment.get("XDG_SESSION_ID"))


def answers(address: str) -> bool:
    """Whether a bus greets back at `address` within `PATIENCE`.

    Asked by hand: the library would wait for ever, and hold up every thread of the process.
    """
    place = _socket_place(address)
    if place is None:
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(PATIENCE)
            line.connect(place)
            person = str(os.getuid()).encode().hex()
            line.sendall(f"\0AUTH EXTERNAL {person}\r\n".encode())
            return line.recv(_LONGEST_ANSWER).startswith(b"OK ")
    except OSError:
        return False


def session_path(session: str) -> str:
    """Where logind keeps the session of that number: `2` is `/org/freedesktop/login1/session/_32`
    (a first digit, and whatever is no letter or digit, as `_` and two hex digits).
    """
    escaped = "".join(
        letter
        if letter.isascii() and letter.isalnum() and not (place == 0 and letter.isdigit())
        else "".join(f"_{byte:02x}" for byte in letter.encode())
        for place, letter in enumerate(session)
    )
    return f"/org/freedesktop/login1/session/{escaped}"


def _first_local(addresses: str | None) -> str | None:
    """The first address of a list (parted by `;`) that is a socket of this machine."""
    listed = (addresses or "").split(";")
    return next((address for address in listed if _socket_place(address) is not None), None)


def _socket_place(address: str) -> str | None:
    kind, _, rest = address.partition(":")
    facts = dict(fact.partition("=")[::2] for fact in rest.split(","))
    if kind != "unix":
        return None
    if "path" in facts:
        return unquote(facts["path"])
    return "\0" + unquote(facts["abstract"]) if "abstract" in facts else None
