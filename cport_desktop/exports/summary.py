"""The report of a package, for reading: what `summary.pdf` says.

Codes by their neutral labels, URLs defanged, each moment in UTC and in the sender's own time. No
picture, unless veils are what the package holds; never an original. It fills `pages.Document`; the child that sets it
knows none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from cport_desktop.clock import iso_utc
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.package import Derived, PackageContent, PackagedMedia
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.exports.custody_pages import CustodyPages
from cport_desktop.exports.pages import (
    LARGEST_PICTURE,
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Row,
)
from cport_desktop.exports.paper_text import moment, plain, tabulated
from cport_desktop.exports.records import PackageRecord
from cport_desktop.exports.report_section import ReportSections, class_label, hotline_name
from cport_desktop.words import documents as words
from cport_desktop.words import tongue

MOST_SECTIONS = 1_000
"""Reports with a section of their own (about two pages each); all others are in the JSON and
the table, and the document says so. Nobody reads more on paper, and it takes minutes to set."""


def summary(
    content: PackageContent,
    record: PackageRecord,
    taxonomy: Taxonomy,
    *,
    zone: tzinfo | None = None,
) -> Document:
    """The report of `content`; `zone` is the sender's (None: that of the machine)."""
    report = _Report(content, record, taxonomy, zone, dict(_veils(content.media)))
    return Document(
        title=plain(content.title),
        subtitle=words.SUBTITLE,
        language=tongue.language(),
        author=plain(content.agency),
        producer=f"{record.software.name} {record.software.version}",
        made_at=content.composed_at,
        banner=words.BANNER if content.nature.is_synthetic else None,
        footer=words.footer(plain(content.agency), iso_utc(content.composed_at)),
        page_of=words.PAGE_OF,
        contents=words.CONTENTS_TITLE,
        facts=report.facts(),
        blocks=tuple(report.blocks()),
    )


def _veils(media: Iterable[PackagedMedia]) -> Iterator[tuple[MediaId, bytes]]:
    for packed in media:
        if packed.derived is Derived.VEIL and packed.digests.size <= LARGEST_PICTURE:
            yield packed.media_id, b"".join(packed.read())


@dataclass(frozen=True, slots=True)
class _Report:
    content: PackageContent
    record: PackageRecord
    taxonomy: Taxonomy
    zone: tzinfo | None
    veils: Mapping[MediaId, bytes]

    def facts(self) -> Facts:
        record, counts = self.record, self.record.counts
        rows = [
            (words.COMPOSED_AT, self._at(record.composed_at)),
            (words.COMPOSED_BY, plain(record.composed_by)),
            (words.AGENCY, plain(record.agency)),
            (words.AGREEMENT, plain(record.agreement)),
            (words.SEALED_TO, ", ".join(plain(r.name) for r in record.recipients) or words.NOTHING),
            (words.REPORTS, tongue.amount(counts.reports)),
            (words.CONTENT_ITEMS, tongue.amount(counts.content_items)),
            (words.MEDIA_FILES, words.files_with_bytes(counts.media, counts.media_bytes)),
            (words.MEDIA_OMITTED, tongue.amount(counts.media_omitted)),
            (words.LOG_HEAD, record.audit_log.head),
            (words.LOG_SIZE, tongue.amount(record.audit_log.size)),
            (words.CODE_LISTS, record.taxonomy),
            (words.SOFTWARE, f"{record.software.name} {record.software.version}"),
        ]
        if record.case:
            rows.insert(0, (words.CASE, plain(record.case)))
        if record.synthetic:
            rows.insert(0, (words.NATURE, words.IS_SYNTHETIC))
        return Facts(rows=tuple(rows))

    def blocks(self) -> Iterator[Block]:
        yield from self._about()
        yield from self._at_a_glance()
        yield from self._left_out()
        sections = ReportSections(
            taxonomy=self.taxonomy,
            at=self._at,
            packed={packed.media_id: packed for packed in self.content.media},
            omitted=dict(self.content.omitted_media),
            veils=self.veils,
            custody=self._custody(),
        )
        for place, dossier in enumerate(self.content.reports[:MOST_SECTIONS]):
            if place == 0:
                yield Heading(text=words.REPORTS, begins_page=True)
            yield from sections.blocks(dossier, begins_page=place > 0)

    def _about(self) -> Iterator[Block]:
        yield Heading(text=words.ABOUT, begins_page=True)
        yield Paragraph(text=words.HOW_TO_READ)
        yield Paragraph(text=words.HOW_ADDRESSES)
        yield Paragraph(text=words.HOW_TIMES)
        yield Paragraph(text=words.VEILED_PICTURES if self.veils else words.NO_PICTURES)
        yield from tabulated(
            words.RECIPIENTS,
            words.RECIPIENTS_HEADER,
            (34, 66),
            [(plain(each.name), each.public) for each in self.record.recipients],
            nothing=words.NO_RECIPIENTS,
            codes=(1,),
        )

    def _at_a_glance(self) -> Iterator[Block]:
        reports = self.content.reports
        yield Heading(text=words.AT_A_GLANCE)
        if len(reports) > MOST_SECTIONS:
            yield Paragraph(text=words.only_first(MOST_SECTIONS, len(reports)))
        yield from tabulated(
            "",
            words.GLANCE_HEADER,
            (14, 26, 27, 15, 9, 9),
            [self._glance(dossier) for dossier in reports],
            nothing=words.NO_REPORTS,
        )

    def _glance(self, dossier: Dossier) -> Row:
        report = dossier.report
        return (
            report_reference(report.report_id),
            hotline_name(dossier),
            self._at(report.received_at),
            class_label(self.taxonomy, dossier.row.classification),
            tongue.amount(len(report.contents)),
            tongue.amount(len(dossier.media)),
        )

    def _left_out(self) -> Iterator[Block]:
        yield Heading(text=words.LEFT_OUT)
        yield from tabulated(
            words.REDACTIONS,
            words.REDACTIONS_HEADER,
            (12, 24, 18, 24, 22),
            [
                (
                    each.what,
                    words.how_redacted(each.how),
                    plain(", ".join(each.where)),
                    plain(each.reason),
                    each.sha256 or words.NOTHING,
                )
                for each in self.content.redactions
            ],
            nothing=words.NO_REDACTIONS,
            codes=(4,),
        )
        yield from tabulated(
            words.OMITTED,
            words.OMITTED_HEADER,
            (20, 80),
            [
                (media_reference(media), plain(words.reason(reason)))
                for media, reason in self.content.omitted_media
            ],
            nothing=words.NONE_OMITTED,
        )

    def _custody(self) -> CustodyPages | None:
        told = self.content.custody
        return None if told is None else CustodyPages(told, plain=plain, at=self._at)

    def _at(self, at: datetime) -> str:
        return moment(at, self.zone)
