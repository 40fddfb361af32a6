"""The section of one report in the report of a package: facts, tables, custody, veils."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import GiveAssessment, OperationRow, words_of
from cport_desktop.domain.package import Derived, PackagedMedia
from cport_desktop.domain.report import Action, ContentItem
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.exports.custody_pages import CustodyPages
from cport_desktop.exports.pages import (
    MOST_PICTURES,
    Block,
    Facts,
    Heading,
    Picture,
    Pictures,
    Row,
)
from cport_desktop.exports.paper_text import address, plain, tabulated
from cport_desktop.words import documents as words
from cport_desktop.words import tongue


@dataclass(frozen=True, slots=True)
class ReportSections:
    """Sections of the reports of one package. `at` tells a moment; `omitted` gives the reason why a
    media item is not in the package, a code of `words`; `veils` are small PNGs.
    """

    taxonomy: Taxonomy
    at: Callable[[datetime], str]
    packed: Mapping[MediaId, PackagedMedia]
    omitted: Mapping[MediaId, str]
    veils: Mapping[MediaId, bytes]
    custody: CustodyPages | None

    def blocks(self, dossier: Dossier, *, begins_page: bool) -> Iterator[Block]:
        report = dossier.report
        yield Heading(text=report_reference(report.report_id), level=2, begins_page=begins_page)
        yield self._facts(dossier)
        yield from tabulated(
            words.CONTENT,
            words.CONTENT_HEADER,
            (12, 40, 26, 22),
            [self._content_row(item) for item in report.contents],
            nothing=words.NO_CONTENT,
        )
        yield from tabulated(
            words.ACTIONS,
            words.ACTIONS_HEADER,
            (12, 28, 30, 30),
            [self._action_row(item, act) for item in report.contents for act in item.actions],
            nothing=words.NO_ACTIONS,
        )
        yield from tabulated(
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
        yield from tabulated(
            words.MEDIA,
            words.MEDIA_HEADER,
            (13, 12, 14, 28.7, 32.3),
            [
                _media_row(item, self.packed.get(item.media_id), self.omitted.get(item.media_id))
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

    def _facts(self, dossier: Dossier) -> Facts:
        report, row, lists = dossier.report, dossier.row, self.taxonomy
        rows = [
            (words.HOTLINE, hotline_name(dossier)),
            (words.HOTLINE_REFERENCE, plain(report.hotline_reference)),
            (words.RECEIVED, self.at(report.received_at)),
            (words.UPDATED, self.at(report.updated_at)),
            (words.STATUS, words.status(row.status.value)),
            (words.CLASSIFICATION, class_label(self.taxonomy, row.classification)),
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
            class_label(self.taxonomy, current_classification(item)),
        )

    def _action_row(self, item: ContentItem, action: Action) -> Row:
        lists = self.taxonomy
        reason = lists["action_reason"].label(action.reason) if action.reason is not None else ""
        return (
            str(item.content_id),
            lists["action"].label(action.type),
            self.at(action.made_at) if action.made_at else words.NOTHING,
            plain(" – ".join(part for part in (reason, action.reason_text) if part)),
        )

    def _operation_row(self, row: OperationRow) -> Row:
        operation, body = row.operation, row.operation.body
        if isinstance(body, GiveAssessment):
            said = words.assessed(body.content_id, class_label(self.taxonomy, body.classification))
        else:
            said = plain(words_of(body))
        state = words.state(row.state.value)
        return self.at(operation.made_at), plain(operation.actor), state, said


def class_label(taxonomy: Taxonomy, code: int) -> str:
    """The label of a classification, or the word for none yet."""
    return words.UNDECIDED if code == UNDECIDED else taxonomy["classification"].label(code)


def hotline_name(dossier: Dossier) -> str:
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
