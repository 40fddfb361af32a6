"""What is said about analysts and their roles."""

from __future__ import annotations

from cport_desktop.words.tongue import tr

COLUMNS = (tr("Name"), tr("Roles"), tr("Slots"), tr("Now"))
RETIRED = tr("retired")
PRESENT = tr("has it open now")


def slot_of(name: str) -> str:
    """What a slot is called until somebody calls it otherwise: it is kept, and not translated."""
    return f"passphrase of {name}"


def passphrase_for(name: str) -> str:
    """What a terminal asks."""
    return tr("Passphrase for {name}:", name=name) + " "


def added(name: str, roles: str) -> str:
    return tr(
        "{name} may open this vault now, as: {roles}.", name=name, roles=roles or tr("nobody yet")
    )


def changed(name: str, roles: str) -> str:
    return tr(
        "{name} has these roles from the next opening on: {roles}.",
        name=name,
        roles=roles or tr("none"),
    )


def retired(name: str) -> str:
    return tr(
        "{name} cannot open this vault any more. Backups made earlier still open with the slots of that time: remove or replace them, and consider renewing the master key (cport vault rekey).",
        name=name,
    )
