"""What a figure says in words, rows and drawn parts: the same on screen, in a file and in a terminal.

In a file host names are defanged, as in every table that leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.bar_chart import MOST_LYING, Bars, Paper, levels, lying, standing
from cport_desktop.domain.case import Case
from cport_desktop.domain.case_links import CaseLinks, Thing, ThingKind
from cport_desktop.domain.case_shown import CaseLinked, CaseTime
from cport_desktop.domain.drawing import Drawing
from cport_desktop.domain.figure import Bar, Figure, FigureKind, FigureQuestion, Step
from cport_desktop.domain.hosts import visible
from cport_desktop.domain.ids import HotlineId, report_reference
from cport_desktop.domain.link_chart import Seat, Sides, linked
from cport_desktop.domain.table import Cell
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.domain.time_chart import LANES, Lanes, along_time, lane_of
from cport_desktop.words import charts as say
from cport_desktop.words.tongue import amount, day, minute

SHORT: Final = 12
"""Digits of a digest that stand for all of it in a picture; the table has them all."""
_HOSTS: Final = frozenset({ThingKind.HOST, ThingKind.DOMAIN, ThingKind.REFERRER})


Shown = Figure | CaseTime | CaseLinked


def in_universal(at: datetime) -> str:
    """A moment as it is told wherever nobody chose a zone: `2026-03-01 08:06Z`."""
    return f"{minute(at.astimezone(UTC))}Z"


@dataclass(frozen=True, slots=True)
class Names:
    """What codes and numbers are called. `is_file`: as they leave, and not as they are shown; `moment`:
    how a moment is told, and `zone`: in which zone (None: that of the machine).
    """

    taxonomy: Taxonomy
    hotlines: Mapping[HotlineId, str]
    is_file: bool = False
    moment: Callable[[datetime], str] = in_universal
    zone: tzinfo | None = UTC

    def day(self, at: date) -> str:
        """A day on an axis."""
        return at.isoformat() if self.is_file else day(at)

    def bar(self, question: FigureQuestion, bar: Bar) -> str:
        """The name of one bar."""
        match question.kind:
            case FigureKind.RECEIVED:
                return self._time(bar.value, question.step)
            case FigureKind.COUNTRY:
                return bar.value
            case FigureKind.SITE:
                return self.taxonomy["site_type"].label(int(bar.value))
            case FigureKind.HOTLINE:
                number = HotlineId(int(bar.value))
                return visible(self.hotlines.get(number) or bar.value)
            case FigureKind.REMOVAL:
                return say.span(bar.value)

    def _time(self, begun: str, step: Step) -> str:
        if step is Step.MONTH:
            return begun[:7]
        return self.day(date.fromisoformat(begun))

    def thing(self, thing: Thing, *, is_short: bool = False) -> str:
        """The name of what is shared."""
        match thing.kind:
            case ThingKind.FILE:
                return f"{thing.text[:SHORT]}…" if is_short else thing.text
            case ThingKind.STACK:
                return say.stack_named(thing.text)
            case ThingKind.PAYMENT:
                return self._payment(thing.text)
            case _:
                text = visible(thing.text)
                return text.replace(".", "[.]") if self.is_file and thing.kind in _HOSTS else text

    def about(self, about: About | None) -> str | None:
        """What a moment is about, as it is referred to."""
        if about is None:
            return None
        is_host = about.kind is AboutKind.DOMAIN
        return str(about).replace(".", "[.]") if self.is_file and is_host else str(about)

    def _payment(self, text: str) -> str:
        site, _, methods = text.partition(":")
        ways = [self.taxonomy["payment_method"].label(int(code)) for code in methods.split(",")]
        return f"{self.taxonomy['site_type'].label(int(site))}: {', '.join(ways)}"


def title(shown: Shown) -> str:
    """What a picture is called."""
    match shown:
        case Figure(question):
            return say.KINDS[question.kind.value]
        case CaseTime():
            return say.TIME
        case CaseLinked():
            return say.LINKS


def sentences(shown: Shown, names: Names) -> tuple[str, ...]:
    """What a picture says, for those who do not look at it, and what is not in it."""
    match shown:
        case Figure():
            return tuple(_of_figure(shown, names))
        case CaseTime(case, moments, is_whole):
            if not moments:
                return (say.no_moments(case.reference),)
            first, last = moments[-1].at, moments[0].at
            begun, ended = names.moment(first), names.moment(last)
            told = say.time_summary(case.reference, len(moments), begun, ended)
            return (told,) if is_whole else (told, say.newest_only(len(moments)))
        case CaseLinked(case, links):
            return tuple(_of_links(case, links))


def drawn(shown: Shown, names: Names, paper: Paper, *, chosen: int | None = None) -> Drawing:
    """The picture; `chosen`: the row that is marked."""
    match shown:
        case Figure(question, _, bars):
            told = Bars(
                [names.bar(question, bar) for bar in bars],
                [bar.count for bar in bars],
                [amount(bar.count) for bar in bars],
                chosen,
            )
            if question.kind is not FigureKind.RECEIVED:
                return lying(told, paper)
            marks = levels(max(told.numbers, default=0))
            return standing(told, paper, [amount(mark) for mark in marks])
        case CaseTime(_, moments):
            lanes = Lanes([say.LANES[lane] for lane in LANES], names.zone, names.day)
            placed = [(moment.at, lane_of(moment.kind)) for moment in moments]
            return along_time(placed, lanes, paper, chosen=chosen)
        case CaseLinked(_, links):
            seats = [
                Seat(
                    say.LETTERS[link.thing.kind.value],
                    names.thing(link.thing, is_short=True),
                    link.reports,
                )
                for link in links.links
            ]
            reports = [
                (report_reference(one.report_id), one.classification) for one in links.reports
            ]
            return linked(Sides(reports, seats, chosen), paper)


def columns(shown: Shown) -> tuple[str, ...]:
    """Stable names of the columns of its table."""
    match shown:
        case Figure():
            return ("id", "name", "reports")
        case CaseTime():
            return ("at", "what", "about", "count", "text", "by")
        case CaseLinked():
            return ("kind", "id", "name", "in_case", "elsewhere", "is_more", "reports")


def rows(shown: Shown, names: Names) -> tuple[tuple[Cell, ...], ...]:
    """The cells of its table, in the order of `columns`: codes and names, and no words of a language."""
    match shown:
        case Figure(question, _, bars):
            has_names = question.kind is not FigureKind.REMOVAL
            return tuple(
                (bar.value, names.bar(question, bar) if has_names else bar.value, bar.count)
                for bar in bars
            )
        case CaseTime(_, moments):
            return tuple(
                (
                    moment.at,
                    moment.kind.value,
                    names.about(moment.about),
                    moment.count,
                    moment.text,
                    moment.by,
                )
                for moment in moments
            )
        case CaseLinked(_, links):
            return tuple(
                (
                    link.thing.kind.value,
                    str(place + 1),
                    link.thing.text
                    if link.thing.kind is ThingKind.STACK
                    else names.thing(link.thing),
                    link.shared,
                    link.elsewhere,
                    link.is_more,
                    tuple(report_reference(links.reports[at].report_id) for at in link.reports),
                )
                for place, link in enumerate(links.links)
            )


def _of_figure(shown: Figure, names: Names) -> list[str]:
    kind, most = shown.question.kind.value, shown.most
    longest = None if most is None else (names.bar(shown.question, most), most.count)
    told = [say.summary(kind, shown.found, longest)]
    if shown.question.asked:
        told.append(say.asked(shown.question.asked))
    if shown.median is not None:
        told.append(say.median(shown.median))
    if shown.unknown:
        told.append(say.unknown(kind, shown.unknown))
    if shown.left_out:
        told.append(say.left_out(shown.left_out))
    if shown.question.kind is not FigureKind.RECEIVED and len(shown.bars) > MOST_LYING:
        told.append(say.only_drawn(MOST_LYING, len(shown.bars)))
    return told


def _of_links(case: Case, links: CaseLinks) -> list[str]:
    told = [say.links_summary(case.reference, links.linked, links.size, links.things)]
    if links.read < links.size:
        told.append(say.read_only(links.read, links.size))
    if links.linked > len(links.reports) or links.things > len(links.links):
        told.append(
            say.links_left_out(len(links.reports), links.linked, len(links.links), links.things)
        )
    return told
