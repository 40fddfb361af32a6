"""Domains by how many reports are about them, and what was suggested of them.

How many reports a domain has is counted over the index of domains, which no report is read for; the
rest is looked up for the domains of one page, each from its newest `LOOKED_AT` reports.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from cport_desktop.domain.batch import Subject
from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.operation import (
    UNDECIDED_STATES,
    OperationKind,
    OperationRow,
    OperationState,
)
from cport_desktop.domain.rows import Page
from cport_desktop.domain.worst_of import LOOKED_AT, CandidateOrder, CandidateSort, Tallied, Tally
from cport_desktop.vault import outbox
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.lifting import second_of
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader

_TALLY: Final = (
    "SELECT domain, count(*) AS reports, max(row) AS last FROM report INDEXED BY report_by_domain"
    " WHERE domain <> '' GROUP BY domain"
)
_NAME: Final = "json_extract(CAST(body AS TEXT), '$.domain')"
_OF_KIND: Final = f"kind = '{OperationKind.DOMAIN_SUGGESTION.value}'"


@dataclass(frozen=True, slots=True)
class Around:
    """What the newest reports about a domain say."""

    hotlines: int
    countries: tuple[str, ...]


def page(
    reader: Reader,
    order: CandidateOrder,
    *,
    limit: int,
    after: str | None,
    is_asked_for: Callable[[Tallied], bool],
) -> Page[Tallied]:
    """Domains that are asked for, in `order`; those with as many reports by name.

    Raises:
        UnknownReference: a cursor that this list never gave in this order.
    """
    started = time.perf_counter()
    listing = f"candidates {order.sort.value} {order.is_descending}"
    suggested, decided = _suggested(reader), decided_names(reader)
    chosen: list[tuple[Tallied, Row]] = []
    following = None
    for row in _counted(reader, order, listing, after):
        domain, reports, last = row
        seen = moment_of(second_of(last) * 1_000_000)
        found = Tallied(domain, reports, seen, domain in suggested, domain in decided)
        if not is_asked_for(found):
            continue
        if len(chosen) == limit:
            following = _cursor(listing, order.sort, chosen[-1][1])
            break
        chosen.append((found, row))
    return Page(tuple(found for found, _ in chosen), following, elapsed_ms(started))


def around(reader: Reader, domains: Sequence[str]) -> dict[str, Around]:
    """Of each of these domains what its newest `LOOKED_AT` reports say."""
    found = reader.connection.execute(
        "SELECT j.value, count(DISTINCT r.hotline), json_group_array(DISTINCT r.hosting_country)"
        " FROM json_each(?1) AS j CROSS JOIN report AS r ON r.row IN"
        " (SELECT n.row FROM report AS n INDEXED BY report_by_domain WHERE n.domain = j.value"
        "  ORDER BY n.row DESC LIMIT ?2) GROUP BY j.value",
        (json.dumps(list(domains)), LOOKED_AT),
    )
    return {
        domain: Around(hotlines, tuple(sorted(filter(None, json.loads(countries)))))
        for domain, hotlines, countries in found
    }


def tallies(reader: Reader, domains: Sequence[str]) -> dict[str, Tally]:
    """Of each of these names how many reports have something on it, as a domain or as a host, as a dossier
    counts them (`vault.domain_facts`); none that no report has anything on.
    """
    found = reader.connection.execute(
        "SELECT name, count(*), max(row) FROM ("
        " SELECT j.value AS name, c.row FROM json_each(?1) AS j CROSS JOIN content_item AS c"
        " INDEXED BY content_item_by_domain ON c.domain = j.value"
        " UNION SELECT j.value, c.row FROM json_each(?1) AS j CROSS JOIN content_item AS c"
        " INDEXED BY content_item_by_host ON c.host = j.value) GROUP BY name",
        (json.dumps(list(domains)),),
    )
    return {
        domain: Tally(reports, moment_of(second_of(last) * 1_000_000))
        for domain, reports, last in found
    }


def known_names(reader: Reader, *, limit: int, after: str | None) -> Page[str]:
    """Every domain that the portal decided about, that was suggested, or that has a dossier, by name.

    Raises:
        UnknownReference: a cursor that this list never gave.
    """
    started = time.perf_counter()
    behind = read_cursor("known names", after, str)[0] if after else ""
    found = reader.connection.execute(
        "SELECT name FROM (SELECT reference AS name FROM portal_record"  # noqa: S608 - constant text
        " WHERE subject = ?1 AND kind <> 'withdrawn' UNION SELECT domain FROM dossier"
        f" UNION SELECT {_NAME} FROM operation INDEXED BY operation_of_domain WHERE {_OF_KIND}"
        f" AND state <> '{OperationState.SET_ASIDE.value}') WHERE name > ?2 ORDER BY name LIMIT ?3",
        (Subject.IWOL_DECISION.value, behind, limit + 1),
    ).fetchall()
    rows = tuple(name for (name,) in found[:limit])
    following = write_cursor("known names", rows[-1]) if len(found) > limit else None
    return Page(rows, following, elapsed_ms(started))


def latest_suggestions(reader: Reader, domains: Sequence[str]) -> dict[str, OperationState]:
    """How the latest suggestion of each of these domains stands; none that were never suggested."""
    found = reader.connection.execute(
        f"SELECT {_NAME}, state, max(sequence) FROM operation INDEXED BY operation_of_domain"  # noqa: S608 - constant text
        f" WHERE {_OF_KIND}"
        f" AND {_NAME} IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (json.dumps(list(domains)),),
    )
    return {domain: OperationState(state) for domain, state, _ in found}


def latest_removals(reader: Reader, domains: Sequence[str]) -> dict[str, OperationState]:
    """How the latest suggestion that each of these domains be taken off stands; none without one."""
    found = reader.connection.execute(
        f"SELECT {_NAME}, state, max(sequence) FROM operation INDEXED BY operation_of_removal"  # noqa: S608 - constant text
        f" WHERE kind = '{OperationKind.DOMAIN_REMOVAL.value}'"
        f" AND {_NAME} IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (json.dumps(list(domains)),),
    )
    return {domain: OperationState(state) for domain, state, _ in found}


def is_leaving(reader: Reader, domain: str) -> bool:
    """Whether its removal was suggested, and neither the portal nor an analyst decided on that."""
    return latest_removals(reader, [domain]).get(domain) in UNDECIDED_STATES


def suggestions(reader: Reader, *, limit: int, after: str | None) -> Page[OperationRow]:
    """Suggestions of this agency, newest first.

    Raises:
        UnknownReference: a cursor that this list never gave.
    """
    started = time.perf_counter()
    before = read_cursor("suggestions", after, int)[0] if after else None
    found = reader.connection.execute(
        "SELECT operation_id, sequence FROM operation INDEXED BY operation_of_domain"  # noqa: S608 - constant text
        f" WHERE {_OF_KIND} AND (?1 IS NULL OR sequence < ?1) ORDER BY sequence DESC LIMIT ?2",
        (before, limit + 1),
    ).fetchall()
    rows = tuple(outbox.find(reader, OperationId(number)) for number, _ in found[:limit])
    following = write_cursor("suggestions", found[limit - 1][1]) if len(found) > limit else None
    return Page(rows, following, elapsed_ms(started))


def _suggested(reader: Reader) -> frozenset[str]:
    """What was set aside was suggested to nobody."""
    found = reader.connection.execute(
        f"SELECT {_NAME} FROM operation INDEXED BY operation_of_domain WHERE {_OF_KIND}"  # noqa: S608 - constant text
        f" AND state <> '{OperationState.SET_ASIDE.value}'"
    )
    return frozenset(domain for (domain,) in found)


def decided_names(reader: Reader) -> frozenset[str]:
    """Every domain that the portal decided about. Some thousands: the list is kept short."""
    found = reader.connection.execute(
        "SELECT reference FROM portal_record WHERE subject = ? AND kind <> 'withdrawn'",
        (Subject.IWOL_DECISION.value,),
    )
    return frozenset(domain for (domain,) in found)


_COLUMN: Final = {
    CandidateSort.REPORTS: "reports",
    CandidateSort.SEEN: "last",
    CandidateSort.DOMAIN: "domain",
}


def _counted(
    reader: Reader, order: CandidateOrder, listing: str, after: str | None
) -> Iterator[Row]:
    """All domains in order, behind the cursor."""
    sign, direction = ("<", "DESC") if order.is_descending else (">", "ASC")
    column = _COLUMN[order.sort]
    behind, values = "", cast("tuple[int | str, ...]", ())
    if after is not None and order.sort is CandidateSort.DOMAIN:
        behind, values = f" WHERE domain {sign} ?1", read_cursor(listing, after, str)
    elif after is not None:
        behind = f" WHERE {column} {sign} ?1 OR ({column} = ?1 AND domain > ?2)"
        values = read_cursor(listing, after, int, str)
    yield from reader.connection.execute(
        f"SELECT domain, reports, last FROM ({_TALLY}){behind}"  # noqa: S608 - constant text
        f" ORDER BY {column} {direction}, domain",
        values,
    )


def _cursor(listing: str, sort: CandidateSort, row: Row) -> str:
    domain, reports, last = row
    if sort is CandidateSort.DOMAIN:
        return write_cursor(listing, domain)
    return write_cursor(listing, reports if sort is CandidateSort.REPORTS else last, domain)
