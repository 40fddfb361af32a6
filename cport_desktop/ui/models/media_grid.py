"""Media items for a grid: captions in words, what lists say of them, and a veil."""

from __future__ import annotations

from cport_desktop.domain.badge import Badge
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.media_item import MediaItem, MediaKind, MediaState
from cport_desktop.ui import figures
from cport_desktop.ui.models.tile_list import TILE_ROLE, Mark, Tile, TileList, as_image
from cport_desktop.words import known_page, labels
from cport_desktop.words import window as say

__all__ = ("TILE_ROLE", "MediaGrid", "Tile", "as_image", "kind_words", "tile_of", "why_not_shown")


def kind_words(item: MediaItem) -> str:
    """`image 1600 × 1200`, `video 0:08`, `file not here yet` as far as is known."""
    kind = say.MEDIA_KINDS[_kind(item)]
    if item.duration_ms is not None:
        return f"{kind} {figures.clock_length(item.duration_ms / 1000)}"
    if item.width is not None and item.height is not None:
        return f"{kind} {say.dimensions(item.width, item.height)}"
    return kind


def _kind(item: MediaItem) -> str:
    return (item.kind or MediaKind.OTHER).value


def why_not_shown(item: MediaItem) -> str | None:
    """The reason in words why there is nothing to look at, or None."""
    if item.state is MediaState.WANTED:
        return say.WANTED_REFUSAL
    if item.state is MediaState.REFUSED:
        return labels.refusal(item.refusal or "untrusted.digest")
    return labels.cannot_show(item.cannot_show.value) if item.cannot_show else None


def tile_of(item: MediaItem) -> Tile:
    reason = why_not_shown(item)
    state = say.copies(item.duplicates) if item.duplicates else ""
    if item.state is not MediaState.HELD:
        state = say.MEDIA_STATES[item.state.value]
    beneath = reason if item.state is MediaState.HELD and reason else kind_words(item)
    if item.kind is None:
        beneath = figures.size(item.size)
    has_fault = reason is not None and item.state is not MediaState.WANTED
    return Tile(
        left=media_reference(item.media_id),
        right=state,
        beneath=beneath,
        short=state or (beneath if item.width is None else say.MEDIA_KINDS[_kind(item)]),
        has_picture=reason is None,
        has_fault=has_fault,
    )


def marks_of(badge: Badge) -> tuple[Mark, ...]:
    """What a tile wears: known or harmless, and the size of its stack."""
    marks: list[Mark] = []
    if badge.known is not None:
        harmless = badge.known.is_harmless
        marks.append(
            Mark(
                known_page.HARMLESS_MARK if harmless else known_page.KNOWN_MARK,
                known_page.headline(is_harmless=harmless, lists=badge.known.lists),
                "lightest" if harmless else "accent",
            )
        )
    if badge.stack_items > 1:
        size = badge.stack_items
        marks.append(Mark(known_page.stack_mark(size), known_page.in_stack(size), "text"))
    return tuple(marks)


class MediaGrid(TileList[MediaItem]):
    """Media items; see `TileList`."""

    def __init__(self) -> None:
        super().__init__(tile_of, lambda item: item.media_id)
