"""Media files that are not here, and what a person said about each. Whose turn it is: `vault.turns`."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.ids import BlobId, MediaId
from cport_desktop.domain.transfer import TransferTally
from cport_desktop.vault.audit_trail import moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.turns import GRANTED, count_of_kinds, print_kinds


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one transfer. `staged`: the sealed file that grows, if there is one."""

    media_id: MediaId
    size: int
    declared_type: str | None
    newest_received: int
    is_refused: bool
    refusal: str | None
    is_asked_for: bool
    is_paused: bool
    is_cancelled: bool
    tries: int
    last_error: str | None
    not_before: datetime | None
    staged: BlobId | None


def may_go_on(reader: Reader, media_id: MediaId) -> bool:
    """Whether nobody paused or cancelled this one, or all of them, meanwhile."""
    found = reader.connection.execute(
        "SELECT 1 FROM transfer_rule WHERE is_paused UNION ALL"
        " SELECT 1 FROM transfer WHERE media_id = ? AND (is_paused OR is_cancelled)",
        (media_id,),
    ).fetchone()
    return found is None


def is_cancelled(reader: Reader, media_id: MediaId) -> bool:
    """Whether nobody wants it any more."""
    found = reader.connection.execute(
        "SELECT 1 FROM transfer WHERE media_id = ? AND is_cancelled", (media_id,)
    ).fetchone()
    return found is not None


def tries_of(reader: Reader, media_id: MediaId) -> int:
    """How often it failed in a row."""
    found = reader.connection.execute(
        "SELECT tries FROM transfer WHERE media_id = ?", (media_id,)
    ).fetchone()
    return int(found[0]) if found else 0


def absent(reader: Reader, media_ids: Collection[MediaId]) -> tuple[MediaId, ...]:
    """Those of these whose file is not here."""
    found = reader.connection.execute(
        "SELECT m.media_id FROM json_each(?) AS j CROSS JOIN media_item AS m"
        " ON m.media_id = j.value WHERE m.state <> 'held' ORDER BY j.key",
        (json.dumps(list(media_ids)),),
    )
    return tuple(MediaId(number) for (number,) in found)


def with_bytes_here(reader: Reader, media_ids: Collection[MediaId]) -> tuple[MediaId, ...]:
    """Those of these of which a part is here."""
    found = reader.connection.execute(
        "SELECT b.media_id FROM json_each(?) AS j CROSS JOIN blob AS b"
        " INDEXED BY blob_staged_by_media ON b.media_id = j.value AND b.state = 'staged'",
        (json.dumps(list(media_ids)),),
    )
    return tuple(MediaId(number) for (number,) in found)


def ask(tx: Transaction, media_ids: Collection[MediaId]) -> None:
    """They come first and at once; one that was refused or cancelled is wanted again.

    The caller adds the audit entry; so it is for all that follow.
    """
    _want_again(tx, media_ids)
    _mark(tx, media_ids, "is_asked_for = 1, is_cancelled = 0, is_paused = 0, not_before = NULL")


def try_again(tx: Transaction, media_ids: Collection[MediaId]) -> None:
    """They have their turn at once, whatever became of them before."""
    _want_again(tx, media_ids)
    _mark(tx, media_ids, "tries = 0, last_error = NULL, not_before = NULL, is_cancelled = 0")


def failed(reader: Reader) -> tuple[MediaId, ...]:
    """All that failed or were refused, so that none comes by itself at once."""
    found = reader.connection.execute(
        "SELECT t.media_id FROM transfer AS t WHERE t.tries > 0 AND NOT t.is_cancelled"
        " UNION SELECT m.media_id FROM media_item AS m INDEXED BY media_by_state"
        " WHERE m.state = 'refused'"
    )
    return tuple(MediaId(number) for (number,) in found)


def pause(tx: Transaction, media_ids: Collection[MediaId], *, is_paused: bool) -> None:
    """They wait for a person; or do so no longer."""
    _mark(tx, media_ids, f"is_paused = {int(is_paused)}")


def cancel(tx: Transaction, media_ids: Collection[MediaId]) -> None:
    """Nobody wants them until somebody asks for them."""
    _mark(tx, media_ids, "is_cancelled = 1, is_asked_for = 0, is_paused = 0")


def pause_all(tx: Transaction, *, is_paused: bool) -> None:
    """No media file is asked for at all; or they are again."""
    tx.connection.execute("UPDATE transfer_rule SET is_paused = ?", (is_paused,))


def is_all_paused(reader: Reader) -> bool:
    """Whether no media file is asked for at all."""
    found = reader.connection.execute("SELECT is_paused FROM transfer_rule").fetchone()
    return found is not None and bool(found[0])


