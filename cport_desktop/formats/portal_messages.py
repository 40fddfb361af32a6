"""The portal's messages under one roof: every name that other rooms use of them.

Each kind of message has a room of its own: `sealed_message`, `report_message`, `record_message`,
`batch_message`, `standing_message`, `operation_message`, `enrolment_message`, `session_message`,
`anchor_message`, `chunk_message`, `in_hand_message`. The protocol as a whole is written down in `docs/formats/portal_protocol.md`.
"""

from __future__ import annotations

from cport_desktop.formats.anchor_message import (
    LONGEST_ANCHOR_MESSAGE,
    parse_anchor,
    parse_anchored,
    portal_witness,
    print_anchor,
    print_anchored,
)
from cport_desktop.formats.batch_message import (
    parse_batch,
    parse_change,
    print_batch,
    print_change,
)
from cport_desktop.formats.chunk_message import (
    LONGEST_CHUNK_MESSAGE,
    parse_chunks,
    print_chunks,
)
from cport_desktop.formats.enrolment_message import (
    parse_enrolment_answer,
    parse_enrolment_request,
    print_enrolment_answer,
    print_enrolment_request,
    unseal_enrolment_answer,
)
from cport_desktop.formats.in_hand_message import (
    parse_elsewhere,
    parse_in_hand,
    print_elsewhere,
    print_in_hand,
)
from cport_desktop.formats.operation_message import (
    OperationsMessage,
    ReceiptsMessage,
    parse_operations,
    parse_receipts,
    print_operations,
    print_receipts,
)
from cport_desktop.formats.record_message import print_hotline
from cport_desktop.formats.report_message import parse_report, print_report
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE, digest, seal, unseal
from cport_desktop.formats.session_message import (
    Problem,
    ProblemMessage,
    SessionToken,
    parse_problem,
    parse_token,
    print_problem,
    print_token,
)
from cport_desktop.formats.standing_message import parse_standing, print_standing

__all__ = [
    "LONGEST_ANCHOR_MESSAGE",
    "LONGEST_CHUNK_MESSAGE",
    "LONGEST_MESSAGE",
    "OperationsMessage",
    "Problem",
    "ProblemMessage",
    "ReceiptsMessage",
    "SessionToken",
    "digest",
    "parse_anchor",
    "parse_anchored",
    "parse_batch",
    "parse_change",
    "parse_chunks",
    "parse_elsewhere",
    "parse_enrolment_answer",
    "parse_enrolment_request",
    "parse_in_hand",
    "parse_operations",
    "parse_problem",
    "parse_receipts",
    "parse_report",
    "parse_standing",
    "parse_token",
    "portal_witness",
    "print_anchor",
    "print_anchored",
    "print_batch",
    "print_change",
    "print_chunks",
    "print_elsewhere",
    "print_enrolment_answer",
    "print_enrolment_request",
    "print_hotline",
    "print_in_hand",
    "print_operations",
    "print_problem",
    "print_receipts",
    "print_report",
    "print_standing",
    "print_token",
    "seal",
    "unseal",
    "unseal_enrolment_answer",
]
