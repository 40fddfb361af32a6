"""What is said about key slots."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import tr

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
    "Nothing else changed: the slot's name, its owner and what it opens are the same."
)

COLUMNS = (
    tr("Name"),
    tr("Kind"),
    tr("Analyst"),
    tr("Last opened"),
    tr("Last tried"),
    tr("Kept in"),
    tr("Now"),
)
OPEN_WITH_IT = tr("opened this vault now")
NEW_PASSPHRASE = tr("New passphrase: ")
NEW_PIN = tr("New PIN: ")
TOKEN_PIN = tr("PIN of the token: ")
MODULE_NEEDED = tr("a slot of this kind needs --token-module FILE (such as …/opensc-pkcs11.so)")
FIRST_SLOT = tr("passphrase")
RECOVERY_SLOT = tr("recovery code")

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
    return tr(
        "“{name}” opens the vault from now on ({kind_name}).", name=name, kind_name=kind_name(kind)
    )


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
    done = tr("{files} file(s) have a key of their own anew.", files=files)
    if not damaged:
        return done
    return tr(
        "{done} {damaged} file(s) are damaged and were left as they are: cport vault check --deep",
        done=done,
        damaged=damaged,
    )


def rekeyed(slots: int) -> str:
    return tr(
        "The master key is a new one; {slots} slot(s) open the vault as before. Backups made before keep the old key: make a new one, and destroy those that should not open.",
        slots=slots,
    )
