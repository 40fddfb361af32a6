"""The portal's desk for agreements: which one a station has, a new version of it, its end.

A version is signed by itself and goes into the stream of its station alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cport_desktop.clock import Clock
from cport_desktop.demo.ledger import Ledger
from cport_desktop.domain.agreement import Agreement, SignedAgreement
from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.ids import StationId
from cport_desktop.errors import AccessRevoked
from cport_desktop.formats.agreement_document import print_signed_agreement, sign_agreement
from cport_desktop.formats.portal_messages import parse_enrolment_answer


@dataclass(frozen=True, slots=True)
class AgreementDesk:
    ledger: Ledger
    sign: Callable[[bytes], bytes]
    clock: Clock

    def current(self, station: StationId) -> Agreement:
        """The newest version that `station` was given.

        Raises:
            AccessRevoked: there is no such station.
        """
        record = self.ledger.station(station)
        if record is None:
            raise AccessRevoked
        agreements = [
            change.value.agreement
            for change in self.ledger.fed_to(station)
            if isinstance(change, RecordChange) and isinstance(change.value, SignedAgreement)
        ]
        return agreements[-1] if agreements else parse_enrolment_answer(record.answer).agreement

    def amend(self, station: StationId, agreement: Agreement) -> SignedAgreement:
        """`agreement`, signed, is on its way to `station`.

        Raises:
            AccessRevoked: there is no such station.
            ValueError: it does not come behind the version that the station has.
        """
        last = self.current(station)
        if (last.reference == agreement.reference) and agreement.revision <= last.revision:
            raise ValueError("a new version has a higher revision")
        signed = sign_agreement(agreement, self.sign)
        change = RecordChange(
            subject=Subject.AGREEMENT.value,
            reference=agreement.reference,
            kind=ChangeKind.CORRECTED,
            revision=agreement.revision,
            made_at=agreement.issued_at,
            reason=None,
            document=print_signed_agreement(signed),
            value=signed,
        )
        self.ledger.feed([change], station=station)
        return signed

    def end(self, station: StationId, reason: str | None) -> None:
        """The agreement of `station` has ended just now, and its word of it is on its way.

        Raises:
            AccessRevoked: there is no such station.
        """
        last = self.current(station)
        change = RecordChange(
            subject=Subject.AGREEMENT.value,
            reference=last.reference,
            kind=ChangeKind.WITHDRAWN,
            revision=last.revision + 1,
            made_at=self.clock.now(),
            reason=reason,
            document=b"",
            value=None,
        )
        self.ledger.feed([change], station=station)
