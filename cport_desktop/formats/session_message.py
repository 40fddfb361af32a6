"""The small unsealed messages of the HTTPS road: a session's token, what renews it, a refusal.

    {"token":"…","expires_in":1800,"refreshToken":"…"}
    {"refreshToken":"…"}
    {"error":"clock_skew","time":"2026-03-01T12:00:00Z"}
    {"error":"nature","nature":"live"}
    {"error":"policy","clause":"4.2","reason":"…"}

Neither is signed: a token proves nothing to the station, and an error only says which way
to go on. Neither can change what the vault holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from cport_desktop.domain.nature import Nature
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc_or_none

LONGEST_SESSION_MESSAGE = 64 * 1024
"""Bytes; an honest one has about a hundred, a proxy's page of apology some thousand."""

LONGEST_TOKEN = 4_096
"""Characters: it travels in a header, and common servers take 8 KiB of those."""

LONGEST_SESSION = 24 * 3600
"""Seconds; the portal's own sessions last 30 minutes."""


class Problem(StrEnum):
    """Why the portal did not do what was asked."""

    MALFORMED = "malformed"
    SIGNATURE = "signature"
    CLOCK_SKEW = "clock_skew"
    SESSION_EXPIRED = "session_expired"
    ACCESS_REVOKED = "access_revoked"
    UNKNOWN = "unknown"
    BUSY = "busy"
    NATURE = "nature"
    ENROLMENT_CODE = "enrolment_code"
    CERTIFICATE = "certificate"
    CERTIFICATE_EXPIRED = "certificate_expired"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class SessionToken:
    """Good for `expires_in` seconds from the moment it was asked for. `refresh_token` renews it
    once, without signing in anew; None from a portal that renews nothing.
    """

    token: str = field(repr=False)
    expires_in: int
    refresh_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ProblemMessage:
    """`problem` is None for a code that this version does not know; `time` and `nature` are
    the portal's own, beside `clock_skew` and `nature`; `clause` and `reason` beside `policy`.
    """

    problem: Problem | None
    time: datetime | None = None
    nature: Nature | None = None
    clause: str | None = None
    reason: str | None = None


Token = Annotated[str, Meta(min_length=1, max_length=LONGEST_TOKEN, pattern=r"^[!-~]+\Z")]


class WireToken(msgspec.Struct, omit_defaults=True):
    token: Token
    expires_in: Annotated[int, Meta(ge=1, le=LONGEST_SESSION)]
    refresh_token: Token | None = msgspec.field(default=None, name="refreshToken")


class WireRefresh(msgspec.Struct):
    refresh_token: Token = msgspec.field(name="refreshToken")


class WireProblem(msgspec.Struct, omit_defaults=True):
    error: bounds.NonEmpty
    time: bounds.Moment | None = None
    nature: Nature | None = None
    clause: bounds.Reference | None = None
    reason: bounds.Reason | None = None


_TOKEN = msgspec.json.Decoder(WireToken)
_REFRESH = msgspec.json.Decoder(WireRefresh)
_PROBLEM = msgspec.json.Decoder(WireProblem)


def print_token(token: SessionToken) -> bytes:
    """The answer to a token request."""
    return msgspec.json.encode(WireToken(token.token, token.expires_in, token.refresh_token))


def parse_token(untrusted: bytes) -> SessionToken:
    """The session that the portal opened.

    Raises:
        MalformedMessage, MessageTooLarge: if it is no such answer.
    """
    require_sound(untrusted, limit=LONGEST_SESSION_MESSAGE)
    wire = decode(_TOKEN, untrusted, "$")
    return SessionToken(wire.token, wire.expires_in, wire.refresh_token)


def print_refresh(refresh_token: str) -> bytes:
    """The body with which a session is renewed."""
    return msgspec.json.encode(WireRefresh(refresh_token))


def parse_refresh(untrusted: bytes) -> str:
    """What shall renew a session.

    Raises:
        MalformedMessage, MessageTooLarge: if it is no such body.
    """
    require_sound(untrusted, limit=LONGEST_SESSION_MESSAGE)
    return decode(_REFRESH, untrusted, "$").refresh_token


def print_problem(message: ProblemMessage) -> bytes:
    """The body of a refusal."""
    code = (message.problem or Problem.UNKNOWN).value
    return msgspec.json.encode(
        WireProblem(
            error=code,
            time=message.time,
            nature=message.nature,
            clause=message.clause,
            reason=message.reason,
        )
    )


def parse_problem(untrusted: bytes) -> ProblemMessage:
    """Why the portal refused.

    Raises:
        MalformedMessage, MessageTooLarge: if the body is not the portal's (a proxy's page).
    """
    require_sound(untrusted, limit=LONGEST_SESSION_MESSAGE)
    wire = decode(_PROBLEM, untrusted, "$")
    known = wire.error in Problem.__members__.values()
    return ProblemMessage(
        problem=Problem(wire.error) if known else None,
        time=utc_or_none(wire.time, "$.time"),
        nature=wire.nature,
        clause=wire.clause,
        reason=wire.reason,
    )
