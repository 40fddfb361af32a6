"""What is lifted from a report into columns: pure functions from domain values to rows.

The document stays what the portal said; columns exist to be searched, sorted and counted, and
can be made again from the documents at any time.

A report's `row` is its place in time: seconds of its receipt, then one of `SLOTS` places within
that second. It orders reports by receipt, gives neighbours in time neighbouring pages, and is
small enough that a hit list costs two or three bytes a report (a random key of 64 bits made the
index of URL parts 2.8 times as large).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from cport_desktop.domain.assessment import current_classification, gravest_classification
from cport_desktop.domain.batch import ReportChange
from cport_desktop.domain.figure import REMOVED
from cport_desktop.domain.hosts import host_of, readable_host
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.public_suffixes import NO_LIST, PublicSuffixes
from cport_desktop.domain.query import provider_key
from cport_desktop.domain.report import Action, ContentItem, Report, ReportStatus, source_item
from cport_desktop.domain.rows import Facet
from cport_desktop.vault.audit_trail import microseconds, moment_of

SLOT_BITS = 14
SLOTS = 1 << SLOT_BITS
"""Reports that can be received within one second before they overflow into the next: some
hotlines give dates without a time, so thousands share one second."""

Values = tuple[object, ...]
HostAndDomain = tuple[str, str]
MediaValues = tuple[int, str, int, str, str | None, str | None, int]
"""Number, state, size, digest announced, file name, type declared, newest receipt."""


def first_row(report: Report) -> int:
    """The row that `report` takes if nobody else has it: its second, its number's slot."""
    second = microseconds(report.received_at) // 1_000_000
    return row_within(second, report.report_id & (SLOTS - 1))


def row_within(second: int, slot: int) -> int:
    """The row of one place in a second since 1970."""
    return (second << SLOT_BITS) | slot


def second_of(row: int) -> int:
    """The second, since 1970, that a report in `row` was received in."""
    return row >> SLOT_BITS


@dataclass(slots=True)
class Lifted:
    """Rows of many reports, table by table, ready for one `executemany` each.

    The order of values is that of `INSERTS` in `vault.replica_tables`. `rows` are those of
    the reports that were added. By `suffixes` the domain of a host is told.
    """

    suffixes: PublicSuffixes = NO_LIST
    rows: list[int] = field(default_factory=list)
    documents: list[Values] = field(default_factory=list)
    reports: list[Values] = field(default_factory=list)
    texts: list[Values] = field(default_factory=list)
    contents: list[Values] = field(default_factory=list)
    payments: list[Values] = field(default_factory=list)
    actions: list[Values] = field(default_factory=list)
    providers: set[Values] = field(default_factory=set)
    links: list[Values] = field(default_factory=list)
    media: dict[int, MediaValues] = field(default_factory=dict)
    words: list[Values] = field(default_factory=list)
    url_parts: list[Values] = field(default_factory=list)
    facets: list[tuple[Facet, str]] = field(default_factory=list)

    def add(self, change: ReportChange, row: int, status: ReportStatus) -> None:
        """The rows of one report are there too."""
        report = change.report
        gravest = gravest_item(report.contents)
        source = source_item(report)
        classification = gravest_classification(report.contents)
        links = _links(report, row)
        hosts = [_host_and_domain(item.url, self.suffixes) for item in report.contents]
        host, domain = _of_source(report.contents, source, hosts)
        provider = (source.hosting.provider if source else None) or ""
        country = (source.hosting.country if source else None) or ""
        assigned = (source.assigned_country if source else None) or ""
        last_assessment = gravest.assessments[-1] if gravest and gravest.assessments else None
        self.rows.append(row)
        self.documents.append((report.report_id, change.document, change.reason))
        self.reports.append(
            (
                row,
                status.value,
                classification,
                report.site_type,
                report.hotline,
                country,
                report.report_id,
                report.revision,
                microseconds(report.received_at),
                microseconds(report.updated_at),
                last_assessment.age if last_assessment else None,
                last_assessment.gender if last_assessment else None,
                report.commerciality,
                assigned,
                source.hosting.autonomous_system if source else None,
                bool(source and source.hosting.is_delivery_network),
                _last_action(report.contents),
                len(report.contents),
                len(links),
                domain,
                provider,
                _first_assigned(report.contents),
                _first_removed(report.contents),
            )
        )
        self.texts.append(
            (
                row,
                source.url if source else "",
                host,
                _plain_address(source),
                report.hotline_reference or "",
            )
        )
        self.contents.extend(_contents(report.contents, hosts, row))
        self.payments.extend((method, row) for method in sorted(set(report.payment_methods)))
        self.actions.extend(
            (action, row) for action in sorted({a.type for i in report.contents for a in i.actions})
        )
        if provider:
            self.providers.add((provider, provider.casefold()))
        self.links.extend(links)
        self.announce(report)
        self.words.append((row, searchable_words(report)))
        self.url_parts.append((row, "\n".join(dict.fromkeys(i.url for i in report.contents))))
        self.facets.extend(
            facet_values(
                classification,
                report.site_type,
                report.hotline,
                country,
                status.value,
                assigned,
                provider,
                microseconds(report.received_at),
            )
        )

    @property
    def digests(self) -> set[str]:
        """The digests that the reports announce."""
        return {media[3] for media in self.media.values()}

    def announce(self, report: Report) -> None:
        """The media of `report` are among those announced; a later notice of one counts."""
        received = microseconds(report.received_at)
        for item in report.contents:
            for notice in item.media:
                known = self.media.get(notice.media_id)
                newest = max(received, known[6]) if known else received
                self.media[notice.media_id] = (
                    notice.media_id,
                    "wanted",
                    notice.size,
                    notice.sha256,
                    notice.file_name,
                    notice.declared_type,
                    newest,
                )


