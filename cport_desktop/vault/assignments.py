"""To whom reports were given, in the table `assignment`. Who changes it adds the entry in the log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.ids import Actor, AnalystId, ReportId
from cport_desktop.domain.lease import Assignment
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS: Final = (
    "SELECT s.report_id, s.analyst_id, coalesce(a.name, s.analyst_id), s.by, s.at"
    " FROM assignment AS s LEFT JOIN analyst AS a ON a.analyst_id = s.analyst_id"
)


def give(tx: Transaction, reports: Sequence[ReportId], to: AnalystId) -> tuple[ReportId, ...]:
    """These reports are given to that analyst; those that were not before."""
    found = tx.connection.execute(
        "INSERT INTO assignment (report_id, analyst_id, by, at)"
        " SELECT j.value, ?2, ?3, ?4 FROM json_each(?1) AS j WHERE true"
        " ON CONFLICT (report_id) DO UPDATE SET analyst_id = excluded.analyst_id,"
        " by = excluded.by, at = excluded.at WHERE analyst_id <> excluded.analyst_id"
        " RETURNING report_id",
        (json.dumps(list(reports)), to, tx.actor, microseconds(tx.now)),
    ).fetchall()
    return tuple(ReportId(number) for (number,) in found)


def take_back(tx: Transaction, reports: Sequence[ReportId]) -> tuple[ReportId, ...]:
    """These reports are given to nobody; those that were to somebody."""
    found = tx.connection.execute(
        "DELETE FROM assignment WHERE report_id IN (SELECT value FROM json_each(?))"
        " RETURNING report_id",
        (json.dumps(list(reports)),),
    ).fetchall()
    return tuple(ReportId(number) for (number,) in found)


def of_reports(reader: Reader, reports: Sequence[ReportId]) -> dict[ReportId, Assignment]:
    """To whom these reports were given, where they were."""
    found = reader.connection.execute(
        f"{_COLUMNS} WHERE s.report_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - constant text
        (json.dumps(list(reports)),),
    )
    return {each.report_id: each for each in map(_assignment, found.fetchall())}


def _assignment(row: Row) -> Assignment:
    report, analyst_id, to, by, at = row
    return Assignment(ReportId(report), AnalystId(analyst_id), Actor(to), Actor(by), moment_of(at))
