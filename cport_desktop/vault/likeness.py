"""By what each content is compared: kept when its file becomes held, gone with its last item.

A content is the bytes of one SHA-256. Its number is given out once and never again, so that an
index that knows a number which is gone does no harm. Where another examination says something else
of the same bytes, they get a new number and are compared anew.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.likeness import PDQ_BYTES, SEGMENT, FrameSign
from cport_desktop.domain.media_item import Examination
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.database import Connection, Row
from cport_desktop.vault.transaction import Reader

EXAMINED: Final = 1
"""The version of the examination: an item that was described by an earlier one waits for another."""
STACKS: Final = "stacks"
"""What `matching_state` calls the work on stacks."""
_LOSSES: Final = "losses"
"""What it calls the number of times that contents were taken away."""
_LOST_OF: Final = "lost of segment "
"""What it calls, with the number of a range, the last of these times that a picture of it was."""

_FRAME = struct.Struct(f">IB{PDQ_BYTES}s")


@dataclass(frozen=True, slots=True)
class Content:
    """What is compared of one content. `pdq`: 32 bytes, `dct`: 8; `turned`: seven times 32."""

    number: int
    kind: str
    pdq: bytes | None = field(default=None, repr=False)
    dct: bytes | None = field(default=None, repr=False)
    turned: bytes | None = field(default=None, repr=False)
    frames: bytes | None = field(default=None, repr=False)

    @property
    def frame_digests(self) -> bytes:
        """PDQ of its frames, one behind the other."""
        return b"".join(digest for _, _, digest in _FRAME.iter_unpack(self.frames or b""))


def keep(connection: Connection, sha256: str, seen: Examination) -> None:
    """What `seen` says of the content is what it is compared by, and its items may be in a stack."""
    told = (
        seen.kind.value,
        seen.quality,
        _bytes(seen.perceptual_hash),
        _bytes(seen.dct_hash),
        _bytes("".join(seen.turned)),
        b"".join(map(_print_frame, seen.frames)) or None,
    )
    known = connection.execute(
        "SELECT l.content, l.kind, l.quality, l.pdq, l.dct, d.turned, d.frames FROM likeness AS l"
        " LEFT JOIN likeness_detail AS d ON d.content = l.content WHERE l.sha256 = ?",
        (sha256,),
    ).fetchone()
    if known is None or known[1:] != told:
        if known is not None:
            _take_away(connection, [known[0]])
        _insert(connection, sha256, told)
    mark_stacked(connection, [sha256])


def forget(connection: Connection, digests: Collection[str]) -> None:
    """Nothing that was derived from these contents is left; those that stood beside one of them in
    a stack are compared anew.
    """
    named = json.dumps(list(digests))
    gone = connection.execute(
        "SELECT l.content FROM json_each(?) AS j CROSS JOIN likeness AS l ON l.sha256 = j.value",
        (named,),
    ).fetchall()
    _take_away(connection, [content for (content,) in gone])
    connection.execute(
        "DELETE FROM stack_word WHERE sha256 IN (SELECT value FROM json_each(?))", (named,)
    )


def mark_stacked(connection: Connection, digests: Collection[str]) -> None:
    """Items of these contents that do not stand alone are found by the list of stacks."""
    connection.executemany(_MARK_STACKED, [(digest,) for digest in digests])


_MARK_STACKED: Final = """
UPDATE media_item INDEXED BY media_by_announcement SET in_stack = 1
WHERE announced_sha256 = ?1 AND state = 'held' AND in_stack = 0 AND (
    (SELECT count(*) FROM media_item AS d INDEXED BY media_by_announcement
     WHERE d.announced_sha256 = ?1 AND d.state = 'held') > 1
    OR EXISTS (SELECT 1 FROM likeness AS l CROSS JOIN likeness AS k ON k.stack = l.stack
               WHERE l.sha256 = ?1 AND k.content <> l.content))
