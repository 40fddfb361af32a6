"""A case as a picture shows it, read from the vault."""

from __future__ import annotations

from collections.abc import Collection

from cport_desktop.domain.about import AboutKind
from cport_desktop.domain.case import Case
from cport_desktop.domain.case_shown import MOST_MOMENTS, CaseLinked, CaseTime
from cport_desktop.vault import case_links, case_timeline, cases
from cport_desktop.vault.transaction import Reader

_COUNTRIES = """
SELECT DISTINCT coalesce(h.country, 'unknown') FROM case_item AS i
CROSS JOIN report AS r ON r.report_id = i.reference
LEFT JOIN hotline AS h ON h.hotline_id = r.hotline
WHERE i.case_id = ? AND i.kind = 'report' ORDER BY 1
"""


def in_time(reader: Reader, case: Case, withheld: Collection[str]) -> CaseTime:
    """Its newest moments, without fields of reports that are withheld."""
    page = case_timeline.page(reader, case, limit=MOST_MOMENTS, withheld=withheld)
    return CaseTime(case, tuple(page.rows), page.next_cursor is None)


def linked(reader: Reader, case: Case, withheld: Collection[str]) -> CaseLinked:
    """What its reports share, without what rests on fields that are withheld."""
    size = cases.size(reader, case, AboutKind.REPORT)
    return CaseLinked(case, case_links.of_case(reader, case, size=size, withheld=withheld))


def countries(reader: Reader, case: Case) -> tuple[str, ...]:
    """Countries of the hotlines that made its reports, as `hotlines.countries_of`."""
    found = reader.connection.execute(_COUNTRIES, (case.case_id,))
    return tuple(country for (country,) in found)
