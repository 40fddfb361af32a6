"""What is like one media item: the same bytes, near pictures in eight ways round, videos with the
same frames, and what resembles it by pHash alone.

Uses numpy by rooms that are imported when somebody asks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.likeness import TURNS, Because, Similar, Turn
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.domain.withholding import media_without
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.search_reports import LONGEST_PAGE, record_search
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.vault import likeness, likeness_items, media_items
from cport_desktop.vault.likeness import Content
from cport_desktop.vault.paging import elapsed_ms, read_cursor, write_cursor
from cport_desktop.vault.vault import Vault

_RANKS: Final = {
    Because.SAME_BYTES: 0,
    Because.PDQ: 1,
    Because.PDQ_TURNED: 1,
    Because.VIDEO: 1,
    Because.DCT: 2,
}
"""The surest first; distances of one kind compare with each other and with no other kind's."""


@dataclass(frozen=True, slots=True)
class SimilarItems:
    """A page, nearest first; `total`: how many there are on all pages."""

    rows: Sequence[tuple[Similar, MediaItem]]
    total: int
    next_cursor: str | None
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class _Like:
    content: int
    because: Because
    distance: int
    turn: Turn = Turn.UPRIGHT
    share: int | None = None


def similar_media(
    vault: Vault, media_id: MediaId, *, limit: int, after: str | None
) -> SimilarItems:
    """All items that are like this one; the search is recorded.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it.
        UnknownReference: no such item, or a cursor of another list.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    last = read_cursor("similar", after, int, int, int) if after else None
    with vault.reader() as reader:
        content = likeness.content_of(reader, media_id)
    if after is None:
        record_search(vault, "similar", media_reference(media_id))
    catch_up(vault, announce=silent, is_cancelled=never)
    started = time.perf_counter()
    found = sorted(_all_like(vault, media_id, content), key=_place)
    behind = [one for one in found if last is None or _place(one) > last]
    shown = behind[: min(limit, LONGEST_PAGE)]
    with vault.reader() as reader:
        items = {
            item.media_id: media_without(item, allowed.withheld.fields)
            for item in media_items.named(reader, [one.media_id for one in shown])
        }
    return SimilarItems(
        rows=[(one, items[one.media_id]) for one in shown if one.media_id in items],
        total=len(found),
        next_cursor=write_cursor("similar", *_place(shown[-1]))
        if len(behind) > len(shown)
        else None,
        elapsed_ms=elapsed_ms(started),
    )


def _place(one: Similar) -> tuple[int, int, int]:
    """Where it stands: the surest and nearest first, of equal ones the newest."""
    return _RANKS[one.because], one.distance, -one.media_id


def _all_like(vault: Vault, media_id: MediaId, content: Content | None) -> Iterator[Similar]:
    near = [] if content is None else list(_near(vault, content))
    with vault.reader() as reader:
        same = likeness_items.items_of_same_bytes(reader, media_id)
        items = likeness_items.items_of_contents(reader, [like.content for like in near])
    for other in same:
        yield Similar(other, Because.SAME_BYTES, 0)
    for like in near:
        for other in items.get(like.content, ()):
            yield Similar(other, like.because, like.distance, like.turn, like.share)


def _near(vault: Vault, content: Content) -> Iterator[_Like]:
    if content.pdq is not None and content.kind == "image":
        yield from _near_pictures(vault, content, content.pdq)
    elif content.frames:
        yield from _near_videos(vault, content)


def _near_pictures(vault: Vault, content: Content, pdq: bytes) -> Iterator[_Like]:
    from cport_desktop.matching.flat import near_in  # noqa: PLC0415 - brings numpy
    from cport_desktop.matching.new_likenesses import ways_round  # noqa: PLC0415
    from cport_desktop.usecases.likeness_index import segments  # noqa: PLC0415

    ways = ways_round(pdq, content.turned)
    for segment in segments(vault):
        for one in near_in(segment, ways, content.dct):
            if one.number == content.number:
                continue
            because = Because.PDQ_TURNED if one.turn else Because.PDQ
            because = Because.DCT if one.is_dct else because
            yield _Like(one.number, because, one.distance, TURNS[one.turn])


def _near_videos(vault: Vault, content: Content) -> Iterator[_Like]:
    from cport_desktop.matching.videos import VideoIndex  # noqa: PLC0415 - brings numpy

    index = VideoIndex()
    with vault.reader() as reader:
        index.add(
            (video.number, video.frame_digests)
            for video in likeness.videos(reader, upto=likeness.newest(reader))
        )
    for like in index.like(content.frame_digests):
        if like.number != content.number:
            yield _Like(like.number, Because.VIDEO, like.distance, share=like.share)
