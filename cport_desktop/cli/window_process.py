"""The window as a process of its own, beside whoever started it.

What locks a window replaces its process; the demo, and the gateway that it runs, must outlive
that. The process number stays the same, so that whoever waits for the window goes on waiting.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

_LOOK_ROUND = 0.2
"""Seconds between two looks whether the demo was asked to stop."""


def run_window(vault: Path, passphrase: str, *, stop: Event) -> int:
    """The window on `vault`, opened with `passphrase` this once; its exit status.

    When `stop` is set the window is asked to close, and waited for.
    """
    # As isolated from the user's environment as this process is.
    isolated = ["-I"] if sys.flags.isolated else []
    command = [sys.executable, *isolated, "-m", "cport_desktop", "--quiet", "--vault", str(vault)]
    command += ["--passphrase-fd", "0", "window"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    if process.stdin is not None:
        process.stdin.write(passphrase.encode())
        process.stdin.close()
    is_asked = False
    while True:
        try:
            return process.wait(_LOOK_ROUND)
        except subprocess.TimeoutExpired:
            if stop.is_set() and not is_asked:
                is_asked = True
                process.send_signal(signal.SIGINT)