"""


def content_of(reader: Reader, media_id: MediaId) -> Content | None:
    """What is compared of an item; None if its file is not here, or was never compared.

    Raises:
        UnknownReference: it was never announced.
    """
    row = reader.connection.execute(
        "SELECT l.content, l.kind, l.pdq, l.dct, d.turned, d.frames FROM media_item AS m"
        " LEFT JOIN likeness AS l ON l.sha256 = m.announced_sha256"
        " LEFT JOIN likeness_detail AS d ON d.content = l.content WHERE m.media_id = ?",
        (media_id,),
    ).fetchone()
    if row is None:
        raise UnknownReference(kind="media", reference=media_reference(media_id))
    return None if row[0] is None else Content(*row)


def contents_behind(reader: Reader, content: int, *, limit: int) -> tuple[Content, ...]:
    """The next `limit` contents behind this number, in order, with all that is compared."""
    return _contents(
        reader,
        "SELECT l.content, l.kind, l.pdq, l.dct, d.turned, d.frames FROM likeness AS l"
        " LEFT JOIN likeness_detail AS d ON d.content = l.content"
        " WHERE l.content > ? ORDER BY l.content LIMIT ?",
        (content, limit),
    )


def contents_named(reader: Reader, numbers: Collection[int]) -> tuple[Content, ...]:
    """Those of these contents that are here, in order, with all that is compared."""
    return _contents(
        reader,
        "SELECT l.content, l.kind, l.pdq, l.dct, d.turned, d.frames FROM json_each(?) AS j"
        " CROSS JOIN likeness AS l ON l.content = j.value"
        " LEFT JOIN likeness_detail AS d ON d.content = l.content ORDER BY l.content",
        (json.dumps(sorted(numbers)),),
    )


def comparable_pictures(reader: Reader, first: int, last: int) -> list[tuple[int, bytes, bytes]]:
    """Number, PDQ and pHash of the pictures from `first` to `last` that can be compared."""
    return reader.connection.execute(
        "SELECT content, pdq, dct FROM likeness WHERE content BETWEEN ? AND ?"
        " AND kind = 'image' AND pdq IS NOT NULL AND dct IS NOT NULL ORDER BY content",
        (first, last),
    ).fetchall()


def pdq_of(reader: Reader, content: int) -> bytes | None:
    """The PDQ digest of a content; None if it has none, or is gone."""
    row = reader.connection.execute(
        "SELECT pdq FROM likeness WHERE content = ?", (content,)
    ).fetchone()
    return None if row is None else row[0]


def videos(reader: Reader, *, upto: int) -> Iterator[Content]:
    """Videos with frames that can be compared, as far as the number `upto`, in order."""
    rows = reader.connection.execute(
        "SELECT l.content, d.frames FROM likeness AS l INDEXED BY likeness_of_videos"
        " CROSS JOIN likeness_detail AS d ON d.content = l.content AND d.frames IS NOT NULL"
        " WHERE l.kind = 'video' AND l.content <= ? ORDER BY l.content",
        (upto,),
    )
    for number, frames in rows:
        yield Content(number, "video", frames=frames)


def losses(reader: Reader) -> int:
    """A number that grows whenever contents are taken away: what was made of them before may speak
    of contents that nobody has any more.
    """
    row = reader.connection.execute(
        "SELECT upto FROM matching_state WHERE what = ?", (_LOSSES,)
    ).fetchone()
    return 0 if row is None else int(row[0])


def segments_lost(connection: Connection) -> dict[int, int]:
    """Ranges of numbers of which a packed index may still hold what was taken away, each with
    `losses` as it was when that was last done.
    """
    rows = connection.execute(
        "SELECT CAST(substr(what, ?1) AS INTEGER), upto FROM matching_state"
        " WHERE substr(what, 1, ?1 - 1) = ?2",
        (len(_LOST_OF) + 1, _LOST_OF),
    )
    return dict(rows.fetchall())


def segments_gone(connection: Connection, lost: Mapping[int, int]) -> None:
    """The indexes that `segments_lost` told of are gone, if nothing more was taken away since."""
    connection.executemany(
        "DELETE FROM matching_state WHERE what = ? AND upto = ?",
        [(f"{_LOST_OF}{number}", upto) for number, upto in lost.items()],
    )


def newest(reader: Reader) -> int:
    """The highest number of a content that is here; 0 if there is none."""
    row = reader.connection.execute("SELECT max(content) FROM likeness").fetchone()
    return 0 if row is None else row[0] or 0


def _contents(reader: Reader, query: str, parameters: Row) -> tuple[Content, ...]:
    return tuple(Content(*row) for row in reader.connection.execute(query, parameters))


def _insert(connection: Connection, sha256: str, told: Row) -> None:
    kind, quality, pdq, dct, turned, frames = told
    number = connection.execute(
        "INSERT INTO likeness (sha256, kind, quality, pdq, dct, stack) VALUES (?, ?, ?, ?, ?, 0)",
        (sha256, kind, quality, pdq, dct),
    ).lastrowid
    connection.execute("UPDATE likeness SET stack = content WHERE content = ?", (number,))
    if turned or frames:
        connection.execute(
            "INSERT INTO likeness_detail (content, turned, frames) VALUES (?, ?, ?)",
            (number, turned, frames),
        )


_MARK_SEGMENTS: Final = """
INSERT INTO matching_state (what, upto)
SELECT DISTINCT ?3 || (l.content / ?2), (SELECT upto FROM matching_state WHERE what = ?4)
FROM json_each(?1) AS j CROSS JOIN likeness AS l ON l.content = j.value
WHERE l.kind = 'image' AND l.pdq IS NOT NULL
ON CONFLICT (what) DO UPDATE SET upto = excluded.upto
"""
"""Only pictures that can be compared are in segments."""


def _take_away(connection: Connection, numbers: Collection[int]) -> None:
    """These contents are gone; those that were in a stack with one of them wait, each alone."""
    if not numbers:
        return
    connection.execute(
        "INSERT INTO matching_state (what, upto) VALUES (?, 1)"
        " ON CONFLICT (what) DO UPDATE SET upto = upto + 1",
        (_LOSSES,),
    )
    named = json.dumps(list(numbers))
    connection.execute(_MARK_SEGMENTS, (named, SEGMENT, _LOST_OF, _LOSSES))
    beside = connection.execute(
        "SELECT DISTINCT k.content FROM json_each(?1) AS j"
        " CROSS JOIN likeness AS l ON l.content = j.value"
        " CROSS JOIN likeness AS k INDEXED BY likeness_by_stack ON k.stack = l.stack"
        " WHERE k.content NOT IN (SELECT value FROM json_each(?1))",
        (named,),
    ).fetchall()
    left = json.dumps([content for (content,) in beside])
    for column in ("content", "near"):
        for those in (named, left):
            connection.execute(
                f"DELETE FROM likeness_link WHERE {column} IN (SELECT value FROM json_each(?))",  # noqa: S608 - constant names
                (those,),
            )
    for table in ("likeness", "likeness_detail", "likeness_waiting"):
        connection.execute(
            f"DELETE FROM {table} WHERE content IN (SELECT value FROM json_each(?))",  # noqa: S608 - constant names
            (named,),
        )
    connection.execute(
        "UPDATE likeness SET stack = content WHERE content IN (SELECT value FROM json_each(?))",
        (left,),
    )
    connection.executemany("INSERT OR IGNORE INTO likeness_waiting (content) VALUES (?)", beside)


def _bytes(digits: str | None) -> bytes | None:
    return bytes.fromhex(digits) if digits else None


def _print_frame(sign: FrameSign) -> bytes:
    return _FRAME.pack(sign.at_ms, sign.quality, bytes.fromhex(sign.perceptual_hash))
