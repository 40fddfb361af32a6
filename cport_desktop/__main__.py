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
    verb = [] if "--version" in sys.argv else ["window"]
    return run([*verb, *sys.argv[1:]], os.environ, show_window=_show_window)


def _show_window(workstation: Workstation, vault: Path, passphrase: str | None) -> int:
    from cport_desktop.ui.opening import open_window  # noqa: PLC0415 - see the docstring
    from cport_desktop.ui.renewal import ProcessRenewal, same_command  # noqa: PLC0415

    command = same_command(sys.executable, sys.orig_argv, sys.argv[1:])
    renewal = ProcessRenewal(command, os.environ)
    return open_window(workstation, vault, passphrase, renewal=renewal, environment=os.environ)


if __name__ == "__main__":
    sys.exit(main())
