"""Builds reports, changes and batches: neutral, synthetic, and small unless asked otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cport_desktop.domain.batch import (
    Batch,
    Change,
    ChangeKind,
    RecordChange,
    ReportChange,
    Subject,
    Withdrawal,
)
from cport_desktop.domain.ids import (
    ContentId,
    Cursor,
    HotlineId,
    MediaId,
    PortalId,
    ReportId,
    StationId,
)
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import Receipt
from cport_desktop.domain.report import (
    Action,
    Assessment,
    ContentItem,
    Hosting,
    Hotline,
    MediaNotice,
    Report,
    ReportStatus,
)
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats import taxonomies
from cport_desktop.formats.portal_messages import print_hotline, print_report

SPRING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TAXONOMY_FILE = Path(__file__).parent.parent / "resources" / "taxonomies" / "iccam-v3.json"


def the_taxonomy() -> Taxonomy:
    return taxonomies.load(TAXONOMY_FILE)


def an_assessment(classification: int, **changes: object) -> Assessment:
    plain = Assessment(
        classification=classification,
        age=1,
        gender=1,
        is_virtual=False,
        is_user_generated=False,
        is_modeling=False,
        analyst="Analyst A",
        hotline=HotlineId(12),
        made_at=SPRING,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def an_action(kind: int, day: int = 2) -> Action:
    return Action(kind, "Analyst A", SPRING + timedelta(days=day), None, None)


def a_notice(media: int, content: bytes | None = None) -> MediaNotice:
    """The announcement of a file; the same `content` gives the same digest."""
    content = content if content is not None else f"media {media}".encode()
    return MediaNotice(
        media_id=MediaId(media),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        file_name=f"synthetic-{media}.png",
        declared_type="image/png",
    )


def an_item(
    number: int, url: str = "https://files-1.example/a/1.png", **changes: object
) -> ContentItem:
    """A content item; hosted in NL by Example Hosting unless told otherwise."""
    hosting = Hosting("NL", "192.0.2.7", "Example Hosting", 64500, "Example Org", False)
    plain = ContentItem(
        content_id=ContentId(number),
        url=url,
        is_source=True,
        content_type=2,
        hosting=hosting,
        assigned_country="NL",
        assigned_at=SPRING,
        hotline_reference=None,
        memo=None,
        assessments=(),
        actions=(),
        media=(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def a_report(number: int, **changes: object) -> Report:
    """A report with one content item and no assessment, received `number` minutes into spring."""
    plain = Report(
        report_id=ReportId(number),
        revision=1,
        hotline=HotlineId(12),
        analyst="Analyst A",
        hotline_reference=f"REF-{number}",
        received_at=SPRING + timedelta(minutes=number),
        updated_at=SPRING + timedelta(minutes=number, hours=1),
        memo=f"synthetic report {number}",
        referrer=None,
        source_username=None,
        source_password=None,
        site_type=2,
        commerciality=3,
        payment_methods=(),
        contents=(an_item(number * 10, f"https://files-{number}.example/a/{number}.png"),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def new(report: Report, *, extra: dict[str, object] | None = None) -> ReportChange:
    """The report as new; `extra` fields that this version does not know are in its document."""
    document = print_report(report)
    if extra:
        document = json.dumps({**json.loads(document), **extra}).encode()
    return ReportChange(ReportStatus.NEW, report, document, None)


def corrected(report: Report, reason: str = "mistyped") -> ReportChange:
    """The report in its next state; its revision is as given."""
    return ReportChange(ReportStatus.CORRECTED, report, print_report(report), reason)


def withdrawn(number: int, *, hours: int = 48, reason: str = "entered twice") -> Withdrawal:
    return Withdrawal(ReportId(number), SPRING + timedelta(hours=hours), reason)


def a_batch(
    *changes: Change,
    cursor: str | None = None,
    following: str = "c1",
    hotlines: Iterable[Hotline] = (),
    receipts: Iterable[Receipt] = (),
    after: Batch | None = None,
) -> Batch:
    """A signed and parsed batch with these changes, from `cursor` to `following`; the first of its
    chain, or the one behind `after`.
    """
    changes = (*(told(hotline) for hotline in hotlines), *changes)
    content = repr((changes, cursor, following)).encode()
    return Batch(
        portal=PortalId("portal-1"),
        station=StationId("station-1"),
        nature=Nature.DEMO,
        issued_at=SPRING + timedelta(days=60),
        sequence=1 if after is None else after.sequence + 1,
        previous=None if after is None else after.digest,
        cursor=None if cursor is None else Cursor(cursor),
        next_cursor=Cursor(following),
        is_snapshot=False,
        remaining=0,
        changes=changes,
        receipts=tuple(receipts),
        digest=hashlib.sha256(content).hexdigest(),
    )


def told(hotline: Hotline) -> RecordChange:
    """The portal's word that this hotline is there."""
    return RecordChange(
        subject=Subject.HOTLINE.value,
        reference=str(hotline.hotline_id),
        kind=ChangeKind.NEW,
        revision=1,
        made_at=SPRING,
        reason=None,
        document=print_hotline(hotline),
        value=hotline,
    )


def a_hotline(number: int = 12, name: str = "Hotline Example NL", country: str = "NL") -> Hotline:
    return Hotline(HotlineId(number), name, country, f"contact-{number}@hotline.example")
