"""What is drawn over a picture on the glass is what the confined child paints black, to the pixel."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import ExifTags, Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import RevealGrant, RevealLevel
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.ui.looking import Looking
from cport_desktop.ui.models.media_grid import as_image
from cport_desktop.ui.redacting_places import Places
from cport_desktop.ui.redaction_frame import corners, laid_into, moved, spanned, stretched
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.redaction_glass import ZOOMS, RedactionGlass

Pixels = NDArray[np.uint8]
MARK = (255, 0, 255)
LEFT_BUTTON = Qt.MouseButton.LeftButton
_BACK = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
         6: "ROTATE_90", 7: "TRANSVERSE", 8: "ROTATE_270"}  # fmt: skip
"""How an upright picture is laid before it is labelled with that orientation."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[ProcessSandbox]:
    made = ProcessSandbox()
    yield made
    made.close()


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """In it the glass and its looking live, and end together."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(640, 420)
    made.show()
    return made


@pytest.fixture
def looking(seat: Seat, around: QWidget) -> Looking:
    return Looking(
        reveal=seat.session.reveal,
        end_reveal=seat.session.end_reveal,
        terms=seat.session.terms,
        lanes=seat.lanes,
        clock=seat.clock,
        parent=around,
    )


def a_card(sides: tuple[int, int], mark: Rectangle) -> Image.Image:
    """Grey, with one field of a colour that is nowhere else."""
    card = Image.new("RGB", sides, (120, 120, 120))
    box = (mark.left, mark.top, mark.left + mark.width, mark.top + mark.height)
    card.paste(MARK, box)
    return card


def as_file(upright: Image.Image, orientation: int) -> bytes:
    stored = upright
    if orientation in _BACK:
        stored = upright.transpose(getattr(Image.Transpose, _BACK[orientation]))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    out = io.BytesIO()
    stored.save(out, "PNG", exif=exif)
    return out.getvalue()


def pixels_of(image: QImage) -> Pixels:
    """Rows, columns, three channels (red, green, blue)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    found = rows[:, : plain.width() * 4].reshape(plain.height(), plain.width(), 4)
    return found[:, :, 2::-1].copy()


def seen_mark(glass: RedactionGlass) -> tuple[QPoint, QPoint]:
    """The first and the last point of the glass on which the mark is seen, and nothing else."""
    found = pixels_of(glass.grab().toImage())
    is_mark: NDArray[np.bool_] = np.asarray((np.abs(found.astype(int) - MARK) < 40).all(axis=2))
    rows, columns = np.flatnonzero(is_mark.any(axis=1)), np.flatnonzero(is_mark.any(axis=0))
    return QPoint(int(columns[0]), int(rows[0])), QPoint(int(columns[-1]), int(rows[-1]))


def revealed(sandbox: ProcessSandbox, whole: bytes) -> QImage:
    grant = RevealGrant(MediaId(1), RevealLevel.FULL, 6.0, 5)
    picture = sandbox.reveal([whole], size=len(whole), grant=grant)
    assert picture is not None
    return as_image(picture)


def a_glass(looking: Looking, places: Places) -> RedactionGlass:
    """With room for 600 × 400 points."""
    around = looking.parent()
    assert isinstance(around, QWidget)
    glass = RedactionGlass(looking, places, height=402)
    glass.setFixedWidth(602)
    glass.setParent(around)
    glass.show()
    return glass


def drawn_over(sandbox: ProcessSandbox, looking: Looking, whole: bytes, zoom: int) -> Rectangle:
    """What a person draws who sees the mark on the glass and pulls from its first to its last point."""
    seen = sandbox.examine([whole], size=len(whole))
    assert seen.width is not None
    assert seen.height is not None
    places = Places((seen.width, seen.height), looking)
    glass = a_glass(looking, places)
    for _ in range(zoom):
        glass.closer()
    looking.image = revealed(sandbox, whole)
    first, last = seen_mark(glass)
    QTest.mousePress(glass, LEFT_BUTTON, pos=first)
    QTest.mouseMove(glass, last)
    QTest.mouseRelease(glass, LEFT_BUTTON, pos=last)
    looking.image = None
    (drawn,) = places.all
    return drawn.rectangle


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_mark_that_is_seen_and_drawn_over_is_gone_and_nothing_beside_it(
    sandbox: ProcessSandbox, looking: Looking, orientation: int
) -> None:
    mark = Rectangle(37, 21, 46, 29)
    upright = a_card((187, 101), mark)
    whole = as_file(upright, orientation)
    drawn = drawn_over(sandbox, looking, whole, zoom=0)
    assert drawn == mark
    redrawn = sandbox.redraw([whole], size=len(whole), rectangles=(drawn,), audit_sequence=3)
    assert isinstance(redrawn, bytes)
    expected = np.asarray(upright).copy()
    expected[21:50, 37:83] = 0
    with Image.open(io.BytesIO(redrawn)) as image:
        assert np.array_equal(np.asarray(image.convert("RGB")), expected)


