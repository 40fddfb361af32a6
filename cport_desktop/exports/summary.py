"""The summary of a package, for reading: what `summary.pdf` says.

Codes by their neutral labels, URLs defanged, no picture. It fills `pages.Document`; the child
that sets it knows none of this.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from cport_desktop.clock import iso_utc
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.ids import media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import GiveAssessment, OperationRow, words_of
from cport_desktop.domain.package import PackageContent
from cport_desktop.domain.report import Action, ContentItem
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.exports.pages import (
    LONGEST_TEXT,
    MOST_ROWS,
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from cport_desktop.exports.records import PackageRecord
from cport_desktop.exports.tables import classification_label, defanged
from cport_desktop.words import documents as words

MOST_SECTIONS = 1_000
"""Reports with a section of their own (about two pages each); all others are in the JSON and
the table, and the document says so. Nobody reads more on paper, and it takes minutes to set."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def summary(content: PackageContent, record: PackageRecord, taxonomy: Taxonomy) -> Document:
    """The summary document of `content`."""
    return Document(
        title=plain(content.title),
        subtitle=words.SUBTITLE,
        banner=words.BANNER if content.nature.is_synthetic else None,
        footer=words.footer(plain(content.agency), iso_utc(content.composed_at)),
        page_of=words.PAGE_OF,
        facts=_package_facts(record),
        blocks=tuple(_blocks(content, taxonomy)),
    )


def plain(text: str | None) -> str:
    """`text` with what cannot be seen spelled out (`<U+202E>`), and held to a page's measure."""
    if not text:
        return words.NOTHING
    seen = "".join(
        f"<U+{ord(sign):04X}>" if unicodedata.category(sign) in _INVISIBLE else sign
        for sign in " ".join(text.split())
    )
    return seen if len(seen) <= LONGEST_TEXT // 2 else f"{seen[: LONGEST_TEXT // 2]} …"


def _package_facts(record: PackageRecord) -> Facts:
    counts = record.counts
    rows = (
        (words.COMPOSED_AT, iso_utc(record.composed_at)),
        (words.COMPOSED_BY, plain(record.composed_by)),
        (words.AGENCY, plain(record.agency)),
        (words.AGREEMENT, plain(record.agreement)),
        (words.RECIPIENTS, ", ".join(plain(r.name) for r in record.recipients)),
        (words.REPORTS, str(counts.reports)),
        (words.CONTENT_ITEMS, str(counts.content_items)),
        (words.MEDIA_FILES, words.files_with_bytes(counts.media, counts.media_bytes)),
        (words.MEDIA_OMITTED, str(counts.media_omitted)),
        (words.LOG_HEAD, record.audit_log.head),
        (words.LOG_SIZE, str(record.audit_log.size)),
        (words.CODE_LISTS, record.taxonomy),
        (words.SOFTWARE, f"{record.software.name} {record.software.version}"),
    )
    return Facts(rows=rows)


def _blocks(content: PackageContent, taxonomy: Taxonomy) -> Iterator[Block]:
    yield Paragraph(text=words.HOW_TO_READ)
    if len(content.reports) > MOST_SECTIONS:
        yield Paragraph(text=words.only_first(MOST_SECTIONS, len(content.reports)))
    packed = {packed.media_id: packed.digests.sha256 for packed in content.media}
    omitted = dict(content.omitted_media)
    for dossier in content.reports[:MOST_SECTIONS]:
        yield Heading(text=_section_title(dossier), begins_page=True)
        yield _report_facts(dossier, taxonomy)
        yield _content_table(dossier, taxonomy)
        yield _action_table(dossier, taxonomy)
        if dossier.operations:
            yield _operation_table(dossier, taxonomy)
        yield Table(
            title=words.MEDIA,
            header=words.MEDIA_HEADER,
            widths=(12, 10, 12, 46, 20),
            rows=tuple(
                _media_row(item, item.media_id in packed, omitted.get(item.media_id))
                for item in dossier.media[:MOST_ROWS]
            ),
            nothing=words.NO_MEDIA,
        )


def _section_title(dossier: Dossier) -> str:
    return report_reference(dossier.report.report_id)