def page(
    reader: Reader, *, limit: int, after: str | None = None
) -> tuple[Sequence[Kept], str | None, float]:
    """Files that are not here, those of newer reports first; the next cursor; milliseconds.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    last = read_cursor("transfers", after, int, int) if after else (1 << 62, 0)
    values = {"received": last[0], "media": last[1], "limit": limit + 1}
    found = reader.connection.execute(_PAGE, values).fetchall()
    rows = [_kept(row) for row in found[:limit]]
    following = None
    if len(found) > limit:
        following = write_cursor("transfers", rows[-1].newest_received, rows[-1].media_id)
    return rows, following, elapsed_ms(started)


def tally(reader: Reader, *, withheld: Collection[str] = ()) -> TransferTally:
    """How many there are of each kind; those of the kinds `withheld` (as they were announced) are
    not granted, whatever was said of them.
    """
    kinds = {"withheld": print_kinds(withheld)}
    waiting, size = reader.connection.execute(
        "SELECT count(*), coalesce(sum(m.size), 0) FROM media_item AS m INDEXED BY media_wanted"  # noqa: S608 - constant text
        " WHERE m.state = 'wanted' AND NOT EXISTS (SELECT 1 FROM transfer AS t"
        f" WHERE t.media_id = m.media_id AND (t.is_paused OR t.is_cancelled)) AND {GRANTED}",
        kinds,
    ).fetchone() or (0, 0)
    failing, paused, cancelled = reader.connection.execute(
        "SELECT coalesce(sum(t.tries > 0 AND NOT t.is_paused AND NOT t.is_cancelled), 0),"  # noqa: S608 - constant text
        " coalesce(sum(t.is_paused), 0), coalesce(sum(t.is_cancelled), 0)"
        " FROM transfer AS t CROSS JOIN media_item AS m ON m.media_id = t.media_id"
        f" WHERE m.state = 'refused' OR {GRANTED}",
        kinds,
    ).fetchone() or (0, 0, 0)
    refused, is_paused = reader.connection.execute(
        "SELECT (SELECT count(*) FROM media_item INDEXED BY media_by_state"
        " WHERE state = 'refused'), is_paused FROM transfer_rule"
    ).fetchone() or (0, False)
    not_granted = sum(count_of_kinds(reader, withheld).values())
    return TransferTally(
        waiting, size, failing, paused, cancelled, refused, bool(is_paused), not_granted
    )


_BEHIND = (
    "(m.newest_received < :received OR (m.newest_received = :received AND m.media_id < :media))"
)
_SOME = """
    SELECT * FROM (
        SELECT m.media_id, m.size, m.declared_type, m.newest_received, m.state, m.refusal
        FROM media_item AS m INDEXED BY {index} WHERE m.state = '{state}' AND {behind}
        ORDER BY m.newest_received DESC, m.media_id DESC LIMIT :limit)
"""
_PAGE = f"""
    SELECT f.media_id, f.size, f.declared_type, f.newest_received, f.state = 'refused', f.refusal,
           coalesce(t.is_asked_for, 0), coalesce(t.is_paused, 0), coalesce(t.is_cancelled, 0),
           coalesce(t.tries, 0), t.last_error, t.not_before,
           (SELECT b.blob_id FROM blob AS b INDEXED BY blob_staged_by_media
            WHERE b.media_id = f.media_id AND b.state = 'staged')
    FROM ({_SOME.format(index="media_wanted", state="wanted", behind=_BEHIND)}
          UNION ALL {_SOME.format(index="media_by_state", state="refused", behind=_BEHIND)}) AS f
    LEFT JOIN transfer AS t ON t.media_id = f.media_id
    ORDER BY f.newest_received DESC, f.media_id DESC LIMIT :limit
"""  # noqa: S608 - constant text


def _want_again(tx: Transaction, media_ids: Collection[MediaId]) -> None:
    tx.connection.execute(
        "UPDATE media_item SET state = 'wanted', refusal = NULL"
        " WHERE state = 'refused' AND media_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(media_ids)),),
    )


def _mark(tx: Transaction, media_ids: Collection[MediaId], change: str) -> None:
    """Rows for those of these items whose file is not here, with `change` (constant text)."""
    tx.connection.executemany(
        "INSERT INTO transfer (media_id) SELECT media_id FROM media_item"
        " WHERE media_id = ? AND state <> 'held'"
        " ON CONFLICT (media_id) DO NOTHING",
        [(media_id,) for media_id in media_ids],
    )
    tx.connection.execute(
        f"UPDATE transfer SET {change} WHERE media_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - constant text
        (json.dumps(list(media_ids)),),
    )


def _kept(row: Row) -> Kept:
    (media, size, declared, received, is_refused, refusal, is_asked, is_paused, is_out, tries, error,
     not_before, staged) = row  # fmt: skip
    return Kept(
        media_id=MediaId(media),
        size=size,
        declared_type=declared,
        newest_received=received,
        is_refused=bool(is_refused),
        refusal=refusal,
        is_asked_for=bool(is_asked),
        is_paused=bool(is_paused),
        is_cancelled=bool(is_out),
        tries=tries,
        last_error=error,
        not_before=None if not_before is None else moment_of(not_before),
        staged=None if staged is None else BlobId(staged),
    )
