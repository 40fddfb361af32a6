"""What can be got ready while somebody types a passphrase, so that nobody waits for it afterwards."""

from __future__ import annotations

from functools import cache

from PySide6.QtWidgets import QTableView


@cache
def warm_up() -> None:
    """Ask once in a process for a widget that the toolkit made itself. To tell which class of Python it
    has, PySide makes all of its classes with their hundred enumerations first: measured, half of
    what the page of reports took where nothing had asked before. Nothing of a vault is known here.
    """
    QTableView().viewport()
