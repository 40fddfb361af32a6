"""Feeds the gateway with reports from files in the ICCAM dialect.

1. A file is taken whole or refused whole, with the place and the cause; all that is taken of one
   call goes into the ledger in one transaction.
2. A report and its content items may come in several files, of one call or of several.
3. What is said again changes nothing. What is said otherwise makes a corrected report, one revision
   on; assessments that stations gave stay behind those of the files.
4. Numbers that the portal gives itself are nobody else's. A submitted report gets one, and keeps it
   by its `hotlineReference`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cport_desktop.clock import Clock
from cport_desktop.demo import iccam_kept
from cport_desktop.demo.amending import assessments_of, with_assessments
from cport_desktop.demo.iccam_kept import Key, Sources, key_of
from cport_desktop.demo.iccam_reserved import unreserved
from cport_desktop.demo.ledger import Ledger
from cport_desktop.demo.numbering import (
    is_own_content,
    is_own_report,
    number_of_submitted,
    submitted_content_id,
    submitted_report_id,
)
from cport_desktop.demo.pages import PageMaker, ReportNow
from cport_desktop.domain.batch import ReportChange
from cport_desktop.domain.ids import ContentId, HotlineId, ReportId, report_reference
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import ReportStatus
from cport_desktop.errors import MalformedMessage, MessageTooLarge
from cport_desktop.formats.iccam.files import Found, parse_file
from cport_desktop.formats.iccam.mapping import (
    Numbers,
    Standing,
    report_document,
    submitted_document,
)
from cport_desktop.formats.iccam.shapes import Document, GivenContent, SubmittedReport
from cport_desktop.formats.portal_messages import parse_report
from cport_desktop.words import iccam as words

LARGEST_REPORT = 1024 * 1024
"""Bytes of the portal's document of an imported report: a batch holds many, and is bounded."""


