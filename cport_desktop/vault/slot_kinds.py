"""The kinds of key slots, and the one place that knows them all.

Each kind turns a secret into 32 bytes; what those bytes then open is the same for all
(`vault.key_slots`). A kind keeps what it needs for that in the header, as `parameters`.
"""

from __future__ import annotations

from cport_desktop.crypto.passphrase import Cost
from cport_desktop.vault import (
    slot_key_file,
    slot_keyring,
    slot_passphrase,
    slot_recovery,
    slot_token,
)
from cport_desktop.vault.slot_key_file import KeyFile, KeyFileParameters, NewKeyFile
from cport_desktop.vault.slot_keyring import KeyringParameters, KeyringPin, NewKeyring
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase, PassphraseParameters
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode, RecoveryParameters
from cport_desktop.vault.slot_token import NewToken, TokenParameters, TokenPin

Secret = Passphrase | RecoveryCode | KeyFile | KeyringPin | TokenPin
"""What somebody brings to open a vault."""

NewSecret = NewPassphrase | NewRecoveryCode | NewKeyFile | NewKeyring | NewToken
"""What a new slot is to be opened with."""

Parameters = (
    PassphraseParameters
    | RecoveryParameters
    | KeyFileParameters
    | KeyringParameters
    | TokenParameters
)
"""What the header keeps of a slot's kind; readable without a key."""

KEEPS_THE_DOOR = ("passphrase", "recovery")
"""Kinds that depend on no device and no other program; one of them always remains."""


def kind_of(parameters: Parameters) -> str:
    """The stable word of the kind: `passphrase`, `recovery`, `key_file` …"""
    return str(parameters.__struct_config__.tag)


def enrol(new: NewSecret) -> tuple[Parameters, bytes]:
    """What the header keeps, and the 32 bytes that the secret gives.

    Raises:
        ValueError: a secret that the kind does not accept.
        VaultError: what the kind depends on is not there.
    """
    match new:
        case NewPassphrase():
            return slot_passphrase.enrol(new)
        case NewRecoveryCode():
            return slot_recovery.enrol(new)
        case NewKeyFile():
            return slot_key_file.enrol(new)
        case NewKeyring():
            return slot_keyring.enrol(new)
        case NewToken():
            return slot_token.enrol(new)


def derive(parameters: Parameters, secret: Secret) -> bytes | None:
    """The 32 bytes that `secret` gives; None if it is of another kind or plainly wrong.

    Raises:
        VaultError: what the kind depends on is not there.
    """
    match parameters, secret:
        case PassphraseParameters(), Passphrase():
            return slot_passphrase.derive(parameters, secret)
        case RecoveryParameters(), RecoveryCode():
            return slot_recovery.derive(parameters, secret)
        case KeyFileParameters(), KeyFile():
            return slot_key_file.derive(parameters, secret)
        case KeyringParameters(), KeyringPin():
            return slot_keyring.derive(parameters, secret)
        case TokenParameters(), TokenPin():
            return slot_token.derive(parameters, secret)
        case _:
            return None


def are_acceptable(parameters: Parameters) -> bool:
    """A header may neither weaken a slot nor exhaust the machine."""
    cost = cost_of(parameters)
    return cost is None or cost.is_acceptable


def cost_of(parameters: Parameters) -> Cost | None:
    """What a guess costs, where something is derived from what a person can remember."""
    if isinstance(parameters, PassphraseParameters | KeyringParameters):
        return parameters.cost
    return None
