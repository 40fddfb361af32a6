"""An enrolment by stick between its two steps: the request went out, the answer has not come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cport_desktop.domain.enrolment import EnrolmentRequest
from cport_desktop.domain.preparation import Confirmation


@dataclass(frozen=True, slots=True)
class PendingEnrolment:
    """`request` is without the code, which is nowhere kept; `code_key` was made from it and proves the
    answer. `request_digest`: SHA-256 of the request as it was carried. Private halves as in
    `domain.enrolment.Enrolment`. `confirmed`: what was said to have happened before it was made.
    """

    request: EnrolmentRequest
    request_digest: bytes
    made_at: datetime
    code_key: bytes = field(repr=False)
    station_private_key: bytes = field(repr=False)
    signing_private_key: bytes = field(repr=False)
    sealing_private_key: bytes = field(repr=False)
    transport_private_key: bytes = field(repr=False)
    confirmed: tuple[Confirmation, ...] = ()
