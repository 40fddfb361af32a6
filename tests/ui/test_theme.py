"""Every theme can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cport_desktop.ui.theme import (
    MONO,
    SANS,
    THEMES,
    Theme,
    contrast,
    load_typefaces,
    palette,
    style_sheet,
    theme_after,
    theme_named,
)
from cport_desktop.ui.widgets.address_line import AddressLine
from cport_desktop.ui.widgets.glass import HAZE, SHADE, VEIL_GREY, VEIL_INK
from tests.ui.synthetic_desk import RESOURCES

LEAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
INKS = ("text", "muted", "gravest", "grave", "lightest", "accent")
GROUNDS = ("ground", "panel", "raised", "selection")
GLYPHS = "●◆○✓✗→↑↓·…–×⏎"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_ink_can_be_read_on_every_ground(theme: Theme) -> None:
    poor = {
        (ink, ground): round(contrast(getattr(theme, ink), getattr(theme, ground)), 2)
        for ink in INKS
        for ground in GROUNDS
        if contrast(getattr(theme, ink), getattr(theme, ground)) < LEAST
    }
    assert poor == {}
    assert contrast(theme.on_accent, theme.accent) >= LEAST


def test_the_words_on_a_veil_can_be_read_at_its_lightest() -> None:
    white = QColor("#ffffff")
    haze = _laid_over(white, VEIL_GREY, HAZE)
    beneath = _laid_over(SHADE, haze, SHADE.alphaF())
    assert contrast(VEIL_INK.name(), beneath.name()) >= LEAST
    assert contrast(VEIL_INK.name(), VEIL_GREY.name()) >= LEAST


def _laid_over(upper: QColor, lower: QColor, share: float) -> QColor:
    pairs = zip(
        (upper.red(), upper.green(), upper.blue()),
        (lower.red(), lower.green(), lower.blue()),
        strict=True,
    )
    return QColor(*(round(share * one + (1 - share) * other) for one, other in pairs))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_style_sheet_has_a_colour_for_every_name(theme: Theme) -> None:
    sheet = style_sheet(theme, RESOURCES / "styles")
    assert "$" not in sheet.replace("$names", "")
    assert theme.accent in sheet


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_our_typefaces_are_there_and_have_our_glyphs() -> None:
    families = load_typefaces(RESOURCES / "fonts")
    assert {SANS, MONO} <= set(families)
    font = QRawFont((RESOURCES / "fonts" / "Inter-Regular.otf").as_posix(), 13)
    assert [glyph for glyph in GLYPHS if not font.supportsCharacter(ord(glyph))] == []


def test_an_unknown_theme_is_the_dark_one_and_each_is_reached_in_turn() -> None:
    assert theme_named("no such").name == "dark"
    round_trip = theme_after(theme_after(theme_after(theme_named("dark"))))
    assert round_trip.name == "dark"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_quiet_part_of_an_address_and_a_placeholder_are_as_dark_as_muted_text(
    theme: Theme, qtbot: QtBot, application: QApplication
) -> None:
    application.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme, RESOURCES / "styles"))
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    placeholder = field.palette().placeholderText().color()
    assert (placeholder.name(), placeholder.alpha()) == (theme.muted, 255)
    line = AddressLine("https://a.example/" + "M" * 60)
    qtbot.addWidget(line)
    line.resize(400, 40)
    line.show()
    image = line.grab().toImage()
    inks = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert theme.muted in inks
