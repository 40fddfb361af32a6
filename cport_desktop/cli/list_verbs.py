"""Verbs that show what the portal told of beside reports and hash lists: decisions, code lists."""

from __future__ import annotations

from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.freshness import Table
from cport_desktop.usecases.portal_records import (
    ToldDecision,
    ToldTaxonomy,
    list_decisions,
    list_taxonomies,
)
from cport_desktop.vault.portal_records import KeptRecord
from cport_desktop.words import freshness as words

_NONE = "–"


def decisions(session: Session) -> Answer:
    """`cport iwol list`."""
    options = session.options
    with session.vault() as vault:
        page = list_decisions(vault, limit=options.number("limit"), after=options.text("after"))
        freshness = heard(session, vault)
    rows = [
        (
            told.record.reference,
            _NONE if told.content is None else told.content.state,
            _NONE if told.content is None else told.content.decided_by,
            _NONE if told.content is None else iso_utc(told.content.decided_at),
            *_told(told.record),
        )
        for told in page.rows
    ]
    answer = listing(
        [_decision(told) for told in page.rows],
        text=table(
            ("Domain", "State", "Decided by", "Decided (UTC)", "Told (UTC)", "Standing"), rows
        ),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.IWOL)


def taxonomies(session: Session) -> Answer:
    """`cport taxonomies list`."""
    options, in_use = session.options, session.workstation.taxonomy
    with session.vault() as vault:
        page = list_taxonomies(
            vault, in_use, limit=options.number("limit"), after=options.text("after")
        )
        freshness = heard(session, vault)
    rows = [
        (
            told.record.reference,
            _NONE if told.content is None else told.content.version,
            "yes" if told.is_in_use else "no",
            str(told.codes_new),
            *_told(told.record),
        )
        for told in page.rows
    ]
    heads = ("Scheme", "Version", "In use", "New codes", "Told (UTC)", "Standing")
    answer = listing(
        [_taxonomy(told) for told in page.rows],
        text=f"{table(heads, rows)}\n\nIn use: {in_use.version}",
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
        more={"in_use": in_use.version},
    )
    return dated(answer, freshness, Table.TAXONOMIES)


def _told(record: KeptRecord) -> tuple[str, str]:
    return f"{iso_utc(record.kept_at)} {words.by_road(record.road)}", record.kind.value


def _record(record: KeptRecord) -> dict[str, Json]:
    return {
        "id": record.reference,
        "revision": record.revision,
        "kind": record.kind.value,
        "changed_at": iso_utc(record.made_at),
        "reason": record.reason,
        "told_at": iso_utc(record.kept_at),
        "road": record.road,
    }


def _decision(told: ToldDecision) -> dict[str, Json]:
    content = told.content
    return {
        **_record(told.record),
        "domain": told.record.reference,
        "state": None if content is None else content.state,
        "criteria_version": None if content is None else content.criteria_version,
        "decided_by": None if content is None else content.decided_by,
        "decided_at": None if content is None else iso_utc(content.decided_at),
        "note": None if content is None else content.note,
    }


def _taxonomy(told: ToldTaxonomy) -> dict[str, Json]:
    return {
        **_record(told.record),
        "version": None if told.content is None else told.content.version,
        "is_in_use": told.is_in_use,
        "codes_new": told.codes_new,
    }
