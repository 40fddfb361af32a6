"""How a vault is bound to a portal: keys made here, an answer signed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.retention import RetentionPeriod


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What the station asks: `code` was handed over on paper; both keys are public halves.

    `station_key`: Ed25519, 32 raw bytes, signs requests. `signing_key`: P-256,
    SubjectPublicKeyInfo in DER, signs packages.
    """

    code: str
    station_name: str
    agency: str
    nature: Nature
    station_key: bytes
    signing_key: bytes


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an agreement: what it allows, in neutral words."""

    number: str
    allows: str
    text: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the national hotline allows this agency (first form).

    `retention`: how long reports may be kept; none stated means that no rule erases.
    """

    reference: str
    jurisdiction: str
    agency: str
    valid_until: datetime
    clauses: tuple[Clause, ...]
    retention: tuple[RetentionPeriod, ...] = ()


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """What the portal answers. `portal_key`: Ed25519, 32 raw bytes, signs every batch.

    `signing_certificate` (for the station's package key) and `signing_authority` (its trust
    anchor) are X.509 in PEM.
    """

    portal: PortalId
    portal_name: str
    nature: Nature
    station: StationId
    portal_key: bytes
    agreement: Agreement
    signing_certificate: bytes
    signing_authority: bytes


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The bond as the vault keeps it; both private keys in PKCS#8 DER.

    `portal_url` and `transport_authority` (PEM of the pinned TLS authority) are the HTTPS road.
    """

    answer: EnrolmentAnswer
    portal_url: str
    transport_authority: bytes
    station_private_key: bytes
    signing_private_key: bytes
    enrolled_at: datetime
