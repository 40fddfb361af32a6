"""From a passphrase to a key: Argon2id (RFC 9106), with costs that a header cannot talk down.

A slot that asks for less than `FLOOR` is a downgrade and one that asks for more than `CEILING`
would exhaust the machine: both are refused by whoever reads a header, with `is_acceptable`.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cport_desktop.clock import Clock

KEY_SIZE = 32
SALT_SIZE = 16

_GIB = 1024 * 1024
_SHARE = 7
"""A machine sold with 8 GB reports somewhat less, since firmware and graphics take some."""
_STEP_KIB = 64 * 1024
_MOST_PASSES = 64
_SHORTEST_TRIAL = 0.001
"""Seconds. No machine is quicker; a clock may be coarse."""

SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 1.8
"""By the trial; 1 GiB takes a tenth more than eight times 128 MiB (measured)."""
_AIM_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one derivation takes: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    passes: int
    lanes: int

    @property
    def is_acceptable(self) -> bool:
        """Not weaker than `FLOOR` and not greedier than `CEILING`."""
        return (
            FLOOR.memory_kib <= self.memory_kib <= CEILING.memory_kib
            and FLOOR.passes <= self.passes <= CEILING.passes
            and 1 <= self.lanes <= CEILING.lanes
        )


FLOOR = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""RFC 9106's second choice, 0.1 s: the least that a vault accepts."""

LEAST_NEW = Cost(memory_kib=256 * 1024, passes=3, lanes=4)
"""The least that we make for a vault with real content, 0.4 s."""

_TRIAL = Cost(memory_kib=128 * 1024, passes=3, lanes=4)

CEILING = Cost(memory_kib=4 * _GIB, passes=64, lanes=64)
"""The most that a header may ask for: beyond it opening would be a denial of service."""


def calibrated(memory_bytes: int, clock: Clock) -> Cost:
    """The cost for a new slot on this machine, after one derivation by way of trial (0.2 s)."""
    started = clock.monotonic()
    derive(b"trial", bytes(SALT_SIZE), _TRIAL)
    return cost_for(memory_bytes, clock.monotonic() - started)


def cost_for(memory_bytes: int, trial_seconds: float) -> Cost:
    """One to two seconds for each guess, where memory and speed allow.

    As much memory as a seventh of the machine's and two seconds allow, from `LEAST_NEW` to 1 GiB,
    since memory is what an attacker's hardware has least of; more passes where that is quick.
    """
    seconds_each = max(trial_seconds, _SHORTEST_TRIAL) / (_TRIAL.memory_kib * _TRIAL.passes)
    in_time = LONGEST_SECONDS / (seconds_each * LEAST_NEW.passes)
    most = min(memory_bytes // 1024 // _SHARE, _GIB, int(in_time))
    memory_kib = max(most // _STEP_KIB * _STEP_KIB, LEAST_NEW.memory_kib)
    passes = LEAST_NEW.passes
    if memory_kib * passes * seconds_each < SHORTEST_SECONDS:
        passes = min(math.ceil(_AIM_SECONDS / (memory_kib * seconds_each)), _MOST_PASSES)
    return Cost(memory_kib=memory_kib, passes=passes, lanes=LEAST_NEW.lanes)


def encode_passphrase(text: str) -> bytes:
    """`text` in NFC as UTF-8, so that two keyboards that compose differently agree."""
    return unicodedata.normalize("NFC", text).encode()


def derive(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from `passphrase`. The same three arguments give the same bytes, for ever."""
    return Argon2id(
        salt=salt,
        length=KEY_SIZE,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(passphrase)
