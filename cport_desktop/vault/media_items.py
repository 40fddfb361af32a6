"""Media items: pages of them, one of them, and what is still wanted from the portal.

A page shows the media of newer reports first. In a query over media the conditions `kind:`,
digests, `has:image`, `has:video` and `is:duplicate` speak of the item itself, all others of
the reports that it belongs to.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import MediaId, ReportId, media_reference
from cport_desktop.domain.media_item import CannotShow, MediaItem, MediaKind, MediaState
from cport_desktop.domain.query import Query
from cport_desktop.domain.report import MediaNotice
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Row
from cport_desktop.vault.likeness import mark_stacked
from cport_desktop.vault.media_conditions import media_tests
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.transaction import Reader, Transaction

_COLUMNS = (
    "m.media_id, m.state, m.size, m.announced_sha256, m.file_name, m.declared_type, m.kind,"
    " m.format, m.width, m.height, m.duration_ms, m.md5, m.sha1, m.sha256, m.crc32,"
    " m.perceptual_hash, m.quality, m.dct_hash, m.cannot_show, m.refusal, m.facts, m.held_at,"
    " m.pictures, m.has_sound,"
    " (SELECT count(*) - 1 FROM media_item AS d WHERE d.announced_sha256 = m.announced_sha256)"
)


@dataclass(frozen=True, slots=True)
class MediaTally:
    """How many items there are in each state. `unshowable` are among the held ones;
    `bytes_held` counts equal bytes once.
    """

    held: int
    wanted: int
    refused: int
    unshowable: int
    bytes_held: int


def page(reader: Reader, query: Query, *, limit: int, after: str | None = None) -> Page[MediaItem]:
    """The first `limit` media items that match, behind the cursor `after`.

    Raises:
        UnknownReference: a cursor that this list never gave out.
    """
    started = time.perf_counter()
    last = read_cursor("media", after, int, int) if after else None
    found = _places(reader, query, after=last, limit=limit + 1)
    shown = found[:limit]
    items = _items(reader, [media for _, media in shown])
    following = write_cursor("media", *shown[-1]) if len(found) > limit else None
    return Page(items, following, elapsed_ms(started))


def count_up_to(reader: Reader, query: Query, *, limit: int) -> int:
    """How many match; `limit` where they are more."""
    return len(_places(reader, query, after=None, limit=limit))


def item(reader: Reader, media_id: MediaId) -> MediaItem:
    """One media item.

    Raises:
        UnknownReference: it was never announced.
    """
    found = _items(reader, [media_id])
    if not found:
        raise UnknownReference(kind="media", reference=media_reference(media_id))
    return found[0]


def stands(reader: Reader, media_id: MediaId) -> bool:
    """A report that was not withdrawn announces it."""
    found = reader.connection.execute(
        "SELECT 1 FROM report_media AS l CROSS JOIN report AS r ON r.row = l.row"
        " WHERE l.media_id = ? AND r.status <> 'withdrawn' LIMIT 1",
        (media_id,),
    )
    return found.fetchone() is not None


def named(reader: Reader, media_ids: Sequence[MediaId]) -> tuple[MediaItem, ...]:
    """Those of these items that are here, in the order in which they are named, in two queries."""
    return _items(reader, list(media_ids))


def of_report(
    reader: Reader, row: int
) -> tuple[tuple[MediaItem, ...], tuple[tuple[int, tuple[int, ...]], ...]]:
    """The media of the report in `row`, each once, in the order announced; and for each content
    item that has any, its number and the positions of its media.
    """
    links = reader.connection.execute(
        "SELECT content_id, media_id FROM report_media WHERE row = ? ORDER BY position", (row,)
    ).fetchall()
    order = {media: place for place, media in enumerate(dict.fromkeys(m for _, m in links))}
    media_of: dict[int, list[int]] = defaultdict(list)
    for content, media in links:
        media_of[content].append(order[media])
    return _items(reader, list(order)), tuple((c, tuple(p)) for c, p in media_of.items())


def wanted(reader: Reader, *, limit: int) -> tuple[MediaNotice, ...]:
    """Items whose bytes are not here yet, those of newer reports first."""
    found = reader.connection.execute(
        "SELECT media_id, size, announced_sha256, file_name, declared_type"
        " FROM media_item INDEXED BY media_wanted WHERE state = 'wanted'"
        " ORDER BY newest_received DESC, media_id DESC LIMIT ?",
        (limit,),
    )
    return tuple(
        MediaNotice(MediaId(number), size, sha256, name, declared)
        for number, size, sha256, name, declared in found
    )


def files_wanted(reader: Reader) -> int:
    """How many files are still to come: equal bytes count once."""
    found = reader.connection.execute(
        "SELECT count(DISTINCT announced_sha256) FROM media_item INDEXED BY media_wanted"
        " WHERE state = 'wanted'"
    ).fetchone()
    return int(found[0]) if found else 0


def shareable(reader: Reader) -> tuple[str, ...]:
    """Digests that wanted items announce and that are held already, under another number."""
    found = reader.connection.execute(
        "SELECT DISTINCT b.sha256 FROM media_item AS w INDEXED BY media_wanted"
        " CROSS JOIN blob AS b INDEXED BY blob_held_by_sha256"
        " ON b.sha256 = w.announced_sha256 AND b.state = 'held' WHERE w.state = 'wanted'"
    )
    return tuple(sha256 for (sha256,) in found)


def share_held_bytes(tx: Transaction, digests: Iterable[str]) -> int:
    """Wanted items that announce one of these digests are held too, if an item with it is,
    without transfer; how many. They share the sealed file and what was found in it.

    The caller adds the audit entry. Costs as much as there are items with these digests,
    however many others the vault has.
    """
    shared = 0
    for sha256 in digests:
        holder = tx.connection.execute(
            "SELECT media_id FROM media_item INDEXED BY media_by_announcement"
            " WHERE announced_sha256 = ? AND state = 'held' LIMIT 1",
            (sha256,),
        ).fetchone()
        if holder is not None:
            shared += tx.connection.execute(
                _SHARE, (sha256, holder[0], microseconds(tx.now))
            ).rowcount
            mark_stacked(tx.connection, [sha256])
    return shared


def tally(reader: Reader) -> MediaTally:
    """How many items there are in each state."""
    found = reader.connection.execute(
        "SELECT state, count(*), count(cannot_show) FROM media_item GROUP BY state"
    ).fetchall()
    counts = {state: (items, unshowable) for state, items, unshowable in found}
    held = reader.connection.execute(
        "SELECT coalesce(sum(size), 0) FROM blob WHERE state = 'held'"
    ).fetchone()
    return MediaTally(
        held=counts.get(MediaState.HELD.value, (0, 0))[0],
        wanted=counts.get(MediaState.WANTED.value, (0, 0))[0],
        refused=counts.get(MediaState.REFUSED.value, (0, 0))[0],
        unshowable=counts.get(MediaState.HELD.value, (0, 0))[1],
        bytes_held=int(held[0]) if held else 0,
    )


_SHARE = """
UPDATE media_item INDEXED BY media_by_announcement
SET (state, blob_id, kind, format, width, height, duration_ms, md5, sha1, sha256, crc32,
     perceptual_hash, quality, dct_hash, cannot_show, facts, size, examined, pictures, has_sound,
     held_at) =
    (SELECT h.state, h.blob_id, h.kind, h.format, h.width, h.height, h.duration_ms, h.md5,
            h.sha1, h.sha256, h.crc32, h.perceptual_hash, h.quality, h.dct_hash, h.cannot_show,
            h.facts, h.size, h.examined, h.pictures, h.has_sound, ?3
     FROM media_item AS h WHERE h.media_id = ?2)
