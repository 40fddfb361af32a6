"""How much a list of media items or of operations holds, and whose reports it is about."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.query import Query
from cport_desktop.vault.media_conditions import media_tests
from cport_desktop.vault.transaction import Reader

_COUNTRIES: Final = "SELECT DISTINCT coalesce(h.country, 'unknown') FROM"
_HOTLINES: Final = "LEFT JOIN hotline AS h ON h.hotline_id = r.hotline"


def media_count(reader: Reader, query: Query) -> int:
    """How many media items match."""
    tests = media_tests(reader, query)
    found = reader.connection.execute(
        f"SELECT count(*) FROM media_item AS m {tests.access} WHERE {tests.sql.text}",  # noqa: S608 - constant text
        tests.sql.parameters,
    ).fetchone()
    return int(found[0]) if found else 0


def media_countries(reader: Reader, query: Query) -> tuple[str, ...]:
    """Countries of the hotlines that made the reports to which the matching items belong; that of a
    hotline which the portal never named is `unknown`.
    """
    tests = media_tests(reader, query)
    found = reader.connection.execute(
        f"{_COUNTRIES} media_item AS m {tests.access}"
        " CROSS JOIN report_media AS l ON l.media_id = m.media_id"
        f" CROSS JOIN report AS r ON r.row = l.row {_HOTLINES} WHERE {tests.sql.text} ORDER BY 1",
        tests.sql.parameters,
    )
    return tuple(country for (country,) in found)


def operation_count(reader: Reader) -> int:
    found = reader.connection.execute("SELECT count(*) FROM operation").fetchone()
    return int(found[0]) if found else 0


def operation_countries(reader: Reader) -> tuple[str, ...]:
    """As `media_countries`, of the reports that operations name."""
    found = reader.connection.execute(
        f"{_COUNTRIES} operation_report AS x"
        f" CROSS JOIN report AS r ON r.report_id = x.report_id {_HOTLINES} ORDER BY 1"
    )
    return tuple(country for (country,) in found)