@dataclass(frozen=True, slots=True)
class IccamFile:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """`where`: a JSON path without values; `cause`: a sentence."""

    file: str
    where: str
    cause: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the reports and of the files. `documents`: those that were taken."""

    imported: tuple[ReportId, ...] = ()
    corrected: tuple[ReportId, ...] = ()
    unchanged: tuple[ReportId, ...] = ()
    refused: tuple[FileRefusal, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that is understood so far."""

    name: str
    found: tuple[Found, ...]

    def refused(self, found: Found, cause: str, path: str = "$") -> FileRefusal:
        return FileRefusal(self.name, found.where + path[1:], cause)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A report as it will stand; `change` is None if it stands so already."""

    report: ReportId
    is_new: bool
    change: ReportChange | None


@dataclass(frozen=True, slots=True)
class IccamDesk:
    """Where files are handed in. `hotline` reported what does not say who did."""

    ledger: Ledger
    pages: PageMaker
    clock: Clock
    hotline: HotlineId

    def take(self, files: Iterable[IccamFile]) -> Imported:
        """Feed what can be taken of `files`; see the promises of this room."""
        with self.ledger.transaction():
            taken, refused = self._read(files)
            while True:
                plan, more = self._plan(taken)
                if not more:
                    break
                refused += more
                bad = {refusal.file for refusal in more}
                taken = [each for each in taken if each.name not in bad]
            self._apply(taken, plan)
        changed = [each for each in plan if each.change is not None]
        return Imported(
            imported=tuple(each.report for each in changed if each.is_new),
            corrected=tuple(each.report for each in changed if not each.is_new),
            unchanged=tuple(each.report for each in plan if each.change is None),
            refused=tuple(refused),
            documents=tuple(found.document for each in taken for found in each.found),
        )

    def _read(self, files: Iterable[IccamFile]) -> tuple[list[_Read], list[FileRefusal]]:
        taken: list[_Read] = []
        refused: list[FileRefusal] = []
        said: dict[Key, Document] = {}
        for file in files:
            try:
                read = _Read(file.name, parse_file(file.content))
            except MalformedMessage as error:
                where, cause = error.facts["where"], error.facts["cause"]
                refused.append(FileRefusal(file.name, str(where), str(cause)))
                continue
            except MessageTooLarge:
                refused.append(FileRefusal(file.name, "$", words.TOO_LARGE))
                continue
            refusal = self._first_refusal(read, said)
            if refusal is not None:
                refused.append(refusal)
                continue
            said |= {key_of(found.document): found.document for found in read.found}
            taken.append(read)
        return taken, refused

    def _first_refusal(
        self, read: _Read, said_elsewhere: Mapping[Key, Document]
    ) -> FileRefusal | None:
        said = dict(said_elsewhere)
        for found in read.found:
            document = found.document
            if said.setdefault(key_of(document), document) != document:
                return read.refused(found, words.SAID_TWICE)
            own = self._own_number(document)
            if own is not None:
                return read.refused(found, words.own_number(own))
            path = unreserved(document) if self.pages.identity.nature is Nature.DEMO else None
            if path is not None:
                return read.refused(found, words.NOT_RESERVED, path)
        return None

    def _own_number(self, document: Document) -> str | None:
        """The number in `document` that the portal gives itself, as people know it."""
        reports = self.pages.scenario.reports
        if isinstance(document, SubmittedReport):
            return None
        report = ReportId(document.report_id)
        if is_own_report(report, reports):
            return report_reference(report)
        items: Iterable[int | None] = ()
        if isinstance(document, GivenContent):
            items = (document.content_id,)
        elif isinstance(document.report_contents, tuple):
            items = (listed.content_id for listed in document.report_contents)
        own = (item for item in items if item is not None)
        return next((str(item) for item in own if is_own_content(ContentId(item), reports)), None)

    def _plan(self, taken: Sequence[_Read]) -> tuple[list[_Planned], list[FileRefusal]]:
        """What the reports come to, and what stands against it: at most one refusal a file."""
        against: dict[str, FileRefusal] = {}
        spoken_of: dict[ReportId, list[tuple[_Read, Found]]] = {}
        for report, read, found in self._by_report(taken):
            kept = iccam_kept.report_of(self.ledger, key_of(found.document))
            if kept is not None and kept != report:
                against.setdefault(read.name, read.refused(found, words.OF_ANOTHER_REPORT))
            spoken_of.setdefault(report, []).append((read, found))
        plan: list[_Planned] = []
        for report, said in spoken_of.items():
            try:
                plan.append(self._planned(report, [found.document for _, found in said]))
            except MalformedMessage as error:
                path, cause = str(error.facts["where"]), str(error.facts["cause"])
                for read, found in said:
                    against.setdefault(read.name, read.refused(found, cause, path))
        return plan, list(against.values())

    def _by_report(self, taken: Sequence[_Read]) -> Iterator[tuple[ReportId, _Read, Found]]:
        next_number = iccam_kept.count_submissions(self.ledger)
        numbered: dict[Key, ReportId] = {}
        for read in taken:
            for found in read.found:
                document = found.document
                if not isinstance(document, SubmittedReport):
                    yield ReportId(document.report_id), read, found
                    continue
                key = key_of(document)
                known = numbered.get(key) or iccam_kept.report_of(self.ledger, key)
                if known is None:
                    known = submitted_report_id(next_number)
                    next_number += 1
                numbered[key] = known
                yield known, read, found

    def _planned(self, report: ReportId, said: Sequence[Document]) -> _Planned:
        before = iccam_kept.sources_of(self.ledger, report)
        after = before
        for document in said:
            after = after.with_document(document)
        now = self.pages.report_now(report)
        if after == before:
            return _Planned(report, is_new=False, change=None)
        if now is not None and now.is_withdrawn:
            raise MalformedMessage(where="$", cause=words.WITHDRAWN)
        printed = self._document(report, after, before, now)
        if len(printed) > LARGEST_REPORT:
            raise MalformedMessage(where="$", cause=words.TOO_LARGE)
        status = ReportStatus.NEW if now is None else ReportStatus.CORRECTED
        change = ReportChange(status, parse_report(printed), printed, None)
        return _Planned(report, is_new=now is None, change=change)

    def _document(
        self, report: ReportId, after: Sources, before: Sources, now: ReportNow | None
    ) -> bytes:
        updated = self.clock.now().replace(microsecond=0)
        if now is None or now.report is None:
            return self._printed(report, after, Standing(1, updated))
        standing = Standing(now.report.revision + 1, updated)
        printed = self._printed(report, after, standing)
        own = assessments_of(self._printed(report, before, standing))
        given = {
            item: found[len(own.get(item, ())) :]
            for item, found in assessments_of(now.document).items()
        }
        return with_assessments(printed, given, revision=standing.revision, updated=updated)

    def _printed(self, report: ReportId, sources: Sources, standing: Standing) -> bytes:
        if sources.submission is not None:
            number = number_of_submitted(report)
            places = range(len(sources.submission.urls))
            contents = tuple(submitted_content_id(number, at) for at in places)
            numbers = Numbers(report, self.hotline, contents)
            return submitted_document(sources.submission, numbers, standing)
        if sources.report is None:
            raise MalformedMessage(where="$.reportId", cause=words.REPORT_UNKNOWN)
        items = [item for _, item in sorted(sources.contents.items())]
        return report_document(sources.report, items, standing, hotline=self.hotline)

    def _apply(self, taken: Sequence[_Read], plan: Sequence[_Planned]) -> None:
        for report, _, found in list(self._by_report(taken)):
            iccam_kept.keep(self.ledger, report, found.document)
        self.ledger.feed([each.change for each in plan if each.change is not None])
