"""What redactions reach: those of an order and those that are kept, on every item that they concern.

What has the same bytes under another number is redacted with it. What is kept of a content is done to
every package that it goes into, unless the order names the item as one that goes as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.kept_redaction import FileRedaction, RedactionWay
from cport_desktop.domain.media_item import MediaItem, MediaKind
from cport_desktop.domain.redaction import (
    MOST_RECTANGLES,
    FieldRedaction,
    MediaLeftOut,
    PictureRedaction,
    Rectangle,
    Redaction,
    ReportLeftOut,
)
from cport_desktop.errors import ActTooLarge, RedactionUnfit
from cport_desktop.usecases.package_choice import Chosen
from cport_desktop.usecases.package_order import Order
from cport_desktop.vault import kept_redactions
from cport_desktop.vault.vault import Vault
from cport_desktop.words import composing as words


@dataclass(frozen=True, slots=True)
class KeptHere:
    """What is kept of an item that an order would let go. `is_done`: it is done in this package."""

    media_id: MediaId
    redaction: FileRedaction
    is_done: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything that is destroyed for an order, and what is kept of its items: one entry a content."""

    redactions: tuple[Redaction, ...]
    kept: tuple[KeptHere, ...]

    @property
    def undone(self) -> tuple[MediaId, ...]:
        """Items that go as they are although a redaction of them is kept."""
        return tuple(each.media_id for each in self.kept if not each.is_done)


NOTHING: Final = Reach((), ())


def reaches_nothing(vault: Vault, order: Order) -> bool:
    """Nothing is redacted whatever is chosen, and nothing has to be chosen to see that."""
    if order.redactions or order.unredacted:
        return False
    with vault.reader() as reader:
        return not kept_redactions.is_any(reader)


def reach_of(vault: Vault, chosen: Chosen, order: Order) -> Reach:
    """The redactions of the order and those that are kept of what is chosen.

    Raises:
        RedactionUnfit: one is of something that does not go along, or that cannot be redacted so; or
            nothing is kept of an item that the order wants to go as it is.
        ActTooLarge: more rectangles in one picture than are drawn.
    """
    kept = _kept_here(vault, chosen, order.unredacted)
    found = spread(chosen, order.redactions + _done(kept))
    rectangles: defaultdict[MediaId, set[Rectangle]] = defaultdict(set)
    for each in found:
        if isinstance(each, PictureRedaction):
            rectangles[each.media_id].update(each.rectangles)
            if len(rectangles[each.media_id]) > MOST_RECTANGLES:
                raise ActTooLarge(count=len(rectangles[each.media_id]), limit=MOST_RECTANGLES)
    return Reach(found, kept)


def spread(chosen: Chosen, redactions: Sequence[Redaction]) -> tuple[Redaction, ...]:
    """The redactions, also of every other item of the choice whose file has the same bytes. Nothing is
    drawn of a file that is left out.

    Raises:
        RedactionUnfit: one is of something that does not go along, or that cannot be redacted so.
    """
    items = _items(chosen)
    alike: defaultdict[str, list[MediaId]] = defaultdict(list)
    for item in items.values():
        alike[item.announced_sha256].append(item.media_id)
    numbers = frozenset(chosen.reports)
    found: dict[Redaction, None] = {}
    for each in redactions:
        match each:
            case FieldRedaction(report_id) | ReportLeftOut(report_id):
                if report_id not in numbers:
                    raise _unfit(report_reference(report_id), words.NO_SUCH_REPORT)
                found[each] = None
            case PictureRedaction(media_id) | MediaLeftOut(media_id):
                concerned = items.get(media_id)
                if concerned is None:
                    raise _unfit(media_reference(media_id), words.NOT_HERE)
                if isinstance(each, PictureRedaction):
                    require_drawable(concerned, each.rectangles)
                for other in alike[concerned.announced_sha256]:
                    found[replace(each, media_id=other)] = None
    out = {each.media_id for each in found if isinstance(each, MediaLeftOut)}
    return tuple(
        each for each in found if not (isinstance(each, PictureRedaction) and each.media_id in out)
    )


def require_drawable(item: MediaItem, rectangles: Sequence[Rectangle]) -> None:
    """The file can be drawn anew, and every rectangle covers some of it: one that lies beside the picture
    would be listed and hide nothing.

    Raises:
        RedactionUnfit: its file is not here, it is no single picture, cannot be decoded, or ends before
            a rectangle begins.
    """
    reference = media_reference(item.media_id)
    if item.digests is None:
        raise _unfit(reference, words.NOT_HERE)
    if item.kind is not MediaKind.IMAGE or (item.pictures or 1) > 1:
        raise _unfit(reference, words.NO_PICTURE)
    if item.cannot_show is not None:
        raise _unfit(reference, words.NOT_DECODED)
    if item.width is None or item.height is None:
        return
    for each in rectangles:
        if each.left >= item.width or each.top >= item.height:
            raise _unfit(reference, words.beside(str(each), item.width, item.height))


def _kept_here(
    vault: Vault, chosen: Chosen, unredacted: frozenset[MediaId]
) -> tuple[KeptHere, ...]:
    """Of each content the first item that has it. What is not here yet has nothing that could be drawn; left
    out it tells its number all the same, and not its digest and name.
    """
    items = _items(chosen)
    with vault.reader() as reader:
        kept = kept_redactions.of_contents(
            reader, {item.announced_sha256 for item in items.values()}
        )
    as_is: set[str] = set()
    for media_id in sorted(unredacted):
        item = items.get(media_id)
        if item is None or item.announced_sha256 not in kept:
            raise _unfit(media_reference(media_id), words.NOTHING_KEPT)
        as_is.add(item.announced_sha256)
    can_go = {item.media_id for item in chosen.media}
    found: dict[str, KeptHere] = {}
    for item in items.values():
        sha256 = item.announced_sha256
        if sha256 not in kept or sha256 in found:
            continue
        redaction = kept[sha256].redaction
        if item.media_id in can_go or redaction.way is RedactionWay.LEFT_OUT:
            found[sha256] = KeptHere(item.media_id, redaction, is_done=sha256 not in as_is)
    return tuple(found.values())


def _done(kept: Sequence[KeptHere]) -> tuple[Redaction, ...]:
    return tuple(
        redaction for each in kept if each.is_done for redaction in each.redaction.of(each.media_id)
    )


def _items(chosen: Chosen) -> dict[MediaId, MediaItem]:
    return {item.media_id: item for dossier in chosen.dossiers for item in dossier.media}


def _unfit(reference: str, cause: str) -> RedactionUnfit:
    return RedactionUnfit(reference=reference, cause=cause)
