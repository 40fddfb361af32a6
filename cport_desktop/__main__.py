"""`python -m cport_desktop`, `cport` and `cport-desktop`: where the two faces are joined.

The window's library is loaded only when a window is asked for, so that the command line
works on machines that have no display libraries.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cport_desktop.bootstrap import Workstation, harden_process
from cport_desktop.cli.entry import run


def main() -> int:
    """The command line with this process's arguments and environment; its exit code."""
    harden_process()
    return run(sys.argv[1:], os.environ, show_window=_show_window)


def window() -> int:
    """`cport-desktop`: the window, with the options of the command line."""
    harden_process()
    return run([*sys.argv[1:], "window"], os.environ, show_window=_show_window)


def _show_window(workstation: Workstation, vault: Path, passphrase: str | None) -> int:
    from cport_desktop.ui.opening import open_window  # noqa: PLC0415 - see the docstring

    return open_window(workstation, vault, passphrase)


if __name__ == "__main__":
    sys.exit(main())
