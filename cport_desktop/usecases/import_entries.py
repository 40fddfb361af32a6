"""What of a colleague's package becomes an entry here: its reports as changes, and each item with what the
sender said of it.
"""

from __future__ import annotations

from cport_desktop.domain.batch import ReportChange, Withdrawal
from cport_desktop.domain.disclosure import MEDIA, REPORT
from cport_desktop.domain.ids import MediaId, ReportId, media_reference, report_reference
from cport_desktop.domain.imported import (
    CarriedReport,
    EnteredItem,
    ItemStanding,
    StandingReport,
)
from cport_desktop.domain.report import ReportStatus
from cport_desktop.exports.package_walk import Walked
from cport_desktop.vault.package_plan import Plan, Survey, notices_of


def changes_of(carried: CarriedReport, walked: Walked) -> list[ReportChange | Withdrawal]:
    """The report as the portal told it to the sender, and that it was withdrawn, if it was."""
    assert carried.report is not None
    is_withdrawn = carried.status is ReportStatus.WITHDRAWN
    status = ReportStatus.NEW if is_withdrawn else carried.status
    told = ReportChange(status, carried.report, carried.document, None)
    if not is_withdrawn:
        return [told]
    at = max(walked.record.composed_at, carried.report.updated_at)
    return [told, Withdrawal(carried.report_id, at, carried.withdrawn_reason)]


def items_of(survey: Survey, plan: Plan, new: frozenset[ReportId]) -> list[EnteredItem]:
    """All that stood in the package; what turned up here meanwhile is not new any more."""
    custody = survey.custody
    said = {
        carried.report_id: _said(carried, custody.of(report_reference(carried.report_id)))
        for carried in plan.taken
    }
    items = [_item(line, new, said.get(line.report_id)) for line in plan.lines]
    files = {media: digest for digest, media in plan.files.items()}
    items += [
        EnteredItem(
            MEDIA, media, ItemStanding.NEW, None, digest, custody.of(media_reference(media))
        )
        for media, digest in files.items()
    ]
    return items + [
        EnteredItem(MEDIA, media, ItemStanding.SAME, None, None, None)
        for media in _others(plan, files)
    ]


def _said(carried: CarriedReport, custody: bytes | None) -> bytes:
    """What the sender added to the report, and what their log says of it, as JSON."""
    return b'{"local":%s,"custody":%s}' % (carried.local, custody or b"null")


def _item(line: StandingReport, new: frozenset[ReportId], said: bytes | None) -> EnteredItem:
    is_overtaken = line.standing is ItemStanding.NEW and line.report_id not in new
    standing = ItemStanding.OTHER if is_overtaken else line.standing
    custody = said if standing is ItemStanding.NEW else None
    return EnteredItem(REPORT, line.report_id, standing, line.revision, None, custody)


def _others(plan: Plan, files: dict[MediaId, str]) -> list[MediaId]:
    """Items of the reports taken in whose files were here, or come with another item's."""
    notices = notices_of(carried.report for carried in plan.taken)
    return sorted({one.media_id for one in notices} - files.keys() - plan.absent)
