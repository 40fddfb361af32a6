"""Bind a vault to a portal: keys are made here, the portal answers, the bond is kept sealed.

The private keys never leave the vault. An answer of another nature (demo, live) or for
another request is refused before anything is kept.

A vault that was enrolled before there was a second road has no keys for it. It is enrolled again:
with the keys that it has, so that the portal knows the station, and with the missing ones.

By the network all goes in one (`enrol`). By stick there are two steps, days apart: `request_enrolment`
makes the keys and keeps them as an enrolment under way, `accept_answer` ends it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cport_desktop.clock import iso_utc
from cport_desktop.crypto import code_proof, message_keys
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.pending_enrolment import PendingEnrolment
from cport_desktop.domain.preparation import Confirmation
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    AlreadyEnrolled,
    AnswerUnproven,
    NoRequest,
    NotEnrolled,
    RequestUnderWay,
)
from cport_desktop.formats import carried_enrolment, portal_messages
from cport_desktop.sync import exchange
from cport_desktop.sync.drive import read_carried, require_free, write_carried
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.station_keys import StationKeys
from cport_desktop.vault import agreements, bond, enrolling
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks by stick: the code that the agency was handed on paper, and how the station calls
    itself. `confirmed`: what has happened between people, for the record.
    """

    code: str
    station_name: str
    agency: str
    confirmed: tuple[Confirmation, ...] = ()


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the agency was handed on paper, and how this station calls itself.

    `authority` is the PEM of the portal's TLS authority, pinned from now on. `confirmed`: as in
    `Caller`.
    """

    portal_url: str
    authority: bytes
    code: str
    station_name: str
    agency: str
    confirmed: tuple[Confirmation, ...] = ()


def enrol(
    vault: Vault, transport: Transport, introduction: Introduction, *, is_renewal: bool = False
) -> tuple[Enrolment, Changes]:
    """The vault belongs to the portal that answered, and may sync. `is_renewal`: a bond that has all
    its keys is renewed, too.

    Raises:
        RoleMissing: the analyst has not the role “administrator”.
        AlreadyEnrolled: a vault belongs to one portal for its whole life, and has the keys of
            both roads.
        NatureRefused: the portal is demo and the vault live, or the other way round.
        RoadError, UntrustedData: as the road and the answer give reason; nothing is kept.
    """
    require(vault, Role.ADMINISTRATOR)
    keys = StationKeys.beside(_renewable(vault, is_renewal=is_renewal))
    request = keys.request(
        code=introduction.code,
        station_name=introduction.station_name,
        agency=introduction.agency,
        nature=vault.nature,
    )
    message = transport.enrol(portal_messages.print_enrolment_request(request))
    answer = exchange.check_answer(message, request=request)
    with vault.transaction() as tx:
        enrolment = keys.bond(
            answer,
            portal_url=introduction.portal_url,
            authority=introduction.authority,
            at=tx.now,
        )
        _keep(tx, vault, enrolment, ("road", "https"), *_on_record(introduction.confirmed))
    return enrolment, Changes.ENROLMENT


def request_enrolment(
    vault: Vault,
    path: Path,
    caller: Caller,
    *,
    is_replacing: bool = False,
    is_renewal: bool = False,
) -> PendingEnrolment:
    """A signed request for the portal lies in `path`, was read back, and waits for its answer. Its
    keys are in the vault before its first byte is on the drive; a cut in between costs nothing, since
    it is made again with `is_replacing`.

    Raises:
        RoleMissing: the analyst has not the role “administrator”.
        AlreadyEnrolled: as `enrol`.
        RequestUnderWay: an earlier request waits, and nobody said that it is to be replaced.
        RoadError, OutputExists: the drive.
    """
    require(vault, Role.ADMINISTRATOR)
    existing = _renewable(vault, is_renewal=is_renewal)
    require_free(path)
    with vault.reader() as reader:
        before = enrolling.load(reader)
    if before is not None and not is_replacing:
        raise RequestUnderWay(made_at=iso_utc(before.made_at))
    keys = StationKeys.beside(existing)
    request = keys.request(
        code="", station_name=caller.station_name, agency=caller.agency, nature=vault.nature
    )
    payload = portal_messages.print_enrolment_request(request)
    key = code_proof.code_key(caller.code)
    with vault.transaction() as tx:
        pending = PendingEnrolment(
            request=request,
            request_digest=code_proof.digest_of(payload),
            made_at=tx.now,
            code_key=key,
            station_private_key=keys.station.private,
            signing_private_key=keys.package.private,
            sealing_private_key=keys.sealing.private,
            transport_private_key=keys.transport.private,
            confirmed=caller.confirmed,
        )
        enrolling.keep(tx, pending)
        confirmed = _on_record(caller.confirmed)
        tx.record(_entry(vault, "request_enrolment", path.name, None, *confirmed))
    write_carried(
        path,
        carried_enrolment.print_carried_request(
            payload,
            code_proof.prove_request(key, payload),
            message_keys.signing_with(keys.station.private),
        ),
    )
    return pending


def accept_answer(
    vault: Vault, path: Path, *, portal_url: str = "", authority: bytes | None = None
) -> tuple[Enrolment, Changes]:
    """The vault belongs to the portal whose answer lies in `path`. The proof in it says that whoever
    made it knows the code; that is what stands in for a pinned TLS authority on this road.

    `portal_url`: where the portal is on the other road, if that is known. `authority`: PEM of its TLS
    authority; None: the one that the answer brings.

    Raises:
        RoleMissing: the analyst has not the role “administrator”.
        NoRequest: nothing waits for an answer here.
        AnswerUnproven: it is not from somebody who knows the code, or answers another request.
        RoadError: the drive. UntrustedData, NatureRefused: as `enrol`; the request still waits.
    """
    require(vault, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        pending = enrolling.load(reader)
    if pending is None:
        raise NoRequest
    carried = carried_enrolment.parse_carried_answer(
        read_carried(path, limit=carried_enrolment.LONGEST_CARRIED)
    )
    if not code_proof.is_answer_proof(
        pending.code_key, carried.message, carried.proof, to=pending.request_digest
    ):
        raise AnswerUnproven
    answer = exchange.check_answer(carried.message, request=pending.request)
    with vault.transaction() as tx:
        enrolment = StationKeys.of(pending).bond(
            answer,
            portal_url=portal_url,
            authority=authority or answer.transport_authority,
            at=tx.now,
        )
        _keep(tx, vault, enrolment, ("road", "courier"))
        enrolling.end(tx)
    return enrolment, Changes.ENROLMENT


def set_address(vault: Vault, portal_url: str, *, authority: bytes | None = None) -> Enrolment:
    """The vault knows where its portal is on the HTTPS road. `authority`: PEM, None: as it was.

    Raises:
        RoleMissing: the analyst has not the role “administrator”.
        NotEnrolled: it has no portal yet.
    """
    require(vault, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        known = bond.load(reader)
    if known is None:
        raise NotEnrolled
    changed = replace(
        known,
        portal_url=portal_url,
        transport_authority=authority or known.transport_authority,
    )
    with vault.transaction() as tx:
        bond.save(tx, changed)
        tx.record(_entry(vault, "set_address", None, known.answer.portal))
    return changed


def pending_enrolment(vault: Vault) -> PendingEnrolment | None:
    """The request that waits for its answer.

    Raises:
        RoleMissing: the analyst has not the role “administrator”.
    """
    require(vault, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        return enrolling.load(reader)


def _renewable(vault: Vault, *, is_renewal: bool) -> Enrolment | None:
    """The bond that is to be made whole or renewed; None before the first."""
    with vault.reader() as reader:
        existing = bond.load(reader)
    if existing is not None and existing.knows_both_roads and not is_renewal:
        raise AlreadyEnrolled(portal=existing.answer.portal_name)
    return existing


def _keep(tx: Transaction, vault: Vault, enrolment: Enrolment, *payload: tuple[str, str]) -> None:
    bond.save(tx, enrolment)
    agreements.put_first(tx, enrolment)
    tx.record(_entry(vault, "enrol", None, enrolment.answer.portal, *payload))


def _on_record(confirmed: tuple[Confirmation, ...]) -> tuple[tuple[str, str], ...]:
    """What was said to have happened before, with when that was said and by whom."""
    return tuple(
        (f"confirmed_{each.what.value}", f"{iso_utc(each.at)} {each.by}") for each in confirmed
    )


def _entry(
    vault: Vault,
    verb: str,
    file: str | None,
    recipient: str | None = None,
    *payload: tuple[str, str],
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ACCESS,
        verb=verb,
        object_kind=ObjectKind.VAULT,
        object_reference=vault.identity,
        recipient=recipient,
        payload=(*payload, *((("file", file),) if file else ())),
    )
