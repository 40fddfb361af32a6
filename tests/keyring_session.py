"""A desktop session of its own with GNOME Keyring, for as long as a test needs one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_NEEDED = ("dbus-run-session", "gnome-keyring-daemon")

needs_keyring = pytest.mark.skipif(
    any(shutil.which(program) is None for program in _NEEDED),
    reason="no desktop session can be made: apt-get install dbus gnome-keyring",
)

_SESSION = """
printf synthetic | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
while ! dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null 2>&1
do sleep 0.02; kill -0 $daemon || exit 1
done
echo "$DBUS_SESSION_BUS_ADDRESS"
cat >/dev/null
kill $daemon
"""


@contextmanager
def keyring_session(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a session whose keyring is unlocked and lies in `folder`."""
    home, runtime = folder / "home", folder / "run"
    home.mkdir(parents=True)
    runtime.mkdir(mode=0o700)
    session = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", _SESSION],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
        },
    )
    assert session.stdin is not None
    assert session.stdout is not None
    try:
        address = session.stdout.readline().strip()
        assert address, "the session did not come up"
        yield {"DBUS_SESSION_BUS_ADDRESS": address}
    finally:
        session.stdin.close()
        session.wait(timeout=20)
        session.stdout.close()
