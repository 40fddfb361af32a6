"""Whose turn it is among the media files that are not here.

The order: files that somebody asked for, then those of newer reports. What is paused, cancelled,
failed a short while ago, of a kind that the agreement does not grant, or not carried by the link in
use has no turn.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.link import Link, MediaPolicy
from cport_desktop.domain.report import MediaNotice
from cport_desktop.domain.transfer import LONGEST_REST
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.database import Row
from cport_desktop.vault.transaction import Reader

MOST_COUNTED: Final = 10_000
"""Rows that are looked at for a count: a hundredth of a second. Who waits for more files than that
is not helped by their number.
"""

KIND: Final = (
    "CASE lower(substr(m.declared_type, 1, instr(m.declared_type || '/', '/') - 1))"
    " WHEN 'image' THEN 'image' WHEN 'video' THEN 'video' WHEN 'audio' THEN 'audio'"
    " ELSE 'other' END"
)
"""The kind that `m` was announced as, as `domain.media_item.announced_kind` says it."""

GRANTED: Final = f"(:withheld = '[]' OR {KIND} NOT IN (SELECT value FROM json_each(:withheld)))"  # noqa: S608 - constant text
"""Whether files of the kind of `m` may come; `withheld` from `print_kinds`."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Which files may have a turn: at this moment, over this link, but for the kinds `withheld`."""

    now: datetime
    link: Link
    withheld: frozenset[str] = frozenset()

    @property
    def values(self) -> dict[str, object]:
        """What the conditions below are filled with."""
        return {
            "now": microseconds(self.now),
            "rest": LONGEST_REST // timedelta(microseconds=1),
            "largest": self.link.largest_file,
            "only_asked": self.link.media is not MediaPolicy.ALL,
            "nothing": self.link.media is MediaPolicy.NONE,
            "withheld": print_kinds(self.withheld),
        }

    @property
    def takes_any(self) -> bool:
        """Whether a file's size and kind play no part."""
        is_any = self.link.largest_file is None and self.link.media is MediaPolicy.ALL
        return is_any and not self.withheld


_CARRIED = (
    "NOT :nothing AND (:largest IS NULL OR m.size <= :largest)"  # noqa: S608 - constant text
    f" AND NOT (SELECT is_paused FROM transfer_rule) AND {GRANTED}"
)
_MAY = (
    "NOT t.is_paused AND NOT t.is_cancelled AND (t.not_before IS NULL"
    " OR t.not_before NOT BETWEEN :now + 1 AND :now + :rest)"
)
_NOTICE = "m.media_id, m.size, m.announced_sha256, m.file_name, m.declared_type"
_ASKED = f"""
    SELECT {_NOTICE}
    FROM transfer AS t INDEXED BY transfer_asked_for
    CROSS JOIN media_item AS m ON m.media_id = t.media_id
    WHERE t.is_asked_for = 1 AND m.state = 'wanted' AND {_MAY} AND {_CARRIED}
    ORDER BY m.newest_received DESC, m.media_id DESC LIMIT :limit
"""  # noqa: S608 - constant text
_IN_TURN = (
    "m.state = 'wanted' AND NOT :only_asked AND NOT EXISTS ("  # noqa: S608 - constant text
    f" SELECT 1 FROM transfer AS t WHERE t.media_id = m.media_id AND NOT ({_MAY})) AND {_CARRIED}"
)
_NEWEST = f"""
    SELECT {_NOTICE}
    FROM media_item AS m INDEXED BY media_wanted WHERE {_IN_TURN} {{behind}}
    ORDER BY m.newest_received DESC, m.media_id DESC LIMIT :limit
"""  # noqa: S608 - constant text
_BEHIND = (
    "AND (m.newest_received, m.media_id) <"
    " (SELECT l.newest_received, l.media_id FROM media_item AS l WHERE l.media_id = :last)"
)
_AMONG = f"""
    SELECT {_NOTICE}
    FROM json_each(:named) AS j CROSS JOIN media_item AS m ON m.media_id = j.value
    WHERE {_IN_TURN} ORDER BY j.key LIMIT :limit
"""  # noqa: S608 - constant text
_ALL_WANTED = "SELECT count(*) FROM media_item INDEXED BY media_wanted WHERE state = 'wanted'"
_STOPPED = f"""
    SELECT count(*), coalesce(sum(m.state = 'wanted' AND NOT ({_MAY})), 0)
    FROM (SELECT * FROM transfer LIMIT :most) AS t
    CROSS JOIN media_item AS m ON m.media_id = t.media_id
"""  # noqa: S608 - constant text
_DUE = f"""
    SELECT count(*), coalesce(sum({_IN_TURN}), 0)
    FROM (SELECT media_id, state, size, declared_type FROM media_item INDEXED BY media_wanted
          WHERE state = 'wanted' ORDER BY newest_received DESC LIMIT :most) AS m
"""  # noqa: S608 - constant text
_ASKED_DUE = f"""
    SELECT count(*), coalesce(sum(m.state = 'wanted' AND {_MAY} AND {_CARRIED}), 0)
    FROM (SELECT * FROM transfer INDEXED BY transfer_asked_for
          WHERE is_asked_for = 1 LIMIT :most) AS t
    CROSS JOIN media_item AS m ON m.media_id = t.media_id
"""  # noqa: S608 - constant text


