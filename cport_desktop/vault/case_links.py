"""What the reports of a case share with each other, and how many others share it too.

Four statements, each bounded by `MOST_READ` reports or `MOST_ROWS` rows, and one for each thing that is
shown, by an index and bounded by `MOST_ELSEWHERE` reports.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.case import Case
from cport_desktop.domain.case_links import (
    MOST_ELSEWHERE,
    MOST_READ,
    MOST_ROWS,
    MOST_SIGNS,
    RESTS_ON,
    CaseLinks,
    Link,
    LinkedReport,
    Thing,
    ThingKind,
    chosen,
)
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.traits import TraitKind, traits_of
from cport_desktop.formats.report_traits import told_of
from cport_desktop.vault.transaction import Reader

_BY_TRAIT: Final = {
    TraitKind.LAYOUT: ThingKind.LAYOUT,
    TraitKind.REFERRER: ThingKind.REFERRER,
    TraitKind.PAYMENT: ThingKind.PAYMENT,
}
_TRAITS: Final = {thing: trait for trait, thing in _BY_TRAIT.items()}
_REPORTS: Final = """
SELECT r.row, r.report_id, ifnull(o.classification, r.classification), d.document
FROM case_item AS i CROSS JOIN report AS r ON r.report_id = i.reference
CROSS JOIN report_document AS d ON d.report_id = r.report_id
LEFT JOIN report_overlay AS o ON o.row = r.row
WHERE i.case_id = ? AND i.kind = 'report' ORDER BY r.row DESC LIMIT ?
"""
_PLACES: Final = """
SELECT DISTINCT c.row, c.host, c.domain FROM json_each(?) AS j CROSS JOIN content_item AS c
ON c.row = j.value WHERE c.host <> '' LIMIT ?
"""
_FILES: Final = """
SELECT DISTINCT l.row, m.announced_sha256, a.stack FROM json_each(?) AS j
CROSS JOIN report_media AS l ON l.row = j.value
CROSS JOIN media_item AS m ON m.media_id = l.media_id
LEFT JOIN likeness AS a ON a.sha256 = m.announced_sha256 LIMIT ?
"""
# Those of the case stay out by their numbers; what is left is few, or the limit is soon reached.
_ELSEWHERE: Final = """
SELECT count(*) FROM (SELECT DISTINCT x.row FROM ({source}) AS x
CROSS JOIN report AS r ON r.row = x.row
WHERE NOT EXISTS (SELECT 1 FROM case_item AS i WHERE i.case_id = :case AND i.kind = 'report'
                  AND i.reference = r.report_id) LIMIT :most)
"""
_WITH: Final = {
    ThingKind.HOST: "SELECT row FROM content_item INDEXED BY content_item_by_host"
    " WHERE host = :sign",
    ThingKind.DOMAIN: "SELECT row FROM content_item INDEXED BY content_item_by_domain"
    " WHERE domain = :sign",
    ThingKind.FILE: "SELECT l.row FROM media_item AS m INDEXED BY media_by_announcement"
    " CROSS JOIN report_media AS l ON l.media_id = m.media_id WHERE m.announced_sha256 = :sign",
    ThingKind.STACK: "SELECT l.row FROM likeness AS a INDEXED BY likeness_by_stack"
    " CROSS JOIN media_item AS m INDEXED BY media_by_announcement"
    " ON m.announced_sha256 = a.sha256"
    " CROSS JOIN report_media AS l ON l.media_id = m.media_id WHERE a.stack = :sign",
    **dict.fromkeys(_TRAITS, "SELECT row FROM trait WHERE kind = :kind AND sign = :sign"),
}


def of_case(reader: Reader, case: Case, *, size: int, withheld: Collection[str] = ()) -> CaseLinks:
    """The links of a case of `size` reports, without what rests on parts of reports that are withheld."""
    found = reader.connection.execute(_REPORTS, (case.case_id, MOST_READ)).fetchall()
    reports = {row: LinkedReport(ReportId(number), code) for row, number, code, _ in found}
    met = _Met()
    wanted = json.dumps(list(reports))
    _meet_places(met, reader, wanted)
    _meet_files(met, reader, wanted)
    for row, _, _, document in found:
        _meet_traits(met, row, bytes(document), frozenset(withheld))
    signs = {thing: frozenset(rows) for thing, rows in met.things.items()}
    things, rows, linked, shared = chosen(signs)
    places = {row: place for place, row in enumerate(rows)}
    links = tuple(
        Link(
            thing,
            tuple(sorted(places[row] for row in signs[thing] if row in places)),
            len(signs[thing]),
            *_elsewhere(reader, case, thing),
        )
        for thing in things
    )
    return CaseLinks(tuple(reports[r] for r in rows), links, size, len(found), linked, shared)


@dataclass(slots=True)
class _Met:
    """Things by the rows of reports that have them; of a kind `MOST_SIGNS` a report at most."""

    things: defaultdict[Thing, set[int]]
    counted: defaultdict[tuple[int, ThingKind], int]

    def __init__(self) -> None:
        self.things = defaultdict(set)
        self.counted = defaultdict(int)

    def add(self, row: int, thing: Thing) -> None:
        if row not in self.things[thing] and self.counted[row, thing.kind] < MOST_SIGNS:
            self.counted[row, thing.kind] += 1
            self.things[thing].add(row)


def _meet_places(met: _Met, reader: Reader, rows: str) -> None:
    for row, host, domain in reader.connection.execute(_PLACES, (rows, MOST_ROWS)):
        if domain:
            met.add(row, Thing(ThingKind.DOMAIN, domain, domain))
        if host != domain:
            met.add(row, Thing(ThingKind.HOST, host, host))


def _meet_files(met: _Met, reader: Reader, rows: str) -> None:
    """Files of a stack by their stack, unless all of them are the same file."""
    found = reader.connection.execute(_FILES, (rows, MOST_ROWS)).fetchall()
    digests: defaultdict[int, set[str]] = defaultdict(set)
    for _, sha256, stack in found:
        if stack is not None:
            digests[stack].add(sha256)
    for row, sha256, stack in found:
        if stack is not None and len(digests[stack]) > 1:
            met.add(row, Thing(ThingKind.STACK, str(stack), stack))
        else:
            met.add(row, Thing(ThingKind.FILE, sha256, sha256))


def _meet_traits(met: _Met, row: int, document: bytes, withheld: frozenset[str]) -> None:
    for trait in traits_of(told_of(document)):
        kind = _BY_TRAIT[trait.kind]
        if not RESTS_ON[kind] & withheld:
            met.add(row, Thing(kind, trait.text, trait.sign))


def _elsewhere(reader: Reader, case: Case, thing: Thing) -> tuple[int, bool]:
    trait = _TRAITS.get(thing.kind)
    found = reader.connection.execute(
        _ELSEWHERE.format(source=_WITH[thing.kind]),
        {
            "case": case.case_id,
            "sign": thing.sign,
            "kind": None if trait is None else trait.value,
            "most": MOST_ELSEWHERE + 1,
        },
    ).fetchone()
    count = int(found[0]) if found else 0
    return min(count, MOST_ELSEWHERE), count > MOST_ELSEWHERE
