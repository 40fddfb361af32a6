"""Pictures as phones make them, where the unit wants them: tiles, turned, with their labels."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    MediaKind,
    OptionalFormat,
    RevealGrant,
    RevealLevel,
)
from cport_desktop.domain.moving import MovingFrame, Step
from cport_desktop.media.child.item_boxes import read_items
from cport_desktop.media.sandbox import Terms
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.media.heic_samples import heic
from tests.media.samples import shapes

WANTED = Terms(formats=frozenset({OptionalFormat.HEIC}))
PICTURE = shapes(400, 300)
WHOLE = heic(PICTURE)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox()
    yield sandbox
    sandbox.close()


def look(sandbox: ProcessSandbox, whole: bytes, terms: Terms = WANTED) -> Examination:
    return sandbox.examine([whole], size=len(whole), terms=terms)


def test_it_is_named_and_refused_where_nobody_wants_it(sandbox: ProcessSandbox) -> None:
    seen = look(sandbox, WHOLE, Terms())
    assert (seen.kind, seen.format) == (MediaKind.IMAGE, "heic")
    assert seen.cannot_show is CannotShow.FORMAT_REFUSED


def full(sandbox: ProcessSandbox, whole: bytes) -> np.ndarray:
    grant = RevealGrant(MediaId(1), RevealLevel.FULL, seconds=5.0, audit_sequence=1)
    picture = sandbox.reveal([whole], size=len(whole), grant=grant, terms=WANTED)
    assert picture is not None
    pixels = np.frombuffer(picture.pixels, np.uint8)
    return pixels.reshape(picture.height, picture.width, 3).astype(int)


@pytest.mark.parametrize("turns", range(4))
def test_tiles_are_put_together_and_turned_as_stated(sandbox: ProcessSandbox, turns: int) -> None:
    whole = heic(PICTURE, quarter_turns=turns)
    seen = look(sandbox, whole)
    assert seen.cannot_show is None
    assert (seen.width, seen.height) == ((300, 400) if turns % 2 else (400, 300))
    expected = np.asarray(PICTURE.rotate(90 * turns, expand=True)).astype(int)
    assert np.abs(full(sandbox, whole) - expected).mean() < 12


def test_it_is_compared_like_any_picture(sandbox: ProcessSandbox) -> None:
    seen = look(sandbox, WHOLE)
    assert seen.perceptual_hash is not None
    assert len(seen.turned) == 7


def test_its_labels_are_read(sandbox: ProcessSandbox) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Synthetic Maker", 6
    seen = look(sandbox, heic(PICTURE, labels=exif.tobytes()[6:]))
    assert dict(seen.facts)["camera_make"] == "Synthetic Maker"
    # Its orientation says again what the boxes say: it is not turned by it.
    assert (seen.width, seen.height) == (400, 300)


def test_one_tile_is_a_grid_too(sandbox: ProcessSandbox) -> None:
    seen = look(sandbox, heic(shapes(100, 90)))
    assert (seen.cannot_show, seen.width, seen.height) == (None, 100, 90)


def test_it_can_be_looked_at_like_one_page(sandbox: ProcessSandbox) -> None:
    grant = RevealGrant(MediaId(1), RevealLevel.GREY, seconds=5.0, audit_sequence=1)
    opened = sandbox.open_viewing(
        [WHOLE], size=len(WHOLE), grant=grant, box=(200, 200), terms=WANTED
    )
    assert not isinstance(opened, CannotShow)
    frame = opened.frame(0, Step.AT)
    assert isinstance(frame, MovingFrame)
    assert (frame.picture.width, frame.picture.height, frame.picture.channels) == (200, 150, 1)
    opened.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"pitm\0\0\0\0", b"pitm\xff\0\0\0"),
        (b"grid", b"zzzz"),
        (b"dimg", b"zzzz"),
        (b"iloc", b"zzzz"),
        (b"idat", b"zzzz"),
        (b"meta", b"zzzz"),
        (b"hvcC", b"zzzz"),
    ],
)
def test_a_file_whose_boxes_lie_is_corrupt_and_costs_nothing_else(
    sandbox: ProcessSandbox, old: bytes, new: bytes
) -> None:
    seen = look(sandbox, WHOLE.replace(old, new))
    assert seen.cannot_show in {CannotShow.CORRUPT, CannotShow.TRUNCATED}
    assert look(sandbox, WHOLE).cannot_show is None


def test_a_grid_that_claims_more_than_the_budget_is_refused(sandbox: ProcessSandbox) -> None:
    sides = struct.pack(">HH", 400, 300)
    at = WHOLE.index(b"idat") + 8
    assert WHOLE[at : at + 4] == sides
    huge = WHOLE[:at] + struct.pack(">HH", 65535, 65535) + WHOLE[at + 4 :]
    seen = look(sandbox, huge)
    assert (seen.cannot_show, seen.width) == (CannotShow.TOO_LARGE, 65535)
    assert look(sandbox, heic(PICTURE, rows_stated=200)).cannot_show is CannotShow.CORRUPT


def test_hurt_files_cost_at_most_themselves(sandbox: ProcessSandbox) -> None:
    dice = random.Random(5)
    head = WHOLE.index(b"mdat")
    causes = set()
    for _ in range(150):
        hurt = bytearray(WHOLE)
        for _ in range(dice.randrange(1, 8)):
            hurt[dice.randrange(head)] = dice.randrange(256)
        causes.add(look(sandbox, bytes(hurt)).cannot_show)
    assert not causes & {CannotShow.CHILD_BREACH, CannotShow.CHILD_DIED, CannotShow.CHILD_HUNG}
    assert CannotShow.CORRUPT in causes
    assert None in causes


def test_boxes_of_rubbish_are_a_value_error() -> None:
    dice = random.Random(6)
    for _ in range(2_000):
        hurt = bytearray(WHOLE[:900])
        for _ in range(dice.randrange(1, 30)):
            hurt[dice.randrange(len(hurt))] = dice.randrange(256)
        try:
            read_items(memoryview(hurt))
        except ValueError:
            continue