def print_kinds(kinds: Collection[str]) -> str:
    """Kinds as `GRANTED` reads them."""
    return json.dumps(sorted(kinds))


def asked_for(reader: Reader, turn: Turn, *, limit: int) -> tuple[MediaNotice, ...]:
    """Files that somebody asked for and that may have a turn, those of newer reports first."""
    return _notices(reader, _ASKED, turn, limit=limit)


def newest(
    reader: Reader, turn: Turn, *, limit: int, behind: MediaId | None = None
) -> tuple[MediaNotice, ...]:
    """Files that may have a turn without anybody asking, those of newer reports first; of those
    that stand behind the item `behind` in this order, if one is named: none if it is gone.
    """
    query = _NEWEST.format(behind="" if behind is None else _BEHIND)
    return _notices(reader, query, turn, limit=limit, last=behind)


def among(
    reader: Reader, turn: Turn, media_ids: Collection[MediaId], *, limit: int
) -> tuple[MediaNotice, ...]:
    """Those of these that may have a turn, in their order."""
    return _notices(reader, _AMONG, turn, limit=limit, named=json.dumps(list(media_ids)))


def count_due(reader: Reader, turn: Turn) -> int | None:
    """How many items may have a turn; None: more than are looked at one by one.

    Costs an index, or `MOST_COUNTED` rows.
    """
    if reader.connection.execute("SELECT 1 FROM transfer_rule WHERE is_paused").fetchone():
        return 0
    if turn.takes_any:
        looked_at, stopped = _counted(reader, _STOPPED, turn)
        (wanted,) = reader.connection.execute(_ALL_WANTED).fetchone() or (0,)
        due = int(wanted) - stopped
    elif turn.link.media is MediaPolicy.ALL:
        looked_at, due = _counted(reader, _DUE, turn)
    else:
        looked_at, due = _counted(reader, _ASKED_DUE, turn)
    return None if looked_at > MOST_COUNTED else due


def count_of_kinds(reader: Reader, kinds: Collection[str]) -> dict[str, int]:
    """How many files of each of these kinds, as they were announced, are wanted. Looks at all that
    are, if there are any kinds.
    """
    if not kinds:
        return {}
    found = reader.connection.execute(
        f"SELECT {KIND}, count(*) FROM media_item AS m INDEXED BY media_wanted"  # noqa: S608 - constant text
        " WHERE m.state = 'wanted' GROUP BY 1"
    )
    return {str(kind): int(count) for kind, count in found if kind in kinds}


def _counted(reader: Reader, query: str, turn: Turn) -> tuple[int, int]:
    values = turn.values | {"most": MOST_COUNTED + 1}
    found: Row = reader.connection.execute(query, values).fetchone() or (0, 0)
    return int(found[0]), int(found[1])


def _notices(
    reader: Reader,
    query: str,
    turn: Turn,
    *,
    limit: int,
    named: str = "[]",
    last: MediaId | None = None,
) -> tuple[MediaNotice, ...]:
    values = turn.values | {"limit": limit, "named": named, "last": last}
    return tuple(
        MediaNotice(MediaId(number), size, sha256, name, declared)
        for number, size, sha256, name, declared in reader.connection.execute(query, values)
    )
