"""How the gateway's errors travel: a status, and the JSON that names the problem."""

from __future__ import annotations

from typing import Final

from cport_desktop.clock import Clock
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import (
    AccessRevoked,
    ClockSkew,
    CodeRefused,
    CportError,
    MalformedMessage,
    MessageMixup,
    MessageTooLarge,
    NatureRefused,
    PortalBusy,
    SessionExpired,
    SignatureInvalid,
    StationCertificateExpired,
    StationCertificateRefused,
    UnknownReference,
)
from cport_desktop.formats.session_message import Problem, ProblemMessage

_PROBLEMS: Final[tuple[tuple[type[CportError], int, Problem], ...]] = (
    (MalformedMessage, 400, Problem.MALFORMED),
    (MessageTooLarge, 413, Problem.MALFORMED),
    (SignatureInvalid, 401, Problem.SIGNATURE),
    (ClockSkew, 401, Problem.CLOCK_SKEW),
    (SessionExpired, 401, Problem.SESSION_EXPIRED),
    (AccessRevoked, 403, Problem.ACCESS_REVOKED),
    (CodeRefused, 403, Problem.ENROLMENT_CODE),
    (StationCertificateExpired, 403, Problem.CERTIFICATE_EXPIRED),
    (StationCertificateRefused, 403, Problem.CERTIFICATE),
    (NatureRefused, 409, Problem.NATURE),
    (MessageMixup, 404, Problem.UNKNOWN),
    (UnknownReference, 404, Problem.UNKNOWN),
    (PortalBusy, 503, Problem.BUSY),
)

BUSY_SECONDS: Final = 1
"""What a busy answer asks to wait."""


def refusal(error: CportError, *, clock: Clock, nature: Nature) -> tuple[int, ProblemMessage]:
    """Status and body for `error`; what is not a refusal of the protocol is «busy»."""
    for kind, status, problem in _PROBLEMS:
        if isinstance(error, kind):
            return status, ProblemMessage(
                problem,
                time=clock.now() if problem is Problem.CLOCK_SKEW else None,
                nature=nature if problem is Problem.NATURE else None,
            )
    return 503, ProblemMessage(Problem.BUSY)
