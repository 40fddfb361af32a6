"""Who and what things are called: hotlines, analysts, neutral words and texts.

All invented, all neutral. Texts tell of a synthetic report and nothing else; some are long,
some look like markup or like a formula, some carry bidirectional controls, because texts from
outside do.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.demo.dice import Dice, Table, weighted
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.report import Hotline

_PLACES: Final = (
    (3, "Netherlands", "NL"),
    (5, "Germany", "DE"),
    (8, "France", "FR"),
    (12, "United Kingdom", "GB"),
    (13, "United States", "US"),
    (17, "Canada", "CA"),
    (21, "Belgium", "BE"),
    (26, "Sweden", "SE"),
    (31, "Poland", "PL"),
    (38, "Spain", "ES"),
    (44, "Japan", "JP"),
    (52, "Australia", "AU"),
)

_WEIGHTS: Final = (26, 14, 11, 13, 12, 6, 4, 4, 3, 3, 2, 2)


def hotlines() -> tuple[Hotline, ...]:
    """The hotlines of the synthetic network, by number; one of them gives no contact."""
    return tuple(
        Hotline(
            HotlineId(number),
            f"Synthetic Hotline {place}",
            country,
            None if country == "JP" else f"desk@hotline-{country.lower()}.example",
        )
        for number, place, country in _PLACES
    )


HOTLINE_TABLE: Final[Table[HotlineId]] = weighted(
    [(HotlineId(number), weight) for (number, _, _), weight in zip(_PLACES, _WEIGHTS, strict=True)]
)

_SHAPES: Final = ("Circle", "Square", "Prism", "Hexagon", "Ellipse", "Rhombus", "Spiral", "Torus")


def analyst(dice: Dice, hotline: HotlineId) -> str:
    """One of the eight analysts of `hotline`."""
    return f"A. {dice.of(_SHAPES)} ({hotline})"


WORDS: Final = (
    "amber",
    "basalt",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "garnet",
    "harbour",
    "indigo",
    "juniper",
    "kelp",
    "lagoon",
    "maple",
    "nickel",
    "orchid",
    "pebble",
    "quartz",
    "river",
    "slate",
    "tundra",
    "umber",
    "valley",
    "willow",
    "yarrow",
    "zephyr",
)

_LONG_SENTENCE: Final = (
    "This synthetic memo is long on purpose, so that columns, pages and exports meet a text"
    " that no window shows at once; it tells of {0} and {1}, of {2} and {3}, and of nothing else."
)

_CURIOUS: Final = (
    "synthetic report {n}: <b>bold</b> &amp; <a href='https://amber.example/'>link</a> as text",
    "=1+{n} synthetic report, begins like a formula",
    "+{n} synthetic report, begins with a plus",
    "@synthetic report {n}, begins with an at sign",
    "synthetic report {n}: \u202efile name turned round\u202c by control characters",
    "synthetic report {n}: \u2067עברית\u2069 and \u2066left to right\u2069 in one line",
    "synthetic report {n}: line one\nline two\tand a tab",
    "synthetic report {n}: naïve café, Ελληνικά, 漢字, 🟦🟨",
    "synthetic report {n}: quotes ' \" ; -- and a semicolon",
)


def memo(dice: Dice, number: int, files: int) -> str | None:
    """The memo of report `number` with `files` captured files; now and then there is none."""
    kind = dice.below(100)
    if kind < 3:
        return None
    if kind < 6:
        return dice.of(_CURIOUS).format(n=number)
    opening = f"synthetic report {number}: captured page, {files} file{'s' if files != 1 else ''}"
    if kind < 8:
        sentences = (
            _LONG_SENTENCE.format(*(dice.of(WORDS) for _ in range(4)))
            for _ in range(dice.between(4, 24))
        )
        return f"{opening}. {' '.join(sentences)}"
    if kind < 40:
        return f"{opening}; {dice.of(WORDS)} {dice.of(WORDS)} series"
    return opening


WITHDRAWAL_REASONS: Final = (
    "synthetic reason: entered twice",
    "synthetic reason: wrong address",
    "synthetic reason: withdrawn after a second look",
)

CORRECTION_REASONS: Final = (
    "synthetic reason: hosting looked up again",
    "synthetic reason: site type corrected",
    "synthetic reason: memo completed",
)

FILE_STEMS: Final = ("image", "IMG_", "photo-", "scan", "picture ", "DSC0", "clip", "file")

CURIOUS_FILE_NAMES: Final = (
    "../../synthetic{n}",
    "synthetic\u202egpj.{n}",
    "CON",
    " synthetic {n} . ",
    "<img src=x>{n}",
    "=synthetic{n}",
    "مثال{n}",
)
