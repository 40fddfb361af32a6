"""Dossiers of domains as they are kept; the caller adds the audit entry to whatever changes one."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from cport_desktop.domain.criteria import Reviewer
from cport_desktop.domain.dossier import (
    Dossier,
    DossierState,
    DossierTexts,
    Evidence,
    Judgement,
    Seal,
)
from cport_desktop.domain.ids import Actor, ContentId, ReportId
from cport_desktop.domain.operation import CriterionState
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault import domain_facts
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = (
    "number, domain, state, criteria_version, proportionality, internal_reason, public_reason,"
    " complaint_contact,"
    " opened_by, opened_at_us, changed_at_us, submitted_by, submitted_at_us, confirmed_by,"
    " confirmed_at_us, second_agency, second_country, reviewed_by, reviewed_at_us, review_at_us,"
    " removal_at_us, closing, operation_id"
)


def on_domain(reader: Reader, domain: str) -> Dossier | None:
    """The dossier of a domain; None if there is none."""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM dossier WHERE domain = ?",  # noqa: S608 - constant text
        (domain,),
    ).fetchone()
    return None if found is None else _dossier(found)


def find(reader: Reader, domain: str) -> Dossier:
    """The dossier of a domain.

    Raises:
        UnknownReference: there is none.
    """
    found = on_domain(reader, domain)
    if found is None:
        raise UnknownReference(kind="dossier", reference=domain)
    return found


def page(reader: Reader, *, limit: int, after: str | None) -> Page[Dossier]:
    """All dossiers, by domain.

    Raises:
        UnknownReference: a cursor that this list never gave.
    """
    started = time.perf_counter()
    behind = read_cursor("dossiers", after, str)[0] if after else ""
    found = reader.connection.execute(
        f"SELECT {_COLUMNS} FROM dossier WHERE domain > ? ORDER BY domain LIMIT ?",  # noqa: S608 - constant text
        (behind, limit + 1),
    ).fetchall()
    rows = tuple(map(_dossier, found[:limit]))
    following = write_cursor("dossiers", rows[-1].domain) if len(found) > limit else None
    return Page(rows, following, elapsed_ms(started))


def evidence_counts(reader: Reader, numbers: Collection[int]) -> dict[int, int]:
    """How many references each of these dossiers has."""
    found = reader.connection.execute(
        "SELECT j.value, (SELECT count(*) FROM dossier_evidence AS e WHERE e.number = j.value)"
        " FROM json_each(?) AS j",
        (json.dumps(sorted(numbers)),),
    )
    return dict(found.fetchall())


def evidence(reader: Reader, number: int) -> tuple[Evidence, ...]:
    """The references of a dossier, each with what it says now; the newest reports first, those that are
    not here any more last.
    """
    named = reader.connection.execute(
        "SELECT report_id, content_id, added_by, added_at_us FROM dossier_evidence WHERE number = ?",
        (number,),
    ).fetchall()
    wanted = [(ReportId(report), ContentId(content)) for report, content, _, _ in named]
    told = {
        (fact.report_id, fact.content_id): fact for fact in domain_facts.of_items(reader, wanted)
    }
    order = {key: place for place, key in enumerate(told)}
    found = [
        Evidence(
            ReportId(report),
            ContentId(content),
            Actor(by),
            moment_of(at_us),
            told.get((ReportId(report), ContentId(content))),
        )
        for report, content, by, at_us in named
    ]
    return tuple(
        sorted(found, key=lambda one: order.get((one.report_id, one.content_id), len(order)))
    )


def judgements(reader: Reader, number: int, version: str) -> dict[str, Judgement]:
    """How people judged the criteria of one text, by code."""
    found = reader.connection.execute(
        "SELECT code, state, note, judge, at_us FROM dossier_criterion"
        " WHERE number = ? AND version = ?",
        (number, version),
    )
    return {
        code: Judgement(CriterionState(state), note, Actor(judge), moment_of(at_us))
        for code, state, note, judge, at_us in found
    }


def open_new(tx: Transaction, domain: str, criteria_version: str) -> Dossier:
    """A new draft, or what was withdrawn, as a draft again."""
    at_us = microseconds(tx.now)
    tx.connection.execute(
        "INSERT INTO dossier (domain, state, criteria_version, opened_by, opened_at_us,"
        " changed_at_us) VALUES (?1, 'draft', ?2, ?3, ?4, ?4)"
        " ON CONFLICT (domain) DO UPDATE SET state = 'draft', criteria_version = ?2,"
        " opened_by = ?3, opened_at_us = ?4, changed_at_us = ?4, submitted_by = NULL,"
        " submitted_at_us = NULL, confirmed_by = NULL, confirmed_at_us = NULL,"
        " second_agency = '', second_country = '', closing = '', operation_id = NULL,"
        " removal_at_us = NULL",
        (domain, criteria_version, tx.actor, at_us),
    )
    return find(tx, domain)


def write(tx: Transaction, dossier: Dossier) -> Dossier:
    """The dossier of this number is as this one says, from now on; its domain stays."""
    dossier = replace(dossier, changed_at=tx.now)
    second = dossier.second or Reviewer("", "")
    tx.connection.execute(
        "UPDATE dossier SET state = ?, criteria_version = ?, proportionality = ?,"
        " internal_reason = ?, public_reason = ?, complaint_contact = ?, changed_at_us = ?, submitted_by = ?,"
        " submitted_at_us = ?, confirmed_by = ?, confirmed_at_us = ?, second_agency = ?,"
        " second_country = ?, reviewed_by = ?, reviewed_at_us = ?, review_at_us = ?,"
        " removal_at_us = ?, closing = ?, operation_id = ? WHERE number = ?",
        (
            dossier.state.value,
            dossier.criteria_version,
            dossier.texts.proportionality,
            dossier.texts.internal,
            dossier.texts.public,
            dossier.texts.contact,
            microseconds(dossier.changed_at),
            *_sealed(dossier.submitted),
            *_sealed(dossier.confirmed),
            second.agency,
            second.country,
            *_sealed(dossier.reviewed),
            _moment(dossier.review_at),
            _moment(dossier.removal_at),
            dossier.closing,
            dossier.operation_id,
            dossier.number,
        ),
    )
    return dossier


def name_evidence(
    tx: Transaction, number: int, references: Sequence[tuple[ReportId, ContentId]]
) -> int:
    """These content items are evidence; how many were not before."""
    before = tx.connection.total_changes
    at_us = microseconds(tx.now)
    tx.connection.executemany(
        "INSERT OR IGNORE INTO dossier_evidence VALUES (?, ?, ?, ?, ?)",
        [(number, report, content, tx.actor, at_us) for report, content in references],
    )
    return int(tx.connection.total_changes) - int(before)


def drop_evidence(tx: Transaction, number: int, reports: Collection[ReportId]) -> int:
    """Nothing of these reports is evidence any more; how much was."""
    found = tx.connection.execute(
        "DELETE FROM dossier_evidence WHERE number = ?"
        " AND report_id IN (SELECT value FROM json_each(?))",
        (number, json.dumps(sorted(reports))),
    )
    return int(found.rowcount)


def keep_judgement(
    tx: Transaction, dossier: Dossier, code: str, *, state: CriterionState, note: str
) -> None:
    """A person judged this criterion so."""
    tx.connection.execute(
        "INSERT OR REPLACE INTO dossier_criterion VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            dossier.number,
            dossier.criteria_version,
            code,
            state.value,
            note,
            tx.actor,
            microseconds(tx.now),
        ),
    )


def drop_judgement(tx: Transaction, dossier: Dossier, code: str) -> None:
    """This criterion stands as the reports say."""
    tx.connection.execute(
        "DELETE FROM dossier_criterion WHERE number = ? AND version = ? AND code = ?",
        (dossier.number, dossier.criteria_version, code),
    )


def forget(connection: Connection, reports: Sequence[ReportId], names: Sequence[str]) -> None:
    """No reference to these reports is left, nor any dossier of these domains, which no report names any
    more; what people wrote of a domain that lost evidence goes with it, and the word of copies.
    """
    named = json.dumps(list(reports))
    them = (
        "(SELECT DISTINCT e.number FROM json_each(?) AS j CROSS JOIN dossier_evidence AS e"
        " ON e.report_id = j.value)"
    )
    connection.execute(
        f"UPDATE dossier SET internal_reason = '' WHERE number IN {them}",  # noqa: S608 - constant text
        (named,),
    )
    connection.execute(
        f"UPDATE dossier_criterion SET note = '' WHERE number IN {them}",  # noqa: S608 - constant text
        (named,),
    )
    connection.execute(
        f"DELETE FROM dossier_enclosure WHERE content IS NULL AND number IN {them}",  # noqa: S608 - constant text
        (named,),
    )
    connection.execute(
        "DELETE FROM dossier_evidence WHERE report_id IN (SELECT value FROM json_each(?))", (named,)
    )
    connection.execute(
        "DELETE FROM dossier WHERE domain IN (SELECT value FROM json_each(?))",
        (json.dumps(list(names)),),
    )
    # A report that was corrected may have left a domain that nobody names any more.
    connection.execute(
        "DELETE FROM dossier WHERE NOT EXISTS"
        " (SELECT 1 FROM content_item AS c WHERE c.domain = dossier.domain)"
        " AND NOT EXISTS (SELECT 1 FROM content_item AS c WHERE c.host = dossier.domain)"
    )


def _dossier(row: Row) -> Dossier:
    (number, domain, state, version, proportionality, internal, public, contact, *rest) = row
    opened_by, opened_at, changed_at, *rest = rest
    submitted_by, submitted_at, confirmed_by, confirmed_at, *rest = rest
    agency, country, reviewed_by, reviewed_at, review_at, removal_at, closing, operation = rest
    return Dossier(
        number=number,
        domain=domain,
        state=DossierState(state),
        criteria_version=version,
        texts=DossierTexts(proportionality, internal, public, contact),
        opened=Seal(Actor(opened_by), moment_of(opened_at)),
        changed_at=moment_of(changed_at),
        submitted=_seal(submitted_by, submitted_at),
        confirmed=_seal(confirmed_by, confirmed_at),
        second=Reviewer(agency, country) if agency else None,
        reviewed=_seal(reviewed_by, reviewed_at),
        review_at=None if review_at is None else moment_of(review_at),
        removal_at=None if removal_at is None else moment_of(removal_at),
        closing=closing,
        operation_id=operation,
    )


def _seal(by: str | None, at_us: int | None) -> Seal | None:
    return None if by is None or at_us is None else Seal(Actor(by), moment_of(at_us))


def _sealed(seal: Seal | None) -> tuple[str | None, int | None]:
    return (None, None) if seal is None else (seal.by, microseconds(seal.at))


def _moment(at: datetime | None) -> int | None:
    return None if at is None else microseconds(at)