def _report_facts(dossier: Dossier, taxonomy: Taxonomy) -> Facts:
    report, row = dossier.report, dossier.row
    hotline = dossier.hotline
    name = f"{hotline.name} ({hotline.country})" if hotline else str(report.hotline)
    rows = [
        (words.HOTLINE, plain(name)),
        (words.HOTLINE_REFERENCE, plain(report.hotline_reference)),
        (words.RECEIVED, iso_utc(report.received_at)),
        (words.UPDATED, iso_utc(report.updated_at)),
        (words.STATUS, words.status(row.status.value)),
        (words.CLASSIFICATION, classification_label(row.classification, taxonomy)),
        (words.AGE, taxonomy["age"].label(row.age)),
        (words.GENDER, taxonomy["gender"].label(row.gender)),
        (words.SITE_TYPE, taxonomy["site_type"].label(report.site_type)),
        (words.COMMERCIALITY, taxonomy["commerciality"].label(report.commerciality)),
        (words.REFERRER, plain(defanged(report.referrer)) if report.referrer else words.NOTHING),
        (words.MEMO, plain(report.memo)),
    ]
    if dossier.withdrawn_reason is not None:
        rows.insert(5, (words.WITHDRAWN_BECAUSE, plain(dossier.withdrawn_reason)))
    return Facts(rows=tuple(rows))


def _content_table(dossier: Dossier, taxonomy: Taxonomy) -> Table:
    return Table(
        title=words.CONTENT,
        header=words.CONTENT_HEADER,
        widths=(12, 40, 26, 22),
        rows=tuple(_content_row(item, taxonomy) for item in dossier.report.contents[:MOST_ROWS]),
        nothing=words.NO_CONTENT,
    )


def _content_row(item: ContentItem, taxonomy: Taxonomy) -> tuple[str, ...]:
    hosting = item.hosting
    network = f"AS{hosting.autonomous_system}" if hosting.autonomous_system else None
    place = (hosting.country, hosting.ip_address, network, hosting.provider)
    number = f"{item.content_id} {words.SOURCE_PAGE}" if item.is_source else str(item.content_id)
    return (
        number,
        plain(defanged(item.url)),
        plain(", ".join(part for part in place if part)),
        classification_label(current_classification(item), taxonomy),
    )


def _action_table(dossier: Dossier, taxonomy: Taxonomy) -> Table:
    rows = [
        _action_row(item, action, taxonomy)
        for item in dossier.report.contents
        for action in item.actions
    ]
    return Table(
        title=words.ACTIONS,
        header=words.ACTIONS_HEADER,
        widths=(14, 30, 24, 32),
        rows=tuple(rows[:MOST_ROWS]),
        nothing=words.NO_ACTIONS,
    )


def _action_row(item: ContentItem, action: Action, taxonomy: Taxonomy) -> tuple[str, ...]:
    reason = taxonomy["action_reason"].label(action.reason) if action.reason is not None else ""
    return (
        str(item.content_id),
        taxonomy["action"].label(action.type),
        iso_utc(action.made_at) if action.made_at else words.NOTHING,
        plain(" – ".join(part for part in (reason, action.reason_text) if part)),
    )


def _operation_table(dossier: Dossier, taxonomy: Taxonomy) -> Table:
    return Table(
        title=words.OPERATIONS,
        header=words.OPERATIONS_HEADER,
        widths=(24, 18, 16, 42),
        rows=tuple(
            _operation_row(row, taxonomy)
            for row in dossier.operations[:MOST_ROWS]
            if row.operation.report_id is not None
        ),
        nothing=words.NOTHING,
    )


def _operation_row(row: OperationRow, taxonomy: Taxonomy) -> tuple[str, ...]:
    body = row.operation.body
    if isinstance(body, GiveAssessment):
        label = classification_label(body.classification, taxonomy)
        said = words.assessed(body.content_id, label)
    else:
        said = plain(words_of(body))
    return iso_utc(row.operation.made_at), plain(row.operation.actor), row.state.value, said


def _media_row(item: MediaItem, is_packed: bool, omitted: str | None) -> tuple[str, ...]:  # noqa: FBT001 - one of three cells
    kind = " ".join(part for part in (item.kind, item.format) if part)
    digest = item.digests.sha256 if item.digests else item.announced_sha256
    place = words.IN_PACKAGE if is_packed else words.left_out(omitted)
    return media_reference(item.media_id), str(item.size), plain(kind), digest, plain(place)
