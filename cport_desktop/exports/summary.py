"""The report of a package, for reading: what `summary.pdf` says.

Codes by their neutral labels, URLs defanged, each moment in UTC and in the sender's own time. No
picture, unless veils are what the package holds; never an original. It fills `pages.Document`; the child that sets it
knows none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from cport_desktop.clock import iso_utc
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import GiveAssessment, OperationRow, words_of
from cport_desktop.domain.package import Derived, PackageContent, PackagedMedia
from cport_desktop.domain.report import Action, ContentItem
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.exports.custody_pages import CustodyPages
from cport_desktop.exports.pages import (
    LARGEST_PICTURE,
    MOST_PICTURES,
    MOST_ROWS,
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Table,
)
from cport_desktop.exports.paper_text import address, moment, plain
from cport_desktop.exports.records import PackageRecord
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
    told = content.custody
    custody = (
        None if told is None else CustodyPages(told, plain=plain, at=lambda at: moment(at, zone))
    )
    report = _Report(content, record, taxonomy, zone, dict(_veils(content.media)), custody)
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
    custody: CustodyPages | None

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
        if record.synthetic:
            rows.insert(0, (words.NATURE, words.IS_SYNTHETIC))
        return Facts(rows=tuple(rows))

    def blocks(self) -> Iterator[Block]:
        yield from self._about()
        yield from self._at_a_glance()
        yield from self._left_out()
        packed = {packed.media_id: packed for packed in self.content.media}
        for place, dossier in enumerate(self.content.reports[:MOST_SECTIONS]):
            if place == 0:
                yield Heading(text=words.REPORTS, begins_page=True)
            yield from self._report(dossier, packed, begins_page=place > 0)

    def _about(self) -> Iterator[Block]:
        yield Heading(text=words.ABOUT, begins_page=True)
        yield Paragraph(text=words.HOW_TO_READ)
        yield Paragraph(text=words.HOW_ADDRESSES)
        yield Paragraph(text=words.HOW_TIMES)
        yield Paragraph(text=words.VEILED_PICTURES if self.veils else words.NO_PICTURES)
        yield from _table(
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
        yield from _table(
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
            _hotline(dossier),
            self._at(report.received_at),
            self._class(dossier.row.classification),
            tongue.amount(len(report.contents)),
            tongue.amount(len(dossier.media)),
        )

    def _left_out(self) -> Iterator[Block]:
        yield Heading(text=words.LEFT_OUT)
        yield from _table(
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
        yield from _table(
            words.OMITTED,
            words.OMITTED_HEADER,
            (20, 80),
            [
                (media_reference(media), plain(words.reason(reason)))
                for media, reason in self.content.omitted_media
            ],
            nothing=words.NONE_OMITTED,
        )

    def _report(
        self, dossier: Dossier, packed: Mapping[MediaId, PackagedMedia], *, begins_page: bool
    ) -> Iterator[Block]:
        report, omitted = dossier.report, dict(self.content.omitted_media)
        yield Heading(text=report_reference(report.report_id), level=2, begins_page=begins_page)
        yield self._report_facts(dossier)
        yield from _table(
            words.CONTENT,
            words.CONTENT_HEADER,
            (12, 40, 26, 22),
            [self._content_row(item) for item in report.contents],
            nothing=words.NO_CONTENT,
        )
        yield from _table(
            words.ACTIONS,
            words.ACTIONS_HEADER,
            (12, 28, 30, 30),
            [self._action_row(item, act) for item in report.contents for act in item.actions],
            nothing=words.NO_ACTIONS,
        )
        yield from _table(
            words.OPERATIONS,
            words.OPERATIONS_HEADER,
            (30, 16, 20, 34),
            [
                self._operation_row(row)
                for row in dossier.operations
                if row.operation.report_id is not None
            ],
            nothing=words.NO_OPERATIONS,
        )
        yield from _table(
            words.MEDIA,
            words.MEDIA_HEADER,
            (13, 12, 14, 33, 28),
            [
                _media_row(item, packed.get(item.media_id), omitted.get(item.media_id))
                for item in dossier.media
            ],
            nothing=words.NO_MEDIA,
            codes=(3,),
        )
        if self.custody is not None:
            items = [media_reference(item.media_id) for item in dossier.media]
            yield from self.custody.blocks([report_reference(report.report_id), *items])
        veiled = [item.media_id for item in dossier.media if item.media_id in self.veils]
        if veiled:
            shown = tuple(
                Picture(caption=media_reference(number), png=self.veils[number])
                for number in veiled[:MOST_PICTURES]
            )
            yield Pictures(title=words.PICTURES, pictures=shown)

    def _report_facts(self, dossier: Dossier) -> Facts:
        report, row, lists = dossier.report, dossier.row, self.taxonomy
        rows = [
            (words.HOTLINE, _hotline(dossier)),
            (words.HOTLINE_REFERENCE, plain(report.hotline_reference)),
            (words.RECEIVED, self._at(report.received_at)),
            (words.UPDATED, self._at(report.updated_at)),
            (words.STATUS, words.status(row.status.value)),
            (words.CLASSIFICATION, self._class(row.classification)),
            (words.AGE, lists["age"].label(row.age)),
            (words.GENDER, lists["gender"].label(row.gender)),
            (words.SITE_TYPE, lists["site_type"].label(report.site_type)),
            (words.COMMERCIALITY, lists["commerciality"].label(report.commerciality)),
            (
                words.REFERRER,
                plain(address(report.referrer)) if report.referrer else words.NOTHING,
            ),
            (words.MEMO, plain(report.memo)),
        ]
        if dossier.withdrawn_reason is not None:
            rows.insert(5, (words.WITHDRAWN_BECAUSE, plain(dossier.withdrawn_reason)))
        return Facts(rows=tuple(rows))

    def _content_row(self, item: ContentItem) -> Row:
        hosting = item.hosting
        network = f"AS{hosting.autonomous_system}" if hosting.autonomous_system else None
        place = (hosting.country, hosting.ip_address, network, hosting.provider)
        number = item.content_id
        return (
            words.source_page(number) if item.is_source else str(number),
            plain(address(item.url)),
            plain(", ".join(part for part in place if part)),
            self._class(current_classification(item)),
        )

    def _action_row(self, item: ContentItem, action: Action) -> Row:
        lists = self.taxonomy
        reason = lists["action_reason"].label(action.reason) if action.reason is not None else ""
        return (
            str(item.content_id),
            lists["action"].label(action.type),
            self._at(action.made_at) if action.made_at else words.NOTHING,
            plain(" – ".join(part for part in (reason, action.reason_text) if part)),
        )

    def _operation_row(self, row: OperationRow) -> Row:
        operation, body = row.operation, row.operation.body
        if isinstance(body, GiveAssessment):
            said = words.assessed(body.content_id, self._class(body.classification))
        else:
            said = plain(words_of(body))
        state = words.state(row.state.value)
        return self._at(operation.made_at), plain(operation.actor), state, said

    def _class(self, code: int) -> str:
        if code == UNDECIDED:
            return words.UNDECIDED
        return self.taxonomy["classification"].label(code)

    def _at(self, at: datetime) -> str:
        return moment(at, self.zone)


def _table(
    title: str,
    header: Row,
    widths: tuple[float, ...],
    rows: Sequence[Row],
    *,
    nothing: str,
    codes: tuple[int, ...] = (),
) -> Iterator[Block]:
    yield Table(
        title=title,
        header=header,
        widths=widths,
        rows=tuple(rows[:MOST_ROWS]),
        nothing=nothing,
        codes=codes,
    )
    if len(rows) > MOST_ROWS:
        yield Paragraph(text=words.only_rows(MOST_ROWS, len(rows)))


def _hotline(dossier: Dossier) -> str:
    hotline = dossier.hotline
    return plain(f"{hotline.name} ({hotline.country})" if hotline else str(dossier.report.hotline))


def _media_row(item: MediaItem, packed: PackagedMedia | None, omitted: str | None) -> Row:
    """A veil stands for its original; of whatever else goes, what is told is the file that goes."""
    is_itself = packed is None or packed.derived is Derived.VEIL
    digests = item.digests if packed is None or is_itself else packed.digests
    place = words.left_out(omitted) if packed is None else words.packed_as(packed.derived)
    return (
        media_reference(item.media_id),
        tongue.amount(digests.size if digests else item.size),
        plain(" ".join(part for part in (item.kind, item.format) if part)),
        (digests.sha256 if digests else item.announced_sha256) or words.NOTHING,
        plain(place),
    )
