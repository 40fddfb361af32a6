"""`reports.csv`: one line a content item, for people with a spreadsheet.

RFC 4180 with a header, UTF-8. Every field is quoted, and a field that a spreadsheet would
take for a formula gets an apostrophe in front (OWASP: `= + - @`, tab, carriage return, line
feed, and their full-width forms). URLs are defanged; the exact ones are in the JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from cport_desktop.clock import iso_utc
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.report import ContentItem
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.spreadsheet import neutral
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.exports.piece_stream import gathered

HEADER = (
    "report",
    "content_id",
    "url_defanged",
    "is_source",
    "received",
    "updated",
    "status",
    "hotline",
    "hotline_reference",
    "hosting_country",
    "assigned_country",
    "ip_address",
    "autonomous_system",
    "provider",
    "classification",
    "age",
    "gender",
    "site_type",
    "commerciality",
    "last_action",
    "last_action_at",
    "media",
)

__all__ = ("HEADER", "classification_label", "defanged", "neutral", "print_reports")


def print_reports(reports: Sequence[Dossier], taxonomy: Taxonomy) -> Iterator[bytes]:
    """The table of all content items of `reports`, in pieces."""
    return gathered(_lines(reports, taxonomy))


def _lines(reports: Sequence[Dossier], taxonomy: Taxonomy) -> Iterator[bytes]:
    """The header and a line for each content item, each report's at once."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    for dossier in reports:
        for item in dossier.report.contents:
            writer.writerow([neutral(field) for field in _fields(dossier, item, taxonomy)])
        yield table.getvalue().encode()
        table.seek(0)
        table.truncate()
    yield table.getvalue().encode()


def defanged(url: str) -> str:
    """`url` so that no program makes a link of it: `hxxps://site[.]example/path`."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url.replace(".", "[.]")
    host, slash, path = rest.partition("/")
    return f"{scheme.replace('tt', 'xx', 1)}{separator}{host.replace('.', '[.]')}{slash}{path}"


def _fields(dossier: Dossier, item: ContentItem, taxonomy: Taxonomy) -> Iterator[str]:
    report, hosting = dossier.report, item.hosting
    assessment = item.assessments[-1] if item.assessments else None
    action = item.actions[-1] if item.actions else None
    positions = dict(dossier.media_of).get(item.content_id, ())
    yield report_reference(report.report_id)
    yield str(item.content_id)
    yield defanged(item.url)
    yield "yes" if item.is_source else "no"
    yield iso_utc(report.received_at)
    yield iso_utc(report.updated_at)
    yield dossier.row.status.value
    yield dossier.hotline.name if dossier.hotline else str(report.hotline)
    yield report.hotline_reference or ""
    yield hosting.country or ""
    yield item.assigned_country or ""
    yield hosting.ip_address or ""
    yield str(hosting.autonomous_system or "")
    yield hosting.provider or ""
    yield classification_label(current_classification(item), taxonomy)
    yield taxonomy["age"].label(assessment.age) if assessment else ""
    yield taxonomy["gender"].label(assessment.gender) if assessment else ""
    yield taxonomy["site_type"].label(report.site_type)
    yield taxonomy["commerciality"].label(report.commerciality)
    yield taxonomy["action"].label(action.type) if action else ""
    yield iso_utc(action.made_at) if action and action.made_at else ""
    yield str(len(positions))


def classification_label(code: int, taxonomy: Taxonomy) -> str:
    """The neutral label of a classification, «undecided» where there is none yet."""
    return "undecided" if code == UNDECIDED else taxonomy["classification"].label(code)
