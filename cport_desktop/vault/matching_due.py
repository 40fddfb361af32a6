"""What is still to be matched, and both sides of it: contents with their digests, entries with theirs.

Contents become due by triggers of the schema, entries by whoever writes them (`vault.hash_lists`),
whole lists when a file was read in. What is due stays so until its hits are on record, in the same
transaction, so that matching may be stopped anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.known import EXACT, Algorithm
from cport_desktop.domain.likeness import COMPARABLE_QUALITY, PDQ_BYTES
from cport_desktop.vault.database import Connection, Cursor
from cport_desktop.vault.transaction import Reader

DIGESTS: Final = "digests"
"""Of `matching_state`: how many digests came to lists and went from them, ever."""
FILTERED: Final = "filtered"
"""Of `matching_state`: what the filter that was used last had reached of `DIGESTS`."""

FRAME: Final = 37
"""Bytes of a frame in `likeness_detail.frames`: millisecond, 4; quality, 1; PDQ, 32."""
_QUALITY_AT: Final = 4
_PDQ_AT: Final = 5
_AT_ONCE: Final = 10_000

STANDING: Final = "e.withdrawn_at IS NULL AND l.withdrawn_at IS NULL AND l.is_whole"
"""Of an entry `e` and its list `l`."""

_CONTENT: Final = """
SELECT j.value,
       (SELECT m.md5 || m.sha1 FROM media_item AS m INDEXED BY media_by_announcement
        WHERE m.announced_sha256 = j.value AND m.md5 IS NOT NULL AND m.sha1 IS NOT NULL LIMIT 1),
       l.pdq, l.quality, d.turned, d.frames
FROM json_each(?) AS j LEFT JOIN likeness AS l ON l.sha256 = j.value
LEFT JOIN likeness_detail AS d ON d.content = l.content
WHERE EXISTS (SELECT 1 FROM media_item AS m INDEXED BY media_by_announcement
              WHERE m.announced_sha256 = j.value)
