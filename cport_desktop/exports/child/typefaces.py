"""Typefaces: those beside the program where they are there, the built-in ones elsewhere.

A sign that a typeface lacks is set in the next one that has it, and spelled out (`<U+1F4F7>`)
where none has: a reader must never take a missing sign for an empty place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BODY_FILES = ("Inter-Regular.ttf",)
BOLD_FILES = ("Inter-SemiBold.ttf",)
CODE_FILES = ("JetBrainsMono-Regular.ttf",)


@dataclass(frozen=True, slots=True)
class Typeface:
    """`name` as reportlab knows it; `signs` that it can set (None: those of Windows-1252)."""

    name: str
    signs: frozenset[int] | None

    def has(self, sign: str) -> bool:
        if self.signs is not None:
            return ord(sign) in self.signs
        try:
            sign.encode("cp1252")
        except UnicodeEncodeError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Typefaces:
    body: Typeface
    bold: Typeface
    code: Typeface

    def marked(self, text: str, face: Typeface) -> str:
        """`text` as paragraph markup in `face`, falling back sign by sign; nothing in it is
        taken for markup.
        """
        order = (face, self.code, self.body)
        runs = groupby(text, key=lambda sign: next((f for f in order if f.has(sign)), None))
        return "".join(_run("".join(signs), face, chosen) for chosen, signs in runs)


def typefaces(folder: Path | None) -> Typefaces:
    """Those of `folder` that are there and readable, the built-in ones for the rest."""
    return Typefaces(
        body=_face("Body", folder, BODY_FILES, instead="Helvetica"),
        bold=_face("Bold", folder, BOLD_FILES, instead="Helvetica-Bold"),
        code=_face("Code", folder, CODE_FILES, instead="Courier"),
    )


def _run(text: str, face: Typeface, chosen: Typeface | None) -> str:
    if chosen is None:
        return escape("".join(f"<U+{ord(sign):04X}>" for sign in text))
    if chosen == face:
        return escape(text)
    return f'<font name="{chosen.name}">{escape(text)}</font>'


def _face(name: str, folder: Path | None, files: tuple[str, ...], *, instead: str) -> Typeface:
    for file in files:
        if folder is not None and (folder / file).is_file():
            font = TTFont(name, str(folder / file))
            pdfmetrics.registerFont(font)
            return Typeface(name, frozenset(font.face.charToGlyph))
    return Typeface(instead, None)
