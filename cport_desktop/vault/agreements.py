"""The agreement as this vault knows it: every version that came, and which of them counts.

Versions are kept with the portal's signed words and never changed. One that came before there was
this table stands in the bond; it is the first of all. Time is the machine's or the portal's signed
time, whichever is later: a clock that was set back prolongs nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from cport_desktop.domain.agreement import Agreement, SignedAgreement
from cport_desktop.domain.agreement_comparison import compare
from cport_desktop.domain.agreement_versions import AgreementState, Version, state
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import RecordChange
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.domain.ids import Actor
from cport_desktop.errors import MalformedMessage, VaultDamaged
from cport_desktop.formats.agreement_document import agreement_from_sound
from cport_desktop.vault import bond
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction

_NEWEST_FIRST: Final = """
SELECT a.document, a.signature, a.is_narrower, a.received_at, a.road, c.accepted_at,
       c.accepted_by, c.reason, e.ended_at, e.reason
FROM agreement AS a
LEFT JOIN agreement_acceptance AS c USING (reference, revision)
LEFT JOIN agreement_end AS e USING (reference)
ORDER BY a.issued_at DESC, a.revision DESC
"""

ENROLMENT_ROAD: Final = "enrolment"
"""By which the first version comes."""


def versions(reader: Reader) -> tuple[Version, ...]:
    """Every version, the oldest first; none before enrolment.

    Raises:
        VaultDamaged: what is kept is no agreement.
    """
    kept = [_version(row) for row in reader.connection.execute(_NEWEST_FIRST).fetchall()]
    return tuple(reversed(_with_first(reader, kept)))


def current(reader: Reader, *, now: datetime) -> Version | None:
    """The version in force; None before enrolment. It may have run out: see `standing`."""
    return standing(reader, now=now).version


def standing(reader: Reader, *, now: datetime) -> AgreementState:
    """How the agreement stands. No older version than the one that counts is looked at."""
    at = moment(reader, now)
    kept: list[Version] = []
    for row in reader.connection.execute(_NEWEST_FIRST).fetchall():
        kept.append(_accepted_by(_version(row), at))
        if kept[-1].starts_at <= at and not kept[-1].is_ended(at):
            return state(kept, at=at)
    return state(_with_first(reader, kept), at=at)


def _accepted_by(version: Version, at: datetime) -> Version:
    """What somebody accepted is accepted, though the clock said a later time then than it does now."""
    if version.accepted_at is None or version.accepted_at <= at:
        return version
    return replace(version, accepted_at=at)


def moment(reader: Reader, now: datetime) -> datetime:
    """`now`, or what the portal has signed if that is later."""
    found = reader.connection.execute("SELECT issued_at FROM stream").fetchone()
    return now if found is None else max(now, moment_of(found[0]))


def put(tx: Transaction, change: RecordChange, *, road: str) -> None:
    """What the portal says of the agreement is kept: a version, or its end. What is here already
    changes nothing. One audit entry says so; the caller has checked the signature.
    """
    revision = f"{change.reference} revision {change.revision}"
    tx.record(
        AuditDraft(
            action=AuditAction.COLLECTION,
            verb="receive_agreement" if change.value else "agreement_ended",
            object_kind=ObjectKind.AGREEMENT,
            object_reference=revision,
            reason=change.reason,
        )
    )
    if isinstance(change.value, SignedAgreement):
        _put_version(tx, change.value, road)
    else:
        tx.connection.execute(
            "INSERT OR IGNORE INTO agreement_end (reference, ended_at, reason) VALUES (?, ?, ?)",
            (change.reference, microseconds(change.made_at), change.reason),
        )


def put_first(tx: Transaction, enrolment: Enrolment) -> None:
    """The version that an enrolment brought is kept. The caller adds the audit entry."""
    _put_version(tx, enrolment.answer.signed_agreement, ENROLMENT_ROAD)


def accept(tx: Transaction, agreement: Agreement, *, reason: str) -> None:
    """A narrower version is in force from now on. The caller adds the audit entry."""
    tx.connection.execute(
        "INSERT INTO agreement_acceptance"
        " (reference, revision, accepted_at, accepted_by, reason) VALUES (?, ?, ?, ?, ?)",
        (agreement.reference, agreement.revision, microseconds(tx.now), tx.actor, reason),
    )


def _put_version(tx: Transaction, signed: SignedAgreement, road: str) -> None:
    made = signed.agreement
    standing_now = current(tx, now=tx.now)
    is_narrower = (
        standing_now is not None and compare(standing_now.signed.agreement, made).is_narrower
    )
    tx.connection.execute(
        "INSERT OR IGNORE INTO agreement (reference, revision, issued_at, document, signature,"
        " is_narrower, received_at, road) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            made.reference,
            made.revision,
            microseconds(made.issued_at),
            signed.document,
            signed.signature,
            is_narrower,
            microseconds(tx.now),
            road,
        ),
    )


def _with_first(reader: Reader, newest_first: list[Version]) -> list[Version]:
    """With the version that stands in the bond alone, since it came before there was this table."""
    first = _of_enrolment(reader, bond.load(reader))
    known = {version.signed.document for version in newest_first}
    if first is None or first.signed.document in known:
        return newest_first
    found = [*newest_first, first]
    return sorted(found, key=lambda version: version.rank, reverse=True)


def _of_enrolment(reader: Reader, enrolment: Enrolment | None) -> Version | None:
    """What the enrolment brought."""
    if enrolment is None:
        return None
    signed = enrolment.answer.signed_agreement
    ended = reader.connection.execute(
        "SELECT ended_at, reason FROM agreement_end WHERE reference = ?",
        (signed.agreement.reference,),
    ).fetchone()
    return Version(
        signed=signed,
        received_at=enrolment.enrolled_at,
        road=ENROLMENT_ROAD,
        ended_at=None if ended is None else moment_of(ended[0]),
        ended_because=None if ended is None else ended[1],
    )


def _version(row: Row) -> Version:
    (
        document, signature, is_narrower, received_at, road,
        accepted_at, accepted_by, because, ended_at, ended_because,
    ) = row  # fmt: skip
    try:
        agreement = agreement_from_sound(document)
    except MalformedMessage as error:
        raise VaultDamaged(where="agreement") from error
    return Version(
        signed=SignedAgreement(agreement, document, signature),
        received_at=moment_of(received_at),
        road=road,
        is_narrower=bool(is_narrower),
        accepted_at=None if accepted_at is None else moment_of(accepted_at),
        accepted_by=None if accepted_by is None else Actor(accepted_by),
        accepted_because=because,
        ended_at=None if ended_at is None else moment_of(ended_at),
        ended_because=ended_because,
    )