def facet_values(  # noqa: PLR0917 - a column each, in the order of a statement
    classification: int,
    site_type: int | None,
    hotline: int,
    country: str,
    status: str,
    assigned: str,
    provider: str,
    received_at: int,
) -> list[tuple[Facet, str]]:
    """What a report counts for in each facet; what is unknown counts for nothing. Its kinds of media
    are counted where they are kept (`report_kind`).
    """
    received = moment_of(received_at)
    values = [
        (Facet.CLASSIFICATION, str(classification)),
        (Facet.HOTLINE, str(hotline)),
        (Facet.STATUS, status),
        (Facet.RECEIVED, f"{received.year:04}-{received.month:02}"),
    ]
    if site_type is not None:
        values.append((Facet.SITE_TYPE, str(site_type)))
    if country:
        values.append((Facet.HOSTING_COUNTRY, country))
    if assigned:
        values.append((Facet.ASSIGNED_COUNTRY, assigned))
    if provider:
        values.append((Facet.PROVIDER, provider_key(provider)))
    return values


def gravest_item(contents: Sequence[ContentItem]) -> ContentItem | None:
    """The first content item that gives the report its classification: its age and gender
    codes are the report's.
    """
    gravest = gravest_classification(tuple(contents))
    return next((item for item in contents if current_classification(item) == gravest), None)


def searchable_words(report: Report) -> str:
    """All text of a report that words are looked for in. The tokenizer takes it apart."""
    parts: dict[str | None, None] = {
        report_reference(report.report_id): None,
        report.hotline_reference: None,
        report.analyst: None,
        report.memo: None,
        report.referrer: None,
        report.source_username: None,
    }
    for item in report.contents:
        parts.update(dict.fromkeys(_words_of(item)))
    return "\n".join(part for part in parts if part)


def _words_of(item: ContentItem) -> list[str | None]:
    hosting = item.hosting
    words = [
        unquote(item.url) if "%" in item.url else item.url,
        item.hotline_reference,
        item.memo,
        hosting.provider,
        hosting.organization,
    ]
    if "xn--" in item.url:
        words.append(readable_host(host_of(item.url)))
    words.extend(assessment.analyst for assessment in item.assessments)
    for action in item.actions:
        words += (action.analyst, action.reason_text)
    return words


def _host_and_domain(url: str, suffixes: PublicSuffixes) -> HostAndDomain:
    host = host_of(url)
    return host, suffixes.registrable(host)


def _of_source(
    contents: Sequence[ContentItem], source: ContentItem | None, hosts: Sequence[HostAndDomain]
) -> HostAndDomain:
    found = (each for item, each in zip(contents, hosts, strict=True) if item is source)
    return next(found, ("", ""))


def _contents(
    contents: Sequence[ContentItem], hosts: Sequence[HostAndDomain], row: int
) -> list[Values]:
    rows: list[Values] = []
    for position, (item, (host, domain)) in enumerate(zip(contents, hosts, strict=True)):
        last = item.assessments[-1] if item.assessments else None
        rows.append(
            (
                row,
                position,
                item.content_id,
                item.url,
                host,
                domain,
                item.is_source,
                item.content_type,
                current_classification(item),
                last.age if last else None,
                last.gender if last else None,
            )
        )
    return rows


def _links(report: Report, row: int) -> list[Values]:
    pairs = [
        (item.content_id, notice.media_id) for item in report.contents for notice in item.media
    ]
    return [(row, position, *pair) for position, pair in enumerate(pairs)]


def _last_action(contents: Sequence[ContentItem]) -> int | None:
    """The code of the latest action; of several without a date or with the same, the last."""
    actions = [action for item in contents for action in item.actions]
    return max(enumerate(actions), key=_age_of)[1].type if actions else None


def _age_of(numbered: tuple[int, Action]) -> tuple[int, int]:
    number, action = numbered
    return (microseconds(action.made_at) if action.made_at else 0, number)


def _first_assigned(contents: Sequence[ContentItem]) -> int | None:
    moments = [item.assigned_at for item in contents if item.assigned_at is not None]
    return microseconds(min(moments)) if moments else None


def _first_removed(contents: Sequence[ContentItem]) -> int | None:
    moments = [
        action.made_at
        for item in contents
        for action in item.actions
        if action.type == REMOVED and action.made_at is not None
    ]
    return microseconds(min(moments)) if moments else None


def _plain_address(source: ContentItem | None) -> str:
    address = source.hosting.ip_address if source else None
    if not address:
        return ""
    if ":" not in address:
        return address  # One of four numbers is never written in another way, or it is none.
    try:
        return ipaddress.ip_address(address).compressed
    except ValueError:
        return address
