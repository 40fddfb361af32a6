"""The list of contents: a line for each section, and its parts three in a line beneath.

The numbers of the pages come last, when the canvas knows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reportlab.platypus import Flowable

from cport_desktop.exports.child.framing import CONTENTS_SIZE, FramedCanvas, cut
from cport_desktop.exports.child.looks import INK, LINE, WIDTH
from cport_desktop.exports.child.typefaces import Typefaces
from cport_desktop.exports.pages import Heading

PARTS_IN_A_LINE = 3
GAP = 18
NUMBER = 26
"""Points for the number of a page."""


def contents(headings: Iterable[tuple[str, Heading]], faces: Typefaces) -> Iterator[Flowable]:
    """The lines for `headings`, each with its key."""
    for level, run in groupby(headings, key=lambda entry: entry[1].level):
        entries = [(key, heading.text) for key, heading in run]
        columns = 1 if level == 1 else PARTS_IN_A_LINE
        for start in range(0, len(entries), columns):
            yield _Line(entries[start : start + columns], columns, faces)


class _Line(Flowable):  # type: ignore[misc]  # reportlab has no types
    def __init__(self, entries: Sequence[tuple[str, str]], columns: int, faces: Typefaces) -> None:
        super().__init__()
        self._entries = entries
        self._columns = columns
        self._faces = faces

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return WIDTH, 17 if self._columns == 1 else 14

    def draw(self) -> None:
        canvas: FramedCanvas = self.canv
        indent = 0 if self._columns == 1 else 10
        column = (WIDTH - indent + GAP) / self._columns
        face = self._faces.bold if self._columns == 1 else self._faces.body
        for place, (key, text) in enumerate(self._entries):
            left = indent + place * column
            right = left + column - GAP
            shown = cut(
                self._faces.settable(text, face), face, CONTENTS_SIZE, right - left - NUMBER
            )
            canvas.setFont(face.name, CONTENTS_SIZE)
            canvas.setFillColor(INK)
            canvas.drawString(left, 4, shown)
            end = left + canvas.stringWidth(shown, face.name, CONTENTS_SIZE)
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.4)
            if end + 4 < right - NUMBER:
                canvas.line(end + 4, 5, right - NUMBER, 5)
            canvas.points(key, shown, left, right, 4)
