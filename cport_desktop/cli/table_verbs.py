"""Verbs that write tables: `export reports`, `export media` …"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.grammar import Options
from cport_desktop.cli.printing import facts
from cport_desktop.cli.read_verbs import order_of
from cport_desktop.cli.session import Session, report_id
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.table import (
    TableForm,
    TableFormat,
    TablePreview,
    TableSubject,
    WithheldColumn,
    WrittenTable,
)
from cport_desktop.errors import ArgumentsUnclear, ValueUnknown
from cport_desktop.usecases.export_table import TableOrder, export_table, foresee_table
from cport_desktop.words import tables as words


def export(session: Session, subject: TableSubject) -> Answer:
    """`cport export SUBJECT … --format F --out FILE`."""
    order = _order(session.options, subject)
    workstation = session.workstation
    with session.vault() as vault, session.progress() as announce:
        if session.options.flag("preview"):
            now = workstation.clock.now()
            return _foreseen(foresee_table(vault, order, taxonomy=workstation.taxonomy, now=now))
        written = export_table(
            vault,
            order,
            taxonomy=workstation.taxonomy,
            announce=announce,
            is_cancelled=session.is_cancelled,
        )
    return _written(order.path, written)


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    f"export {subject.value}": partial(export, subject=subject) for subject in TableSubject
}


def _order(options: Options, subject: TableSubject) -> TableOrder:
    out = options.path("out")
    if out is None and not options.flag("preview"):
        raise ArgumentsUnclear(
            cause="the following arguments are required: --out", command=f"cport export {subject}"
        )
    path = out or Path()
    without = frozenset(map(report_id, options.texts("without")))
    columns = (options.text("columns") or "").split(",")
    return TableOrder(
        subject=subject,
        chosen=AllFound(" ".join(options.texts("query")), without),
        form=TableForm(
            format=_format(options, path),
            columns=tuple(name.strip() for name in columns if name.strip()),
            is_exact=options.flag("exact"),
            has_mark=options.flag("bom"),
        ),
        path=path,
        order=order_of(options.text("sort") if subject is TableSubject.REPORTS else None),
        recipient=options.text("recipient"),
        reason=options.text("reason"),
    )


def _format(options: Options, path: Path) -> TableFormat:
    """What was said, or what the name of the file says."""
    named = options.text("format") or path.suffix.removeprefix(".").lower()
    if options.flag("preview") and not named:
        return TableFormat.CSV
    if named not in set(TableFormat):
        raise ValueUnknown(what="format", value=named or "none", accepted=", ".join(TableFormat))
    return TableFormat(named)


def _foreseen(preview: TablePreview) -> Answer:
    fields: dict[str, Json] = {
        "rows": preview.rows,
        "columns": list(preview.columns),
        "withheld": _withheld(preview.withheld),
        "clauses": list(preview.clauses),
    }
    told = facts(
        [
            ("rows", f"{preview.rows:,}"),
            ("columns", ", ".join(preview.columns)),
            ("clauses", ", ".join(preview.clauses) or None),
        ]
    )
    return Answer(fields, "\n".join([told, *withheld_sentences(preview.withheld)]))


def _written(path: Path, written: WrittenTable) -> Answer:
    fields: dict[str, Json] = {
        "table": str(path.absolute()),
        "sha256": written.sha256,
        "size": written.size,
        "rows": written.rows,
        "columns": list(written.columns),
        "withheld": _withheld(written.withheld),
        "sheets": written.sheets,
        "shortened": written.shortened,
    }
    shown = [(name, fields[name]) for name in ("table", "rows", "size", "sha256")]
    lines = [facts(shown), *withheld_sentences(written.withheld)]
    if written.sheets > 1:
        lines.append(words.on_sheets(written.sheets))
    if written.shortened:
        lines.append(words.cells_shortened(written.shortened))
    return Answer(fields, "\n".join([*lines, words.in_the_clear(str(path))]))


def withheld_sentences(withheld: Iterable[WithheldColumn]) -> list[str]:
    """Which columns stay out, a sentence for each clause."""

    def clause(column: WithheldColumn) -> str:
        return column.clause or ""

    return [
        words.columns_withheld([column.name for column in group], number or None)
        for number, group in groupby(sorted(withheld, key=clause), clause)
    ]


def _withheld(withheld: Iterable[WithheldColumn]) -> list[Json]:
    return [{"column": column.name, "clause": column.clause} for column in withheld]
