"""Domain values as the JSON records of the command line's contract (snake_case, UTC, hex)."""

from __future__ import annotations

import json
from datetime import datetime

from cport_desktop.cli.answer import Json, Record
from cport_desktop.clock import iso_utc
from cport_desktop.domain.answer import Answer as PortalAnswer
from cport_desktop.domain.audit import AuditEntry
from cport_desktop.domain.hold import Hold
from cport_desktop.domain.ids import media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import OperationRow
from cport_desktop.domain.report import Action, Assessment, ContentItem
from cport_desktop.domain.rows import Dossier, HotlineRow, ReportRow
from cport_desktop.domain.takedown import standing
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.formats.operation_record import body_record
from cport_desktop.words import operations as operation_words


def report_row(row: ReportRow, taxonomy: Taxonomy) -> dict[str, Json]:
    """A line of the list of reports; codes as numbers, with their labels beside them."""
    return {
        "id": report_reference(row.report_id),
        "report_id": row.report_id,
        "status": row.status.value,
        "received_at": iso_utc(row.received_at),
        "updated_at": iso_utc(row.updated_at),
        "hotline_id": row.hotline,
        "url": row.url,
        "host": row.host,
        "domain": row.domain,
        "hosting_country": row.hosting_country,
        "assigned_country": row.assigned_country,
        "ip_address": row.ip_address,
        "autonomous_system": row.autonomous_system,
        "provider": row.provider,
        "is_delivery_network": row.is_delivery_network,
        "site_type": row.site_type,
        "site_type_label": taxonomy["site_type"].label(row.site_type),
        "commerciality": row.commerciality,
        "classification": row.classification,
        "classification_label": classification_label(row.classification, taxonomy),
        "age": row.age,
        "gender": row.gender,
        "last_action": row.last_action,
        "content_count": row.content_count,
        "media_count": row.media_count,
        "is_overlaid": row.is_overlaid,
    }


def classification_label(code: int, taxonomy: Taxonomy) -> str:
    """The neutral label; «Undecided» where nobody assessed yet."""
    return "Undecided" if code == UNDECIDED else taxonomy["classification"].label(code)


def dossier(found: Dossier, taxonomy: Taxonomy, *, now: datetime) -> Record:
    """One report whole: what was lifted, content items, media, operations, and the portal's
    own document, in which fields unknown to this version stand as they came.
    """
    report = found.report
    return {
        **report_row(found.row, taxonomy),
        "revision": report.revision,
        "hotline": None if found.hotline is None else found.hotline.name,
        "analyst": report.analyst,
        "hotline_reference": report.hotline_reference,
        "memo": report.memo,
        "referrer": report.referrer,
        "source_username": report.source_username,
        "source_password": report.source_password,
        "payment_methods": list(report.payment_methods),
        "withdrawn_reason": found.withdrawn_reason,
        "contents": [content_item(item) for item in report.contents],
        "media": [media_item(item) for item in found.media],
        "operations": [operation(row) for row in found.operations],
        "takedown": takedown(found, now=now),
        "answers": [_answer(one) for one in found.answers],
        "holds": [hold(one) for one in found.holds],
        "kept_versions": [json.loads(version.document) for version in found.kept_versions],
        "portal": json.loads(found.document),
    }


def takedown(found: Dossier, *, now: datetime) -> Record:
    """How it stands with a report's takedown: the portal's word, and what was asked over it."""
    seen, hold = standing(found.operations, found.takedown_hold, now=now), found.takedown_hold
    until = None if seen.until is None else iso_utc(seen.until)
    return {
        "state": seen.state.value,
        "until": until,
        "confirmed_until": _time(seen.confirmed_until),
        "reason": None if hold is None else hold.reason,
        "agency": None if hold is None else hold.agency,
        "sentence": operation_words.takedown_sentence(seen.state.value, until or ""),
    }


def _answer(one: PortalAnswer) -> Record:
    return {
        "number": one.number,
        "question": one.question,
        "text": one.text,
        "hotline": one.hotline,
    }


def hold(one: Hold) -> Record:
    """A legal hold, released or not."""
    return {
        "id": one.hold_id,
        "item": one.item.reference,
        "reason": one.reason,
        "placed_by": one.placed_by,
        "placed_at": iso_utc(one.placed_at),
        "released_by": one.released_by,
        "released_at": _time(one.released_at),
        "release_reason": one.release_reason,
    }


