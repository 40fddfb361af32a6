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


class _CustodyHead(msgspec.Struct):
    log: msgspec.Raw


class _CustodyItem(msgspec.Struct):
    item: str
    entries: tuple[int, ...]


class _CustodyEntry(msgspec.Struct):
    entry: int


CUSTODY: Final = "custody.json"
_HEAD: Final = msgspec.json.Decoder(_CustodyHead)
_ITEM: Final = msgspec.json.Decoder(_CustodyItem)
_ENTRY: Final = msgspec.json.Decoder(_CustodyEntry)
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
    report, document = _understood(bytes(member.portal), named)
    return CarriedReport(
        report_id=named,
        status=ReportStatus(local.status),
        withdrawn_reason=(local.withdrawn_reason or "")[:LONGEST_REASON] or None,
        report=report,
        document=document,
        local=bytes(member.local),
    )


def _understood(document: bytes, named: ReportId) -> tuple[Report | None, bytes]:
    """The report, and the document that it is read from."""
    try:
        report, understood = parse_report(document), document
    except (MalformedMessage, MessageTooLarge):
        try:
            understood = _without_redacted(document)
            report = parse_report(understood)
        except (MalformedMessage, MessageTooLarge, TypeError, KeyError, AttributeError):
            return None, document
    return (report, understood) if report.report_id == named else (None, document)


def _without_redacted(document: bytes) -> bytes:
    """The document without the media items of which the sender took everything but the number away."""
    tree = msgspec.json.decode(document)
    for content in tree["reportContents"]:
        told = content.get("media") or ()
        content["media"] = [one for one in told if isinstance(one, dict) and "sha256" in one]
    return msgspec.json.encode(tree)


class CustodyLines:
    """Collects `custody.json`, which verification found sound, line by line; gives what it says of an item.

    The file is written with a line for each item and each entry (`docs/formats/package.md`).
    """

    def __init__(self) -> None:
        self._left = b""
        self._log = b"null"
        self._items: dict[str, bytes] = {}
        self._entries: dict[int, bytes] = {}

    def write(self, piece: bytes) -> None:
        *lines, self._left = (self._left + piece).split(b"\n")
        for line in lines:
            self._take(line.removesuffix(b","))

    def of(self, reference: str) -> bytes | None:
        """What the sender's log says of this item, with each entry and its proof, as JSON; None: nothing."""
        line = self._items.get(reference)
        if line is None:
            return None
        numbers = _ITEM.decode(line).entries
        entries = b",".join(self._entries[one] for one in numbers if one in self._entries)
        return b'{"log":%s,"item":%s,"entries":[%s]}' % (self._log, line, entries)

    def _take(self, line: bytes) -> None:
        if line.startswith(b'{"item":'):
            self._items[_ITEM.decode(line).item] = line
        elif line.startswith(b'{"entry":'):
            self._entries[_ENTRY.decode(line).entry] = line
        elif line.startswith(b'{"format":'):
            self._log = bytes(_HEAD.decode(line.removesuffix(b',"items":[') + b"}").log)
