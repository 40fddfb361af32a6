"""The keys of a station: made once, and kept when it is enrolled again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.crypto.key_wrapping import WrappingPair
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.pending_enrolment import PendingEnrolment


@dataclass(frozen=True, slots=True)
class StationKeys:
    """Both halves of all that a station signs and opens with."""

    station: KeyPair
    package: KeyPair
    sealing: WrappingPair
    transport: KeyPair

    @classmethod
    def beside(cls, existing: Enrolment | None) -> Self:
        """New keys, but for those by which the portal knows the station, and what is on its way to
        it is sealed to. A certificate for TLS is for a new key each time.
        """
        if existing is None:
            station, package = message_keys.generate_ed25519(), message_keys.generate_p256()
            sealing = key_wrapping.generate_pair()
        else:
            station = message_keys.ed25519_pair(existing.station_private_key)
            package = message_keys.p256_pair(existing.signing_private_key)
            kept = existing.sealing_private_key
            sealing = key_wrapping.pair_of(kept) if kept else key_wrapping.generate_pair()
        return cls(station, package, sealing, message_keys.generate_p256())

    @classmethod
    def of(cls, pending: PendingEnrolment) -> Self:
        """Those of an enrolment under way."""
        return cls(
            message_keys.ed25519_pair(pending.station_private_key),
            message_keys.p256_pair(pending.signing_private_key),
            key_wrapping.pair_of(pending.sealing_private_key),
            message_keys.p256_pair(pending.transport_private_key),
        )

    def request(
        self, *, code: str, station_name: str, agency: str, nature: Nature
    ) -> EnrolmentRequest:
        """What a station with these keys asks."""
        return EnrolmentRequest(
            code=code,
            station_name=station_name,
            agency=agency,
            nature=nature,
            station_key=self.station.public,
            signing_key=self.package.public,
            sealing_key=self.sealing.public,
            transport_key=self.transport.public,
        )

    def bond(
        self, answer: EnrolmentAnswer, *, portal_url: str, authority: bytes, at: datetime
    ) -> Enrolment:
        """The bond that the answer to such a request makes."""
        return Enrolment(
            answer=answer,
            portal_url=portal_url,
            transport_authority=authority,
            station_private_key=self.station.private,
            signing_private_key=self.package.private,
            enrolled_at=at,
            sealing_private_key=self.sealing.private,
            transport_private_key=self.transport.private,
        )
