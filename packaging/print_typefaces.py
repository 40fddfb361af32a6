"""The typefaces of documents: TrueType outlines from the OpenType files of the window.

python packaging/print_typefaces.py    (needs `pip install fonttools`; run again when Inter changes)

reportlab embeds TrueType outlines only, and Inter comes with cubic ones. Each glyph that a
character leads to is drawn again with quadratic curves, to a thousandth of the em; the tables of
layout, which reportlab does not read, stay out. The same input gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS: Final = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FACES: Final = ("Inter-Regular", "Inter-SemiBold")
ERROR: Final = 0.001
"""Of the em: how far a quadratic curve may lie from the cubic one."""


def main() -> int:
    for face in FACES:
        source = TTFont(FONTS / f"{face}.otf", recalcTimestamp=False)
        converted(source).save(FONTS / f"{face}.ttf")
    return 0


def converted(source: Any) -> Any:
    """`source` with quadratic outlines, and only what a character leads to."""
    glyphs = source.getGlyphSet()
    characters = source.getBestCmap()
    order = [".notdef", *sorted(set(characters.values()) - {".notdef"})]
    metrics = source["hmtx"].metrics
    unit = source["head"].unitsPerEm
    made = FontBuilder(unit, isTTF=True)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(characters)
    made.setupGlyf({name: _drawn(glyphs, name, unit * ERROR) for name in order})
    made.setupHorizontalMetrics({name: metrics[name] for name in order})
    made.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    made.font["OS/2"] = source["OS/2"]
    made.font["name"] = source["name"]
    made.setupPost(keepGlyphNames=False)
    made.font["head"].created = made.font["head"].modified = source["head"].modified
    made.font["head"].macStyle = source["head"].macStyle
    made.font.recalcTimestamp = False
    return made.font


def _drawn(glyphs: Any, name: str, error: float) -> Any:
    pen = TTGlyphPen(None)
    glyphs[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
    return pen.glyph()


if __name__ == "__main__":
    sys.exit(main())
