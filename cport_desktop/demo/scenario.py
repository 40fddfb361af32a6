"""A synthetic year of reports: every one a pure function of the seed and its number.

Nothing is kept, so a scenario of a million reports costs no more memory than one of ten.
Reports are numbered from 0 in the order of time; the last one came just before `until`.

What a media item's bytes weigh and digest to is known only once its file was made, so it
comes in as an argument (`FileFacts` by file number, all of `files_of` the report).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.demo import later_changes
from cport_desktop.demo.dice import Dice
from cport_desktop.demo.media_files import FileFacts, MediaPlan
from cport_desktop.demo.numbering import MOST_MEDIA, number_of_report, place_of_media
from cport_desktop.demo.report_making import ReportMaker
from cport_desktop.demo.stream import Event, Step, Stream
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.report import Report

YEAR: Final = timedelta(days=365)
DEFAULT_PICTURES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """`pictures`: how many files there are at most; media beyond repeat their bytes.

    `media_per_report`: this many media for each report, sixteen at most, instead of a
    lifelike number.

    Raises:
        ValueError: if a number is out of range or `until` has no time zone.
    """

    seed: int
    reports: int
    until: datetime
    jurisdiction: str = "NL"
    pictures: int = DEFAULT_PICTURES
    media_per_report: int | None = None

    def __post_init__(self) -> None:
        if self.reports < 0 or self.pictures < 1:
            raise ValueError("a scenario has no fewer than 0 reports and 1 picture")
        if self.media_per_report is not None and not 0 <= self.media_per_report <= MOST_MEDIA:
            raise ValueError(f"a report has 0 to {MOST_MEDIA} media")
        if self.until.tzinfo is None:
            raise ValueError("`until` is a moment in UTC")

    @property
    def stream(self) -> Stream:
        return Stream(self.seed, self.reports)

    @property
    def media(self) -> MediaPlan:
        return MediaPlan(self.seed, self.pictures, self.media_per_report)

    def moment(self, position: int) -> datetime:
        """When the change at `position` happened; later positions never come earlier."""
        end = self.stream.end
        within = Dice(self.seed, "moment", position).fraction()
        age = YEAR / max(1, end) * (end - position - within)
        return (self.until - age).replace(microsecond=0)

    def report(self, step: Step, files: Mapping[int, FileFacts]) -> Report:
        """The report that `step` concerns, as it stood once that had happened."""
        first, *later = self.stream.history(step.number)
        maker = ReportMaker(self.seed, self.jurisdiction, self.media)
        report = maker.first_form(step.number, self.moment(first.position), files)
        for past in later:
            if past.position <= step.position:
                moment = self.moment(past.position)
                report = later_changes.changed(self.seed, report, past, moment)
        return report

    def last_step(self, number: int) -> Step:
        """The last that happened to report `number`."""
        return self.stream.history(number)[-1]

    def is_withdrawal(self, step: Step) -> bool:
        """Whether the report was taken back with `step`."""
        is_later = step.event is not Event.NEW
        return is_later and later_changes.turn_of(self.seed, step) is later_changes.Turn.WITHDRAWN

    def reason(self, step: Step) -> str | None:
        """Why a report was corrected or taken back with `step`, if a reason was given."""
        return None if step.event is Event.NEW else later_changes.reason_of(self.seed, step)

    def files_of(self, number: int) -> tuple[int, ...]:
        """The file numbers of all media of report `number`, each once."""
        return self.media.files(number)

    def file_of_media(self, media: MediaId) -> int | None:
        """The file whose bytes media item `media` has; None if there is no such item."""
        number, at = place_of_media(media)
        if not 0 <= number < self.reports or at >= sum(self.media.shape(number)):
            return None
        return self.media.file(number, at)

    def number_of(self, report: ReportId) -> int | None:
        """Which number the report with this id has; None if there is no such report."""
        number = number_of_report(report)
        return number if 0 <= number < self.reports else None
