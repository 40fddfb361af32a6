"""Keys as the window speaks of them: what somebody brings to a door, and what a new slot gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class KeyKind(StrEnum):
    """The kinds of key slots, by the words that a header uses."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind of slot
    RECOVERY = "recovery"
    KEY_FILE = "key_file"
    KEYRING = "keyring"
    TOKEN = "token"  # noqa: S105 - a kind of slot


@dataclass(frozen=True, slots=True)
class Key:
    """What somebody brings to open a vault. `text` is a passphrase, a recovery code or a PIN;
    `path` a key file, or the module of a token. `slot` names the one to be tried.
    """

    kind: KeyKind
    text: str = field(default="", repr=False)
    path: Path | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a new slot is called and is to be opened with. `path` is where a new key file is to
    be written, or the module of a token; `token` its serial number or label.
    """

    name: str
    kind: KeyKind
    text: str = field(default="", repr=False)
    path: Path | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class DoorSlot:
    """What anybody who has the vault's folder can read of a slot."""

    name: str
    kind: KeyKind


@dataclass(frozen=True, slots=True)
class OpeningOrder:
    """What opens the vault. `acknowledged`: why a vault that was put back is opened all the same;
    nothing, if it is not to be.
    """

    key: Key
    acknowledged: str | None = None
