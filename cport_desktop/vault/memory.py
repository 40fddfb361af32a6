"""Other reports that have something in common with one, reason by reason, each by an index.

What is read is bounded, however many reports share a host or a file: of each reason the newest
`MOST_COUNTED` and one more are looked at, which is enough to say that there are more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final, NamedTuple

from cport_desktop.domain.ids import HotlineId, ReportId
from cport_desktop.domain.memory import MOST_COUNTED, MOST_EXAMPLES, Because, Outcome, Remembered
from cport_desktop.domain.report import Action, Report, ReportStatus
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.domain.traits import Trait, TraitKind, traits_of
from cport_desktop.formats.report_traits import told_of
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.reports import as_they_stand
from cport_desktop.vault.transaction import Reader

MOST_SIGNS: Final = 16
"""Of one kind (hosts, files) that are asked about: a report with hundreds of files is met by any."""

_BY_TRAIT: Final = {
    TraitKind.LAYOUT: Because.SAME_LAYOUT,
    TraitKind.REFERRER: Because.SAME_REFERRER,
    TraitKind.PAYMENT: Because.SAME_PAYMENT,
}
_WITH_HOST: Final = """
SELECT DISTINCT row FROM content_item INDEXED BY content_item_by_host
WHERE host = ? AND row <> ? ORDER BY row DESC LIMIT ?
"""
_WITH_DOMAIN: Final = """
SELECT DISTINCT row FROM content_item INDEXED BY content_item_by_domain
WHERE domain = ? AND row <> ? ORDER BY row DESC LIMIT ?
"""
_WITH_BYTES: Final = """
SELECT DISTINCT l.row FROM media_item AS m INDEXED BY media_by_announcement
CROSS JOIN report_media AS l ON l.media_id = m.media_id
WHERE m.announced_sha256 = ? AND l.row <> ? LIMIT ?
"""
_WITH_LIKENESS: Final = """
SELECT DISTINCT l.row FROM likeness AS a INDEXED BY likeness_by_stack
CROSS JOIN media_item AS m INDEXED BY media_by_announcement ON m.announced_sha256 = a.sha256
CROSS JOIN report_media AS l ON l.media_id = m.media_id
WHERE a.stack = ? AND l.row <> ? LIMIT ?
"""
_WITH_TRAIT: Final = """
SELECT row FROM trait WHERE kind = ? AND sign = ? AND row <> ? ORDER BY row DESC LIMIT ?
"""
_PLACES: Final = """
SELECT DISTINCT host, domain FROM content_item WHERE row = ? AND host <> '' LIMIT ?
"""
_SHARED_FILES: Final = """
SELECT DISTINCT m.announced_sha256 FROM report_media AS l
CROSS JOIN media_item AS m ON m.media_id = l.media_id
CROSS JOIN shared_digest AS s ON s.sha256 = m.announced_sha256
WHERE l.row = ? LIMIT ?
"""
_STACKS: Final = """
SELECT DISTINCT a.stack FROM report_media AS l
CROSS JOIN media_item AS m ON m.media_id = l.media_id
CROSS JOIN likeness AS a ON a.sha256 = m.announced_sha256
WHERE l.row = ? AND EXISTS (SELECT 1 FROM likeness AS b INDEXED BY likeness_by_stack
                            WHERE b.stack = a.stack AND b.content <> a.content)
LIMIT ?
"""
_STANDING: Final = """
SELECT r.row, r.report_id, r.status, r.received_at, r.hotline, r.last_action,
       ifnull((SELECT o.classification FROM report_overlay AS o WHERE o.row = r.row),
              r.classification)
