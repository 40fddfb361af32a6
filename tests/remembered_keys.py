"""Argon2id runs once in this process for the same passphrase, salt and cost; its answer is kept.

A derivation of the least cost that a vault accepts takes a fifth of a second of processor time,
and the suite opens many thousand vaults by the same few passphrases: that alone was a quarter of
it. The same three arguments give the same bytes for ever (`crypto.passphrase.derive`), so whoever
asks again is told nothing else. What is kept is named by a digest: no passphrase lies here.
Processes that a test starts derive as ever.

A derivation by way of trial (`crypto.passphrase.calibrated`) is timed, and so is made each time: one that
was remembered would take no time, the machine would look quicker than any, and the new slot would get 64
passes over a gigabyte, which take a minute.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from cport_desktop.crypto import passphrase as passphrases
from cport_desktop.crypto.passphrase import SALT_SIZE, Cost
from cport_desktop.vault import slot_passphrase
from cport_desktop.vault.slot_passphrase import NewPassphrase, PassphraseParameters

_derive = passphrases.derive
_enrol = slot_passphrase.enrol
_kept: dict[bytes, bytes] = {}
_OF_A_TRIAL = bytes(SALT_SIZE)
"""The salt of a derivation of which nothing but its time is wanted."""


def remember() -> None:
    """From now on, in every room that asks `crypto.passphrase` for a key."""
    setattr(passphrases, "derive", _derive_once)  # noqa: B010  # a function, for the type checker


def remembers(passphrase: bytes, salt: bytes, cost: Cost) -> bool:
    """Whoever asks for this key again is told what was told before."""
    return _name(passphrase, salt, cost) in _kept


@contextmanager
def one_salt() -> Iterator[None]:
    """Within, a passphrase that was enrolled before at this cost gets the salt that it got then.

    For vaults that are only scenery: all else about them is new, from their identity to their
    master key.
    """
    with patch.object(slot_passphrase, "enrol", _enrol_once):
        yield


def _derive_once(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    if salt == _OF_A_TRIAL:
        return _derive(passphrase, salt, cost)
    asked = _name(passphrase, salt, cost)
    if asked not in _kept:
        _kept[asked] = _derive(passphrase, salt, cost)
    return _kept[asked]


def _name(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    return hashlib.sha256(repr((passphrase, salt, cost)).encode()).digest()


@cache
def _enrol_once(new: NewPassphrase) -> tuple[PassphraseParameters, bytes]:
    return _enrol(new)
