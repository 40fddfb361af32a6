"""Makes a report as it first appeared at the portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cport_desktop.demo import hosting, names, proportions
from cport_desktop.demo.dice import Dice
from cport_desktop.demo.families import plan
from cport_desktop.demo.media_files import FileFacts, MediaPlan
from cport_desktop.demo.numbering import content_id, report_id
from cport_desktop.demo.verdicts import action, assessment
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.report import Action, Assessment, ContentItem, Report
from cport_desktop.domain.taxonomy import BASELINE, NOT_ILLEGAL


@dataclass(frozen=True, slots=True)
class ReportMaker:
    seed: int
    jurisdiction: str
    media: MediaPlan

    def first_form(self, number: int, appeared: datetime, files: Mapping[int, FileFacts]) -> Report:
        """Report `number` in its first revision; it appeared at the portal at `appeared`.

        `files` holds the facts of all files of its media.
        """
        dice = Dice(self.seed, "report", number)
        hotline = dice.pick(names.HOTLINE_TABLE)
        commerciality = dice.pick(proportions.COMMERCIALITIES)
        received = appeared - _delay(dice)
        contents = self._contents(number, _Frame(dice, hotline, received, appeared), files)
        media = sum(len(item.media) for item in contents)
        has_login = dice.happens(0.03)
        return Report(
            report_id=report_id(number),
            revision=1,
            hotline=hotline,
            analyst=None if dice.happens(0.02) else names.analyst(dice, hotline),
            hotline_reference=f"SYN-{hotline}-{number:07}",
            received_at=received,
            updated_at=appeared,
            memo=names.memo(dice, number, media),
            referrer=self._referrer(dice),
            source_username="synthetic-visitor" if has_login else None,
            source_password=f"synthetic-{dice.below(1000):03}" if has_login else None,
            site_type=None if dice.happens(0.01) else dice.pick(proportions.SITE_TYPES),
            commerciality=None if dice.happens(0.02) else commerciality,
            payment_methods=_payment_methods(dice, commerciality),
            contents=contents,
        )

    def _referrer(self, dice: Dice) -> str | None:
        if not dice.happens(0.35):
            return None
        return hosting.page_url(self._site(dice), dice)

    def _site(self, dice: Dice) -> hosting.Site:
        return hosting.site(self.seed, hosting.site_number(dice), self.jurisdiction)

    def _contents(
        self, number: int, frame: _Frame, files: Mapping[int, FileFacts]
    ) -> tuple[ContentItem, ...]:
        dice = frame.dice
        page_site = self._site(dice)
        verdict = _verdict(frame)
        contents: list[ContentItem] = []
        first_medium = 0
        for at, media in enumerate(self.media.shape(number)):
            # Four in five embedded files lie where the page lies.
            is_elsewhere = at > 0 and dice.happens(0.2)
            site = self._site(dice) if is_elsewhere else page_site
            places = range(first_medium, first_medium + media)
            first_medium += media
            is_file = at > 0 or dice.happens(0.07)
            contents.append(
                ContentItem(
                    content_id=content_id(number, at),
                    url=self._file_url(number, places, site, dice)
                    if is_file
                    else hosting.page_url(site, dice),
                    is_source=at == 0,
                    content_type=1 if is_file else 2,
                    hosting=hosting.hosting(site, dice),
                    assigned_country=self._assigned(site, dice),
                    assigned_at=frame.some_moment(),
                    hotline_reference=f"SYN-{number:07}-{at}" if dice.happens(0.8) else None,
                    memo=f"synthetic item {at}" if dice.happens(0.1) else None,
                    assessments=verdict.assessments,
                    actions=verdict.actions,
                    media=tuple(self.media.notice(number, place, files) for place in places),
                )
            )
            if dice.happens(0.12):
                verdict = _verdict(frame)
        return tuple(contents)

    def _file_url(self, number: int, places: range, site: hosting.Site, dice: Dice) -> str:
        extension = ".jpg"
        if places:
            extension = plan(self.seed, self.media.file(number, places[0])).extension
        return hosting.file_url(site, dice, extension)

    def _assigned(self, site: hosting.Site, dice: Dice) -> str | None:
        """Mostly where it is hosted; some foreign material is the jurisdiction's all the same."""
        if site.country is None:
            return None if dice.happens(0.5) else self.jurisdiction
        return self.jurisdiction if dice.happens(0.15) else site.country


@dataclass(frozen=True, slots=True)
class _Frame:
    """Within which time, and by which hotline, a report was worked on."""

    dice: Dice
    hotline: HotlineId
    received: datetime
    appeared: datetime

    def some_moment(self) -> datetime:
        """A whole second between receipt and appearance."""
        span = self.appeared - self.received
        return (self.received + span * self.dice.fraction()).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class _Verdict:
    assessments: tuple[Assessment, ...]
    actions: tuple[Action, ...]


def _verdict(frame: _Frame) -> _Verdict:
    """What was decided before the portal showed it: nothing for two in seven."""
    dice = frame.dice
    if dice.happens(0.28):
        early = (action(dice, frame.hotline, frame.some_moment()),) if dice.happens(0.03) else ()
        return _Verdict((), early)
    first = assessment(dice, frame.hotline, frame.some_moment())
    assessments = [first]
    if first.classification not in (BASELINE, NOT_ILLEGAL) and dice.happens(0.12):
        # Only a National assessment is ever overruled.
        assessments.append(assessment(dice, dice.pick(names.HOTLINE_TABLE), frame.appeared))
    actions: list[Action] = []
    if dice.happens(0.3):
        actions.append(action(dice, frame.hotline, frame.appeared))
    return _Verdict(tuple(assessments), tuple(actions))


def _delay(dice: Dice) -> timedelta:
    low, high = dice.pick(proportions.DELAY_HOURS)
    return timedelta(seconds=dice.between(low * 3600, high * 3600))


def _payment_methods(dice: Dice, commerciality: int) -> tuple[int, ...]:
    commercial = 2
    if commerciality != commercial:
        return () if dice.happens(0.97) else (9,)
    methods = (dice.pick(proportions.PAYMENT_METHODS) for _ in range(dice.between(1, 3)))
    return tuple(sorted(set(methods)))
