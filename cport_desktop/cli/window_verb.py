"""`cport window`: open the window on a vault; it asks for the passphrase itself.

Whoever started it may hand it the passphrase through a descriptor (`--passphrase-fd`), once:
after a lock the descriptor is gone, and the window asks.
"""

from __future__ import annotations

import os
from dataclasses import replace

from cport_desktop.cli.answer import Answer
from cport_desktop.cli.passphrase import read_passphrase
from cport_desktop.cli.session import Session
from cport_desktop.errors import NotAVault


def window(session: Session) -> Answer:
    """Returns when the window was closed. Without a vault it makes one."""
    directory = session.options.vault
    if directory is not None and not directory.is_dir():
        raise NotAVault(path=str(directory))
    options, workstation = session.options, session.workstation
    settings = replace(workstation.settings, lock_after_seconds=float(options.number("lock_after")))
    passphrase = None
    if options.passphrase_fd is not None:
        passphrase = read_passphrase(options)
        _put_away(options.passphrase_fd)
    status = session.show_window(replace(workstation, settings=settings), directory, passphrase)
    return Answer({"window": "closed"}, "", status)


def _put_away(descriptor: int) -> None:
    """Nothing can be read from it any more. Its number is not given to another file: one of the
    standard ones would outlive the process image.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, descriptor, inheritable=False)
    os.close(nothing)
