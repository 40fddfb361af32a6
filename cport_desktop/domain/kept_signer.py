"""Signers and recipients that a unit keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

LONGEST_NAME: Final = 60
MOST_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a token's key is: the module's file name without a folder, the token, the key on it."""

    module: str
    serial: str
    label: str
    key_id: bytes


@dataclass(frozen=True, slots=True)
class KeptSigner:
    """`certificates` in PEM, the signer's own first. Its key is `private` (PKCS#8), or on a token."""

    name: str
    certificates: bytes
    added_by: str
    added_at: datetime
    private: bytes | None = field(default=None, repr=False)
    place: TokenPlace | None = None


@dataclass(frozen=True, slots=True)
class KeptRecipient:
    """`public`: an age key."""

    name: str
    public: str
    added_by: str
    added_at: datetime
