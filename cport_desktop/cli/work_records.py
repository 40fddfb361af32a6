"""Cases, notes, tags, tasks and timelines as the JSON records of the command line's contract."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.cli import records
from cport_desktop.cli.answer import Json, Record
from cport_desktop.clock import iso_utc
from cport_desktop.domain.about import About, about_named
from cport_desktop.domain.case import Case, CaseItem, CaseRow, Moment, MomentKind
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.note import Note, NoteVersion
from cport_desktop.domain.shift import ShiftSummary
from cport_desktop.domain.tag import Tag
from cport_desktop.domain.task import Task
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import UnknownReference
from cport_desktop.words import operations as operation_words

A_THING = "report, media item, content, domain, hotline or case"


def thing(text: str) -> About:
    """What `text` names.

    Raises:
        UnknownReference: nothing.
    """
    about = about_named(text)
    if about is None:
        raise UnknownReference(kind=A_THING, reference=text)
    return about


def case(one: Case) -> Record:
    return {
        "id": one.reference,
        "title": one.title,
        "summary": one.summary,
        "state": one.state.value,
        "lead": None if one.lead is None else one.lead.name,
        "made_by": one.made_by,
        "made_at": iso_utc(one.made_at),
        "closed_by": one.closed_by,
        "closed_at": _time(one.closed_at),
        "closed_reason": one.closed_why,
    }


def case_row(row: CaseRow) -> Record:
    """A case with its figures."""
    return {
        **case(row.case),
        "reports": row.reports,
        "items": row.items,
        "tasks_open": row.tasks_open,
        "tasks_overdue": row.tasks_overdue,
        "notes": row.notes,
        "active_at": iso_utc(row.active_at),
    }


def case_item(item: CaseItem) -> Record:
    return {
        "id": str(item.about),
        "kind": item.about.kind.value,
        "added_by": item.added_by,
        "added_at": iso_utc(item.added_at),
        "domain": item.domain,
        "classification": item.classification,
        "received_at": _time(item.received_at),
    }


def moment(one: Moment, taxonomy: Taxonomy) -> dict[str, Json]:
    """A line of a timeline; `label`: what a code means, or which kind of operation it was."""
    return {
        "id": f"{iso_utc(one.at)} {one.kind.value} {'' if one.about is None else one.about}".strip(),
        "at": iso_utc(one.at),
        "kind": one.kind.value,
        "about": None if one.about is None else str(one.about),
        "by": one.by,
        "text": one.text,
        "code": one.code,
        "label": label(one, taxonomy),
        "count": one.count,
    }


def label(one: Moment, taxonomy: Taxonomy) -> str | None:
    """What the code of a moment means."""
    if one.kind is MomentKind.DONE:
        said = operation_words.kind_word(one.text or "")
        if one.code is None:
            return said
        return f"{said}: {records.classification_label(one.code, taxonomy)}"
    if one.code is None:
        return None
    if one.kind is MomentKind.ASSESSED:
        return records.classification_label(one.code, taxonomy)
    return taxonomy["action"].label(one.code)


def note(one: Note) -> Record:
    return {
        "id": one.note_id,
        "about": str(one.about),
        "text": one.text,
        "made_by": one.made_by,
        "made_at": iso_utc(one.made_at),
        "versions": one.versions,
        "changed_at": _time(one.changed_at),
        "taken_back_at": _time(one.taken_back_at),
    }


def version(one: NoteVersion) -> Record:
    return {"id": one.version, "text": one.text, "by": one.by, "at": iso_utc(one.at)}


def tag(one: Tag) -> Record:
    return {"id": one.number, "name": one.name, "uses": one.uses}


def task(one: Task, now: datetime) -> Record:
    return {
        "id": one.task_id,
        "about": str(one.about),
        "title": one.title,
        "assignee": one.assignee,
        "due_at": _time(one.due_at),
        "is_overdue": one.is_overdue(now),
        "made_by": one.made_by,
        "made_at": iso_utc(one.made_at),
        "done_by": one.done_by,
        "done_at": _time(one.done_at),
    }


def shift(found: ShiftSummary) -> Record:
    """All open ends, each list with its count."""
    return {
        "analyst": found.analyst,
        "at": iso_utc(found.at),
        "leases": {
            "count": found.leases_count,
            "items": [
                {"id": report_reference(one.report_id), "until": iso_utc(one.until)}
                for one in found.leases
            ],
        },
        "assigned": {
            "count": found.assigned_count,
            "items": [{"id": report_reference(number)} for number in found.assigned],
        },
        "operations": {
            "count": found.operations_count,
            "items": [
                {
                    "id": one.operation_id,
                    "kind": one.kind,
                    "report": None if one.report_id is None else report_reference(one.report_id),
                    "state": one.state,
                }
                for one in found.operations
            ],
        },
        "tasks": {
            "count": found.tasks_count,
            "overdue": found.overdue_count,
            "items": [task(one, found.at) for one in found.tasks],
        },
        "drafts": {
            "count": len(found.drafts),
            "kept": found.drafts_kept,
            "items": [{"id": place.name} for place in found.drafts],
        },
        "holds": {
            "count": found.holds_count,
            "items": [records.hold(one) for one in found.holds],
        },
        "is_empty": found.is_empty,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else iso_utc(moment)
