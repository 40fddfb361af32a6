"""How a vault is bound to a portal: keys made here, an answer signed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.agreement import Agreement, SignedAgreement
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What the station asks: `code` was handed over on paper; the keys are public halves.

    `station_key`: Ed25519, 32 raw bytes, signs requests. `signing_key`: P-256,
    SubjectPublicKeyInfo in DER, signs packages. `sealing_key`: what is carried to the station on
    removable media is sealed to it (`crypto.key_wrapping`, 1216 bytes). `transport_key`: P-256 like
    `signing_key`, for the station's end of a TLS connection.
    """

    code: str
    station_name: str
    agency: str
    nature: Nature
    station_key: bytes
    signing_key: bytes
    sealing_key: bytes
    transport_key: bytes


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """What the portal answers. `portal_key`: Ed25519, 32 raw bytes, signs every batch.

    `signing_certificate` (for the station's package key) and `signing_authority` (its trust
    anchor) are X.509 in PEM. `sealing_key`: what is carried to the portal is sealed to it.
    `transport_certificate` (for the station's transport key) and `transport_authority`, which also
    vouches for the portal's end of a TLS connection, are X.509 in PEM. All three are empty in a bond
    from before there was a second road (see `Enrolment.knows_both_roads`).
    """

    portal: PortalId
    portal_name: str
    nature: Nature
    station: StationId
    portal_key: bytes
    signed_agreement: SignedAgreement
    signing_certificate: bytes
    signing_authority: bytes
    sealing_key: bytes = b""
    transport_certificate: bytes = b""
    transport_authority: bytes = b""

    @property
    def agreement(self) -> Agreement:
        """The agreement that it brought; which version is in force: `vault.agreements`."""
        return self.signed_agreement.agreement


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The bond as the vault keeps it; private keys in PKCS#8 DER, but for the sealing key, which is
    as `crypto.key_wrapping` has it.

    `portal_url` and `transport_authority` (PEM of the pinned TLS authority) are the HTTPS road; the
    URL is empty where the vault was enrolled by stick and was told none.
    """

    answer: EnrolmentAnswer
    portal_url: str
    transport_authority: bytes
    station_private_key: bytes
    signing_private_key: bytes
    enrolled_at: datetime
    sealing_private_key: bytes = b""
    transport_private_key: bytes = b""

    @property
    def knows_both_roads(self) -> bool:
        """Whether it has the keys for removable media and for the station's end of TLS. An older
        bond has not, and gets them when the vault is enrolled again (`usecases.enrol`).
        """
        return bool(self.sealing_private_key and self.answer.sealing_key)
