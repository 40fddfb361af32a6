"""The tables beside pictures: each figure as lines of texts that can be sorted."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.case_shown import CaseLinked, CaseTime
from cport_desktop.domain.figure import Figure, FigureKind
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.name_order import name_key
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.exports.figure_drawing import Names, Shown
from cport_desktop.ui import figures
from cport_desktop.ui.models.case_columns import told
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line
from cport_desktop.words import cases as case_words
from cport_desktop.words import cases_page, charts
from cport_desktop.words.tongue import amount

Key = tuple[int | float | str, ...]
_IN_ORDER = (FigureKind.RECEIVED, FigureKind.REMOVAL)
"""Bars of times and spans follow each other; others are told longest first, and have names."""


@dataclass(frozen=True, slots=True)
class Line:
    """`place`: of what it stands for, in what is shown. `keys`: what each column is sorted by."""

    place: int
    cells: tuple[str, ...]
    keys: tuple[Key, ...]


def columns_of(kind: type[Shown]) -> tuple[Column[Line], ...]:
    """The columns of a table of such figures."""
    if kind is Figure:
        return (
            _column(0, charts.NAME, share=2.0),
            _column(1, charts.REPORTS, width=120, is_number=True),
            _column(2, charts.SHARE, width=110, is_number=True),
        )
    if kind is CaseTime:
        return (
            _column(0, cases_page.WHEN, width=140, tone="muted"),
            _column(1, cases_page.WHAT),
            _column(2, cases_page.ABOUT, width=110, is_mono=True),
            _column(3, cases_page.WORDS, share=1.6),
            _column(4, cases_page.BY, width=140, tone="muted", is_spare=True),
        )
    return (
        _column(0, charts.SORT, width=120),
        _column(1, charts.THING, share=1.6),
        _column(2, charts.IN_CASE, width=100, is_number=True),
        _column(3, charts.ELSEWHERE, width=120, is_number=True),
        _column(4, charts.WHICH, width=220, is_mono=True, is_spare=True),
    )


def lines_of(shown: Shown, names: Names, taxonomy: Taxonomy) -> tuple[Line, ...]:
    """The lines of what is shown, in its own order."""
    match shown:
        case Figure():
            return _bars(shown, names)
        case CaseTime():
            return _moments(shown, taxonomy)
        case CaseLinked():
            return _links(shown, names)


def _bars(shown: Figure, names: Names) -> tuple[Line, ...]:
    whole = max(1, shown.found)
    lines: list[Line] = []
    for place, bar in enumerate(shown.bars):
        name = one_line(names.bar(shown.question, bar))
        cells = (name, figures.count(bar.count), charts.share(bar.count / whole))
        named: Key = (place,) if shown.question.kind in _IN_ORDER else name_key(name)
        lines.append(Line(place, cells, (named, (bar.count,), (bar.count,))))
    return tuple(lines)


def _moments(shown: CaseTime, taxonomy: Taxonomy) -> tuple[Line, ...]:
    lines: list[Line] = []
    for place, moment in enumerate(shown.moments):
        cells = (
            figures.moment(moment.at),
            case_words.moment(moment.kind.value, moment.count),
            "" if moment.about is None else one_line(str(moment.about)),
            told(moment, taxonomy),
            one_line(moment.by or ""),
        )
        keys: list[Key] = [(moment.at.timestamp(), -place)]
        keys += [(*name_key(cell), -place) for cell in cells[1:]]
        lines.append(Line(place, cells, tuple(keys)))
    return tuple(lines)


def _links(shown: CaseLinked, names: Names) -> tuple[Line, ...]:
    lines: list[Line] = []
    for place, link in enumerate(shown.links.links):
        kind = charts.THINGS[link.thing.kind.value]
        name = one_line(names.thing(link.thing))
        which = ", ".join(
            report_reference(shown.links.reports[at].report_id) for at in link.reports
        )
        cells = (
            f"{charts.LETTERS[link.thing.kind.value]}  {kind}",
            name,
            amount(link.shared),
            charts.elsewhere(link.elsewhere, is_more=link.is_more),
            which,
        )
        keys: tuple[Key, ...] = (
            (*link.thing.rank,),
            name_key(name),
            (link.shared,),
            (link.elsewhere + link.is_more,),
            (which,),
        )
        lines.append(Line(place, cells, keys))
    return tuple(lines)


def _column(
    at: int,
    title: str,
    *,
    width: int | None = None,
    share: float = 1.0,
    tone: str | None = None,
    is_number: bool = False,
    is_mono: bool = False,
    is_spare: bool = False,
) -> Column[Line]:
    return Column(
        title,
        lambda line: line.cells[at],
        width=width,
        share=share,
        tone=None if tone is None else lambda _line: tone,
        hover=lambda line: line.cells[at],
        sort=str(at),
        is_number=is_number,
        is_mono=is_mono,
        is_spare=is_spare,
    )
