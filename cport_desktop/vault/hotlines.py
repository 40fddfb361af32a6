"""Hotlines of the network, each with how many of its reports are here."""

from __future__ import annotations

import json
from collections.abc import Iterable

from cport_desktop.domain.ids import HotlineId, ReportId
from cport_desktop.domain.report import Hotline
from cport_desktop.domain.rows import HotlineRow
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.lifting import second_of
from cport_desktop.vault.transaction import Reader

_LISTING = """
SELECT h.hotline_id, h.name, h.country, h.contact,
       coalesce((SELECT t.reports FROM facet_tally AS t
                 WHERE t.facet = 'hotline' AND t.value = CAST(h.hotline_id AS TEXT)), 0),
       (SELECT max(r.row) FROM report AS r WHERE r.hotline = h.hotline_id)
FROM hotline AS h ORDER BY h.name COLLATE by_name, h.hotline_id
"""


def listing(reader: Reader) -> tuple[HotlineRow, ...]:
    """Every hotline that the portal named, by name. Reads no report: counts are kept, and the
    latest receipt (to the second) is the end of an index.
    """
    return tuple(
        HotlineRow(
            hotline=Hotline(HotlineId(number), name, country, contact),
            reports=reports,
            last_received=None if row is None else moment_of(second_of(row) * 1_000_000),
        )
        for number, name, country, contact, reports, row in reader.connection.execute(_LISTING)
    )


def named(reader: Reader, hotline_id: HotlineId) -> Hotline | None:
    """One hotline; None if the portal never named it."""
    found = reader.connection.execute(
        "SELECT hotline_id, name, country, contact FROM hotline WHERE hotline_id = ?",
        (hotline_id,),
    ).fetchone()
    return Hotline(HotlineId(found[0]), found[1], found[2], found[3]) if found else None


def countries_of(reader: Reader, report_ids: Iterable[ReportId]) -> tuple[str, ...]:
    """Countries of the hotlines that made these reports, each once; that of a hotline which the
    portal never named is `unknown`.
    """
    numbers = list(report_ids)
    if not numbers:
        return ()
    found = reader.connection.execute(
        "SELECT DISTINCT coalesce(h.country, 'unknown') FROM json_each(?) AS j"
        " CROSS JOIN report AS r ON r.report_id = j.value"
        " LEFT JOIN hotline AS h ON h.hotline_id = r.hotline ORDER BY 1",
        (json.dumps(numbers),),
    )
    return tuple(country for (country,) in found)