"""
_MD5_LETTERS: Final = 32
_BY_DIGEST: Final = {
    Algorithm.MD5: ("md5", "media_by_md5"),
    Algorithm.SHA1: ("sha1", "media_by_sha1"),
    Algorithm.SHA256: ("announced_sha256", "media_by_announcement"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """What became due first: `serials` of it all; contents (SHA-256, hex), entries and lists (their
    numbers), each once. `counted`: how many digests had come and gone by then.
    """

    serials: tuple[int, ...]
    contents: tuple[str, ...]
    entries: tuple[int, ...]
    lists: tuple[int, ...]
    counted: int


@dataclass(frozen=True, slots=True)
class Content:
    """By what a content can be found on lists. `ways`: its PDQ digests, as it is and turned, one
    after another; `frames`: those of a video's comparable frames; both empty if there are none.
    """

    sha256: str
    md5: bytes | None
    sha1: bytes | None
    ways: bytes
    quality: int | None
    frames: bytes

    def exact(self) -> Iterator[tuple[Algorithm, bytes]]:
        """Digests of its bytes that are known."""
        yield Algorithm.SHA256, bytes.fromhex(self.sha256)
        if self.md5 is not None:
            yield Algorithm.MD5, self.md5
        if self.sha1 is not None:
            yield Algorithm.SHA1, self.sha1


def due(reader: Reader, *, limit: int) -> Due:
    """The first `limit` things that are due."""
    found = reader.connection.execute(
        "SELECT serial, what, reference FROM match_due ORDER BY serial LIMIT ?", (limit,)
    ).fetchall()

    def of_kind(kind: str) -> Iterator[str]:
        return iter(dict.fromkeys(reference for _, what, reference in found if what == kind))

    return Due(
        serials=tuple(serial for serial, _, _ in found),
        contents=tuple(of_kind("content")),
        entries=tuple(map(int, of_kind("entry"))),
        lists=tuple(map(int, of_kind("list"))),
        counted=state(reader.connection, DIGESTS),
    )


def settle(connection: Connection, serials: Iterable[int]) -> None:
    """These are matched."""
    connection.executemany(
        "DELETE FROM match_due WHERE serial = ?", [(serial,) for serial in serials]
    )


def has_list(reader: Reader) -> bool:
    """Some list is here; without one there is nothing to be matched."""
    return reader.connection.execute("SELECT 1 FROM hash_list LIMIT 1").fetchone() is not None


def contents(reader: Reader, digests: Sequence[str]) -> tuple[Content, ...]:
    """Those of these contents that some media item has."""
    found = reader.connection.execute(_CONTENT, (json.dumps(digests),))
    return tuple(
        Content(
            sha256=sha256,
            md5=None if both is None else bytes.fromhex(both[:_MD5_LETTERS]),
            sha1=None if both is None else bytes.fromhex(both[_MD5_LETTERS:]),
            ways=_ways(pdq, quality, turned),
            quality=quality,
            frames=_comparable(frames),
        )
        for sha256, both, pdq, quality, turned, frames in found
    )


def contents_after(reader: Reader, after: str, *, limit: int) -> tuple[str, ...]:
    """The first contents (SHA-256, hex) behind `after`, in their order."""
    found = reader.connection.execute(
        "SELECT DISTINCT announced_sha256 FROM media_item INDEXED BY media_by_announcement"
        " WHERE announced_sha256 > ? ORDER BY announced_sha256 LIMIT ?",
        (after, limit),
    )
    return tuple(sha256 for (sha256,) in found)


def likened_after(reader: Reader, after: int, *, limit: int) -> tuple[int, tuple[str, ...]]:
    """The first contents behind number `after` that are compared by what is seen, and the number of
    the last of them.
    """
    found = reader.connection.execute(
        "SELECT content, sha256 FROM likeness WHERE content > ? ORDER BY content LIMIT ?",
        (after, limit),
    ).fetchall()
    return (found[-1][0] if found else after), tuple(sha256 for _, sha256 in found)


def contents_with(
    reader: Reader, algorithm: Algorithm, digests: Collection[bytes]
) -> Iterator[tuple[str, bytes]]:
    """Contents whose bytes have one of these digests, each with that digest."""
    column, index = _BY_DIGEST[algorithm]
    wanted = json.dumps([digest.hex() for digest in digests])
    found = reader.connection.execute(
        f"SELECT DISTINCT m.announced_sha256, m.{column} FROM json_each(?) AS j"  # noqa: S608 - constant names
        f" CROSS JOIN media_item AS m INDEXED BY {index} ON m.{column} = j.value",
        (wanted,),
    )
    for sha256, digest in found:
        yield sha256, bytes.fromhex(digest)


def entries_with(
    reader: Reader, algorithm: Algorithm, digests: Collection[bytes]
) -> list[tuple[bytes, int]]:
    """Standing entries with one of these digests: the digest, and the number of the entry."""
    found = reader.connection.execute(
        "SELECT d.digest, d.entry FROM json_each(?2) AS j"  # noqa: S608 - constant text
        " CROSS JOIN list_digest AS d ON d.algorithm = ?1 AND d.digest = unhex(j.value)"
        " CROSS JOIN list_entry AS e ON e.entry = d.entry"
        f" CROSS JOIN hash_list AS l ON l.list = e.list WHERE {STANDING}",
        (algorithm, json.dumps([digest.hex() for digest in sorted(digests)])),
    )
    return [(digest, entry) for digest, entry in found]


def digests_of_entries(reader: Reader, entries: Sequence[int]) -> list[tuple[int, bytes]]:
    """Standing entries among these, and their digests as `hash_lists.packed`."""
    found = reader.connection.execute(
        "SELECT e.entry, e.digests FROM json_each(?) AS j"  # noqa: S608 - constant text
        " CROSS JOIN list_entry AS e ON e.entry = j.value"
        f" CROSS JOIN hash_list AS l ON l.list = e.list WHERE {STANDING}",
        (json.dumps(entries),),
    )
    return [(entry, kept) for entry, kept in found]


def entries_of_list(reader: Reader, number: int, *, limit: int) -> tuple[int, ...]:
    """Numbers of the first standing entries of a list."""
    found = reader.connection.execute(
        "SELECT entry FROM list_entry WHERE list = ? AND withdrawn_at IS NULL LIMIT ?",
        (number, limit),
    )
    return tuple(entry for (entry,) in found)


def exact_digests(reader: Reader, algorithm: Algorithm) -> Iterator[bytes]:
    """All digests of this kind that lists have, in lots, joined; in their order."""
    found: Cursor = reader.connection.execute(
        "SELECT digest FROM list_digest WHERE algorithm = ?", (algorithm,)
    )
    while rows := found.fetchmany(_AT_ONCE):
        yield b"".join(digest for (digest,) in rows)


def pictured_digests(reader: Reader, algorithm: Algorithm) -> Iterator[tuple[list[int], bytes]]:
    """All PDQ digests that lists have, in lots: the numbers of their entries, the digests joined."""
    found: Cursor = reader.connection.execute(
        "SELECT entry, digest FROM list_digest WHERE algorithm = ?", (algorithm,)
    )
    while rows := found.fetchmany(_AT_ONCE):
        yield [entry for entry, _ in rows], b"".join(digest for _, digest in rows)


def count_exact(reader: Reader) -> int:
    """How many digests of bytes lists have now."""
    marks = ", ".join(str(int(algorithm)) for algorithm in EXACT)
    found = reader.connection.execute(
        f"SELECT count(*) FROM list_digest WHERE algorithm IN ({marks})"  # noqa: S608 - constant numbers
    ).fetchone()
    return int(found[0]) if found else 0


def state(connection: Connection, what: str) -> int:
    """How far `what` has come; 0 before it began."""
    found = connection.execute("SELECT upto FROM matching_state WHERE what = ?", (what,)).fetchone()
    return int(found[0]) if found else 0


def reach(connection: Connection, what: str, upto: int) -> None:
    """`what` has come so far."""
    connection.execute(
        "INSERT INTO matching_state (what, upto) VALUES (?, ?)"
        " ON CONFLICT (what) DO UPDATE SET upto = excluded.upto",
        (what, upto),
    )


def _ways(pdq: bytes | None, quality: int | None, turned: bytes | None) -> bytes:
    if pdq is None or quality is None or quality < COMPARABLE_QUALITY:
        return b""
    return pdq + (turned or b"")


def _comparable(frames: bytes | None) -> bytes:
    """The PDQ digests of the comparable ones among packed frames."""
    if frames is None:
        return b""
    return b"".join(
        frames[at + _PDQ_AT : at + _PDQ_AT + PDQ_BYTES]
        for at in range(0, len(frames), FRAME)
        if frames[at + _QUALITY_AT] >= COMPARABLE_QUALITY
    )
