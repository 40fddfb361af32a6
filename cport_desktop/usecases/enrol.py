"""Bind a vault to a portal: keys are made here, the portal answers, the bond is kept sealed.

The private keys never leave the vault. An answer of another nature (demo, live) or for
another request is refused before anything is kept.

A vault that was enrolled before there was a second road has no keys for it. It is enrolled again:
with the keys that it has, so that the portal knows the station, and with the missing ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.crypto.key_wrapping import WrappingPair
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.enrolment import Enrolment, EnrolmentRequest
from cport_desktop.domain.roles import Role
from cport_desktop.errors import AlreadyEnrolled
from cport_desktop.formats import portal_messages
from cport_desktop.sync import exchange
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.permission import require
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the agency was handed on paper, and how this station calls itself.

    `authority` is the PEM of the portal's TLS authority, pinned from now on.
    """

    portal_url: str
    authority: bytes
    code: str
    station_name: str
    agency: str


@dataclass(frozen=True, slots=True)
class StationKeys:
    """Both halves of all that a station signs and opens with."""

    station: KeyPair
    package: KeyPair
    sealing: WrappingPair
    transport: KeyPair


def enrol(
    vault: Vault, transport: Transport, introduction: Introduction
) -> tuple[Enrolment, Changes]:
    """The vault belongs to the portal that answered, and may sync.

    Raises:
        RoleMissing: the analyst has not the role “administrator”.
        AlreadyEnrolled: a vault belongs to one portal for its whole life, and has the keys of
            both roads.
        NatureRefused: the portal is demo and the vault live, or the other way round.
        RoadError, UntrustedData: as the road and the answer give reason; nothing is kept.
    """
    require(vault, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        existing = bond.load(reader)
    if existing is not None and existing.knows_both_roads:
        raise AlreadyEnrolled(portal=existing.answer.portal_name)
    keys = _keys_beside(existing)
    request = EnrolmentRequest(
        code=introduction.code,
        station_name=introduction.station_name,
        agency=introduction.agency,
        nature=vault.nature,
        station_key=keys.station.public,
        signing_key=keys.package.public,
        sealing_key=keys.sealing.public,
        transport_key=keys.transport.public,
    )
    message = transport.enrol(portal_messages.print_enrolment_request(request))
    answer = exchange.check_answer(message, request=request)
    with vault.transaction() as tx:
        enrolment = Enrolment(
            answer=answer,
            portal_url=introduction.portal_url,
            transport_authority=introduction.authority,
            station_private_key=keys.station.private,
            signing_private_key=keys.package.private,
            enrolled_at=tx.now,
            sealing_private_key=keys.sealing.private,
            transport_private_key=keys.transport.private,
        )
        bond.save(tx, enrolment)
        tx.record(
            AuditDraft(
                action=AuditAction.ACCESS,
                verb="enrol",
                object_kind=ObjectKind.VAULT,
                object_reference=vault.identity,
                recipient=answer.portal,
            )
        )
    return enrolment, Changes.ENROLMENT


def _keys_beside(existing: Enrolment | None) -> StationKeys:
    """New keys, but for those that an older bond has."""
    if existing is None:
        station, package = message_keys.generate_ed25519(), message_keys.generate_p256()
    else:
        station = message_keys.ed25519_pair(existing.station_private_key)
        package = message_keys.p256_pair(existing.signing_private_key)
    return StationKeys(station, package, key_wrapping.generate_pair(), message_keys.generate_p256())
