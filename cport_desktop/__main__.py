"""`python -m cport_desktop`, `cport` and `cport-desktop`: where the two faces are joined.

The window's library is loaded only when a window is asked for, so that the command line
works on machines that have no display libraries. Whatever speaks is loaded when the language is
chosen: most sentences are made while their modules load.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cport_desktop.settings import Settings, language
from cport_desktop.words import tongue

if TYPE_CHECKING:
    from cport_desktop.bootstrap import Workstation

LINGERING: Final = 2.0
"""Seconds in which the answer of the command line is printed and the interpreter ends."""


def main() -> int:
    """The command line with this process's arguments and environment; its exit code."""
    return _run(sys.argv[1:])


def window() -> int:
    """`cport-desktop`: the window, with the options of the command line."""
    verb = [] if "--version" in sys.argv else ["window"]
    return _run([*verb, *sys.argv[1:]])


def _run(arguments: Sequence[str]) -> int:
    _choose_language(arguments)
    from cport_desktop.bootstrap import harden_process  # noqa: PLC0415 - see the docstring
    from cport_desktop.cli.entry import run  # noqa: PLC0415
    from cport_desktop.cli.streams import settle_encoding  # noqa: PLC0415

    harden_process()
    settle_encoding((sys.stdout, sys.stderr))
    return run(arguments, os.environ, show_window=_show_window)


def _choose_language(arguments: Sequence[str]) -> None:
    """A window speaks as this machine is told to. The command line, which scripts, manuals and colleagues
    abroad share, is English. So is a window whose catalogue is missing.
    """
    if not {"window", "demo"}.isdisjoint(arguments) and "--headless" not in arguments:
        with suppress(FileNotFoundError):
            tongue.speak(language(os.environ), Settings().translations)


def _show_window(workstation: Workstation, vault: Path | None, passphrase: str | None) -> int:
    from cport_desktop.ui.founding import found_window  # noqa: PLC0415 - see the docstring
    from cport_desktop.ui.opening import is_vacant, open_window  # noqa: PLC0415
    from cport_desktop.ui.rehearsing import ProcessRehearsal, demo_command  # noqa: PLC0415
    from cport_desktop.ui.renewal import ProcessRenewal, same_command  # noqa: PLC0415

    command = same_command(sys.executable, sys.orig_argv, sys.argv[1:])
    demo = demo_command(sys.executable, sys.orig_argv, sys.argv[1:])
    rehearsal = ProcessRehearsal(demo, os.environ)
    if vault is None or is_vacant(vault):
        return found_window(
            workstation,
            vault,
            renewal_on=lambda made: ProcessRenewal(
                (*command, "--vault", str(made.absolute())), os.environ
            ),
            environment=os.environ,
            rehearsal=rehearsal,
        )
    renewal = ProcessRenewal(command, os.environ)
    status = open_window(
        workstation,
        vault,
        passphrase,
        renewal=renewal,
        environment=os.environ,
        rehearsal=rehearsal,
    )
    _end_soon(status)
    return status


def _end_soon(status: int) -> None:
    """A window that was closed holds keys no longer than `LINGERING`: the interpreter would wait
    for a worker that hangs.
    """
    end = threading.Timer(LINGERING, os._exit, (status,))
    end.daemon = True
    end.start()


if __name__ == "__main__":
    sys.exit(main())
