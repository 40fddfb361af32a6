"""What the reports at hand say of a domain: read from their documents, newest first, and never kept.

A name is looked up as the domain of a content item and as its host, so that a subdomain has facts of its
own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from cport_desktop.domain.domain_facts import LOOKED_AT, DomainFacts, ItemFact
from cport_desktop.domain.figure import REMOVED
from cport_desktop.domain.hosts import host_of
from cport_desktop.domain.ids import ContentId, HotlineId, ReportId
from cport_desktop.domain.operation_reason import ReportNow
from cport_desktop.domain.report import ContentItem
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.vault import reports
from cport_desktop.vault.transaction import Reader

UNAVAILABLE: Final = 4
"""Of the code list `action`: it could not be reached."""

_ITEMS: Final = """
SELECT r.report_id, c.content_id FROM (
    SELECT row, position FROM content_item INDEXED BY content_item_by_domain WHERE domain = ?1
    UNION SELECT row, position FROM content_item INDEXED BY content_item_by_host WHERE host = ?1
    ORDER BY row DESC, position LIMIT ?2
) AS found
CROSS JOIN content_item AS c ON c.row = found.row AND c.position = found.position
CROSS JOIN report AS r ON r.row = found.row
ORDER BY found.row DESC, found.position
"""


def facts(reader: Reader, domain: str) -> DomainFacts:
    """What the newest `LOOKED_AT` content items on `domain` say."""
    named = reader.connection.execute(_ITEMS, (domain, LOOKED_AT + 1)).fetchall()
    wanted = [(ReportId(report), ContentId(content)) for report, content in named[:LOOKED_AT]]
    return DomainFacts(domain, of_items(reader, wanted), len(named) > LOOKED_AT)


def of_items(
    reader: Reader, wanted: Collection[tuple[ReportId, ContentId]]
) -> tuple[ItemFact, ...]:
    """These content items as the portal told of them last, newest first; those that are not here any
    more are left out.
    """
    here = reports.as_they_stand(reader, dict.fromkeys(report for report, _ in wanted))
    countries = _countries(reader, {now.report.hotline for now in here.values()})
    found = list(_facts(here, wanted, countries))
    return tuple(sorted(found, key=lambda fact: fact.received_at, reverse=True))


def _facts(
    here: Mapping[ReportId, ReportNow],
    wanted: Iterable[tuple[ReportId, ContentId]],
    countries: Mapping[HotlineId, str],
) -> Iterator[ItemFact]:
    for report_id, content_id in wanted:
        now = here.get(report_id)
        if now is None:
            continue
        for item in now.report.contents:
            if item.content_id == content_id:
                yield _fact(now, item, countries.get(now.report.hotline))
                break


def _fact(now: ReportNow, item: ContentItem, country: str | None) -> ItemFact:
    report, last = now.report, item.assessments[-1] if item.assessments else None
    gone = {action.type for action in item.actions}
    return ItemFact(
        report_id=report.report_id,
        content_id=item.content_id,
        url=item.url,
        host=host_of(item.url),
        where=place_of(item.url),
        is_source=item.is_source,
        received_at=report.received_at,
        ip_address=item.hosting.ip_address,
        autonomous_system=item.hosting.autonomous_system,
        country=item.hosting.country,
        hotline=report.hotline,
        hotline_country=country,
        classification=last.classification if last else UNDECIDED,
        age=last.age if last else None,
        is_virtual=last.is_virtual if last else None,
        is_gone=not gone.isdisjoint({REMOVED, UNAVAILABLE}),
        is_withdrawn=now.is_withdrawn,
    )


def place_of(url: str) -> str:
    """Where on its domain a URL is: host and path, without what may name a visitor."""
    try:
        path = urlsplit(url.strip()).path
    except ValueError:
        path = ""
    return f"{host_of(url)}{path or '/'}"


def _countries(reader: Reader, hotlines: Collection[HotlineId]) -> dict[HotlineId, str]:
    found = reader.connection.execute(
        "SELECT h.hotline_id, h.country FROM json_each(?) AS j"
        " CROSS JOIN hotline AS h ON h.hotline_id = j.value WHERE h.country <> ''",
        (json.dumps(sorted(hotlines)),),
    )
    return {HotlineId(number): country for number, country in found}
