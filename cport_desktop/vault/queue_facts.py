"""Which rules of priority undecided reports meet: a handful of statements for all of them together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cport_desktop.domain.ids import AnalystId, ReportId
from cport_desktop.domain.in_hand import TOLD_FOR
from cport_desktop.domain.priority import (
    FRESH_DAYS,
    MANY_OF_ONE_DOMAIN,
    Candidate,
    Met,
    PriorityRule,
)
from cport_desktop.domain.takedown import TakedownState, standing_of
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, UNDECIDED
from cport_desktop.vault import leases, report_replies
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.queue_sources import OWN_WORD_WAITS
from cport_desktop.vault.transaction import Reader

FILES_OF_EACH: Final = 8
"""Files of one report that are asked about."""
MET_ELSEWHERE: Final = 50
"""Reports with a file that are looked at, to see whether one of them is grave."""
MOST_OF_DOMAIN: Final = 100
"""Reports of a domain that are counted."""

_STANDING: Final = f"""
SELECT v.row, v.report_id, v.hosting_country, v.domain, v.received_at, v.assigned_at,
       {report_replies.MARK_COLUMNS}
FROM json_each(?1) AS j CROSS JOIN report AS v ON v.row = j.value
WHERE v.classification = ?2 AND v.status <> 'withdrawn'
  AND NOT EXISTS (SELECT 1 FROM report_overlay AS o
                  WHERE o.row = v.row AND o.classification <> ?2)
"""  # noqa: S608 - constant text
_TAKEN: Final = f"""
SELECT j.value FROM json_each(?1) AS j
WHERE EXISTS (SELECT 1 FROM assignment AS a WHERE a.report_id = j.value AND a.analyst_id <> ?2)
   OR EXISTS (SELECT 1 FROM lease AS l WHERE l.report_id = j.value AND l.until > ?3
              AND l.until <= ?5 AND l.holder <> ?2)
   OR EXISTS (SELECT 1 FROM in_hand_elsewhere AS e WHERE e.report_id = j.value AND e.told_at > ?4
              AND (e.until IS NULL OR e.until > ?3 AND e.until <= ?5)
              AND NOT EXISTS (SELECT 1 FROM lease AS m WHERE m.report_id = j.value
                              AND m.holder = ?2 AND m.until > ?3 AND m.until <= ?5))
   OR {OWN_WORD_WAITS.format(report="j.value", asker="?2")}
"""  # noqa: S608 - constant text
_MINE: Final = """
SELECT j.value FROM json_each(?1) AS j CROSS JOIN assignment AS a ON a.report_id = j.value
WHERE a.analyst_id = ?2
"""
_FLAGGED: Final = """
SELECT j.value FROM json_each(?1) AS j
CROSS JOIN flag AS f ON f.kind = 'report' AND f.reference = j.value
"""
_OF_DOMAIN: Final = """
SELECT j.value, (SELECT count(*) FROM (SELECT 1 FROM report AS r INDEXED BY report_by_domain
                                       WHERE r.domain = j.value LIMIT ?2))
FROM json_each(?1) AS j
"""
_FILES: Final = """
SELECT l.row, m.announced_sha256 FROM json_each(?1) AS j
CROSS JOIN report_media AS l ON l.row = j.value AND l.position < ?2
CROSS JOIN media_item AS m ON m.media_id = l.media_id
"""
_ON_LISTS: Final = """
SELECT j.value, max(NOT k.is_negative) FROM json_each(?1) AS j
CROSS JOIN hit AS h ON h.sha256 = j.value AND h.ended_at IS NULL
CROSS JOIN hash_list AS k ON k.list = h.list GROUP BY j.value
"""
_IN_STACKS: Final = """
SELECT j.value, a.stack FROM json_each(?1) AS j CROSS JOIN likeness AS a ON a.sha256 = j.value
WHERE EXISTS (SELECT 1 FROM likeness AS b INDEXED BY likeness_by_stack
              WHERE b.stack = a.stack AND b.content <> a.content)
"""
_GRAVE: Final = """
(SELECT r.report_id FROM ({others} LIMIT ?2) AS x CROSS JOIN report AS r ON r.row = x.row
 WHERE r.classification IN (?3, ?4) LIMIT 1)
