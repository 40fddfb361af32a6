"""How what stands in a colleague's package stands here: decided before anything is taken in.

Rules, report by report:

1. What was erased here does not come back.
2. What is here stays: in the same revision it is the same, in another one that is shown.
3. A media item whose number has other bytes here is a clash, and its report is not taken in.
4. What this version cannot read is not taken in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.imported import (
    CarriedReport,
    ItemStanding,
    MediaCounts,
    StandingReport,
)
from cport_desktop.domain.report import MediaNotice, Report
from cport_desktop.errors import PackageMalformed
from cport_desktop.formats.package_members import (
    CUSTODY,
    LONGEST_MEMBER,
    CustodyLines,
    media_in,
    parse_carried_report,
    report_in,
)
from cport_desktop.vault.contents_here import announced_digests, held_digests
from cport_desktop.vault.erased import erased_reports
from cport_desktop.vault.replica_tables import standings_of
from cport_desktop.vault.transaction import Reader
from cport_desktop.words import packages as words

MOST_REPORTS: Final = 20_000
"""In one package: no composer makes a larger one (`usecases.compose_package`)."""
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of all documents together, which are in memory while they are taken in: twenty thousand honest reports
have a tenth of that.
"""

_NONE: Final = MediaCounts()


@dataclass(slots=True)
class Survey:
    """Hears a package go by, and knows its reports and which files it carries (digest → bytes)."""

    reports: list[CarriedReport] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)
    custody: CustodyLines = field(default_factory=CustodyLines)
    _is_custody: bool = False
    _named: ReportId | None = None
    _member: bytearray = field(default_factory=bytearray)
    _bytes: int = 0

    def begins(self, name: str, size: int) -> None:
        self._named = report_in(name)
        self._is_custody = name == CUSTODY
        self._member.clear()
        if (digest := media_in(name)) is not None:
            self.files[digest] = size
        if self._is_custody:
            self._bytes += size
        if self._bytes > MOST_BYTES:
            raise PackageMalformed(cause=words.fault("too_large"))
        if self._named is None:
            return
        self._bytes += size
        if size > LONGEST_MEMBER or self._bytes > MOST_BYTES or len(self.reports) >= MOST_REPORTS:
            raise PackageMalformed(cause=words.fault("too_large"))

    def takes(self, piece: bytes) -> None:
        if self._is_custody:
            self.custody.write(piece)
        if self._named is not None:
            self._member += piece

    def ends(self) -> None:
        if self._named is not None:
            self.reports.append(parse_carried_report(bytes(self._member), named=self._named))
            self._named = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken in: `taken` reports, `files` (digest → item that it is held as, before its bytes
    are shared with the others). `absent`: items of these reports that come without a file. `lines`: how
    every report of the package stands here.
    """

    lines: tuple[StandingReport, ...]
    taken: tuple[CarriedReport, ...]
    files: Mapping[str, MediaId] = field(default_factory=dict)
    absent: frozenset[MediaId] = frozenset()
    counts: MediaCounts = _NONE

    def of(self, standing: ItemStanding) -> tuple[ReportId, ...]:
        """The reports that stand so."""
        return tuple(line.report_id for line in self.lines if line.standing is standing)


def plan_of(reader: Reader, survey: Survey, *, withheld: Collection[str]) -> Plan:
    """What taking in this package would come to as the vault stands. `withheld`: digests of files whose
    kind the agreement does not let come.
    """
    numbers = [carried.report_id for carried in survey.reports]
    notices = notices_of(carried.report for carried in survey.reports)
    known = announced_digests(reader, [notice.media_id for notice in notices])
    judge = _Judge(
        gone=erased_reports(reader.connection, numbers),
        here={
            number: standing.revision
            for number, standing in standings_of(reader.connection, numbers).items()
        },
        announced=dict(known),
    )
    lines = tuple(judge.line(carried) for carried in survey.reports)
    taken = tuple(
        carried
        for carried, line in zip(survey.reports, lines, strict=True)
        if line.standing is ItemStanding.NEW
    )
    return _with_files(reader, survey, Plan(lines, taken), known, frozenset(withheld))


def notices_of(reports: Iterable[Report | None]) -> list[MediaNotice]:
    """Every announcement of a file in these reports."""
    return [
        notice
        for report in reports
        if report is not None
        for content in report.contents
        for notice in content.media
    ]


@dataclass(slots=True)
class _Judge:
    """How reports stand, one after the other: what one announces counts for those behind it."""

    gone: Collection[int]
    here: Mapping[ReportId, int | None]
    announced: dict[MediaId, str]

    def line(self, carried: CarriedReport) -> StandingReport:
        notices = notices_of([carried.report])
        standing = self._standing(carried, notices)
        if standing is ItemStanding.NEW:
            self.announced.update((notice.media_id, notice.sha256) for notice in notices)
        return StandingReport(
            report_id=carried.report_id,
            standing=standing,
            revision=None if carried.report is None else carried.report.revision,
            revision_here=self.here.get(carried.report_id),
            media=len({notice.media_id for notice in notices}),
        )

    def _standing(self, carried: CarriedReport, notices: Sequence[MediaNotice]) -> ItemStanding:
        report, number = carried.report, carried.report_id
        if number in self.gone:
            return ItemStanding.ERASED
        if report is None:
            return ItemStanding.UNREADABLE
        if number in self.here:
            is_same = self.here[number] == report.revision
            return ItemStanding.SAME if is_same else ItemStanding.OTHER
        said: dict[MediaId, str] = {}
        for notice in notices:
            before = self.announced.get(notice.media_id, notice.sha256)
            if not before == said.setdefault(notice.media_id, notice.sha256) == notice.sha256:
                return ItemStanding.CLASH
        return ItemStanding.NEW


def _with_files(
    reader: Reader,
    survey: Survey,
    plan: Plan,
    known: Mapping[MediaId, str],
    withheld: frozenset[str],
) -> Plan:
    announced: dict[str, list[MediaNotice]] = {}
    for notice in notices_of(carried.report for carried in plan.taken):
        announced.setdefault(notice.sha256, []).append(notice)
    held = held_digests(reader, {*announced, *survey.files})
    coming: dict[str, MediaId] = {}
    for digest, notices in announced.items():
        unknown = [notice.media_id for notice in notices if notice.media_id not in known]
        fits = survey.files.get(digest) == notices[0].size
        if unknown and fits and digest not in held | withheld:
            coming[digest] = min(unknown)
    absent = frozenset(
        notice.media_id
        for digest, notices in announced.items()
        if digest not in coming and digest not in held
        for notice in notices
        if notice.media_id not in known
    )
    files = survey.files.keys()
    counts = MediaCounts(
        new=len(coming),
        here=len(files & held),
        withheld=len((files & withheld & announced.keys()) - held),
        unneeded=len(files - announced.keys() - held),
        absent=len(absent),
        bytes_new=sum(survey.files[digest] for digest in coming),
    )
    return replace(plan, files=coming, absent=absent, counts=counts)
