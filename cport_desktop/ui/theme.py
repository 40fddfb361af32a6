"""Themes: a few named colours each, poured into one style sheet.

The veil's greys are the same in every theme. Colour never carries meaning alone; contrast of
every pair that text can stand in is held to 4.5:1 (WCAG 2.2, 1.4.3) by a test.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

SANS = "Inter"
MONO = "JetBrains Mono"
_TYPEFACES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as `#rrggbb`. `on_accent` is text on the accent; `gravest` to `lightest` are
    Baseline, National, Not illegal; `caution` marks what is synthetic.
    """

    name: str
    ground: str
    panel: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selection: str
    gravest: str
    grave: str
    lightest: str

    @property
    def caution(self) -> str:
        return self.grave


DARK = Theme(
    name="dark",
    ground="#12151a",
    panel="#181c22",
    raised="#1f242c",
    line="#2a303a",
    text="#e7eaf0",
    muted="#98a2b1",
    accent="#7cb0ff",
    on_accent="#0d1420",
    selection="#22344f",
    gravest="#f0948c",
    grave="#e8c07a",
    lightest="#8fc7a1",
)
LIGHT = Theme(
    name="light",
    ground="#f4f5f7",
    panel="#ffffff",
    raised="#f0f2f5",
    line="#dfe3e8",
    text="#1b2027",
    muted="#5a6675",
    accent="#1f5fbf",
    on_accent="#ffffff",
    selection="#dbe8fb",
    gravest="#a8322a",
    grave="#80590c",
    lightest="#256b3c",
)
CONTRAST = Theme(
    name="contrast",
    ground="#000000",
    panel="#000000",
    raised="#101010",
    line="#c8c8c8",
    text="#ffffff",
    muted="#dcdcdc",
    accent="#ffe14d",
    on_accent="#000000",
    selection="#00366e",
    gravest="#ffb3ad",
    grave="#ffd98a",
    lightest="#a6f0be",
)
THEMES = (DARK, LIGHT, CONTRAST)


def theme_named(name: str) -> Theme:
    """The theme of that name; the dark one for a name that no theme has."""
    return next((theme for theme in THEMES if theme.name == name), DARK)


def theme_after(theme: Theme) -> Theme:
    """The next one round."""
    return THEMES[(THEMES.index(theme) + 1) % len(THEMES)]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours after WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def style_sheet(theme: Theme, styles: Path) -> str:
    """The window's style sheet in the colours of `theme`; `styles` is the folder of it."""
    template = Template((styles / "window.qss").read_text(encoding="utf-8"))
    return template.substitute(asdict(theme), sans=SANS, mono=MONO)


def palette(theme: Theme) -> QPalette:
    """For what the style sheet does not reach (placeholders, disabled text, file dialogs)."""
    colours = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, theme.ground),
        (QPalette.ColorRole.Base, theme.panel),
        (QPalette.ColorRole.AlternateBase, theme.raised),
        (QPalette.ColorRole.Button, theme.raised),
        (QPalette.ColorRole.Text, theme.text),
        (QPalette.ColorRole.WindowText, theme.text),
        (QPalette.ColorRole.ButtonText, theme.text),
        (QPalette.ColorRole.PlaceholderText, theme.muted),
        (QPalette.ColorRole.Highlight, theme.selection),
        (QPalette.ColorRole.HighlightedText, theme.text),
        (QPalette.ColorRole.Link, theme.accent),
        (QPalette.ColorRole.LinkVisited, theme.accent),
        (QPalette.ColorRole.BrightText, theme.text),
        (QPalette.ColorRole.ToolTipBase, theme.raised),
        (QPalette.ColorRole.ToolTipText, theme.text),
    ):
        colours.setColor(role, QColor(colour))
    return colours


@cache
def load_typefaces(fonts: Path) -> tuple[str, ...]:
    """Make the bundled typefaces known to this application, once; the families that were loaded.

    The toolkit keeps the bytes of each file, and forgets every glyph it drew when one is added. Only files of our own are read, from their bytes; a missing one costs its looks alone.
    """
    families: list[str] = []
    for name in _TYPEFACES:
        path = fonts / name
        if path.is_file():
            number = QFontDatabase.addApplicationFontFromData(path.read_bytes())
            families += QFontDatabase.applicationFontFamilies(number)
    return tuple(families)


def figures_font(family: str = SANS, pixels: int = 13) -> QFont:
    """A face whose digits are all of one width, so that columns of numbers line up."""
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