"""
_SHARED: Final = f"""
SELECT s.sha256, {
    _GRAVE.format(
        others='''SELECT l.row FROM media_item AS m INDEXED BY media_by_announcement
        CROSS JOIN report_media AS l ON l.media_id = m.media_id
        WHERE m.announced_sha256 = s.sha256'''
    )
}
FROM json_each(?1) AS j CROSS JOIN shared_digest AS s ON s.sha256 = j.value
"""  # noqa: S608 - constant text
_GRAVE_STACKS: Final = f"""
SELECT j.value, {
    _GRAVE.format(
        others='''SELECT l.row FROM likeness AS b INDEXED BY likeness_by_stack
        CROSS JOIN media_item AS m INDEXED BY media_by_announcement
            ON m.announced_sha256 = b.sha256
        CROSS JOIN report_media AS l ON l.media_id = m.media_id WHERE b.stack = j.value'''
    )
}
FROM json_each(?1) AS j
"""  # noqa: S608 - constant text


@dataclass(frozen=True, slots=True)
class Judging:
    """For whom and by which rules of the unit. `countries`: of the agency's jurisdiction. `late`: what
    was assigned before then is overdue.
    """

    asker: AnalystId
    now: datetime
    late: datetime
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Standing:
    row: int
    report_id: ReportId
    country: str
    domain: str
    received_at: datetime
    assigned_at: datetime | None
    waits_until: datetime | None


@dataclass(frozen=True, slots=True)
class _Files:
    """What is known of files, by their announced digest. `known`: on a list; of True one that is none of
    harmless files. `grave`: met in that grave report; `met`: met anywhere else.
    """

    of_row: Mapping[int, list[str]]
    known: Mapping[str, bool]
    grave: Mapping[str, ReportId]
    met: frozenset[str]


def candidates(
    reader: Reader, rows: Collection[int], judging: Judging
) -> tuple[list[Candidate], int]:
    """Those of `rows` that are undecided as seen and in nobody else's hands, with the rules that they
    meet; and how many are in other hands.
    """
    standing = _standing(reader, rows, judging.now)
    ids = json.dumps([one.report_id for one in standing])
    moment = microseconds(judging.now)
    heard = (microseconds(judging.now - TOLD_FOR), microseconds(judging.now + leases.LONGEST))
    taken = _numbers(reader, _TAKEN, (ids, judging.asker, moment, *heard))
    free = [one for one in standing if one.report_id not in taken]
    mine = _numbers(reader, _MINE, (ids, judging.asker))
    flagged = _numbers(reader, _FLAGGED, (ids,))
    busy = _of_domains(reader, {one.domain for one in free if one.domain})
    files = _files(reader, [one.row for one in free])
    found = []
    for one in free:
        met = [*_by_itself(one, judging), *_by_files(one, files)]
        met += [Met(PriorityRule.FLAGGED)] if one.report_id in flagged else []
        met += [Met(PriorityRule.GIVEN_TO_ME)] if one.report_id in mine else []
        if busy.get(one.domain, 0) >= MANY_OF_ONE_DOMAIN:
            met.append(Met(PriorityRule.BUSY_DOMAIN, count=busy[one.domain]))
        found.append(Candidate(one.report_id, one.assigned_at or one.received_at, tuple(met)))
    return found, len(standing) - len(free)


def _standing(reader: Reader, rows: Collection[int], now: datetime) -> list[_Standing]:
    found = reader.connection.execute(_STANDING, (json.dumps(sorted(rows)), UNDECIDED))
    return [
        _Standing(
            row,
            ReportId(number),
            country,
            domain,
            moment_of(received_at),
            None if assigned_at is None else moment_of(assigned_at),
            _waits_until(ReportId(number), told, asked, now),
        )
        for row, number, country, domain, received_at, assigned_at, told, asked in found
    ]


def _waits_until(
    report_id: ReportId, told: bytes | None, asked: bytes | None, now: datetime
) -> datetime | None:
    """Until when its hotline waits by the portal's word, unless we said that it need not."""
    standing = standing_of(report_replies.mark(report_id, told, asked), now=now)
    return None if standing.state is TakedownState.LIFT_ASKED else standing.confirmed_until


def _by_itself(one: _Standing, judging: Judging) -> Iterator[Met]:
    if one.waits_until is not None:
        yield Met(PriorityRule.HOTLINE_WAITS, until=one.waits_until)
    if one.assigned_at is not None and one.assigned_at < judging.late:
        yield Met(PriorityRule.OVERDUE, count=(judging.now - one.assigned_at).days)
    if one.country in judging.countries:
        yield Met(PriorityRule.HOSTED_HERE)
    if one.received_at >= judging.now - timedelta(days=FRESH_DAYS):
        yield Met(PriorityRule.FRESH)


def _by_files(one: _Standing, files: _Files) -> Iterator[Met]:
    own = files.of_row.get(one.row, [])
    grave = next((files.grave[each] for each in own if each in files.grave), None)
    if grave is not None:
        yield Met(PriorityRule.GRAVE_ELSEWHERE, other=grave)
    if any(files.known.get(each) for each in own):
        yield Met(PriorityRule.KNOWN)
    if own and not any(each in files.known or each in files.met for each in own):
        yield Met(PriorityRule.UNSEEN_MEDIA)


def _files(reader: Reader, rows: Collection[int]) -> _Files:
    of_row: defaultdict[int, list[str]] = defaultdict(list)
    for row, digest in reader.connection.execute(_FILES, (json.dumps(rows), FILES_OF_EACH)):
        of_row[row].append(digest)
    digests = json.dumps(sorted({digest for own in of_row.values() for digest in own}))
    known = {digest: bool(bad) for digest, bad in reader.connection.execute(_ON_LISTS, (digests,))}
    shared: dict[str, ReportId | None] = _grave(reader, _SHARED, digests)
    stack_of: dict[str, int] = dict(reader.connection.execute(_IN_STACKS, (digests,)).fetchall())
    stacks: dict[int, ReportId | None] = _grave(
        reader, _GRAVE_STACKS, json.dumps(sorted(set(stack_of.values())))
    )
    told: dict[str, ReportId | None] = {each: stacks.get(stack_of[each]) for each in stack_of}
    told |= {digest: other for digest, other in shared.items() if other is not None}
    return _Files(
        of_row,
        known,
        {digest: other for digest, other in told.items() if other is not None},
        frozenset(shared) | frozenset(stack_of),
    )


def _grave(reader: Reader, statement: str, named: str) -> dict[Any, ReportId | None]:
    wanted = (named, MET_ELSEWHERE, BASELINE, NATIONAL)
    return dict(reader.connection.execute(statement, wanted).fetchall())


def _of_domains(reader: Reader, domains: Iterable[str]) -> dict[str, int]:
    wanted = (json.dumps(sorted(domains)), MOST_OF_DOMAIN)
    return dict(reader.connection.execute(_OF_DOMAIN, wanted).fetchall())


def _numbers(reader: Reader, statement: str, wanted: tuple[str | int, ...]) -> frozenset[int]:
    return frozenset(number for (number,) in reader.connection.execute(statement, wanted))
