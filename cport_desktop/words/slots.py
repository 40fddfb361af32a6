"""What is said about key slots."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr, tr_in, tr_many

FEW_TRIES_LEFT = tr("A wrong PIN was tried before; the token counts them.")
ONE_TRY_LEFT = tr("Only one try is left before it locks itself.")
TRIES_NOT_TOLD = tr("It does not say how many tries are left.")

LAST_DOOR = tr("it is the last passphrase or recovery slot of this vault, and one always remains.")
LAST_OF_ANALYST = tr(
    "it is the last one of its analyst, who could not open the vault any more (an administrator may insist with --force)."
)

OLD_COPIES = tr(
    "Copies and backups made before still open with it, and whoever kept the master key may open this vault too: cport vault rekey gives it a new one."
)
LEFT_IN_KEYRING = tr("The keyring still has an entry for it, which opens nothing any more.")
LEFT_ON_DEVICE = tr("The token still has its key, which opens nothing of this vault any more.")
ALL_ELSE_THE_SAME = tr(
    "Nothing else changed: the slot’s name, its owner and what it opens are the same."
)

COLUMNS = (
    tr("Name"),
    tr("Kind"),
    tr("Analyst"),
    tr("Last opened"),
    tr("Last tried"),
    tr("Kept in"),
    tr_in("a key slot", "Now"),
)
OPEN_WITH_IT = tr("the vault is open with it now")
NEW_PASSPHRASE = tr("New passphrase:") + " "
NEW_PIN = tr("New PIN:") + " "
TOKEN_PIN = tr("PIN of the token:") + " "
MODULE_NEEDED = tr("a slot of this kind needs --token-module FILE (such as …/opensc-pkcs11.so)")
FIRST_SLOT = "passphrase"
RECOVERY_SLOT = "recovery code"
"""Names of slots, kept with them and typed on the command line: the same in every language."""

_KINDS: Mapping[str, str] = {
    "passphrase": tr("passphrase"),
    "recovery": tr("recovery code"),
    "key_file": tr("key file"),
    "keyring": tr("keyring and PIN"),
    "token": tr("token and PIN"),
}


def kind_name(kind: str) -> str:
    """The kind of a slot, for people."""
    return _KINDS.get(kind, kind)


def added(name: str, kind: str) -> str:
    return tr("“{name}” opens the vault from now on ({kind}).", name=name, kind=kind_name(kind))


def tested(name: str, does_open: bool) -> str:  # noqa: FBT001 - one fact to put into words
    return (
        tr("“{name}” opens with it.", name=name)
        if does_open
        else tr("“{name}” does not open with it.", name=name)
    )


def renamed(name: str) -> str:
    return tr("It is called “{name}” now.", name=name)


NO_RECOVERY = tr(
    "It opens with this passphrase alone: whoever forgets it is locked out for ever. Make a recovery code soon: cport vault slots add paper --kind recovery --recovery-out FILE"
)


def changed(name: str) -> str:
    return tr("“{name}” opens with the new secret, and with the old one no more.", name=name)


def removed(name: str) -> str:
    return tr("“{name}” opens this vault no more.", name=name)


def resealed(files: int, damaged: int) -> str:
    """What became of the files of the vault."""
    done = tr_many(
        "{count} file has a key of its own anew.",
        "{count} files have keys of their own anew.",
        files,
    )
    if not damaged:
        return done
    left = tr_many(
        "{count} file is damaged and was left as it is: cport vault check --deep",
        "{count} files are damaged and were left as they are: cport vault check --deep",
        damaged,
    )
    return f"{done} {left}"


def rekeyed(slots: int) -> str:
    done = tr_many(
        "The master key is a new one; {count} slot opens the vault as before.",
        "The master key is a new one; {count} slots open the vault as before.",
        slots,
    )
    backups = tr(
        "Backups made before keep the old key: make a new one, and destroy those that should not open."
    )
    return f"{done} {backups}"
