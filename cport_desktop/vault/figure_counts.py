"""Reports that a query finds, counted by whole days: of their receipt, or until a removal.

One statement each, which gives a row a day and reads each report that passes once; what is in memory
already is asked there (`usecases.report_arrays`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.domain.figure import A_DAY_US
from cport_desktop.domain.query import Query
from cport_desktop.vault.report_columns import REMOVAL_DAYS
from cport_desktop.vault.report_plan import Plan, compiled, matching_from, planned
from cport_desktop.vault.transaction import Reader

RECEIVED: Final = "received_at"
REMOVAL: Final = "removal_days"

UNITS: Final[Mapping[str, int]] = {RECEIVED: A_DAY_US, REMOVAL: 1}
"""What can be counted by, by its name among the columns in memory; so much of it is a day."""
_EXPRESSIONS: Final[Mapping[str, str]] = {
    # As numpy rounds: towards the past, before 1970 too.
    RECEIVED: f"(r.received_at - ((r.received_at % {A_DAY_US}) + {A_DAY_US}) % {A_DAY_US})"
    f" / {A_DAY_US}",
    REMOVAL: REMOVAL_DAYS,
}


def days(reader: Reader, query: Query, column: str, plan: Plan | None = None) -> dict[int, int]:
    """How many reports have each day; those that have none are not counted. `plan`: of this query, where
    it was made before.
    """
    plan = plan or planned(reader, compiled(reader, query)[0], reads_all=True)
    source = matching_from(plan)
    found = reader.connection.execute(
        f"SELECT {_EXPRESSIONS[column]} AS day, count(*) FROM {source.text} GROUP BY day",  # noqa: S608 - constant names
        source.parameters,
    )
    return {int(day): count for day, count in found if day is not None}
