"""What is said about analysts and their roles."""

from __future__ import annotations

COLUMNS = ("Name", "Roles", "Slots", "Now")
RETIRED = "retired"
PRESENT = "opened this vault now"


def slot_of(name: str) -> str:
    return f"passphrase of {name}"


def passphrase_for(name: str) -> str:
    return f"Passphrase for {name}: "


def added(name: str, roles: str) -> str:
    return f"{name} may open this vault now, as: {roles or 'nobody yet'}."


def changed(name: str, roles: str) -> str:
    return f"{name} has these roles from the next opening on: {roles or 'none'}."


def retired(name: str) -> str:
    return (
        f"{name} cannot open this vault any more. Backups made earlier still open with the slots"
        " of that time: remove or replace them, and consider renewing the master key"
        " (cport vault rekey)."
    )
