"""The columns of tables of media items, hotlines, operations and cases."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.case import CaseRow
from cport_desktop.domain.ids import media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import OperationRow, kind_of, words_of
from cport_desktop.domain.rows import HotlineRow
from cport_desktop.domain.table import TableColumn

MEDIA_COLUMNS: Final[tuple[TableColumn[MediaItem], ...]] = (
    TableColumn("id", lambda item: media_reference(item.media_id)),
    TableColumn("state", lambda item: item.state.value),
    TableColumn("kind", lambda item: item.kind.value if item.kind else None),
    TableColumn("format", lambda item: item.format),
    TableColumn("size", lambda item: item.size),
    TableColumn("width", lambda item: item.width),
    TableColumn("height", lambda item: item.height),
    TableColumn("duration_ms", lambda item: item.duration_ms),
    TableColumn("announced_sha256", lambda item: item.announced_sha256),
    TableColumn("md5", lambda item: item.digests.md5 if item.digests else None),
    TableColumn("sha1", lambda item: item.digests.sha1 if item.digests else None),
    TableColumn("sha256", lambda item: item.digests.sha256 if item.digests else None),
    TableColumn("perceptual_hash", lambda item: item.perceptual_hash),
    TableColumn("quality", lambda item: item.quality),
    TableColumn("duplicates", lambda item: item.duplicates),
    TableColumn("file_name", lambda item: item.file_name, "fileName"),
    TableColumn("cannot_show", lambda item: item.cannot_show.value if item.cannot_show else None),
    TableColumn("held_at", lambda item: item.held_at),
    TableColumn("reports", lambda item: tuple(map(report_reference, item.reports))),
)

CASE_COLUMNS: Final[tuple[TableColumn[CaseRow], ...]] = (
    TableColumn("id", lambda row: row.case.reference),
    TableColumn("title", lambda row: row.case.title),
    TableColumn("summary", lambda row: row.case.summary),
    TableColumn("state", lambda row: row.case.state.value),
    TableColumn("lead", lambda row: row.case.lead.name if row.case.lead else None),
    TableColumn("made_at", lambda row: row.case.made_at),
    TableColumn("made_by", lambda row: row.case.made_by),
    TableColumn("closed_at", lambda row: row.case.closed_at),
    TableColumn("closed_why", lambda row: row.case.closed_why),
    TableColumn("active_at", lambda row: row.active_at),
    TableColumn("reports", lambda row: row.reports),
    TableColumn("items", lambda row: row.items),
    TableColumn("tasks_open", lambda row: row.tasks_open),
    TableColumn("tasks_overdue", lambda row: row.tasks_overdue),
    TableColumn("notes", lambda row: row.notes),
)

HOTLINE_COLUMNS: Final[tuple[TableColumn[HotlineRow], ...]] = (
    TableColumn("hotline_id", lambda row: row.hotline.hotline_id),
    TableColumn("name", lambda row: row.hotline.name),
    TableColumn("country", lambda row: row.hotline.country),
    TableColumn("contact", lambda row: row.hotline.contact),
    TableColumn("reports", lambda row: row.reports),
    TableColumn("last_received", lambda row: row.last_received),
)

OPERATION_COLUMNS: Final[tuple[TableColumn[OperationRow], ...]] = (
    TableColumn("id", lambda row: str(row.operation.operation_id)),
    TableColumn("kind", lambda row: kind_of(row.operation.body)),
    TableColumn("reports", lambda row: tuple(map(report_reference, row.operation.reports))),
    TableColumn("made_at", lambda row: row.operation.made_at),
    TableColumn("made_by", lambda row: row.operation.actor),
    TableColumn("words", lambda row: words_of(row.operation.body) or None),
    TableColumn("state", lambda row: row.state.value),
    TableColumn("settled_at", lambda row: row.settled_at),
    TableColumn("reason", lambda row: row.reason),
)
