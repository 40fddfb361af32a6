"""A station as the gateway sees it: enrols, signs, and reads what comes back."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import datetime

from cport_desktop.clock import iso_utc
from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.crypto.key_wrapping import WrappingPair
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.demo.admission import SignedRequest
from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.batch import START, Batch, Position, ReportChange, Standing
from cport_desktop.domain.enrolment import EnrolmentAnswer, EnrolmentRequest
from cport_desktop.domain.ids import Actor, ContentId, OperationId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import GiveAssessment, GiveFeedback, Operation, Receipt
from cport_desktop.domain.report import MediaNotice, Report
from cport_desktop.formats import portal_messages
from cport_desktop.formats.message_kind import MessageKind, kind_of
from cport_desktop.formats.request_signing import bytes_to_sign
from cport_desktop.sync.station_certificate import StationCertificate

ACTOR = Actor("Analyst A. Example")


def operation_id(number: int) -> OperationId:
    return OperationId(f"00000000-0000-4000-8000-{number:012}")


@dataclass(frozen=True)
class StationKeys:
    message: KeyPair
    package: KeyPair
    sealing: WrappingPair
    transport: KeyPair


def new_keys() -> StationKeys:
    return StationKeys(
        message_keys.generate_ed25519(),
        message_keys.generate_p256(),
        key_wrapping.generate_pair(),
        message_keys.generate_p256(),
    )


def request_for(
    gateway: Gateway, keys: StationKeys, *, code: str | None = None, nature: Nature = Nature.DEMO
) -> bytes:
    return portal_messages.print_enrolment_request(
        EnrolmentRequest(
            code=gateway.identity.enrolment_code if code is None else code,
            station_name="Test station",
            agency="Example Agency",
            nature=nature,
            station_key=keys.message.public,
            signing_key=keys.package.public,
            sealing_key=keys.sealing.public,
            transport_key=keys.transport.public,
        )
    )


@dataclass(frozen=True)
class Station:
    gateway: Gateway
    keys: StationKeys
    answer: EnrolmentAnswer

    @property
    def name(self) -> StationId:
        return self.answer.station

    @property
    def certificate(self) -> StationCertificate:
        """What it shows when TLS begins."""
        return StationCertificate(self.answer.transport_certificate, self.keys.transport.private)

    def heard(self, position: Position = START, limit: int = 200) -> Batch | Standing:
        """What the gateway answers to who stands at `position`."""
        message = self.gateway.changes(
            self.name, position.cursor, digest=position.digest, limit=limit
        )
        payload = self.unsealed(message)
        if kind_of(payload) is MessageKind.STANDING:
            return portal_messages.parse_standing(payload)
        return portal_messages.parse_batch(payload)

    def page(self, position: Position = START, limit: int = 200) -> Batch:
        """The batch behind `position`."""
        heard = self.heard(position, limit)
        assert isinstance(heard, Batch)
        return heard

    def pages(self, position: Position = START, limit: int = 200) -> list[Batch]:
        """All batches behind `position`, to the last one."""
        batches: list[Batch] = []
        while isinstance(heard := self.heard(position, limit), Batch):
            batches.append(heard)
            position = heard.position
        return batches

    def send(self, *operations: Operation) -> tuple[Receipt, ...]:
        body = portal_messages.print_operations(self.name, operations)
        message = self.gateway.operations(self.name, body)
        return portal_messages.parse_receipts(self.unsealed(message)).receipts

    def unsealed(self, message: bytes) -> bytes:
        return portal_messages.unseal(message, self.answer.portal_key)

    def signed(
        self,
        target: str,
        *,
        at: datetime,
        nonce: str,
        method: str = "GET",
        body: bytes = b"",
        range_header: str = "",
        token: str = "",
        time: str | None = None,
    ) -> SignedRequest:
        time = iso_utc(at) if time is None else time
        signed = bytes_to_sign(
            method, target, time=time, nonce=nonce, body=body, range_header=range_header
        )
        signature = message_keys.sign(self.keys.message.private, signed)
        return SignedRequest(
            method=method,
            target=target,
            body=body,
            station=self.name,
            time=time,
            nonce=nonce,
            signature=base64.b64encode(signature).decode(),
            range_header=range_header,
            token=token,
        )


def enrol(gateway: Gateway) -> Station:
    keys = new_keys()
    message = gateway.enrol(request_for(gateway, keys))
    return Station(gateway, keys, portal_messages.unseal_enrolment_answer(message))


def reports_of(batches: list[Batch]) -> list[Report]:
    return [
        change.report
        for batch in batches
        for change in batch.changes
        if isinstance(change, ReportChange)
    ]


def notices_of(report: Report) -> list[MediaNotice]:
    return [notice for item in report.contents for notice in item.media]


def assessment_of(
    report: Report, content: ContentId, number: int, *, classification: int = 2
) -> Operation:
    return Operation(
        operation_id=operation_id(number),
        report_id=report.report_id,
        actor=ACTOR,
        made_at=report.updated_at,
        body=GiveAssessment(content, classification, age=3, gender=4),
    )


def feedback_on(report: Report, number: int) -> Operation:
    return replace(
        assessment_of(report, report.contents[0].content_id, number),
        body=GiveFeedback("synthetic feedback"),
    )
