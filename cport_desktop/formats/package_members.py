"""What stands in a colleague's package about one report, read as foreign bytes.

Only what verification found intact is read here; intact is not honest, so everything is bounded and
checked like a message of the portal.
"""

from __future__ import annotations

import re
from typing import Final, Literal

import msgspec

from cport_desktop.domain.ids import ReportId, parse_report_reference
from cport_desktop.domain.imported import CarriedReport
from cport_desktop.domain.report import Report, ReportStatus
from cport_desktop.errors import MalformedMessage, MessageTooLarge, PackageMalformed
from cport_desktop.formats.report_message import LONGEST_REPORT, parse_report
from cport_desktop.formats.strict_json import require_sound
from cport_desktop.words import imports as words

LONGEST_MEMBER: Final = 2 * LONGEST_REPORT
"""Bytes: the portal's document of a report, and what an agency can have added to it."""
LONGEST_REASON: Final = 4_000

_REPORT: Final = re.compile(r"(?:.*/)?reports/(HL-[0-9]{1,18})\.json")
_MEDIA: Final = re.compile(r"(?:.*/)?media/(?:data/)?([0-9a-f]{64})\.[a-z0-9]{1,5}")


class _Local(msgspec.Struct):
    status: Literal["new", "corrected", "withdrawn"]
    withdrawn_reason: str | None = None


class _Member(msgspec.Struct):
    id: str
    local: msgspec.Raw
    portal: msgspec.Raw


_MEMBER: Final = msgspec.json.Decoder(_Member)
_LOCAL: Final = msgspec.json.Decoder(_Local)


def report_in(name: str) -> ReportId | None:
    """The report that the member `name` of a package tells of; None if it tells of none."""
    found = _REPORT.fullmatch(name)
    return parse_report_reference(found[1]) if found else None


def media_in(name: str) -> str | None:
    """The SHA-256 that the member `name` is called by; None if it is no media file."""
    found = _MEDIA.fullmatch(name)
    return found[1] if found else None


def parse_carried_report(untrusted: bytes, *, named: ReportId) -> CarriedReport:
    """The report of a member whose name says `named`.

    A portal's document that this version does not understand gives a report without `report`.

    Raises:
        PackageMalformed: the member is no record of this report.
    """
    try:
        require_sound(untrusted, limit=LONGEST_MEMBER)
        member = _MEMBER.decode(untrusted)
        local = _LOCAL.decode(member.local)
    except (MalformedMessage, MessageTooLarge, msgspec.DecodeError, RecursionError) as error:
        raise PackageMalformed(cause=words.REPORT_RECORD) from error
    if parse_report_reference(member.id) != named:
        raise PackageMalformed(cause=words.REPORT_RECORD)
    document = bytes(member.portal)
    return CarriedReport(
        report_id=named,
        status=ReportStatus(local.status),
        withdrawn_reason=(local.withdrawn_reason or "")[:LONGEST_REASON] or None,
        report=_understood(document, named),
        document=document,
        local=bytes(member.local),
    )


def _understood(document: bytes, named: ReportId) -> Report | None:
    try:
        report = parse_report(document)
    except (MalformedMessage, MessageTooLarge):
        return None
    return report if report.report_id == named else None
