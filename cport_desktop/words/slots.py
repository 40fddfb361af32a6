"""What is said about key slots."""

from __future__ import annotations

from collections.abc import Mapping

FEW_TRIES_LEFT = "A wrong PIN was tried before; the token counts them."
ONE_TRY_LEFT = "Only one try is left before it locks itself."
TRIES_NOT_TOLD = "It does not say how many tries are left."

LAST_DOOR = "it is the last passphrase or recovery slot of this vault, and one always remains."
LAST_OF_ANALYST = (
    "it is the last one of its analyst, who could not open the vault any more"
    " (an administrator may insist with --force)."
)

OLD_COPIES = (
    "Copies and backups made before still open with it, and whoever kept the master key may open"
    " this vault too: cport vault rekey gives it a new one."
)
LEFT_IN_KEYRING = "The keyring still has an entry for it, which opens nothing any more."
LEFT_ON_DEVICE = "The token still has its key, which opens nothing of this vault any more."
ALL_ELSE_THE_SAME = (
    "Nothing else changed: the slot's name, its owner and what it opens are the same."
)

COLUMNS = ("Name", "Kind", "Analyst", "Last opened", "Last tried", "Kept in", "Now")
OPEN_WITH_IT = "opened this vault now"
NEW_PASSPHRASE = "New passphrase: "  # noqa: S105 - a question
NEW_PIN = "New PIN: "
TOKEN_PIN = "PIN of the token: "  # noqa: S105 - a question
MODULE_NEEDED = "a slot of this kind needs --token-module FILE (such as …/opensc-pkcs11.so)"
FIRST_SLOT = "passphrase"
RECOVERY_SLOT = "recovery code"

_KINDS: Mapping[str, str] = {
    "passphrase": "passphrase",
    "recovery": "recovery code",
    "key_file": "key file",
    "keyring": "keyring and PIN",
    "token": "token and PIN",
}


def kind_name(kind: str) -> str:
    """The kind of a slot, for people."""
    return _KINDS.get(kind, kind)


def added(name: str, kind: str) -> str:
    return f"“{name}” opens the vault from now on ({kind_name(kind)})."


def tested(name: str, does_open: bool) -> str:  # noqa: FBT001 - one fact to put into words
    return f"“{name}” opens with it." if does_open else f"“{name}” does not open with it."


def renamed(name: str) -> str:
    return f"It is called “{name}” now."


NO_RECOVERY = (
    "It opens with this passphrase alone: whoever forgets it is locked out for ever. Make a recovery"
    " code soon: cport vault slots add paper --kind recovery --recovery-out FILE"
)


def changed(name: str) -> str:
    return f"“{name}” opens with the new secret, and with the old one no more."


def removed(name: str) -> str:
    return f"“{name}” opens this vault no more."


def resealed(files: int, damaged: int) -> str:
    """What became of the files of the vault."""
    done = f"{files} file(s) have a key of their own anew."
    if not damaged:
        return done
    return (
        f"{done} {damaged} file(s) are damaged and were left as they are: cport vault check --deep"
    )


def rekeyed(slots: int) -> str:
    return (
        f"The master key is a new one; {slots} slot(s) open the vault as before. Backups made"
        " before keep the old key: make a new one, and destroy those that should not open."
    )
