"""Synthetic reports by the hundred thousand, with words and values of known frequency.

Neutral through and through: words are made of syllables, hosts are reserved names.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cport_desktop.domain.batch import Batch, ReportChange
from cport_desktop.domain.ids import (
    ContentId,
    Cursor,
    HotlineId,
    MediaId,
    PortalId,
    ReportId,
    StationId,
)
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.report import (
    Assessment,
    ContentItem,
    Hosting,
    Hotline,
    MediaNotice,
    Report,
    ReportStatus,
)
from cport_desktop.formats.portal_messages import print_report
from tests.report_builders import told

HALF, TWENTIETH, RARE = "commonword", "seldomword", "rareword"
"""Words in 50 %, 5 % and 0.001 % of the reports (of one at least)."""

_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")
_COUNTRIES = ("NL", "US", "FR", "DE", "RU", "LU", "SE", "CZ")
_WEIGHTS = (30, 25, 12, 10, 8, 6, 5, 4)
_BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
HOTLINES = tuple(
    Hotline(HotlineId(number), f"Hotline {number}", _COUNTRIES[number % 8], None)
    for number in range(1, 25)
)


@dataclass(frozen=True, slots=True)
class Synthesis:
    """`reports` reports with two media items each, the same for the same seed. `first`: the number of
    the first one.
    """

    reports: int
    seed: int = 1
    first: int = 0

    def batches(self, size: int) -> Iterator[Batch]:
        """The reports as the portal would hand them over, `size` at a time."""
        dice = random.Random(self.seed)
        words = [_word(dice) for _ in range(4000)]
        domains = [f"{_word(dice)}-{number}.example" for number in range(2000)]
        last: Batch | None = None
        for start in range(0, self.reports, size):
            end = min(start + size, self.reports)
            changes = tuple(
                _change(self._report(self.first + number, dice, words, domains))
                for number in range(start, end)
            )
            last = _batch(changes, start, end, after=last)
            yield last

    def _report(
        self, number: int, dice: random.Random, words: list[str], domains: list[str]
    ) -> Report:
        domain = domains[int(dice.paretovariate(0.9)) % len(domains)]
        received = _BEGINNING + timedelta(seconds=number * 30 + dice.randrange(3600))
        items = tuple(
            _item(number * 3 + place, domain, dice, words, is_source=place == 0)
            for place in range(dice.choice((1, 2, 2, 3)))
        )
        return Report(
            report_id=ReportId(number + 100_000),
            revision=1,
            hotline=HotlineId(1 + int(dice.paretovariate(0.7)) % 24),
            analyst=f"Analyst {dice.randrange(60)}",
            hotline_reference=f"R-{number:07}",
            received_at=received,
            updated_at=received + timedelta(seconds=dice.randrange(30 * 86400)),
            memo=" ".join(self._memo(number, dice, words)),
            referrer=None,
            source_username=None,
            source_password=None,
            site_type=dice.choice((2, 2, 2, 20, 20, 6, 3, 5, 9, 22)),
            commerciality=dice.choice((1, 2, 3, 3)),
            payment_methods=(13,) if dice.random() < 0.03 else (),
            contents=items,
        )

    def _memo(self, number: int, dice: random.Random, words: list[str]) -> Iterator[str]:
        yield from dice.choices(words, k=10)
        if dice.random() < 0.5:
            yield HALF
        if dice.random() < 0.05:
            yield TWENTIETH
        if number % 100_000 == self.reports // 2 % 100_000:
            yield RARE


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3, 3, 4))))


def _item(
    number: int, domain: str, dice: random.Random, words: list[str], *, is_source: bool
) -> ContentItem:
    first, second = dice.choices(words, k=2)
    page = "" if is_source else f"/{dice.randrange(1 << 32):08x}.jpg"
    country = dice.choices(_COUNTRIES, _WEIGHTS)[0]
    media = (_notice(number * 2, dice), _notice(number * 2 + 1, dice)) if is_source else ()
    return ContentItem(
        content_id=ContentId(number),
        url=f"https://{first}.{domain}/{second}/{number}{page}",
        is_source=is_source,
        content_type=2 if is_source else 1,
        hosting=Hosting(
            country,
            f"198.51.100.{number % 250}",
            f"Provider {int(dice.paretovariate(0.8)) % 300}",
            64496 + number % 16,
            None,
            number % 7 == 0,
        ),
        assigned_country="NL",
        assigned_at=_BEGINNING,
        hotline_reference=None,
        memo=None,
        assessments=_assessments(dice),
        actions=(),
        media=media,
    )


def _assessments(dice: random.Random) -> tuple[Assessment, ...]:
    if dice.random() < 0.3:
        return ()
    code = dice.choices((1, 2, 4), (50, 30, 20))[0]
    return (Assessment(code, 3, 4, False, False, False, None, None, None),)


def _notice(number: int, dice: random.Random) -> MediaNotice:
    # One file in fifty has the bytes of another.
    told = dice.randrange(2000) if dice.random() < 0.02 else 10_000 + number
    digest = hashlib.sha256(told.to_bytes(8, "big")).hexdigest()
    return MediaNotice(MediaId(number), 40_000, digest, f"{number}.jpg", "image/jpeg")


def _change(report: Report) -> ReportChange:
    return ReportChange(ReportStatus.NEW, report, print_report(report), None)


def _batch(
    changes: tuple[ReportChange, ...], start: int, end: int, *, after: Batch | None
) -> Batch:
    return Batch(
        portal=PortalId("portal-1"),
        station=StationId("station-1"),
        nature=Nature.DEMO,
        issued_at=_BEGINNING,
        sequence=1 if after is None else after.sequence + 1,
        previous=None if after is None else after.digest,
        cursor=Cursor(str(start)) if start else None,
        next_cursor=Cursor(str(end)),
        is_snapshot=False,
        remaining=0,
        changes=changes if after else (*map(told, HOTLINES), *changes),
        receipts=(),
        digest=hashlib.sha256(str(start).encode()).hexdigest(),
    )
