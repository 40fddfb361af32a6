"""Names that values of queries have in this vault: hotlines, countries, providers, lists, tags, cases.

Read without reading any report: each from a table of its own, from counts that are kept, or by leaping
through an index. Bounded: nobody reads thousands of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.domain.query import Field
from cport_desktop.domain.query_completion import Named
from cport_desktop.vault.transaction import Reader

MOST_NAMES: Final = 2_000
"""Of one field."""

_ASSIGNED: Final = """
WITH RECURSIVE one (country) AS (
    SELECT min(assigned_country) FROM report WHERE assigned_country > ''
    UNION ALL
    SELECT (SELECT min(r.assigned_country) FROM report AS r WHERE r.assigned_country > one.country)
    FROM one WHERE one.country IS NOT NULL
)
SELECT country, '' FROM one WHERE country IS NOT NULL LIMIT ?
"""
_STATEMENTS: Final[Mapping[Field, str]] = {
    Field.HOTLINE: "SELECT name, country FROM hotline ORDER BY name COLLATE by_name LIMIT ?",
    Field.HOST: (
        "SELECT value, '' FROM facet_tally WHERE facet = 'host' AND value <> '' AND reports > 0"
        " ORDER BY reports DESC, value LIMIT ?"
    ),
    Field.ASSIGNED: _ASSIGNED,
    Field.PROVIDER: (
        "SELECT name, '' FROM (SELECT name FROM provider ORDER BY name LIMIT ?)"
        " ORDER BY name COLLATE by_name"
    ),
    Field.LIST: (
        "SELECT name, source FROM hash_list WHERE withdrawn_at IS NULL"
        " ORDER BY name COLLATE by_name LIMIT ?"
    ),
    Field.TAG: "SELECT name, '' FROM tag ORDER BY name COLLATE by_name LIMIT ?",
    Field.CASE: (
        "SELECT 'C-' || number, title FROM work_case ORDER BY state = 'closed', number DESC LIMIT ?"
    ),
}


def names(reader: Reader) -> dict[Field, tuple[Named, ...]]:
    """For each field whose values have names here, these names, each once."""
    return {
        field: tuple(
            dict.fromkeys(
                Named(value, label or "")
                for value, label in reader.connection.execute(statement, (MOST_NAMES,))
                if value
            )
        )
        for field, statement in _STATEMENTS.items()
    }
