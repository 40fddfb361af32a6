"""Which of the things that something is said about are here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.errors import ItemErased, UnknownReference
from cport_desktop.vault.erased import erased_reports
from cport_desktop.vault.transaction import Reader

_TABLES: Final[Mapping[AboutKind, tuple[str, str]]] = {
    AboutKind.REPORT: ("report", "report_id"),
    AboutKind.MEDIA: ("media_item", "media_id"),
    AboutKind.CONTENT: ("media_item", "announced_sha256"),
    AboutKind.HOTLINE: ("hotline", "hotline_id"),
    AboutKind.CASE: ("work_case", "number"),
}
"""Where things of each kind are; a domain may be looked into before any report names it."""
_NAMES: Final[Mapping[AboutKind, str]] = {
    AboutKind.REPORT: "report",
    AboutKind.MEDIA: "media item",
    AboutKind.CONTENT: "content",
    AboutKind.HOTLINE: "hotline",
    AboutKind.CASE: "case",
}


def require_here(reader: Reader, abouts: Sequence[About]) -> None:
    """Nothing, if all of these are here.

    Raises:
        ItemErased: a report that was erased.
        UnknownReference: one is not here; the first of them.
    """
    for kind, references in _by_kind(abouts).items():
        missing = _missing(reader, kind, references)
        if not missing:
            continue
        first = About(kind, missing[0])
        if kind is AboutKind.REPORT and erased_reports(reader.connection, [first.number]):
            raise ItemErased(reference=report_reference(ReportId(first.number)))
        raise UnknownReference(kind=_NAMES[kind], reference=str(first))


def as_json(abouts: Iterable[About]) -> str:
    """`[["report", 17], …]`: for `json_each`, with numbers as numbers."""
    return json.dumps([(about.kind.value, about.reference) for about in abouts])


def about_of(kind: str, reference: int | str) -> About:
    """From the columns of a table."""
    return About(AboutKind(kind), reference)


def _by_kind(abouts: Sequence[About]) -> dict[AboutKind, list[int | str]]:
    found: dict[AboutKind, list[int | str]] = {}
    for about in abouts:
        found.setdefault(about.kind, []).append(about.reference)
    return found


def _missing(reader: Reader, kind: AboutKind, references: list[int | str]) -> list[int | str]:
    if kind not in _TABLES:
        return []
    table, column = _TABLES[kind]
    found = reader.connection.execute(
        "SELECT j.value FROM json_each(?) AS j WHERE NOT EXISTS"  # noqa: S608 - constant names
        f" (SELECT 1 FROM {table} AS t WHERE t.{column} = j.value) LIMIT 1",
        (json.dumps(references),),
    )
    return [value for (value,) in found]
