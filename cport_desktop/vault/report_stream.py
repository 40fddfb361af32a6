"""All reports that a query finds, in order, however many: their numbers piece by piece.

Each piece is a seek behind the last one, as pages of a list are; nothing grows with what was read.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.query import Field, FieldIs, Query
from cport_desktop.domain.rows import Order
from cport_desktop.vault import reports
from cport_desktop.vault.report_plan import compiled, matching_from, planned
from cport_desktop.vault.report_walk import Key, keys
from cport_desktop.vault.transaction import Reader

_NAMED: Final = 500
"""Numbers that one query names."""


def numbers(
    reader: Reader, query: Query, order: Order, *, at_a_time: int
) -> Iterator[tuple[ReportId, ...]]:
    """The numbers of all reports that match, in `order`."""
    last: Key | None = None
    while found := keys(reader, query, order, after=last, limit=at_a_time):
        yield _numbers_of(reader, [row for _, row in found])
        if len(found) < at_a_time:
            return
        last = found[-1]


def count_among(reader: Reader, query: Query, named: Collection[ReportId]) -> int:
    """How many of these reports match."""
    texts = [str(number) for number in named]
    return sum(
        reports.count(reader, _with_reference(query, texts[at : at + _NAMED]))
        for at in range(0, len(texts), _NAMED)
    )


def countries(reader: Reader, query: Query) -> tuple[str, ...]:
    """Countries of the hotlines that made the reports that match, as `hotlines.countries_of`."""
    hotlines = "SELECT value FROM facet_tally WHERE facet = 'hotline' AND reports > 0"
    parameters: tuple[object, ...] = ()
    if query.conditions or query.since:
        source = matching_from(planned(reader, compiled(reader, query)[0], reads_all=True))
        hotlines = f"SELECT DISTINCT r.hotline AS value FROM {source.text}"  # noqa: S608 - constant names
        parameters = source.parameters
    found = reader.connection.execute(
        f"SELECT DISTINCT coalesce(h.country, 'unknown') FROM ({hotlines}) AS x"  # noqa: S608 - constant names
        " LEFT JOIN hotline AS h ON h.hotline_id = CAST(x.value AS INTEGER) ORDER BY 1",
        parameters,
    )
    return tuple(country for (country,) in found)


def _numbers_of(reader: Reader, rows: list[int]) -> tuple[ReportId, ...]:
    found: dict[int, int] = dict(
        reader.connection.execute(
            "SELECT r.row, r.report_id FROM json_each(?) AS j"
            " CROSS JOIN report AS r ON r.row = j.value",
            (json.dumps(rows),),
        ).fetchall()
    )
    return tuple(ReportId(found[row]) for row in rows)


def _with_reference(query: Query, texts: list[str]) -> Query:
    named = FieldIs(Field.REF, tuple(texts))
    return replace(query, conditions=(*query.conditions, named))