FROM json_each(?) AS j CROSS JOIN report AS r ON r.row = j.value
"""


@dataclass(frozen=True, slots=True)
class _Met:
    """Reports that one reason connects, by their rows."""

    because: Because
    shared: tuple[str, ...]
    rows: frozenset[int]


class _Standing(NamedTuple):
    """A row of `_STANDING` as it is: hundreds are counted, and a few are told of."""

    row: int
    report_id: int
    status: str
    received_at: int
    hotline: int
    action: int | None
    classification: int

    @property
    def telling(self) -> tuple[bool, bool, int]:
        """What came of it, then how lately it was received."""
        return (self.action is not None, self.classification != UNDECIDED, self.row)

    def outcome(self, acted: Mapping[ReportId, Action]) -> Outcome:
        number = ReportId(self.report_id)
        action = acted.get(number)
        return Outcome(
            report_id=number,
            received_at=moment_of(self.received_at),
            hotline=HotlineId(self.hotline),
            status=ReportStatus(self.status),
            classification=self.classification,
            action=self.action,
            acted_at=None if action is None else action.made_at,
        )


def remembered(reader: Reader, report_id: ReportId) -> tuple[Remembered, ...]:
    """What other reports have in common with this one, which is here, in no order."""
    found = reader.connection.execute(
        "SELECT r.row, d.document FROM report AS r CROSS JOIN report_document AS d"
        " ON d.report_id = r.report_id WHERE r.report_id = ?",
        (report_id,),
    ).fetchone()
    if found is None:
        return ()
    row, document = found
    met = [
        *_same_places(reader, row),
        *_same_files(reader, row),
        *_same_traits(reader, row, traits_of(told_of(bytes(document)))),
    ]
    told = _outcomes(reader, {each for one in met for each in one.rows})
    acted = _acted(reader, [one for each in met for one in _examples(each, told)])
    return tuple(_summary(one, row, told, acted) for one in met)


def _same_places(reader: Reader, row: int) -> Iterable[_Met]:
    places = reader.connection.execute(_PLACES, (row, MOST_SIGNS)).fetchall()
    domains = sorted({domain for _, domain in places if domain})
    hosts = sorted({host for host, domain in places if host != domain})
    by_host = _rows(reader, _WITH_HOST, hosts, row)
    by_domain = _rows(reader, _WITH_DOMAIN, domains, row)
    return _met((Because.SAME_HOST, hosts, by_host), (Because.SAME_DOMAIN, domains, by_domain))


def _same_files(reader: Reader, row: int) -> Iterable[_Met]:
    shared = [each for (each,) in reader.connection.execute(_SHARED_FILES, (row, MOST_SIGNS))]
    stacks = [each for (each,) in reader.connection.execute(_STACKS, (row, MOST_SIGNS))]
    same = _rows(reader, _WITH_BYTES, shared, row)
    alike = _rows(reader, _WITH_LIKENESS, stacks, row) - same
    return _met((Because.SAME_BYTES, (), same), (Because.LOOKS_ALIKE, (), alike))


def _same_traits(reader: Reader, row: int, traits: Sequence[Trait]) -> Iterable[_Met]:
    for kind, because in _BY_TRAIT.items():
        shared: list[str] = []
        rows: set[int] = set()
        for trait in (each for each in traits if each.kind is kind):
            found = reader.connection.execute(
                _WITH_TRAIT, (kind.value, trait.sign, row, MOST_COUNTED + 1)
            ).fetchall()
            if found:
                shared.append(trait.text)
                rows.update(each for (each,) in found)
        yield from _met((because, shared, frozenset(rows)))


def _met(*found: tuple[Because, Sequence[str], frozenset[int]]) -> Iterable[_Met]:
    return [_Met(because, tuple(shared), rows) for because, shared, rows in found if rows]


def _rows(reader: Reader, statement: str, signs: Sequence[str | int], row: int) -> frozenset[int]:
    found: set[int] = set()
    for sign in signs:
        rows = reader.connection.execute(statement, (sign, row, MOST_COUNTED + 1))
        found.update(each for (each,) in rows)
        if len(found) > MOST_COUNTED:
            break
    return frozenset(found)


def _outcomes(reader: Reader, rows: Collection[int]) -> dict[int, _Standing]:
    found = reader.connection.execute(_STANDING, (json.dumps(sorted(rows)),))
    return {each[0]: _Standing._make(each) for each in found}


def _examples(met: _Met, told: dict[int, _Standing]) -> list[_Standing]:
    standing = (told[row] for row in met.rows if row in told)
    return nlargest(MOST_EXAMPLES, standing, key=lambda one: one.telling)


def _acted(reader: Reader, examples: Collection[_Standing]) -> dict[ReportId, Action]:
    """The last action of each of these, with its moment."""
    wanted = {ReportId(one.report_id) for one in examples if one.action is not None}
    here = as_they_stand(reader, sorted(wanted))
    return {number: _last_action(now.report) for number, now in here.items()}


def _last_action(report: Report) -> Action:
    """The latest; of several without a moment or with the same, the last (as `vault.lifting`)."""
    actions = [action for item in report.contents for action in item.actions]
    ages = [
        (0 if one.made_at is None else one.made_at.timestamp(), at)
        for at, one in enumerate(actions)
    ]
    return actions[max(ages)[1]]


def _summary(
    met: _Met, row: int, told: dict[int, _Standing], acted: dict[ReportId, Action]
) -> Remembered:
    newest = sorted(met.rows, reverse=True)[:MOST_COUNTED]
    codes = Counter(told[each].classification for each in newest if each in told)
    undecided = codes.pop(UNDECIDED, 0)
    return Remembered(
        because=met.because,
        shared=met.shared,
        reports=len(newest),
        earlier=sum(each < row for each in newest),
        is_more=len(met.rows) > MOST_COUNTED,
        decided=tuple(codes.most_common()),
        undecided=undecided,
        examples=tuple(one.outcome(acted) for one in _examples(met, told)),
    )
