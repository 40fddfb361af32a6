"""What is asked of a portal, and on which terms: plain values."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

import httpx

from cport_desktop.crypto.message_keys import Sign
from cport_desktop.domain.ids import StationId
from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.errors import CportError
from cport_desktop.sync.countdown import Countdown, Patience
from cport_desktop.sync.network import has_network
from cport_desktop.sync.station_certificate import StationCertificate
from cport_desktop.sync.transfer import Persistence


class Proof(Enum):
    """How a question shows who asks it."""

    NONE = auto()
    SIGNED = auto()
    SESSION = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """`target` is path and query. `accepted`: the statuses that are an answer to it.

    `missing` is the error if the portal knows no such thing. `headers` are sent as they are;
    a `Range` among them is signed.
    """

    method: str
    target: str
    proof: Proof
    missing: CportError
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    accepted: tuple[int, ...] = (200,)
    is_message: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose headers are here and whose body is not; to be closed."""

    response: httpx.Response
    countdown: Countdown

    def close(self) -> None:
        self.response.close()


@dataclass(frozen=True, slots=True)
class Terms:
    """How a line behaves; what comes from the machine (chance, sleep) is an argument too."""

    patience: Patience = field(default_factory=Patience)
    persistence: Persistence = field(default_factory=Persistence)
    proxy: str | None = None
    is_cancelled: IsCancelled = never
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    nonce: Callable[[int], bytes] = secrets.token_bytes
    has_network: Callable[[], bool] = has_network
    bytes_per_second: int | None = None
    shown: StationCertificate | None = None
    """For a first contact: what TLS shows to a portal that wants to see a certificate even then."""


@dataclass(frozen=True, slots=True)
class StationProof:
    """Who asks: the name that the portal gave, the key that signs, and the certificate that TLS
    shows (None: a bond from before there were any).
    """

    station: StationId
    sign: Sign
    certificate: StationCertificate | None = None
