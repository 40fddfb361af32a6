"""`cport window`: open the window on a vault; it asks for the passphrase itself."""

from __future__ import annotations

from cport_desktop.cli.answer import Answer
from cport_desktop.cli.session import Session
from cport_desktop.errors import NotAVault


def window(session: Session) -> Answer:
    """Returns when the window was closed."""
    directory = session.vault_directory()
    if not directory.is_dir():
        raise NotAVault(path=str(directory))
    status = session.show_window(session.workstation, directory, None)
    return Answer({"window": "closed"}, "", status)
