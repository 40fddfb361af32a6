"""Typefaces: those beside the program where they are there, the built-in ones elsewhere.

A sign that a typeface lacks is set in the next one that has it, and spelled out (`<U+1F4F7>`)
where none has: a reader must never take a missing sign for an empty place. So are the signs that
cannot be seen or that turn the direction of text, whoever handed them in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BODY_FILES = ("Inter-Regular.ttf",)
BOLD_FILES = ("Inter-SemiBold.ttf",)
CODE_FILES = ("JetBrainsMono-Regular.ttf",)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me"})
"""Categories of Unicode that are always spelled out: reportlab sets no mark on its base."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """`name` as reportlab knows it; `signs` that it can set (None: those of Windows-1252)."""

    name: str
    signs: frozenset[int] | None

    def has(self, sign: str) -> bool:
        if unicodedata.category(sign) in _UNSEEN:
            return False
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

    @property
    def are_embedded(self) -> bool:
        """Whether a reader's machine needs none of its own."""
        return all(face.signs is not None for face in (self.body, self.bold, self.code))

    def spelled(self, text: str) -> str:
        """`text` composed (NFC), with the signs that no typeface has as their code points."""
        if is_plain(text):
            return text
        return _spelled(text, lambda sign: self._chosen(sign, self.body) is not None)

    def settable(self, text: str, face: Typeface) -> str:
        """`text` for one line in `face` alone."""
        return text if is_plain(text) else _spelled(text, face.has)

    def runs(self, spelled: str, face: Typeface) -> list[tuple[str, str]]:
        """`spelled` text as runs, each with the name of its typeface: `face`, or one that stands in
        for it.
        """
        if is_plain(spelled):
            return [(face.name, spelled)] if spelled else []
        runs = groupby(spelled, key=lambda sign: self._chosen(sign, face) or face)
        return [(chosen.name, "".join(signs)) for chosen, signs in runs]

    def _chosen(self, sign: str, face: Typeface) -> Typeface | None:
        return next((one for one in (face, self.body, self.code) if one.has(sign)), None)


def is_plain(text: str) -> bool:
    """Whether every typeface has all of it: signs of ASCII, and spaces that do not break."""
    seen = text.replace("\u00a0", " ")
    return seen.isascii() and seen.isprintable()


def typefaces(folder: Path | None) -> Typefaces:
    """Those of `folder` that are there and readable, the built-in ones for the rest."""
    return Typefaces(
        body=_face("Body", folder, BODY_FILES, instead="Helvetica"),
        bold=_face("Bold", folder, BOLD_FILES, instead="Helvetica-Bold"),
        code=_face("Code", folder, CODE_FILES, instead="Courier"),
    )


def _spelled(text: str, has: Callable[[str], bool]) -> str:
    """`text` with each run of strange signs as `<U+05D0 U+05D1>`, which may break at its spaces."""
    runs = groupby(unicodedata.normalize("NFC", text), key=has)
    return "".join("".join(signs) if is_there else _codes(signs) for is_there, signs in runs)


def _codes(signs: Iterable[str]) -> str:
    return f"<{' '.join(f'U+{ord(sign):04X}' for sign in signs)}>"


def _face(name: str, folder: Path | None, files: tuple[str, ...], *, instead: str) -> Typeface:
    for file in files:
        if folder is not None and (folder / file).is_file():
            font = TTFont(name, str(folder / file), shapable=False)
            pdfmetrics.registerFont(font)
            return Typeface(name, frozenset(font.face.charToGlyph))
    return Typeface(instead, None)