WHERE announced_sha256 = ?1 AND state = 'wanted'
"""


def _places(
    reader: Reader, query: Query, *, after: tuple[int, ...] | None, limit: int
) -> list[tuple[int, int]]:
    """Receipt and number of the matching items, in the order of the page."""
    tests = media_tests(reader, query)
    ranges: list[tuple[str, tuple[int, ...]]] = [("1", ())]
    if after is not None:
        ranges = [
            ("m.newest_received = ? AND m.media_id < ?", after),
            ("m.newest_received < ?", after[:1]),
        ]
    found: list[tuple[int, int]] = []
    for text, parameters in ranges:
        found += reader.connection.execute(
            f"SELECT m.newest_received, m.media_id FROM media_item AS m {tests.access}"  # noqa: S608 - constant text
            f" WHERE {text} AND {tests.sql.text}"
            " ORDER BY m.newest_received DESC, m.media_id DESC LIMIT ?",
            (*parameters, *tests.sql.parameters, limit - len(found)),
        ).fetchall()
        if len(found) >= limit:
            break
    return found


def _items(reader: Reader, media_ids: list[int]) -> tuple[MediaItem, ...]:
    wanted_ids = (json.dumps(media_ids),)
    reports: dict[int, list[ReportId]] = defaultdict(list)
    for number, report in reader.connection.execute(
        "SELECT DISTINCT l.media_id, r.report_id FROM json_each(?) AS j"
        " CROSS JOIN report_media AS l ON l.media_id = j.value"
        " CROSS JOIN report AS r ON r.row = l.row ORDER BY l.media_id, r.row DESC",
        wanted_ids,
    ):
        reports[number].append(ReportId(report))
    found = {
        values[0]: _item(values, tuple(reports[values[0]]))
        for values in reader.connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS j"  # noqa: S608 - constant text
            " CROSS JOIN media_item AS m ON m.media_id = j.value",
            wanted_ids,
        )
    }
    return tuple(found[number] for number in media_ids if number in found)


def _item(values: Row, reports: tuple[ReportId, ...]) -> MediaItem:
    (media_id, state, size, announced, name, declared, kind, form, width, height, duration, md5,
     sha1, sha256, crc32, perceptual, quality, dct, cannot_show, refusal, facts, held_at,
     pictures, has_sound, duplicates) = values  # fmt: skip
    is_held = state == MediaState.HELD.value
    return MediaItem(
        media_id=MediaId(media_id),
        state=MediaState(state),
        size=size,
        announced_sha256=announced,
        file_name=name,
        declared_type=declared,
        kind=MediaKind(kind) if kind else None,
        format=form,
        width=width,
        height=height,
        duration_ms=duration,
        digests=Digests(size, md5, sha1, sha256, crc32) if sha256 else None,
        perceptual_hash=perceptual,
        quality=quality,
        dct_hash=dct,
        cannot_show=CannotShow(cannot_show) if cannot_show else None,
        refusal=refusal,
        bytes_here=size if is_held else 0,
        duplicates=duplicates,
        reports=reports,
        facts=tuple((str(key), str(value)) for key, value in json.loads(facts)),
        held_at=None if held_at is None else moment_of(held_at),
        pictures=pictures,
        has_sound=None if has_sound is None else bool(has_sound),
    )