@pytest.mark.parametrize("zoom", range(len(ZOOMS)))
def test_at_every_zoom_the_same_pixels_are_meant(
    sandbox: ProcessSandbox, looking: Looking, zoom: int
) -> None:
    mark = Rectangle(289, 190, 22, 20)
    whole = as_file(a_card((600, 400), mark), 1)
    assert drawn_over(sandbox, looking, whole, zoom) == mark


def test_of_a_picture_that_is_shrunk_twice_what_was_drawn_over_is_gone(
    sandbox: ProcessSandbox, looking: Looking
) -> None:
    """Into the box of a look, and into the glass: a point is some pixels then, all of which are covered."""
    mark = Rectangle(1000, 701, 803, 502)
    whole = as_file(a_card((3001, 2003), mark), 6)
    drawn = drawn_over(sandbox, looking, whole, zoom=0)
    sides = zip(corners(drawn), corners(mark), strict=True)
    assert all(abs(a - b) <= 8 for one, other in sides for a, b in zip(one, other, strict=True))
    redrawn = sandbox.redraw([whole], size=len(whole), rectangles=(drawn,), audit_sequence=3)
    assert isinstance(redrawn, bytes)
    with Image.open(io.BytesIO(redrawn)) as image:
        assert image.size == (3001, 2003)
        box = (drawn.left, drawn.top, drawn.left + drawn.width, drawn.top + drawn.height)
        assert image.convert("RGB").crop(box).getextrema() == ((0, 0),) * 3


SIDES = st.tuples(st.integers(1, 5000), st.integers(1, 5000))


@st.composite
def rectangles_within(draw: st.DrawFn) -> tuple[tuple[int, int], Rectangle]:
    wide, high = draw(SIDES)
    left, top = draw(st.integers(0, wide - 1)), draw(st.integers(0, high - 1))
    width, height = draw(st.integers(1, wide - left)), draw(st.integers(1, high - top))
    return (wide, high), Rectangle(left, top, width, height)


@given(
    rectangles_within(),
    st.sampled_from(ZOOMS),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_the_middle_of_a_pixel_is_that_pixel_however_it_is_laid(
    given_here: tuple[tuple[int, int], Rectangle], zoom: float, centre: tuple[float, float]
) -> None:
    sides, rectangle = given_here
    frame = laid_into(sides, (1, 1, 600, 400), zoom=zoom, centre=centre)
    found = []
    for x, y in (corners(rectangle)[0], corners(rectangle)[2]):
        left, top, width, height = frame.place(Rectangle(x, y, 1, 1))
        found.append(frame.pixel((left + width / 2, top + height / 2)))
    assert spanned(*found) == rectangle


@given(rectangles_within(), st.integers(-9000, 9000), st.integers(-9000, 9000))
def test_whatever_is_moved_or_sized_stays_in_the_picture(
    given_here: tuple[tuple[int, int], Rectangle], right: int, down: int
) -> None:
    sides, rectangle = given_here
    gone = moved(rectangle, (right, down), sides)
    assert (gone.width, gone.height) == (rectangle.width, rectangle.height)
    sized = stretched(rectangle, (right, down), sides)
    assert (sized.left, sized.top) == (rectangle.left, rectangle.top)
    for each in (gone, sized):
        assert each.left + each.width <= sides[0]
        assert each.top + each.height <= sides[1]


def test_zoom_leaves_no_side_empty_that_the_picture_could_fill() -> None:
    area = (1.0, 1.0, 600.0, 400.0)
    for zoom, twice in pairwise(ZOOMS):
        for centre in ((0.0, 0.0), (1.0, 1.0), (0.4, 0.6)):
            frame = laid_into((600, 400), area, zoom=twice, centre=centre)
            assert frame.width > laid_into((600, 400), area, zoom=zoom, centre=centre).width
            assert frame.left <= 1.0
            assert frame.left + frame.width >= 601.0
            assert frame.top <= 1.0
            assert frame.top + frame.height >= 401.0


def test_a_small_look_takes_the_places_with_it(looking: Looking, qtbot: QtBot, seat: Seat) -> None:
    places = Places((400, 300), looking)
    glass = RedactionGlass(looking, places, height=402)
    glass.setFixedWidth(602)
    qtbot.addWidget(glass)
    looking.image = QImage(200, 150, QImage.Format.Format_RGB32)
    looking._grant = RevealGrant(MediaId(1), RevealLevel.SMALL_GREY, 6.0, 5)
    assert (glass.frame.width, glass.frame.height) == (200, 150)
    looking.image = looking._grant = None
    assert glass.frame.height == 400
