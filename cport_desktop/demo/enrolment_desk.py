"""Who joins: a station is enrolled with its keys and a code, and gets its answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.crypto import message_keys
from cport_desktop.demo.agreement import demo_agreement
from cport_desktop.demo.certificates import client_certificate, station_certificate
from cport_desktop.demo.code_book import CodeBook
from cport_desktop.demo.ledger import Ledger, StationRecord
from cport_desktop.demo.portal_identity import PortalIdentity
from cport_desktop.domain.enrolment import EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.ids import StationId
from cport_desktop.domain.nature import require_same_nature
from cport_desktop.errors import AccessRevoked, CodeRefused
from cport_desktop.formats import portal_messages
from cport_desktop.formats.agreement_document import sign_agreement

PORTAL_NAME: Final = "Synthetic CPORT reference gateway"


@dataclass(frozen=True, slots=True)
class EnrolmentDesk:
    identity: PortalIdentity
    jurisdiction: str
    ledger: Ledger
    codes: CodeBook
    sign: message_keys.Sign
    clock: Clock

    def enrol(self, request: EnrolmentRequest) -> bytes:
        """The answer, which is kept; the same again to the very same request. The code is used up.

        Raises:
            NatureRefused: the station is of another nature.
            CodeRefused: the code is not the open one, nor the one that this very request used.
            AccessRevoked: the station was enrolled and shut out again.
        """
        require_same_nature(self.identity.nature, request.nature)
        with self.ledger.transaction():
            return self._enrolled(station_of(request), request)

    def _enrolled(self, station: StationId, request: EnrolmentRequest) -> bytes:
        """The answer to `station`, which is enrolled with these keys and this code."""
        known = self.ledger.station(station)
        has_keys = known is not None and _has_keys_of(known, request)
        is_again = has_keys and self.codes.was_used_by(request.code, station)
        if not is_again and not self.codes.is_open(request.code):
            raise CodeRefused
        if known is not None and known.is_revoked:
            raise AccessRevoked
        if known is None or not has_keys:
            known = self._admitted(station, request)
            self.ledger.save_station(known)
        if not is_again:
            self.codes.use(request.code, station)
        return known.answer

    def _admitted(self, station: StationId, request: EnrolmentRequest) -> StationRecord:
        now = self.clock.now()
        certificate = station_certificate(
            self.identity.package_authority,
            request.signing_key,
            station=request.station_name,
            agency=request.agency,
            now=now,
        )
        answer = EnrolmentAnswer(
            portal=self.identity.portal,
            portal_name=PORTAL_NAME,
            nature=self.identity.nature,
            station=station,
            portal_key=message_keys.public_half(self.identity.message_key),
            signed_agreement=sign_agreement(
                demo_agreement(
                    portal=self.identity.portal,
                    nature=self.identity.nature,
                    jurisdiction=self.jurisdiction,
                    agency=request.agency,
                    now=now,
                ),
                self.sign,
            ),
            signing_certificate=certificate,
            signing_authority=self.identity.package_authority.certificate,
            sealing_key=self.identity.sealing.public,
            transport_certificate=client_certificate(
                self.identity.transport_authority,
                request.transport_key,
                station=station,
                agency=request.agency,
                now=now,
            ),
            transport_authority=self.identity.transport_authority.certificate,
        )
        payload = portal_messages.print_enrolment_answer(answer)
        return StationRecord(
            station,
            request.station_key,
            request.signing_key,
            payload,
            sealing_key=request.sealing_key,
            transport_key=request.transport_key,
        )


def _has_keys_of(known: StationRecord, request: EnrolmentRequest) -> bool:
    asked = (request.signing_key, request.sealing_key, request.transport_key)
    return (known.signing_key, known.sealing_key, known.transport_key) == asked


def station_of(request: EnrolmentRequest) -> StationId:
    """What the station with this key is called."""
    return StationId(f"station-{hashlib.sha256(request.station_key).hexdigest()[:16]}")
