"""What a portal's refusal means: from status, headers and body to a leaf of the error tree.

    5xx, 429              PortalBusy           try later (Retry-After)
    3xx                   MalformedMessage     never followed: a portal stays where it was pinned
    clock_skew            ClockSkew            by how much
    session_expired       SessionExpired       sign in again, once
    signature, revoked    AccessRevoked        the portal does not take this station's key
    unknown               what the caller says is missing
    nature                NatureRefused        demo and live
    enrolment_code        CodeRefused
    certificate           StationCertificateRefused   it is another's, or none was shown
    certificate_expired   StationCertificateExpired
    policy                PolicyRefused        the portal's own clause
    malformed, the rest   MalformedMessage

The body counts only if it is the portal's own JSON; else the status alone speaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cport_desktop.domain.nature import Nature
from cport_desktop.errors import (
    AccessRevoked,
    ClockSkew,
    CodeRefused,
    CportError,
    MalformedMessage,
    MessageMixup,
    NatureRefused,
    PolicyRefused,
    PortalBusy,
    SessionExpired,
    StationCertificateExpired,
    StationCertificateRefused,
    UntrustedData,
)
from cport_desktop.formats.session_message import Problem, ProblemMessage, parse_problem

LONGEST_RETRY_AFTER = 24 * 3600
"""Seconds that are repeated to a person; a portal that asks for more is as good as gone."""

_BY_STATUS = {
    401: Problem.SESSION_EXPIRED,
    403: Problem.ACCESS_REVOKED,
    404: Problem.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is not what was asked for. `untrusted_body` is bounded in length."""

    status: int
    retry_after: str | None
    untrusted_body: bytes


def error_for(refusal: Refusal, *, now: datetime, missing: CportError) -> CportError:
    """The error to raise; `missing` says what was asked for, should it be unknown there."""
    message = _message(refusal)
    if refusal.status >= 500 or refusal.status == 429 or message.problem is Problem.BUSY:
        return _busy(refusal, now)
    match message.problem:
        case Problem.CLOCK_SKEW:
            return _skew(message, now)
        case Problem.UNKNOWN:
            return missing
        case Problem.NATURE:
            return _nature(message)
        case Problem.POLICY:
            return PolicyRefused(clause=message.clause, reason=message.reason)
        case problem:
            return _plain(problem, refusal.status)


def retry_after_seconds(untrusted: str | None, now: datetime) -> int | None:
    """What a Retry-After header (RFC 9110, 10.2.3: seconds or a date) asks to wait; None if
    there is none or it cannot be read.
    """
    if untrusted is None or len(untrusted) > 64:
        return None
    text = untrusted.strip()
    if text.isascii() and text.isdigit():
        return min(int(text), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0, round((aware - now).total_seconds())), LONGEST_RETRY_AFTER)


def _busy(refusal: Refusal, now: datetime) -> PortalBusy:
    wait = retry_after_seconds(refusal.retry_after, now)
    return PortalBusy(status=refusal.status, retry_after=wait)


def _skew(message: ProblemMessage, now: datetime) -> CportError:
    if message.time is None:
        return MalformedMessage(where="$.time", cause="missing beside clock_skew")
    return ClockSkew(seconds=round((message.time - now).total_seconds()))


def _nature(message: ProblemMessage) -> CportError:
    if message.nature is None:
        return MessageMixup(what="nature")
    ours = Nature.LIVE if message.nature is Nature.DEMO else Nature.DEMO
    return NatureRefused(ours=ours.value, theirs=message.nature.value)


def _plain(problem: Problem | None, status: int) -> CportError:
    match problem:
        case Problem.SESSION_EXPIRED:
            return SessionExpired()
        case Problem.ACCESS_REVOKED | Problem.SIGNATURE:
            return AccessRevoked()
        case Problem.ENROLMENT_CODE:
            return CodeRefused()
        case Problem.CERTIFICATE | Problem.CERTIFICATE_EXPIRED:
            return _certificate(problem)
        case Problem.MALFORMED:
            return MalformedMessage(where="request", cause="the portal cannot read it")
        case _:
            return MalformedMessage(where="status", cause=_unexpected(status))


def _certificate(problem: Problem) -> StationCertificateRefused:
    if problem is Problem.CERTIFICATE_EXPIRED:
        return StationCertificateExpired(cause="the portal says so", until=None)
    return StationCertificateRefused(cause="it is not the one of this station")


def _unexpected(status: int) -> str:
    if 300 <= status < 400:
        return "a redirect, which is never followed"
    return f"{status} was not expected"


def _message(refusal: Refusal) -> ProblemMessage:
    try:
        message = parse_problem(refusal.untrusted_body)
    except UntrustedData:
        message = ProblemMessage(problem=None)
    if message.problem is not None:
        return message
    return ProblemMessage(problem=_BY_STATUS.get(refusal.status))
