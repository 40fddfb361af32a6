"""HEIC pictures: tiles decoded by FFmpeg, put together, turned as they were held."""

from __future__ import annotations

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from PIL import Image

from cport_desktop.domain.media_item import CannotShow, MediaKind
from cport_desktop.media.child.containers import open_container
from cport_desktop.media.child.decoded import MOST_PIXELS, Decoded, Facts, fitted
from cport_desktop.media.child.item_boxes import Grid, Held, read_items
from cport_desktop.media.child.labels import labels_of_picture
from cport_desktop.media.child.progress import WHOLE, Tell, ToldFile
from cport_desktop.media.child.still_pictures import shrunk_picture

_CODECS = frozenset({"hevc", "av1"})
_MIRRORS = (Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.FLIP_LEFT_RIGHT)


def decode_heic(
    untrusted: ToldFile, demuxer: str, box: tuple[int, int], tell: Tell | None = None
) -> Decoded:
    """The picture in `untrusted`, shrunk into `box`.

    Raises:
        Exception: whatever FFmpeg raises over a file that it cannot decode; ValueError over boxes.
    """
    held = read_items(untrusted.getbuffer())
    facts = _facts(held)
    with open_container(untrusted, demuxer) as container:
        width, height = _sides(container, held)
        if held.quarter_turns % 2:
            width, height = height, width
        if width * height > MOST_PIXELS:
            return Decoded(MediaKind.IMAGE, None, width, height, None, facts, CannotShow.TOO_LARGE)
        whole = _put_together(container, held, tell)
    return Decoded(MediaKind.IMAGE, _upright(whole, held, box), width, height, None, facts, None)


def _upright(whole: Image.Image, held: Held, box: tuple[int, int]) -> Image.Image:
    if held.quarter_turns % 2:
        box = (box[1], box[0])
    small = shrunk_picture(whole, fitted(*whole.size, box))
    if held.quarter_turns:
        small = small.rotate(90 * held.quarter_turns, expand=True)
    return small if held.mirrored is None else small.transpose(_MIRRORS[held.mirrored])


def _sides(container: InputContainer, held: Held) -> tuple[int, int]:
    if held.grid is not None:
        return held.grid.width, held.grid.height
    context = _context(container, held.picture)
    return context.width, context.height


def _context(container: InputContainer, item: int) -> av.VideoCodecContext:
    for stream in container.streams.video:
        if stream.id == item and stream.codec_context is not None:
            if stream.codec_context.codec.canonical_name not in _CODECS:
                break
            return stream.codec_context
    raise ValueError("an item that is not decoded here")


def _put_together(container: InputContainer, held: Held, tell: Tell | None) -> Image.Image:
    wanted = (held.picture,) if held.grid is None else held.grid.tiles
    for item in set(wanted):
        context = _context(container, item)
        context.thread_type, context.thread_count = "NONE", 1
    pictures: dict[int, Image.Image] = {}
    for packet in container.demux(video=list(range(len(container.streams.video)))):
        item = packet.stream.id
        if item not in wanted or item in pictures or packet.size == 0:
            continue
        frame = _frame(packet)
        if frame is not None:
            pictures[item] = _as_picture(frame)
            if tell is not None:
                tell(len(pictures) * WHOLE // len(wanted))
    if held.grid is None:
        return pictures[held.picture]
    return _laid(pictures, held.grid)


def _frame(packet: av.Packet[av.VideoStream]) -> VideoFrame | None:
    """One packet and a flush: a tile has one picture."""
    context = packet.stream.codec_context
    frames = [*context.decode(packet), *context.decode(None)]
    frame = frames[0] if frames else None
    return frame if frame is None or frame.width * frame.height <= MOST_PIXELS else None


def _as_picture(frame: VideoFrame) -> Image.Image:
    return Image.fromarray(frame.reformat(format="rgb24", threads=1).to_ndarray())


def _laid(pictures: dict[int, Image.Image], grid: Grid) -> Image.Image:
    """Raises:
    KeyError: a tile did not come.
    """
    side = pictures[grid.tiles[0]].size
    whole = Image.new("RGB", (grid.width, grid.height))
    for place, item in enumerate(grid.tiles):
        row, column = divmod(place, grid.columns)
        whole.paste(pictures[item], (column * side[0], row * side[1]))
    return whole


def _facts(held: Held) -> Facts:
    """A label that cannot be read costs no picture. Its orientation says again what the boxes say."""
    if held.labels is None:
        return ()
    try:
        exif = Image.Exif()
        exif.load(held.labels)
        return labels_of_picture(exif, {})
    except Exception:  # noqa: BLE001 - a torn label may raise anything, and is only a label
        return ()
