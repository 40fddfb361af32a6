"""Verbs of figures: `figures reports`, `figures timeline`, `figures links`, printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.figure_options import SAVED_AS
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.cli.short_lists import page_of
from cport_desktop.clock import iso_utc
from cport_desktop.domain.about import case_number
from cport_desktop.domain.case_shown import CaseTime
from cport_desktop.domain.figure import Figure, FigureKind, FigureQuestion, Step, with_condition
from cport_desktop.domain.figure_file import (
    CaseLinksWanted,
    CaseTimeWanted,
    FigureFormat,
    Wanted,
)
from cport_desktop.domain.table import Cell
from cport_desktop.errors import UnknownReference, ValueUnknown
from cport_desktop.exports import figure_drawing, figure_files
from cport_desktop.exports.figure_drawing import Names, Shown
from cport_desktop.usecases.case_pictures import case_in_time, links_of_case
from cport_desktop.usecases.export_figure import FigureOrder, export_figure
from cport_desktop.usecases.figures import Counting, figure
from cport_desktop.usecases.overview import hotline_names
from cport_desktop.usecases.read_cases import show_case
from cport_desktop.vault.vault import Vault
from cport_desktop.words import tables as table_words


def reports(session: Session) -> Answer:
    """`cport figures reports [QUERY] [--by B] [--step S]`."""
    options = session.options
    question = FigureQuestion(
        FigureKind(options.required("by")),
        " ".join(options.texts("query")),
        Step(options.required("step")),
    )
    return _told(session, question, lambda vault: figure(vault, question, _counting(session)))


def timeline(session: Session) -> Answer:
    """`cport figures timeline CASE`."""
    number = _case(session)

    def looked_at(vault: Vault) -> CaseTime:
        show_case(vault, number, now=session.workstation.clock.now())
        return case_in_time(vault, number)

    return _told(session, CaseTimeWanted(number), looked_at)


def links(session: Session) -> Answer:
    """`cport figures links CASE`."""
    number = _case(session)
    return _told(session, CaseLinksWanted(number), lambda vault: links_of_case(vault, number))


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "figures reports": reports,
    "figures timeline": timeline,
    "figures links": links,
}


def _told(session: Session, wanted: Wanted, ask: Callable[[Vault], Shown]) -> Answer:
    path = session.options.path("out")
    with session.vault() as vault:
        if path is not None:
            return _saved(session, vault, wanted, path)
        started = session.workstation.clock.monotonic()
        shown = ask(vault)
        elapsed = (session.workstation.clock.monotonic() - started) * 1000
        names = _names(session, vault)
    return _listed(session, shown, names, elapsed)


def _listed(session: Session, shown: Shown, names: Names, elapsed_ms: float) -> Answer:
    columns = figure_drawing.columns(shown)
    rows = list(figure_drawing.rows(shown, names))
    items = [_item(shown, columns, row, place) for place, row in enumerate(rows)]
    items = _sorted(items, session.options.text("sort"), columns)
    page, following = page_of(session, items)
    sentences = figure_drawing.sentences(shown, names)
    told = table(columns, [[_text(item[name]) for name in columns] for item in page])
    return listing(
        page,
        text="\n".join([*sentences, "", told]),
        total=len(items),
        next_cursor=following,
        elapsed_ms=elapsed_ms,
        more={"sentences": list(sentences), **_more(shown)},
    )


def _item(shown: Shown, columns: Sequence[str], row: Sequence[Cell], place: int) -> Record:
    cells: dict[str, Json] = {"id": str(place + 1)}
    cells.update(zip(columns, map(_json, row), strict=True))
    if isinstance(shown, Figure):
        condition = shown.bars[place].condition
        cells["query"] = with_condition(shown.question.asked, condition) if condition else None
    return cells


def _more(shown: Shown) -> dict[str, Json]:
    if not isinstance(shown, Figure):
        return {}
    return {
        "by": shown.question.kind.value,
        "step": shown.question.step.value if shown.question.kind is FigureKind.RECEIVED else None,
        "query": shown.question.asked,
        "found": shown.found,
        "unknown": shown.unknown,
        "left_out": shown.left_out,
        "median_days": shown.median,
    }


def _sorted(items: list[Record], sort: str | None, columns: Sequence[str]) -> list[Record]:
    if sort is None:
        return items
    name = sort.removeprefix("-")
    if name not in columns:
        raise ValueUnknown(what="order", value=sort, accepted=", ".join(columns))

    def key(item: Record) -> tuple[bool, float, str]:
        value = item[name]
        is_number = isinstance(value, int | float)
        return value is not None, float(value) if is_number else 0.0, _text(value)  # type: ignore[arg-type]

    return sorted(items, key=key, reverse=sort.startswith("-"))


def _saved(session: Session, vault: Vault, wanted: Wanted, path: Path) -> Answer:
    options = session.options
    form = _format(options.text("format") or path.suffix.removeprefix(".").lower())
    order = FigureOrder(
        wanted, form, path, recipient=options.text("recipient"), reason=options.text("reason")
    )
    names = _names(session, vault, is_file=True)
    now = session.workstation.clock.now()

    def render(shown: Shown) -> bytes:
        leaving = figure_files.Leaving(shown, names, is_synthetic=vault.nature.is_synthetic)
        if form is FigureFormat.CSV:
            return figure_files.csv(leaving, now)
        return figure_files.svg(leaving, figure_files.guessed)

    written = export_figure(vault, order, render, _counting(session))
    fields: dict[str, Json] = {
        "figure": str(path.absolute()),
        "sha256": written.sha256,
        "size": written.size,
        "clauses": list(written.clauses),
    }
    told = facts([(name, fields[name]) for name in ("figure", "size", "sha256")])
    return Answer(fields, "\n".join([told, table_words.in_the_clear(str(path))]))


def _format(named: str) -> FigureFormat:
    if named not in SAVED_AS:
        raise ValueUnknown(what="format", value=named or "none", accepted=", ".join(SAVED_AS))
    return FigureFormat(named)


def _counting(session: Session) -> Counting:
    return Counting(session.workstation.taxonomy, session.workstation.clock.now())


def _names(session: Session, vault: Vault, *, is_file: bool = False) -> Names:
    return Names(session.workstation.taxonomy, hotline_names(vault), is_file=is_file)


def _case(session: Session) -> int:
    text = session.options.required("case")
    number = case_number(text)
    if number is None:
        raise UnknownReference(kind="case", reference=text)
    return number


def _json(cell: Cell) -> Json:
    if isinstance(cell, datetime):
        return iso_utc(cell)
    return list(cell) if isinstance(cell, tuple) else cell


def _text(value: Json) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)