def content_item(item: ContentItem) -> Record:
    return {
        "id": item.content_id,
        "url": item.url,
        "is_source": item.is_source,
        "content_type": item.content_type,
        "hosting_country": item.hosting.country,
        "ip_address": item.hosting.ip_address,
        "provider": item.hosting.provider,
        "autonomous_system": item.hosting.autonomous_system,
        "organization": item.hosting.organization,
        "is_delivery_network": item.hosting.is_delivery_network,
        "assigned_country": item.assigned_country,
        "assigned_at": _time(item.assigned_at),
        "hotline_reference": item.hotline_reference,
        "memo": item.memo,
        "assessments": [_assessment(made) for made in item.assessments],
        "actions": [_action(taken) for taken in item.actions],
        "media": [media_reference(notice.media_id) for notice in item.media],
    }


def media_item(item: MediaItem) -> Record:
    digests = item.digests
    return {
        "id": media_reference(item.media_id),
        "media_id": item.media_id,
        "state": item.state.value,
        "kind": None if item.kind is None else item.kind.value,
        "format": item.format,
        "size": item.size,
        "width": item.width,
        "height": item.height,
        "duration_ms": item.duration_ms,
        "pictures": item.pictures,
        "has_sound": item.has_sound,
        "file_name": item.file_name,
        "declared_type": item.declared_type,
        "announced_sha256": item.announced_sha256,
        "md5": None if digests is None else digests.md5,
        "sha1": None if digests is None else digests.sha1,
        "sha256": None if digests is None else digests.sha256,
        "pdq": item.perceptual_hash,
        "pdq_quality": item.quality,
        "phash": item.dct_hash,
        "cannot_show": None if item.cannot_show is None else item.cannot_show.value,
        "refusal": item.refusal,
        "bytes_here": item.bytes_here,
        "duplicates": item.duplicates,
        "reports": [report_reference(report) for report in item.reports],
        "facts": dict(item.facts),
        "held_at": _time(item.held_at),
    }


def hotline(row: HotlineRow) -> Record:
    return {
        "id": row.hotline.hotline_id,
        "name": row.hotline.name,
        "country": row.hotline.country,
        "contact": row.hotline.contact,
        "reports": row.reports,
        "last_received": _time(row.last_received),
    }


def operation(row: OperationRow) -> Record:
    made, said = row.operation, body_record(row.operation.body)
    return {
        "id": made.operation_id,
        "report": None if made.report_id is None else report_reference(made.report_id),
        "actor": made.actor,
        "made_at": iso_utc(made.made_at),
        **_json(said),
        "summary": operation_words.summary(said),
        "state": row.state.value,
        "reason": row.reason,
        "reason_sentence": None
        if row.reason is None
        else operation_words.reason_sentence(row.reason),
        "settled_at": _time(row.settled_at),
        "aside": row.aside,
        "revises": made.revises,
        "revised_by": row.revised_by,
        "is_insisted": row.is_insisted,
    }


def audit_entry(entry: AuditEntry) -> Record:
    draft = entry.draft
    return {
        "id": entry.sequence,
        "at": iso_utc(entry.at),
        "actor": entry.actor,
        "action": draft.action.value,
        "verb": draft.verb,
        "object_kind": draft.object_kind.value,
        "object": draft.object_reference,
        "reason": draft.reason,
        "recipient": draft.recipient,
        "payload": [list(pair) for pair in draft.payload],
        "payload_erased_by": entry.erased_by,
        "leaf": entry.leaf,
    }


def _assessment(made: Assessment) -> Record:
    return {
        "classification": made.classification,
        "age": made.age,
        "gender": made.gender,
        "is_virtual": made.is_virtual,
        "is_user_generated": made.is_user_generated,
        "is_modeling": made.is_modeling,
        "analyst": made.analyst,
        "hotline_id": made.hotline,
        "made_at": _time(made.made_at),
    }


def _action(taken: Action) -> Record:
    return {
        "type": taken.type,
        "analyst": taken.analyst,
        "made_at": _time(taken.made_at),
        "reason": taken.reason,
        "reason_text": taken.reason_text,
    }


def _json(record: dict[str, object]) -> dict[str, Json]:
    """A record of JSON's own types, known as such."""
    plain: dict[str, Json] = json.loads(json.dumps(record))
    return plain


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else iso_utc(moment)
