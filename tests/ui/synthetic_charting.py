"""Figures over plain values in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cport_desktop.domain.about import of_report
from cport_desktop.domain.case import Case, CaseId, CaseState, Moment, MomentKind
from cport_desktop.domain.case_links import CaseLinks, Link, LinkedReport, Thing, ThingKind
from cport_desktop.domain.case_shown import CaseLinked, CaseTime
from cport_desktop.domain.figure import (
    Bar,
    Figure,
    FigureKind,
    FigureQuestion,
    by_span,
    median,
    over_time,
)
from cport_desktop.domain.figure_file import WrittenFigure
from cport_desktop.domain.ids import Actor, ReportId
from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.errors import CportError
from cport_desktop.ui.charting import Charting, FigureWish

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DIGEST = "5f0c" * 16
A_DAY = timedelta(days=1)
COUNTRIES = (("NL", 4_210), ("US", 1_377), ("DE", 512), ("FR", 77), ("LU", 3))


@dataclass
class MemoryCharting:
    """`refusal` is raised by whatever is asked; `moments` and `things` are in the case."""

    asked: list[FigureQuestion | int] = field(default_factory=list)
    written: list[FigureWish] = field(default_factory=list)
    refusal: CportError | None = None
    bars: Sequence[Bar] | None = None
    moments: int = 40
    things: int = 5

    def intentions(self) -> Charting:
        return Charting(self.figure, self.time, self.links, self.export)

    def figure(self, question: FigureQuestion, _is_cancelled: IsCancelled = never) -> Figure:
        self._note(question)
        if self.bars is not None:
            bars = tuple(self.bars)
            return Figure(question, sum(bar.count for bar in bars), bars, 0, 0)
        match question.kind:
            case FigureKind.RECEIVED:
                last = (NOON - datetime(1970, 1, 1, tzinfo=UTC)).days
                days = {last - n: 20 + (n * 37) % 91 for n in range(300)}
                bars = over_time(days, question.step, now=NOON)
                return Figure(question, sum(days.values()), bars, 0, 0)
            case FigureKind.REMOVAL:
                days = {n: 400 // (n + 1) for n in range(120)}
                found = sum(days.values())
                return Figure(question, found + 900, by_span(days), 900, 0, median(days))
            case FigureKind.COUNTRY:
                bars = tuple(Bar(name, count, f"host:{name}") for name, count in COUNTRIES)
            case FigureKind.SITE:
                bars = tuple(Bar(str(code), 900 - code * 40, f"site:{code}") for code in (2, 3, 20))
            case FigureKind.HOTLINE:
                bars = (Bar("12", 4_000, "hotline:12"), Bar("13", 2_179, "hotline:13"))
        return Figure(question, 6_179, bars, 0, 0)

    def time(self, number: int) -> CaseTime:
        self._note(number)
        kinds = list(MomentKind)
        moments = tuple(
            Moment(
                NOON - n * n * A_DAY / 9,
                kinds[n % len(kinds)],
                of_report(ReportId(880_000 + n)),
                by="Analyst A",
                text="words",
            )
            for n in range(self.moments)
        )
        return CaseTime(a_case(number), moments, is_whole=True)

    def links(self, number: int) -> CaseLinked:
        self._note(number)
        reports = tuple(LinkedReport(ReportId(880_000 + n), n % 5) for n in range(9))
        things = [
            Thing(ThingKind.HOST, "images.one.example", "images.one.example"),
            Thing(ThingKind.DOMAIN, "two.example", "two.example"),
            Thing(ThingKind.FILE, "ab12" * 16, "ab12" * 16),
            Thing(ThingKind.STACK, "77", 77),
            Thing(ThingKind.PAYMENT, "2:6,13", 5),
        ]
        places = [(0, 1, 2, 3), (2, 3, 4), (4, 5), (5, 6, 7), (7, 8)]
        links = tuple(
            Link(thing, at, len(at), elsewhere=n, is_more=n > 3)
            for n, (thing, at) in enumerate(zip(things, places, strict=True))
        )[: self.things]
        shown = reports if links else ()
        return CaseLinked(a_case(number), CaseLinks(shown, links, 40, 40, len(shown), len(links)))

    def export(self, wish: FigureWish) -> WrittenFigure:
        if self.refusal is not None:
            raise self.refusal
        self.written.append(wish)
        return WrittenFigure(DIGEST, 48_200, ("4.2",))

    def _note(self, asked: FigureQuestion | int) -> None:
        self.asked.append(asked)
        if self.refusal is not None:
            raise self.refusal


def a_case(number: int) -> Case:
    return Case(
        CaseId("5f" * 16), number, "Harbour", "", CaseState.OPEN, None, Actor("A. Example"), NOON
    )
