"""What is known here of domains beside the list: as the portal told of it, or as a file has it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cport_desktop.cli import iwol_records as records
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.list_difference import ListCompared
from cport_desktop.usecases.compare_list import compare_with_file
from cport_desktop.usecases.list_dossiers import compare_with_list
from cport_desktop.words import dossiers as words
from cport_desktop.words import iwol_page, operations
from cport_desktop.words import list_differences as say

_NONE: Final = "–"


def compare(session: Session) -> Answer:
    """`cport iwol compare [--with FILE]`."""
    options = session.options
    file = options.path("file")
    if file is not None:
        return _with_file(session, file)
    with session.vault() as vault:
        page = compare_with_list(vault, limit=options.number("limit"), after=options.text("after"))
        freshness = heard(session, vault)
    heads = (iwol_page.DOMAIN, iwol_page.STANDS, iwol_page.REPORTS, iwol_page.SEEN)
    rows = [
        (
            row.domain,
            words.MATCHES[row.match.value],
            "0" if row.tally is None else f"{row.tally.reports:,}",
            _NONE if row.tally is None else iso_utc(row.tally.seen),
        )
        for row in page.rows
    ]
    answer = listing(
        [records.compared(row) for row in page.rows],
        text=table(heads, rows),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.REPORTS)


def _with_file(session: Session, file: Path) -> Answer:
    with session.vault() as vault:
        found = compare_with_file(vault, file, limit=session.options.number("limit"))
        freshness = heard(session, vault)
    items: list[Json] = [
        {
            "id": row.domain,
            "domain": row.domain,
            "side": row.side.value,
            "decided": row.decided,
            "dossier": None if row.dossier is None else row.dossier.value,
            "reports": row.reports,
        }
        for row in found.rows
    ]
    fields: dict[str, Json] = {
        "items": items,
        "total": found.only_there + found.only_here + found.both,
        "only_there": found.only_there,
        "only_here": found.only_here,
        "both": found.both,
        "doubled": found.lines.doubled,
        "not_domains": found.lines.unlisted_count,
        "lines": [{"line": one.line, "rule": one.rule.value} for one in found.lines.unlisted],
        "sha256": found.sha256,
    }
    return dated(Answer(fields, _told(found)), freshness, Table.REPORTS)


def _told(found: ListCompared) -> str:
    heads = (iwol_page.DOMAIN, say.SIDE, say.DECIDED, iwol_page.REPORTS)
    rows = [
        (row.domain, say.SIDES[row.side.value], row.decided or _NONE, f"{row.reports:,}")
        for row in found.rows
    ]
    parts = [say.counted(found.only_there, found.only_here, found.both)]
    if found.lines.doubled:
        parts.append(say.doubled(found.lines.doubled))
    if found.lines.unlisted_count:
        told = [
            say.unlisted_line(one.line, operations.DOMAIN_RULES[one.rule.value])
            for one in found.lines.unlisted
        ]
        parts.append("\n".join([say.unlisted(found.lines.unlisted_count), *told]))
    return "\n\n".join([*parts, table(heads, rows)])
